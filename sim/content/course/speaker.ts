/** What a course depends on in a person. Codes and ids as in `../vocabulary.ts` and `../interests/interests.ts`. */
export interface Speaker {
  readonly archetype: number
  /** 0–1. */
  readonly sociability: number
  readonly interests: readonly number[]
  /** City id (equal in all packs), −1 if unknown. */
  readonly city: number
  readonly intent: number
  readonly hasBio: boolean
  /** Topic code of the last post, −1 if none. */
  readonly lastPostTopic: number
}

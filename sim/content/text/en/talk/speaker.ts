/** What composing needs to know of a person. Codes and ids as in `vocabulary.ts` and `interests.ts`. */
export interface Speaker {
  readonly archetype: number
  /** 0–1. */
  readonly sociability: number
  readonly interests: readonly number[]
  /** City id (equal in all packs), −1 if unknown. */
  readonly city: number
  /** First-name index, −1 if unknown. */
  readonly name: number
  readonly intent: number
  readonly hasBio: boolean
  /** Topic code of the last post, −1 if none. */
  readonly lastPostTopic: number
}

/** A message before it is written out: four 32-bit integers. */
export interface MessageDraft {
  template: number
  variant: number
  operand: number
  /** First-name index of the reader. */
  person: number
}

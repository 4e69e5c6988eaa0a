import type { Speaker as Course } from '../../../course/index.ts'

/** What composing needs to know of a person: what the course depends on, and what words do. */
export interface Speaker extends Course {
  /** First-name index, −1 if unknown. */
  readonly name: number
  /** The writer's word (`persona.ts`), from which the person's facts and voice follow. */
  readonly writer: number
}

/** When a message is written, on the wall clock of the one who writes. */
export interface Moment {
  /** Civil days since 1970-01-01. */
  readonly day: number
  /** Minutes since midnight, 0–1439. */
  readonly minute: number
}

/** A message before it is written out: four 32-bit integers. */
export interface MessageDraft {
  template: number
  variant: number
  operand: number
  /** The reader's first name, the writer's city and a salt; see `pack.ts`. */
  person: number
}

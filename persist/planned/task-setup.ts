import type { BlockSetup } from '../blocks/maker.ts'
import type { LookupIds } from '../rows/lookups.ts'
import type { FirstIds } from '../rows/placement.ts'

/** First ids of tables, those of newcomers' pictures among them. */
export type TaskIds = FirstIds & { readonly profile_media: number }

/** All that it takes to make a new run's rows on other machines, its people among them. Plain data. */
export interface TaskSetup {
  readonly runId: number
  /** As if everybody who is there at the start had an id already. */
  readonly blocks: BlockSetup
  readonly people: PeopleSetup
}

/** How people become rows. */
export interface PeopleSetup {
  readonly lookups: LookupIds
  /** Inputs of the run's first segment, as JSON text: quizzes of its own. */
  readonly inputs: string
  /** People of a chunk of the ledger; the first chunk is 1. */
  readonly chunk: number
  /** Ids of the first person, and of the first picture. */
  readonly users: number
  readonly profile_media: number
}

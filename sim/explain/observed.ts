import type { Parameters } from '../parameters/index.ts'
import type { Posts } from './posts.ts'
import type { Witness } from './witness.ts'

/** A market that was lived through under the eyes of a witness, and is nobody else's. */
export interface Observed {
  readonly config: { readonly startDay: number; readonly parameters: Parameters }
  readonly witness: Witness
  readonly posts: Posts
  /** End of the days lived through, ms since the run's start, and the last of them. */
  readonly now: number
  readonly lastDay: number
  /** The row of a person of this market. */
  rowOf(k: number): number
  /** The same days once more, without the traces of what was asked. */
  again(): Observed
}

import type { RunInput, Tally } from '../../../sim/index.ts'

/** What the page asks of a worker that simulates rates. */
export type RatesOrder =
  | {
      readonly type: 'run'
      readonly job: number
      readonly input: RunInput
      readonly days: number
    }
  | { readonly type: 'cancel' }

/** One metric on one day takes this many numbers: value, ends of the interval, observations. */
export const WORDS = 4

export type RatesAnswer =
  /** `values`: every metric in the order of `METRICS`, `WORDS` each, over the days 0…day. */
  | { readonly type: 'day'; readonly job: number; readonly day: number; readonly values: Float64Array }
  | { readonly type: 'tally'; readonly job: number; readonly days: number; readonly tally: Tally }
  | { readonly type: 'done'; readonly job: number; readonly digest: string; readonly ms: number }
  | { readonly type: 'cancelled'; readonly job: number }
  | { readonly type: 'failed'; readonly job: number; readonly message: string }

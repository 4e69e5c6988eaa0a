import { intervalAfterPilot, observationsNeeded, summarize } from '../statistics/index.ts'
import { MEASURES, type Measure } from './measures.ts'
import type { Outcome } from './run-trial.ts'
import { failuresOf, isStopped, type Runner, valuesOf } from './runner.ts'
import { type Point, seedNames } from './setting.ts'

/** A measure over seeds. */
export interface ReplicateRow {
  readonly measure: Measure
  readonly mean: number
  readonly deviation: number
  /** 95% interval of the mean. */
  readonly low: number
  readonly high: number
  /** Seeds in which there was something to measure. */
  readonly n: number
}

export interface ReplicateOptions {
  /** What the seeds' names begin with. */
  readonly base: string
  /** How many; with `until` the pilot from whose spread the number is found. */
  readonly seeds: number
  /** Half-widths to be reached, by key of a measure. */
  readonly until?: Readonly<Record<string, number>>
  /** Never more seeds than these; default 200. */
  readonly atMost?: number
  readonly point?: Point
  /** Told how many seeds it takes, once that is known. */
  readonly onPlan?: (seeds: number) => void
}

export interface Replication {
  readonly rows: readonly ReplicateRow[]
  readonly seeds: readonly string[]
  readonly outcomes: readonly (Outcome | null)[]
  /** The targets of `until` and whether each was reached. */
  readonly targets: readonly {
    readonly measure: string
    readonly half: number
    readonly reached: boolean
    readonly needed: number
  }[]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

/**
 * Runs a setting with many seeds. With `until` the number follows from a pilot by Stein's rule (statistics/intervals/until)
 * and the interval of such a measure goes by the pilot's spread: it covers what it says.
 */
export async function replicate(run: Runner, options: ReplicateOptions): Promise<Replication> {
  const { base, until = {}, atMost = 200, point = {} } = options
  const pilot = Math.min(options.seeds, atMost)
  const trials = (count: number, from: number) => seedNames(base, count, from).map((seed) => ({ seed, point }))
  let outcomes = await run(trials(pilot, 1))
  const needed = new Map<string, number>()
  for (const [key, half] of Object.entries(until)) {
    const values = valuesOf(outcomes, key)
    needed.set(key, values.length < 2 ? Number.POSITIVE_INFINITY : observationsNeeded(values, half))
  }
  const total = Math.min(atMost, Math.max(pilot, ...needed.values()))
  options.onPlan?.(total)
  if (total > pilot && !isStopped(outcomes)) outcomes = [...outcomes, ...(await run(trials(total - pilot, pilot + 1)))]
  const rows = MEASURES.map((measure): ReplicateRow => {
    const values = valuesOf(outcomes, measure.key)
    const summary = summarize(values)
    const own = valuesOf(outcomes.slice(0, pilot), measure.key).length
    const staged = needed.has(measure.key) && own >= 2 ? intervalAfterPilot(values, own) : {}
    return { measure, ...summary, ...staged }
  })
  const targets = Object.entries(until).map(([measure, half]) => {
    const { low, high } = rows.find((row) => row.measure.key === measure)!
    return { measure, half, reached: high - low <= 2 * half * (1 + 1e-12), needed: needed.get(measure)! }
  })
  const seeds = seedNames(base, outcomes.length)
  return { rows, seeds, outcomes, targets, failures: failuresOf(outcomes), stopped: isStopped(outcomes) }
}

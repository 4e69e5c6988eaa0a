import { holm, type PairedDifference, pairedDifference, pairsNeeded } from '../statistics/index.ts'
import { MEASURES, type Measure } from './measures.ts'
import type { Outcome } from './run-trial.ts'
import { failuresOf, isStopped, measured, type Runner } from './runner.ts'
import { type Point, seedNames } from './setting.ts'

export interface CompareRow {
  readonly measure: Measure
  /** Means of the first and of the second setting. */
  readonly first: number
  readonly second: number
  /** Second less first. */
  readonly difference: PairedDifference
  /** p by Holm, for the number of measures. */
  readonly p: number
  readonly verdict: 'moved' | 'equal' | 'cannot be told'
  /** Seeds that would tell a difference of the size seen; infinite where there is none. */
  readonly seedsNeeded: number
}

export interface Comparison {
  readonly rows: readonly CompareRow[]
  readonly seeds: readonly string[]
  readonly outcomes: readonly [first: readonly (Outcome | null)[], second: readonly (Outcome | null)[]]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

/** Runs two settings with the same seeds, so that what differs is what the change did, and tests every measure. */
export async function compare(
  run: Runner,
  points: readonly [first: Point, second: Point],
  options: { readonly base: string; readonly seeds: number },
): Promise<Comparison> {
  const seeds = seedNames(options.base, options.seeds)
  const outcomes = await run(seeds.flatMap((seed) => points.map((point) => ({ seed, point }))))
  const first = seeds.map((_, i) => outcomes[2 * i]!)
  const second = seeds.map((_, i) => outcomes[2 * i + 1]!)
  const tested = MEASURES.map((measure) => {
    const pairs = seeds
      .map((_, i) => [measured(first[i], measure.key), measured(second[i], measure.key)] as const)
      .filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b))
    const [a, b] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)]
    return { measure, first: mean(a), second: mean(b), difference: pairedDifference(a, b) }
  })
  // What is equal on every seed was not put to chance, and does not count among the tests.
  const same = tested.map(({ difference }) => difference.differences.every((each) => each === 0))
  const corrected = holm(tested.map(({ difference }, i) => (same[i] ? Number.NaN : difference.p)))
  const rows = tested.map((row, i): CompareRow => {
    const p = same[i] ? row.difference.p : corrected[i]!
    const verdict = same[i] ? 'equal' : p < 0.05 ? 'moved' : 'cannot be told'
    return { ...row, p, verdict, seedsNeeded: pairsNeeded(row.difference.mean, row.difference.deviation) }
  })
  return { rows, seeds, outcomes: [first, second], failures: failuresOf(outcomes), stopped: isStopped(outcomes) }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}

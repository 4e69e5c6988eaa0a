import { type Summary, summarize } from '../statistics/index.ts'
import { MEASURES, type Measure } from './measures.ts'
import type { ForkOutcome, ForkTask } from './run-fork.ts'
import { type Point, seedNames } from './setting.ts'

/** How a policy differs from the unchanged future on one day, over seeds. */
export interface ForkRow extends Summary {
  /** Which policy, from 0 in the order given. */
  readonly policy: number
  readonly measure: Measure
  /** Day of the run; null for the whole run. */
  readonly day: number | null
}

export interface ForkStudy {
  readonly rows: readonly ForkRow[]
  readonly seeds: readonly string[]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

/** Carries out forks; null for one that was not run any more. */
export type ForkRunner = (tasks: readonly ForkTask[]) => Promise<readonly (ForkOutcome | { error: string } | null)[]>

/**
 * One warmed-up state a seed, and the futures of several policies from it, each against the future in which nothing
 * changes.
 *
 * @param policies what each changes; paths below `policy`
 */
export async function fork(
  run: ForkRunner,
  policies: readonly Point[],
  options: { readonly base: string; readonly seeds: number; readonly atDay: number; readonly days: number },
): Promise<ForkStudy> {
  const seeds = seedNames(options.base, options.seeds)
  const tasks = seeds.map((seed) => ({ seed, atDay: options.atDay, policies: [{}, ...policies] }))
  const outcomes = await run(tasks)
  const known = outcomes.filter((outcome): outcome is ForkOutcome => outcome !== null && 'futures' in outcome)
  const rows: ForkRow[] = []
  for (let policy = 0; policy < policies.length; policy++) {
    for (const measure of MEASURES) {
      const over = (read: (outcome: ForkOutcome, future: number) => number | null | undefined) => {
        const differences = known
          .map((outcome) => [read(outcome, 0), read(outcome, policy + 1)] as const)
          .filter((pair): pair is readonly [number, number] => pair.every((value) => typeof value === 'number'))
          .map(([unchanged, changed]) => changed - unchanged)
        return summarize(differences)
      }
      const whole = over((outcome, future) => outcome.futures[future]!.values[measure.key])
      rows.push({ policy, measure, day: null, ...whole })
      for (let day = options.atDay; day < options.days; day++) {
        const daily = over((outcome, future) => outcome.futures[future]!.days[day - options.atDay]![measure.key])
        if (daily.n > 0) rows.push({ policy, measure, day, ...daily })
      }
    }
  }
  const errors = outcomes.flatMap((outcome) => (outcome && 'error' in outcome ? [outcome.error] : []))
  const failures = [...new Set(errors)].map((error) => ({
    error,
    times: errors.filter((each) => each === error).length,
  }))
  return { rows, seeds, failures, stopped: outcomes.includes(null) }
}

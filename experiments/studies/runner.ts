import { type Outcome, runTrial } from './run-trial.ts'
import type { Setting, Trial } from './setting.ts'

/**
 * Carries out trials: the studies ask, and whoever calls them says how: on worker threads, in a page's workers, from a
 * folder of results. Outcomes come in the order of the trials. A trial that fails is an outcome with an error; one that
 * was not run any more, because the experiment was stopped, is null.
 */
export type Runner = (trials: readonly Trial[]) => Promise<readonly (Outcome | null)[]>

/** Runs trials one after another on this thread, each different one once. */
export function sameThreadRunner(setting: Setting): Runner {
  return async (trials) =>
    trials.map((trial) => {
      try {
        return runTrial(setting, trial)
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    })
}

/** Values of a measure over outcomes, without those that failed, are missing, or have nothing to measure. */
export function valuesOf(outcomes: readonly (Outcome | null)[], key: string): number[] {
  return outcomes.map((outcome) => measured(outcome, key)).filter((value) => !Number.isNaN(value))
}

/** NaN where there is none. */
export function measured(outcome: Outcome | null | undefined, key: string): number {
  return outcome && 'values' in outcome ? (outcome.values[key] ?? Number.NaN) : Number.NaN
}

/** Whether some trials were left out because the experiment was stopped. */
export function isStopped(outcomes: readonly (Outcome | null)[]): boolean {
  return outcomes.some((outcome) => outcome === null)
}

/** What went wrong, each text once with how often it did. */
export function failuresOf(outcomes: readonly (Outcome | null)[]): { error: string; times: number }[] {
  const times = new Map<string, number>()
  for (const outcome of outcomes)
    if (outcome && 'error' in outcome) times.set(outcome.error, (times.get(outcome.error) ?? 0) + 1)
  return [...times].map(([error, count]) => ({ error, times: count }))
}

import type { RunInput } from '../../../sim/index.ts'
import { inputOf, type Scenario } from '../model/scenario.ts'
import type { Fork } from '../worker/protocol.ts'

export interface RunOrder {
  readonly input: RunInput
  readonly days: number
  readonly fork?: Fork
}

/** What a worker is told to simulate: with a fork, the run begins without the changed policy. */
export function runOrder(run: Scenario, seed: string): RunOrder {
  const input = inputOf(run, seed)
  const { days, forkDay } = run
  const forks = forkDay > 0 && forkDay < days && Object.keys(run.changes).some((path) => path.startsWith('policy.'))
  if (!forks) return { input, days }
  const early = Object.fromEntries(Object.entries(run.changes).filter(([path]) => !path.startsWith('policy.')))
  return { input: inputOf({ ...run, changes: early }, seed), days, fork: { day: forkDay, input } }
}

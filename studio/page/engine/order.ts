import type { RunInput } from '../../../sim/index.ts'
import { inputOf, type Scenario } from '../model/scenario.ts'

export interface RunOrder {
  readonly input: RunInput
  readonly days: number
}

/** What a worker is told to simulate: with a fork, the run begins without the changed policy, which follows on its day. */
export function runOrder(run: Scenario, seed: string): RunOrder {
  const { days, forkDay, changes } = run
  const late = Object.entries(changes).filter(([path]) => path.startsWith('policy.'))
  if (forkDay === 0 || forkDay >= days || late.length === 0) return { input: inputOf(run, seed), days }
  const early = Object.fromEntries(Object.entries(changes).filter(([path]) => !path.startsWith('policy.')))
  const policies = [...run.policies, { day: forkDay, changes: Object.fromEntries(late) }]
  return { input: inputOf({ ...run, changes: early, policies }, seed), days }
}

import { computed, signal } from '@preact/signals'
import { DEFAULT_PARAMETERS } from '../../../sim/index.ts'
import type { OpenedRun } from '../../messages/index.ts'
import { mainCurve } from '../engine/rates.ts'
import { leavesOf, type Scenario } from './scenario.ts'
import { change, pin, scenario, show } from './store.ts'

/** The run of a database that is open, as its ledger has it. */
export const opened = signal<OpenedRun | null>(null)

/** The scenario that lives a run of a database again. */
function scenarioOf({ input, toldDays }: OpenedRun): Scenario {
  const standard = leavesOf(DEFAULT_PARAMETERS)
  const given = leavesOf(input.parameters ?? {})
  return {
    seed: input.seed,
    count: input.count ?? 100,
    days: toldDays,
    startDate: input.startDate ?? '2024-01-01',
    places: input.places ?? 'us',
    market: input.market ?? '',
    changes: Object.fromEntries(Object.entries(given).filter(([path, value]) => value !== standard[path])),
    forkDay: 0,
    joins: input.cohorts ?? [],
    pauses: input.pauses ?? [],
    poolSize: input.poolSize ?? 2000,
    policies: input.policies ?? [],
  }
}

/** Opens a run of a database: it is lived again here, and its digest compared with the ledger's. It is the baseline too. */
export function openRun(run: OpenedRun): void {
  const next = scenarioOf(run)
  opened.value = run
  change(next)
  pin(next.changes)
  show('rates')
}

/** Whether what is simulated is the opened run still, and whether its digest is the ledger's; null while that is not known. */
export const comparison = computed<'same' | 'differs' | 'running' | 'changed' | null>(() => {
  const run = opened.value
  if (!run) return null
  const { days, seed } = scenario.value
  const now = JSON.stringify({ ...scenario.value, changes: Object.entries(scenario.value.changes).sort() })
  const then = JSON.stringify({ ...scenarioOf(run), changes: Object.entries(scenarioOf(run).changes).sort() })
  if (now !== then || seed !== run.seed || days !== run.toldDays) return 'changed'
  const curve = mainCurve.value
  if (!curve.complete) return 'running'
  return curve.digest === (run.digest ?? run.digests.at(-1)) ? 'same' : 'differs'
})

import { computed, effect, signal, untracked } from '@preact/signals'
import { DEFAULT_PARAMETERS, type RunInput } from '../../../sim/index.ts'
import type { OpenedRun } from '../../messages/index.ts'
import { mainCurve } from '../engine/rates.ts'
import { about, askServer } from '../live/server.ts'
import { type Changes, type Given, keyOf, leavesOf, type PolicyStep, type Scenario } from './scenario.ts'
import { change, linkProblems, pin, scenario, show } from './store.ts'

/** The run of a database that is open, as its ledger has it. */
export const opened = signal<OpenedRun | null>(null)

/** The scenario that lives a run of a database again. */
function scenarioOf({ seed, input, toldDays }: OpenedRun): Scenario {
  const standard = leavesOf(DEFAULT_PARAMETERS)
  return {
    seed: input.seed,
    count: input.count ?? 100,
    days: toldDays,
    startDate: input.startDate ?? '2024-01-01',
    places: input.places ?? 'us',
    market: input.market ?? '',
    changes: differing(leavesOf(input.parameters ?? {}), standard),
    forkDay: 0,
    joins: input.cohorts ?? [],
    pauses: input.pauses ?? [],
    poolSize: input.poolSize ?? 2000,
    policies: stepsOf(input),
    source: { run: seed, given: givenOf(input) },
  }
}

const differing = (now: Changes, before: Changes): Changes =>
  Object.fromEntries(Object.entries(now).filter(([path, value]) => value !== before[path]))

/** The ledger has whole policies; a step has what it changes, so that a slider moved here holds through all of them. */
function stepsOf({ parameters, policies = [] }: RunInput): PolicyStep[] {
  let so: Changes = { ...leavesOf(DEFAULT_PARAMETERS), ...leavesOf(parameters ?? {}) }
  return policies.map(({ day, policy }) => {
    const changes = differing(leavesOf({ policy }), so)
    so = { ...so, ...changes }
    return { day, changes }
  })
}

function givenOf({ arms, minorities, people, words, quizzes, taxonomy }: RunInput): Given {
  return {
    ...(arms && { arms }),
    ...(minorities && { minorities }),
    ...(people && { people }),
    ...(words && { words }),
    ...(quizzes && { quizzes }),
    ...(taxonomy && { taxonomy }),
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

/** Lets go of it; what only its database holds stays, since it is part of what is shown. */
export function closeRun(): void {
  opened.value = null
  const { source } = scenario.value
  if (source?.given && Object.keys(source.given).length === 0) change({ source: null })
}

/** A link to a run of a database: what the address cannot hold of it is asked for. */
async function fetchSource(name: string): Promise<void> {
  const left = (why: string) => {
    linkProblems.value = [...linkProblems.value, why]
    change({ source: null })
  }
  if (!about.value?.database) {
    return left(
      `it is about run ${name} of a database, and none is open here: start mingle studio with --database-url for what only the database holds of it`,
    )
  }
  try {
    const run = await askServer<OpenedRun>('run', { seed: name })
    if (scenario.value.source?.run !== name) return
    opened.value = run
    change({ source: { run: name, given: givenOf(run.input) } })
  } catch (error) {
    left((error as Error).message)
  }
}

/** Follows what the address says about runs of a database. */
export function followSource(): void {
  let asked = ''
  effect(() => {
    const { source } = scenario.value
    if (!about.value || !source || source.given !== null || asked === source.run) return
    asked = source.run
    untracked(() => void fetchSource(source.run).finally(() => (asked = '')))
  })
}

/** Whether what is simulated is the opened run still, and whether its digest is the ledger's; null while that is not known. */
export const comparison = computed<'same' | 'differs' | 'running' | 'changed' | null>(() => {
  const run = opened.value
  if (!run) return null
  const then = scenarioOf(run)
  if (scenario.value.seed !== then.seed || keyOf(scenario.value) !== keyOf(then)) return 'changed'
  const curve = mainCurve.value
  if (!curve.complete) return 'running'
  return curve.digest === (run.digest ?? run.digests.at(-1)) ? 'same' : 'differs'
})

import type { LedgerReader } from '../../ledger/records.ts'
import { type OwnTable, ownTablesOf } from '../../own/own-table.ts'
import { type Problem, problemsFound } from '../config/problem.ts'
import { SOURCES } from '../config/sources.ts'
import type { Plan } from '../plan/plan.ts'
import { planMapping } from '../plan/planner.ts'
import { checkPlan } from './checks.ts'

/**
 * The mapping as it is for runs with an extension, or without one: its facts share models, keys and order with all others.
 * @param own where the extension's facts go, as the run's ledger knows it  @param elsewhere see `Plan`
 */
export function withOwnFacts(plan: Plan, own: readonly OwnTable[], elsewhere = plan.elsewhere): Plan {
  const planned = planMapping(plan.config, plan.metadata, plan.usualTimes, own, elsewhere)
  return { ...planned, problems: [...planned.problems, ...checkPlan(planned)] }
}

/** Whether `map` names what is no fact of Mingle's: an extension's, or a slip. */
export function namesOthers({ config }: Plan): boolean {
  return Object.keys(config.map).some((name) => !(name in SOURCES))
}

/** The mapping as it is for one run. */
export function withFactsOf(
  plan: Plan,
  { segments }: { readonly segments: readonly { readonly inputs: string }[] },
): Plan {
  const own = ownTablesOf(segments[0]!.inputs)
  return JSON.stringify(own) === JSON.stringify(plan.own) ? plan : withOwnFacts(plan, own)
}

/** The mapping for all runs of a database at once. Of two extensions whose facts have one name, that of the later run. */
export async function withFactsOfRuns(plan: Plan, ledger: LedgerReader): Promise<Plan> {
  const runs = await ledger.runs()
  const tables = runs.flatMap(({ segments }) => ownTablesOf(segments[0]!.inputs))
  const own = [...new Map([...plan.own, ...tables].map((table) => [table.kind, table])).values()]
  return own.length === plan.own.length ? plan : withOwnFacts(plan, own)
}

/**
 * What names no fact of Mingle's may be an extension's: that is seen when a run is made.
 * @throws MingleError BAD_INPUT with every other problem of the mapping
 */
export function refuseProblems(plan: Plan): void {
  refuse(plan.problems.filter((problem) => !mayBeOwn(problem)))
}

/**
 * The same for a new run, whose extension is known.
 * @throws MingleError BAD_INPUT with every problem of the mapping
 */
export function refuseAllProblems(plan: Plan): void {
  refuse(plan.problems)
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw problemsFound("the mapping cannot work; 'mingle check' says the same", problems)
}

function mayBeOwn({ code, model, source }: Problem): boolean {
  return code === 'unknown name' && source !== null && model === null
}

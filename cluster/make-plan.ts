import { packageVersion } from '../installation/index.ts'
import {
  absolutePlace,
  isPostgres,
  type ObjectStore,
  type RunRecord,
  type RunStore,
  type StoreOptions,
  type TaskSetup,
  taskTransactions,
} from '../persist/index.ts'
import {
  configOf,
  createRun,
  isUnfinished,
  type ProgressListener,
  plannedDays,
  populationOf,
  RunProgress,
} from '../run/index.ts'
import {
  checkCalendar,
  ENGINE_VERSION,
  pictureCounter,
  planMarkets,
  type RunConfig,
  runIdentity,
} from '../sim/index.ts'
import { badInput, MingleError } from '../sim/kernel/index.ts'
import { checkVersions, PLAN_KEY, parsedPlan, readPlan } from './control/kept-plan.ts'
import { persistently } from './control/persistently.ts'
import { checkCurrent, putPointer } from './control/pointer.ts'
import { hasLedger } from './control/seen.ts'
import { removeSuccess } from './control/success.ts'
import { nameOf } from './plan/canonical.ts'
import { groupMarkets, peopleOfGroups } from './plan/groups.ts'
import { storeOf } from './plan/output.ts'
import { LAYOUT, type Output, type Plan } from './plan/plan.ts'
import { sealed } from './plan/sealed.ts'

/** Put and removed again, to see whether a plan can be kept; a database, which would make a schema for it, is but asked. */
const PROBE_KEY = 'probe'

export interface PlanOptions extends Pick<StoreOptions, 'allowProduction' | 'intoExisting' | 'partition'> {
  /** Where the output lies as this machine reaches it, a database with its password; default: as the plan says. */
  readonly where?: string | undefined
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressListener
}

/**
 * Makes the tasks of a new run: enters it into the ledger, numbers its people, and keeps the plan. What was cut off goes on when
 * it is asked for again.
 *
 * @throws MingleError BAD_INPUT when another plan is kept there, or the run is there without being this one
 */
export async function makePlan(
  config: RunConfig,
  days: number,
  output: Output,
  control: ObjectStore,
  options: PlanOptions = {},
): Promise<Plan> {
  checkCalendar(config.startDay, days)
  const { where = output.where } = options
  const kept = await readPlan(control)
  if (kept) checkVersions(kept)
  // Whether its run was reset is known where its rows go, and nowhere else.
  const isAsked = kept && nameOf(output) === nameOf(kept.output) && (await hasLedger(where))
  if (kept && !isAsked) sameOrRefused(kept, config, days, output, control.url)
  const store = await storeOf(output, where, options)
  try {
    const known = kept && (await store.findRun(kept.config.seed))
    if (kept && known?.id === kept.setup.runId) {
      sameOrRefused(kept, config, days, output, control.url)
      if (!isUnfinished(known)) return kept
      await checkCurrent(kept, where)
      await store.checkTaskIds(kept.setup)
      await putPointer(where, kept, absolutePlace(control.url))
      return kept
    }
    if (kept) await forget(control)
    await removeSuccess(output, where)
    const run = await runOf(store, config, days, control)
    const setup = await store.taskSetup(run.id)
    if (!setup) {
      throw badInput(
        'a run with posts of your own (--words) is written on one machine; leave --words out, or use mingle run',
      )
    }
    if (output.kind === 'database') {
      const transactions = await taskTransactions()
      await persistently(() => transactions.prepare(where), 'make the plan again')
    }
    const { ids, sizes } = planMarkets(config)
    const pictures = await pictureIds(config, setup, new RunProgress(options.signal, options.onProgress))
    const groups = groupMarkets(ids, sizes, days, pictures.length - 1)
    const plan: Plan = {
      layout: LAYOUT,
      engine: ENGINE_VERSION,
      packageVersion: packageVersion(),
      config: configOf(run),
      days,
      output,
      setup,
      pictures,
      groups,
      people: peopleOfGroups(groups, ids, sizes),
    }
    // Its keys stay in their order: the run's digest hangs on it.
    const there = await control.putNew(PLAN_KEY, sealed(plan))
    const first = there ? parsedPlan(there, control.url) : plan
    checkVersions(first)
    sameOrRefused(first, config, days, output, control.url)
    // Behind the plan, since of several planners at once one is the first, whose tasks may be under way: they are refused where the pointer
    // leads to a plan that nobody keeps.
    await putPointer(where, first, absolutePlace(control.url))
    return first
  } finally {
    await store.close()
  }
}

/** The run was reset since: its plan counts no more, nor does what its tasks left. */
async function forget(control: ObjectStore): Promise<void> {
  await control.remove(PLAN_KEY)
  for (const pass of ['pass-1/', 'pass-2/']) for (const { key } of await control.list(pass)) await control.remove(key)
}

/** The first id of each chunk's pictures, and the one behind the last: people have as many as they please. */
async function pictureIds(config: RunConfig, { people }: TaskSetup, progress: RunProgress): Promise<number[]> {
  const pictures = pictureCounter(populationOf(config))
  const firsts = [people.profile_media]
  for (let k = 1; k <= config.count; k += people.chunk) {
    if (await progress.shouldStop()) {
      throw new MingleError('INTERRUPTED', 'stopped among the people; the same command goes on')
    }
    const end = Math.min(k + people.chunk - 1, config.count)
    let next = firsts.at(-1)!
    for (let each = k; each <= end; each++) next += pictures(each)
    firsts.push(next)
    progress.report('profiles', end, config.count)
  }
  return firsts
}

/** The run of the ledger: a new one, or this one, whose planning was cut off. It is entered only where a plan can be kept. */
async function runOf(store: RunStore, config: RunConfig, days: number, control: ObjectStore): Promise<RunRecord> {
  const there = await store.findRun(config.seed)
  const { people: _, words: __, ...settled } = config
  const isThis =
    there?.config === JSON.stringify(settled) && isUnfinished(there) && there.lastDay < 0 && plannedDays(there) === days
  if (there && isThis) return there
  if (isPostgres(control.url)) await control.get(PROBE_KEY)
  else if (!there) {
    await control.put(PROBE_KEY, [new Uint8Array([10])])
    await control.remove(PROBE_KEY)
  }
  return createRun(store, config, days)
}

function sameOrRefused(kept: Plan, config: RunConfig, days: number, output: Output, url: string): Plan {
  const isSame = runIdentity(config) === runIdentity(kept.config) && days === kept.days
  if (isSame && nameOf(output) === nameOf(kept.output)) return kept
  throw badInput(
    `${url} holds the plan of another run (seed '${kept.config.seed}', ${kept.config.count} people, ${kept.days} days, into ${kept.output.where}); name another folder`,
  )
}

import { resolve } from 'node:path'
import { packageVersion } from '../../installation/index.ts'
import { openStore, parseDatabaseUrl, type RunRecord, type RunStore, type StoreOptions } from '../../persist/index.ts'
import {
  configOf,
  createRun,
  isUnfinished,
  type ProgressListener,
  plannedDays,
  RunProgress,
  writeProfiles,
} from '../../run/index.ts'
import { checkCalendar, ENGINE_VERSION, planMarkets, type RunConfig, runIdentity } from '../../sim/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import { nameOf } from './canonical.ts'
import { groupMarkets } from './groups.ts'
import { LAYOUT, type Output, type Plan } from './plan.ts'

const PLAN_KEY = 'plan.json'

export interface PlanOptions extends Pick<StoreOptions, 'allowProduction' | 'intoExisting'> {
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressListener
}

/** Where the rows of a plan can go. @throws MingleError BAD_INPUT for a database that takes no part in it */
export function outputOf(databaseUrl: string): Output {
  const url = parseDatabaseUrl(databaseUrl)
  if (url.kind === 'parquet' || url.kind === 'ndjson' || url.kind === 'csv') {
    return { kind: 'files', format: url.kind, where: resolve(url.path) }
  }
  throw badInput(
    `tasks on several machines write files, not to '${url.kind}:'; name a folder that all of them see, such as --database-url parquet:./out`,
  )
}

/** The store of an output. */
export function storeOf({ format, where }: Output, options: StoreOptions = {}): Promise<RunStore> {
  return openStore(`${format}:${where}`, options)
}

/**
 * Makes the tasks of a new run: enters it into the ledger, writes its people, and keeps the plan. What was cut off goes on
 * when it is asked for again.
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
  const kept = await readPlan(control)
  if (kept) return sameOrRefused(kept, config, days, output, control.url)
  const store = await storeOf(output, options)
  try {
    const progress = new RunProgress(options.signal, options.onProgress)
    const run = await runOf(store, config, days)
    if (run.status === 'profiles' && !(await writeProfiles(store, run, config, progress))) {
      throw new MingleError('INTERRUPTED', 'stopped among the people; the same command goes on')
    }
    const setup = await store.blockSetup(run.id)
    if (!setup?.sources) {
      throw badInput(
        'a run with posts of your own (--words) is written on one machine; leave --words out, or use mingle run',
      )
    }
    const { ids, sizes } = planMarkets(config)
    const plan: Plan = {
      layout: LAYOUT,
      engine: ENGINE_VERSION,
      packageVersion: packageVersion(),
      config: configOf(run),
      days,
      runId: run.id,
      output,
      setup,
      groups: groupMarkets(ids, sizes, days),
    }
    // Its keys stay in their order: the run's digest hangs on it.
    const there = await control.putNew(PLAN_KEY, new TextEncoder().encode(JSON.stringify(plan)))
    return there ? sameOrRefused(parsed(there), config, days, output, control.url) : plan
  } finally {
    await store.close()
  }
}

/** The plan that is kept, or null. */
export async function readPlan(control: ObjectStore): Promise<Plan | null> {
  const bytes = await control.get(PLAN_KEY)
  return bytes && parsed(bytes)
}

/** @throws MingleError BAD_INPUT when there is none; ENGINE_DIFFERS when another version made it */
export async function planAt(control: ObjectStore): Promise<Plan> {
  const plan = await readPlan(control)
  if (!plan) throw badInput(`${control.url} holds no plan; make one: mingle plan run … --out ${control.url}`)
  checkVersions(plan)
  return plan
}

/** Facts follow from the engine, bytes from the package: machines with others take no part. */
export function checkVersions({ engine, layout, packageVersion: version }: Plan): void {
  const here = packageVersion()
  if (engine === ENGINE_VERSION && layout === LAYOUT && version === here) return
  throw new MingleError(
    'ENGINE_DIFFERS',
    `the plan was made by mingle ${version} (engine ${engine}, layout ${layout}), this is mingle ${here} (engine ${ENGINE_VERSION}, layout ${LAYOUT}): files of two versions need not have the same bytes. Install mingle ${version} here, or make the plan again`,
  )
}

function parsed(bytes: Uint8Array): Plan {
  return JSON.parse(new TextDecoder().decode(bytes)) as Plan
}

/** The run of the ledger: a new one, or this one, whose planning was cut off. */
async function runOf(store: RunStore, config: RunConfig, days: number): Promise<RunRecord> {
  const there = await store.findRun(config.seed)
  const { people: _, words: __, ...settled } = config
  const isThis =
    there?.config === JSON.stringify(settled) && isUnfinished(there) && there.lastDay < 0 && plannedDays(there) === days
  return there && isThis ? there : createRun(store, config, days)
}

function sameOrRefused(kept: Plan, config: RunConfig, days: number, output: Output, url: string): Plan {
  checkVersions(kept)
  const isSame = runIdentity(config) === runIdentity(kept.config) && days === kept.days
  if (isSame && nameOf(output) === nameOf(kept.output)) return kept
  throw badInput(
    `${url} holds the plan of another run (seed '${kept.config.seed}', ${kept.config.count} people, ${kept.days} days, into ${kept.output.where}); name another folder`,
  )
}

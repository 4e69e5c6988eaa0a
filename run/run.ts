import { packageVersion } from '../installation/index.ts'
import type { RunChoice, RunRecord, RunStore } from '../persist/index.ts'
import {
  changePolicy,
  checkCalendar,
  ENGINE_VERSION,
  type PartialTree,
  type PolicyParameters,
  type RunConfig,
} from '../sim/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { databaseWords, seedWords } from './advice/index.ts'
import { carryOut, measure } from './carry-out.ts'
import { extensionOf, recordedExtension } from './extension/index.ts'
import {
  checkComplete,
  checkEngine,
  chooseRun,
  configOf,
  gapBefore,
  isUnfinished,
  plannedDays,
  type SegmentInputs,
} from './ledger.ts'
import type { MetricLine } from './metrics.ts'
import type { RunOptions, RunResult } from './options.ts'
import { noSeconds } from './progress.ts'
import { policyFromWords } from './settings/policy-change.ts'

/**
 * Creates a run and carries it out: its people, then its days (none when `days` is 0).
 *
 * @throws MingleError BAD_INPUT when the database holds the seed already; nothing is written
 */
export async function startRun(
  store: RunStore,
  config: RunConfig,
  days: number,
  options: RunOptions = {},
): Promise<RunResult> {
  const run = await createRun(store, config, days, options)
  return store.writer === 'none' ? measure(run, config, days, options) : carryOut(store, run, options)
}

/** Enters a run into the ledger, and nothing else. @throws MingleError as `startRun` */
export async function createRun(
  store: RunStore,
  config: RunConfig,
  days: number,
  { extension }: Pick<RunOptions, 'extension'> = {},
): Promise<RunRecord> {
  if (config.cohorts.length > 0) {
    throw new MingleError('BAD_INPUT', 'a run starts without cohorts; they join by extendRun')
  }
  checkCalendar(config.startDay, days)
  const there = await store.findRun(config.seed)
  if (there) {
    const advice = isUnfinished(there)
      ? `where no other process writes it complete it: mingle resume ${seedWords(config.seed)}${databaseWords(store.url)}`
      : `add days: mingle extend ${seedWords(config.seed)}${databaseWords(store.url)}`
    throw new MingleError(
      'BAD_INPUT',
      `${store.url} already holds run '${config.seed}'; nothing was written. Take another --run-seed, or ${advice}`,
    )
  }
  // What came from files is kept with the segment, so that no replay needs them.
  const { people, words, quizzes, taxonomy, ...settled } = config
  const own = extension && recordedExtension(extension, store.writer !== 'none')
  const inputs: SegmentInputs = {
    ...(people && { people }),
    ...(words && { words }),
    ...(quizzes && { quizzes }),
    ...(taxonomy && { taxonomy }),
    ...(own && { extension: own }),
  }
  return store.createRun({
    seed: config.seed,
    startDay: config.startDay,
    placePack: config.places,
    config: JSON.stringify(settled),
    engineVersion: ENGINE_VERSION,
    packageVersion: packageVersion(),
    segment: { fromDay: 0, days, firstPerson: 1, people: config.count, gap: 0, inputs: JSON.stringify(inputs) },
  })
}

/**
 * Continues a run that was cut off, on this machine. One that was planned for many (`mingle plan run`, `run --cluster`) is taken over
 * from its first person: this function knows no tasks, and those that are still under way are refused. `mingle resume` goes on with
 * what they have done.
 *
 * @param choice may be left out when the database holds one such run
 */
export async function resumeRun(store: RunStore, choice: RunChoice, options: RunOptions = {}): Promise<RunResult> {
  const run = await chooseRun(store, choice, isUnfinished, 'unfinished run')
  if (!isUnfinished(run)) {
    throw new MingleError(
      'BAD_INPUT',
      `run '${run.seed}' is complete (${plannedDays(run)} days); add days: mingle extend ${seedWords(run.seed)}${databaseWords(store.url)}`,
    )
  }
  return carryOut(store, run, options)
}

/** What a run that is complete holds: nothing is simulated or written. */
export async function completeRun(store: RunStore, run: RunRecord): Promise<RunResult> {
  const metrics = run.metrics === null ? null : (JSON.parse(run.metrics) as MetricLine[])
  return { status: 'finished', run, digest: run.digest, rows: await store.rows(run.id), metrics, seconds: noSeconds() }
}

export interface RunExtension {
  /** Days to add; 0 when people join and the days they live are added later. */
  readonly days: number
  /** People who join at the start of the first of them. */
  readonly join?: number
  /** `YYYY-MM-DD` of the first of them; the days until then pass untold. Default: the day that comes next. */
  readonly startDate?: string | undefined
  /** What of the policy changes from the first of them on; everything else of a run is fixed when it is made. */
  readonly policy?: PartialTree<PolicyParameters> | undefined
  /** The same in words such as `policy.like.nearKm=30`. */
  readonly set?: readonly string[] | undefined
}

/** Adds days, and people, to a run that is complete. @param choice may be left out when the database holds one */
export async function extendRun(
  store: RunStore,
  choice: RunChoice,
  extension: RunExtension,
  options: RunOptions = {},
): Promise<RunResult> {
  const run = await chooseRun(store, choice, () => true, 'run')
  checkComplete(run, store.url)
  checkEngine(run)
  const gap = extension.startDate === undefined ? 0 : gapBefore(run, extension.startDate)
  checkCalendar(run.startDay, plannedDays(run) + gap + extension.days)
  const { days, join = 0, set = [] } = extension
  if (days + join === 0) throw new MingleError('BAD_INPUT', 'an extension adds days, people, or both; got neither')
  const fromDay = plannedDays(run) + gap
  const policy = extension.policy ?? (set.length > 0 ? policyFromWords(configOf(run), fromDay, set) : undefined)
  if (policy) changePolicy(configOf(run), fromDay, policy)
  // Before anything is written: a run that cannot go on stays complete.
  const loaded = await extensionOf(run, options.extension)
  const inputs: SegmentInputs = { ...(join > 0 && { join }), ...(policy && { policy }) }
  const segment = {
    fromDay,
    days,
    firstPerson: run.people + 1,
    people: join,
    gap,
    inputs: JSON.stringify(inputs),
  }
  const driven = { ...options, ...(loaded && { extension: loaded }) }
  return carryOut(store, await store.addSegment(run.id, segment), driven)
}

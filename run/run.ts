import { availableParallelism } from 'node:os'
import type { DayRecord, RunRecord, RunStore } from '../persist/index.ts'
import { ENGINE_VERSION, type RunConfig } from '../sim/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import type { Tally } from '../sim/observe/index.ts'
import { Crew } from './crew.ts'
import { type DayDrive, digestOf, digestsOf, replayDays, writeDays } from './days.ts'
import {
  checkComplete,
  checkEngine,
  checkNextDate,
  chooseRun,
  configOf,
  isUnfinished,
  plannedDays,
  type SegmentInputs,
} from './ledger.ts'
import { measureDays } from './measure.ts'
import { type MetricLine, metricLines } from './metrics.ts'
import { writeProfiles } from './profiles.ts'
import { type ProgressListener, type Seconds, Stopwatch } from './progress.ts'
import { type Snapshot, SnapshotFolder, SnapshotKeeper } from './snapshots.ts'
import { RunProgress } from './state.ts'
import { packageVersion } from './version.ts'

/** Chosen: a crash then costs half a minute of simulation, and a small run writes one snapshot, at its end. */
const SNAPSHOT_SECONDS = 30

export interface RunOptions {
  /** Worker threads that simulate; default: the cores. 0 simulates on the calling thread. */
  readonly workers?: number
  /** Stops after the commit that is under way; the run can then be resumed. */
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressListener
  /** Whether metrics are counted while simulating; default true. A snapshot without them has none to go on from. */
  readonly metrics?: boolean
  /** Where states are kept that save a replay; default: nowhere. */
  readonly snapshotFolder?: string
  /** Seconds between two snapshots, beside the one at the end; default 30. */
  readonly snapshotSeconds?: number
  /** Told in one line of what went wrong without doing harm. */
  readonly onWarning?: (line: string) => void
}

export interface RunResult {
  /** `stopped`: the signal came first; `resumeRun` goes on. */
  readonly status: 'finished' | 'stopped'
  readonly run: RunRecord
  /** The run digest: over the facts of all days since the run's start. Null when days are outstanding or none was asked for. */
  readonly digest: string | null
  /** Rows by table that the run holds, of this process and of those before. */
  readonly rows: Readonly<Record<string, number>>
  /** Rates over all days since the run's start; null when none were counted, or days are outstanding. */
  readonly metrics: readonly MetricLine[] | null
  readonly seconds: Readonly<Seconds>
}

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
  if (config.cohorts.length > 0) {
    throw new MingleError('BAD_INPUT', 'a run starts without cohorts; they join by extendRun')
  }
  const there = await store.findRun(config.seed)
  if (there) {
    const advice = isUnfinished(there)
      ? `complete it with 'mingle resume --run-seed ${config.seed}'`
      : `add days with 'mingle extend --run-seed ${config.seed}'`
    throw new MingleError(
      'BAD_INPUT',
      `${store.url} already holds run '${config.seed}': ${advice}, or take another --run-seed; nothing was written`,
    )
  }
  const run = await store.createRun({
    seed: config.seed,
    startDay: config.startDay,
    placePack: config.places,
    config: JSON.stringify(config),
    engineVersion: ENGINE_VERSION,
    packageVersion: packageVersion(),
    segment: { fromDay: 0, days, firstPerson: 1, people: config.count, gap: 0, inputs: '{}' },
  })
  return store.writer === 'none' ? measure(run, config, days, options) : carryOut(store, run, options)
}

/** A run of which nothing is kept but its digest and its rates. */
async function measure(run: RunRecord, config: RunConfig, days: number, options: RunOptions): Promise<RunResult> {
  const crew = hire(config, options, undefined)
  try {
    return await measureDays(crew, run, config, days, new RunProgress(options.signal, options.onProgress))
  } finally {
    await crew.dismiss()
  }
}

/** Continues a run that was cut off. @param seed may be left out when the database holds one such run */
export async function resumeRun(
  store: RunStore,
  seed: string | undefined,
  options: RunOptions = {},
): Promise<RunResult> {
  const run = await chooseRun(store, seed, isUnfinished, 'unfinished run')
  if (!isUnfinished(run)) {
    throw new MingleError(
      'BAD_INPUT',
      `run '${run.seed}' is complete (${plannedDays(run)} days); add days with 'mingle extend --run-seed ${run.seed}'`,
    )
  }
  return carryOut(store, run, options)
}

export interface RunExtension {
  /** Days to add, at least 1. */
  readonly days: number
  /** People who join at the start of the first of them. */
  readonly join?: number
  /** `YYYY-MM-DD` of the first of them, to be sure: it must be the day that comes next. */
  readonly startDate?: string | undefined
}

/** Adds days, and people, to a run that is complete. @param seed may be left out when the database holds one run */
export async function extendRun(
  store: RunStore,
  seed: string | undefined,
  extension: RunExtension,
  options: RunOptions = {},
): Promise<RunResult> {
  const run = await chooseRun(store, seed, () => true, 'run')
  checkComplete(run)
  checkEngine(run)
  if (extension.startDate !== undefined) checkNextDate(run, extension.startDate)
  const inputs: SegmentInputs = extension.join ? { join: extension.join } : {}
  const segment = {
    fromDay: plannedDays(run),
    days: extension.days,
    firstPerson: run.people + 1,
    people: 0,
    gap: 0,
    inputs: JSON.stringify(inputs),
  }
  return carryOut(store, await store.addSegment(run.id, segment), options)
}

/** Brings a run from wherever its ledger stands to the end of its last segment. */
async function carryOut(store: RunStore, start: RunRecord, options: RunOptions): Promise<RunResult> {
  checkEngine(start)
  const watch = new Stopwatch()
  const seconds: Seconds = { profiles: 0, replay: 0, days: 0, writing: 0, total: 0 }
  const progress = new RunProgress(options.signal, options.onProgress)
  const config = configOf(start)
  const to = plannedDays(start)
  const snapshots = keeperOf(options)
  const recorded = await store.days(start.id)
  const snapshot = to > 0 ? await snapshots?.folder.latest(config, digestsOf(recorded)) : undefined
  const crew = to > 0 ? hire(config, options, snapshot ?? undefined) : undefined

  let run = start
  let metrics: MetricLine[] | null = null
  try {
    if (run.status === 'profiles') {
      await writeProfiles(store, run, config, progress)
      seconds.profiles = watch.seconds
      run = (await store.findRun(run.seed))!
    }
    if (crew && run.status === 'activity') {
      const from = snapshot?.day ?? 0
      const drive = { crew, digest: digestOf(recorded.slice(0, from)), store, run, config, progress, snapshots }
      const counted = await carryOutDays(drive, recorded.slice(from), to, seconds)
      run = (await store.findRun(run.seed))!
      if (run.lastDay + 1 === to) {
        metrics = counted && metricLines(counted)
        const result = { digest: drive.digest.hex, ...(metrics && { metrics: JSON.stringify(metrics) }) }
        run = await store.finishRun(run.id, result)
      }
    }
  } finally {
    await crew?.dismiss()
  }
  const rows = await store.rows(run.id)
  seconds.total = watch.seconds
  return { status: isUnfinished(run) ? 'stopped' : 'finished', run, digest: run.digest, rows, metrics, seconds }
}

/**
 * Replays to the ledger's cursor and writes what is outstanding, or less when it is stopped.
 *
 * @param recorded the committed days from the crew's next one on
 * @returns what was counted since the run's start, null when nothing was
 */
async function carryOutDays(
  drive: DayDrive,
  recorded: readonly DayRecord[],
  to: number,
  seconds: Seconds,
): Promise<Tally | null> {
  const { crew, run } = drive
  const replay = new Stopwatch()
  const caughtUp = await replayDays(drive, recorded)
  seconds.replay = replay.seconds
  if (!caughtUp) return null
  const days = new Stopwatch()
  seconds.writing = await writeDays(drive, run.lastDay + 1, to)
  seconds.days = days.seconds
  return crew.tally()
}

function hire(config: RunConfig, options: RunOptions, snapshot: Snapshot | undefined): Crew {
  const workers = options.workers ?? availableParallelism()
  const complete = snapshot?.states.every((state) => state.metrics) ?? true
  const metrics = complete && (options.metrics ?? true)
  return Crew.hire(config, { workers, metrics, ...(snapshot && { states: snapshot.states }) })
}

function keeperOf({ snapshotFolder, snapshotSeconds, onWarning }: RunOptions): SnapshotKeeper | undefined {
  if (snapshotFolder === undefined) return undefined
  return new SnapshotKeeper(new SnapshotFolder(snapshotFolder, onWarning), snapshotSeconds ?? SNAPSHOT_SECONDS)
}

import { availableParallelism } from 'node:os'
import type { DayRecord, RunRecord, RunStore } from '../persist/index.ts'
import type { RunConfig } from '../sim/index.ts'
import type { Tally } from '../sim/observe/index.ts'
import { raiseCompilerBudgetFor } from './compiler-budget.ts'
import { Crew } from './crew/crew.ts'
import { CutOff, isCutOff } from './cut-off.ts'
import type { DayDrive } from './days/day-drive.ts'
import { digestOf, digestsOf, replayDays, writeDays } from './days/days.ts'
import { measureDays } from './days/measure.ts'
import { extensionOf } from './extension/index.ts'
import { checkEngine, configOf, isUnfinished, plannedDays } from './ledger.ts'
import { type MetricLine, metricLines } from './metrics.ts'
import type { RunOptions, RunResult } from './options.ts'
import { writeProfiles } from './people/profiles.ts'
import { noSeconds, type Seconds, Stopwatch } from './progress.ts'
import { type Snapshot, SnapshotFolder, SnapshotKeeper } from './snapshots/snapshots.ts'
import { RunProgress } from './state.ts'

/** Chosen: a crash then costs half a minute of simulation, and a small run writes one snapshot, at its end. */
const SNAPSHOT_SECONDS = 30

/** Brings a run from wherever its ledger stands to the end of its last segment. */
export async function carryOut(store: RunStore, start: RunRecord, options: RunOptions): Promise<RunResult> {
  checkEngine(start)
  await store.accept(start)
  const watch = new Stopwatch()
  const seconds = noSeconds()
  const progress = new RunProgress(options.signal, options.onProgress)
  const config = configOf(start)
  const to = plannedDays(start)
  options.onBegin?.(config, start.lastDay + 1, to)
  const live = start.segments.at(-1)!.days > 0
  const snapshots = keeperOf(store, options)
  const recorded = await store.days(start.id)
  const extension = live ? await extensionOf(start, options.extension) : undefined
  const found = live ? await snapshots?.folder.latest(config, digestsOf(config, recorded)) : undefined
  const driven = { ...options, ...(extension && { extension }) }
  const restored = found && (await hireFrom(found, config, to, driven, store.makers))
  const snapshot = restored && found
  const crew = restored ?? (live ? hire(config, to, driven, undefined, store.makers) : undefined)

  let run = start
  let metrics: MetricLine[] | null = null
  try {
    if (run.status === 'profiles') {
      await writeProfiles(store, run, config, progress, crew)
      seconds.profiles = watch.seconds
      run = (await store.findRun(run.seed))!
    }
    if (crew && run.status === 'activity') {
      const from = snapshot?.day ?? 0
      const drive = {
        crew,
        digest: digestOf(
          config,
          recorded.filter(({ day }) => day < from),
        ),
        store,
        run,
        config,
        progress,
        snapshots,
        onDay: options.onDay,
      }
      const counted = await carryOutDays(
        drive,
        recorded.filter(({ day }) => day >= from),
        to,
        seconds,
      )
      run = (await store.findRun(run.seed))!
      if (run.lastDay + 1 === to) {
        metrics = counted && metricLines(counted)
        const result = { digest: drive.digest.hex, ...(metrics && { metrics: JSON.stringify(metrics) }) }
        run = await store.finishRun(run.id, result)
      }
    }
    if (!live && run.status === 'activity' && to > 0 && run.lastDay + 1 === to) {
      // People joined, and no day passed: the digest and the rates are those of the days before.
      const { hex: digest } = digestOf(config, recorded)
      run = await store.finishRun(run.id, { digest, ...(run.metrics !== null && { metrics: run.metrics }) })
    }
  } catch (error) {
    throw isCutOff(error) ? new CutOff(run.seed, error) : error
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
  await writeDays(drive, run.lastDay + 1, to, seconds)
  seconds.days = days.seconds
  return crew.tally()
}

function hire(
  config: RunConfig,
  days: number,
  options: RunOptions,
  snapshot: Snapshot | undefined,
  most = Infinity,
): Crew {
  if (options.raiseCompilerBudget ?? true) raiseCompilerBudgetFor(config.count, days - (snapshot?.day ?? 0))
  const workers = Math.min(options.workers ?? availableParallelism(), most)
  const complete = snapshot?.states.every((state) => state.metrics) ?? true
  const metrics = complete && (options.metrics ?? true)
  const { extension } = options
  return Crew.hire(config, {
    workers,
    metrics,
    ...(snapshot && { states: snapshot.states }),
    ...(extension && { extension }),
  })
}

/** A crew that goes on from a snapshot; null, which is said, when it cannot after all. */
async function hireFrom(
  snapshot: Snapshot,
  config: RunConfig,
  days: number,
  options: RunOptions,
  most: number,
): Promise<Crew | null> {
  const crew = hire(config, days, options, snapshot, most)
  try {
    await crew.ready()
    return crew
  } catch (error) {
    await crew.dismiss()
    const { message } = error as Error
    options.onWarning?.(`the snapshot of day ${snapshot.day} is left aside: ${message}; its days are simulated again`)
    return null
  }
}

function keeperOf(
  store: RunStore,
  { snapshotFolder, snapshotSeconds, onWarning }: RunOptions,
): SnapshotKeeper | undefined {
  if (snapshotFolder === undefined) return undefined
  const folder = new SnapshotFolder(snapshotFolder, store.url, onWarning)
  return new SnapshotKeeper(folder, snapshotSeconds ?? SNAPSHOT_SECONDS)
}

/** A run of which nothing is kept but its digest and its rates. */
export async function measure(
  run: RunRecord,
  config: RunConfig,
  days: number,
  options: RunOptions,
): Promise<RunResult> {
  options.onBegin?.(config, 0, days)
  const crew = hire(config, days, options, undefined)
  try {
    const progress = new RunProgress(options.signal, options.onProgress)
    return await measureDays(crew, run, config, days, progress, options.onDay)
  } finally {
    await crew.dismiss()
  }
}

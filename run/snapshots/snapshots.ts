import { createHash } from 'node:crypto'
import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { makeFolder } from '../../installation/index.ts'
import { ENGINE_VERSION, type RunConfig } from '../../sim/index.ts'
import type { SnapshotHeader } from '../../sim/kernel/index.ts'
import type { MarketState } from '../crew/task.ts'
import { Stopwatch } from '../progress.ts'
import { readSnapshotFile, writeSnapshotFile } from './snapshot-file.ts'

/** How many snapshots of a run are kept: the second in case the last is damaged. */
const KEPT = 2

/** All markets of a run after `day` days. */
export interface Snapshot {
  readonly day: number
  readonly states: readonly MarketState[]
}

/** What a file's name tells. */
interface Named {
  readonly file: string
  readonly day: number
  readonly engine: number
  /** Which database's run; empty in names that an earlier Mingle gave. */
  readonly database: string
  /** A write that was cut off. */
  readonly part: boolean
}

/**
 * A folder with the states of runs at day boundaries. A snapshot only saves time: without one, or when none fits, the
 * days are simulated again. Files are named by run, day, engine version and database, written under another name and
 * renamed, and checked by checksums when they are read. Whatever snapshot of the run fits is taken, but only those of
 * the own database are ever removed: others may use the same folder, for a run of the same seed too.
 */
export class SnapshotFolder {
  readonly folder: string
  private readonly database: string
  /** Told in one line when a snapshot cannot be used or written. */
  private readonly warn: (line: string) => void

  /** @param database URL of the database that holds the runs, without its password */
  constructor(folder: string, database: string, warn: (line: string) => void = () => {}) {
    this.folder = folder
    this.database = hash(placeOf(folder, database)).slice(0, 8)
    this.warn = warn
  }

  /**
   * Keeps the state after `day` days and the one before it, and removes all others of this run: a later one is of a past
   * that is no longer the run's, as after a reset, and so is another engine's; of a write that was killed a part is left.
   * A full disk costs the snapshot, not the run.
   *
   * @param digest the run digest after those days
   */
  async save(config: RunConfig, day: number, digest: string, states: readonly MarketState[]): Promise<void> {
    const path = join(this.folder, this.fileName(config.seed, day))
    try {
      makeFolder(this.folder)
      await writeSnapshotFile(`${path}.part`, headerOf(config, day, digest), states)
      await rename(`${path}.part`, path)
      const own = (await this.filesOf(config.seed)).filter((named) => this.isOwn(named))
      const kept = own.filter((named) => isWhole(named) && named.database !== '' && named.day <= day).slice(0, KEPT)
      for (const named of own) if (!kept.includes(named)) await rm(join(this.folder, named.file), { force: true })
    } catch (error) {
      this.failed(day, error as Error)
      await rm(`${path}.part`, { force: true }).catch(() => {})
    }
  }

  /** Says that there is no snapshot of this day. */
  failed(day: number, error: Error): void {
    this.warn(`no snapshot of day ${day} (${error.message}); the run goes on without it`)
  }

  /**
   * The latest snapshot that fits this run; null when there is none.
   *
   * @param digests the run digest after 0, 1, 2, … days, as far as the ledger goes
   */
  async latest(config: RunConfig, digests: readonly string[]): Promise<Snapshot | null> {
    for (const named of (await this.filesOf(config.seed)).filter(isWhole)) {
      const { file, day } = named
      if (day >= digests.length) continue
      const expected = headerOf(config, day, digests[day]!)
      try {
        return { day, states: await readSnapshotFile(join(this.folder, file), (header) => checkFit(header, expected)) }
      } catch (error) {
        // That another database's run is another one is no news.
        if (!this.isOwn(named) && error instanceof OtherRun) continue
        this.warn(`${file} is left aside: ${(error as Error).message}; its days are simulated again`)
      }
    }
    return null
  }

  /** Removes all snapshots of a run of this database, and the folder when nothing else is left in it. */
  async forget(seed: string): Promise<void> {
    const own = (await this.filesOf(seed)).filter((named) => this.isOwn(named))
    try {
      for (const { file } of own) await rm(join(this.folder, file), { force: true })
    } catch (error) {
      this.warn(`snapshots of run '${seed}' stay in ${this.folder} (${(error as Error).message}); they do no harm`)
    }
    if (own.length > 0) await rmdir(this.folder).catch(() => {})
  }

  private isOwn({ database }: Named): boolean {
    return database === this.database || database === ''
  }

  /** The files of runs of this seed, the latest day first, and of one day the own one. */
  private async filesOf(seed: string): Promise<Named[]> {
    const files = await readdir(this.folder).catch(() => [])
    const start = `${nameOf(seed)}-day`
    const found = files.flatMap((file): Named[] => {
      const [, day, engine, database = '', part] =
        (file.startsWith(start) &&
          /^(\d+)-engine(\d+)(?:-([0-9a-f]{8}))?\.snapshot(\.part)?$/.exec(file.slice(start.length))) ||
        []
      return day === undefined
        ? []
        : [{ file, day: Number(day), engine: Number(engine), database, part: part !== undefined }]
    })
    return found.sort((a, b) => b.day - a.day || Number(this.isOwn(b)) - Number(this.isOwn(a)))
  }

  private fileName(seed: string, day: number): string {
    return `${nameOf(seed)}-day${day}-engine${ENGINE_VERSION}-${this.database}.snapshot`
  }
}

/** Removes the snapshots of a run that was reset. @param database URL of its database, without its password */
export async function forgetSnapshots(
  folder: string,
  database: string,
  seed: string,
  warn: (line: string) => void,
): Promise<void> {
  await new SnapshotFolder(folder, database, warn).forget(seed)
}

/** Decides when a snapshot is worth its time: after some seconds of simulation, and at the end. */
export class SnapshotKeeper {
  readonly folder: SnapshotFolder
  private readonly everySeconds: number
  private watch = new Stopwatch()

  constructor(folder: SnapshotFolder, everySeconds: number) {
    this.folder = folder
    this.everySeconds = everySeconds
  }

  /** @param last whether the run's last day was just simulated */
  isDue(last: boolean): boolean {
    return last || this.watch.seconds >= this.everySeconds
  }

  /** @param states an Error when the markets could not give them */
  async keep(config: RunConfig, day: number, digest: string, states: readonly MarketState[] | Error): Promise<void> {
    if (states instanceof Error) this.folder.failed(day, states)
    else await this.folder.save(config, day, digest, states)
    this.watch = new Stopwatch()
  }
}

/** Neither cut off nor of another engine. */
function isWhole({ part, engine }: Named): boolean {
  return !part && engine === ENGINE_VERSION
}

/** A file seen from the folder, so that both may move, or be copied, together; otherwise the URL. */
function placeOf(folder: string, database: string): string {
  const [, scheme, path] = /^(file|ndjson|csv|parquet):(?:\/\/(?=\/))?([^?]+)/i.exec(database) ?? []
  if (path === undefined) return database
  if (resolve(folder) === `${resolve(path)}-snapshots`) return 'beside'
  return `${scheme!.toLowerCase()}:${relative(resolve(folder), resolve(path)).replaceAll('\\', '/')}`
}

/** Readable, and safe for every seed: what a file name cannot hold is left out, and a hash tells seeds apart. */
function nameOf(seed: string): string {
  const readable = seed.replaceAll(/[^\w-]+/g, '_').slice(0, 40)
  return `${readable}-${hash(seed).slice(0, 10)}`
}

/** What must be equal for a snapshot to fit. What comes later leaves no trace in an earlier state. */
function headerOf(config: RunConfig, day: number, digest: string) {
  const cohorts = config.cohorts.filter((cohort) => cohort.day < day)
  const pauses = config.pauses.filter((pause) => pause.from < day)
  const policies = config.policies?.filter((change) => change.day < day) ?? []
  const { policies: _, people: everybody = [], ...settings } = config
  const people = everybody.filter((person) => (person.day ?? -1) < day)
  const then = {
    ...settings,
    cohorts,
    pauses,
    ...(policies.length > 0 && { policies }),
    ...(people.length > 0 && { people }),
  }
  return { run: config.seed, day, engine: ENGINE_VERSION, config: hash(JSON.stringify(then)), digest }
}

/** A sound snapshot, but of another past than this run's. */
class OtherRun extends Error {}

/** What it means, in words, when a snapshot and a run differ in this. */
const DIFFERENCES: Readonly<Record<keyof ReturnType<typeof headerOf>, string>> = {
  run: 'it is of a run with another seed',
  day: 'it is of another day than its name says',
  engine: 'another version of the engine made it',
  config: 'it is of a run with other settings, or with other people who joined',
  digest: 'what happened in it up to then is not what the database records',
}

function checkFit(header: SnapshotHeader, expected: ReturnType<typeof headerOf>): void {
  for (const name of Object.keys(DIFFERENCES) as (keyof typeof DIFFERENCES)[])
    if (header[name] !== expected[name]) throw new OtherRun(DIFFERENCES[name])
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

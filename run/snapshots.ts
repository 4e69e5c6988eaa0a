import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ENGINE_VERSION, type RunConfig } from '../sim/index.ts'
import { decodeSections, encodeSections } from '../sim/kernel/index.ts'
import { Stopwatch } from './progress.ts'
import type { MarketState } from './task.ts'

/** How many snapshots of a run are kept: the second in case the last is damaged. */
const KEPT = 2

/** All markets of a run after `day` days. */
export interface Snapshot {
  readonly day: number
  readonly states: readonly MarketState[]
}

/**
 * A folder with the states of runs at day boundaries. A snapshot only saves time: without one, or when none fits, the
 * days are simulated again. Files are named by run, day and engine version, written under another name and renamed, and
 * checked by a checksum when they are read.
 */
export class SnapshotFolder {
  readonly folder: string
  /** Told in one line when a snapshot cannot be used or written. */
  private readonly warn: (line: string) => void

  constructor(folder: string, warn: (line: string) => void = () => {}) {
    this.folder = folder
    this.warn = warn
  }

  /**
   * Keeps the state after `day` days and the one before it, and removes all others: a later one is of a past that is no
   * longer this run's, as after a reset. A full disk costs the snapshot, not the run.
   *
   * @param digest the run digest after those days
   */
  async save(config: RunConfig, day: number, digest: string, states: readonly MarketState[]): Promise<void> {
    const bytes = encodeSections(headerOf(config, day, digest), sectionsOf(states))
    const path = join(this.folder, fileName(config.seed, day))
    try {
      await mkdir(this.folder, { recursive: true })
      await writeFile(`${path}.part`, bytes)
      await rename(`${path}.part`, path)
      const days = await this.daysOf(config.seed)
      const kept = days.filter((other) => other <= day).slice(0, KEPT)
      for (const other of days) if (!kept.includes(other)) await this.remove(config.seed, other)
    } catch (error) {
      this.warn(`no snapshot of day ${day} (${(error as Error).message}); the run goes on without it`)
      await rm(`${path}.part`, { force: true }).catch(() => {})
    }
  }

  /**
   * The latest snapshot that fits this run; null when there is none.
   *
   * @param digests the run digest after 0, 1, 2, … days, as far as the ledger goes
   */
  async latest(config: RunConfig, digests: readonly string[]): Promise<Snapshot | null> {
    for (const day of await this.daysOf(config.seed)) {
      if (day >= digests.length) continue
      const file = fileName(config.seed, day)
      try {
        const { header, sections } = decodeSections(await readFile(join(this.folder, file)))
        const expected = headerOf(config, day, digests[day]!)
        const other = Object.keys(expected).find((name) => header[name] !== expected[name as keyof typeof expected])
        if (other !== undefined)
          throw new Error(
            `its ${other} is ${header[other]}, and the run's is ${expected[other as keyof typeof expected]}`,
          )
        return { day, states: statesOf(sections as Record<string, Uint8Array>) }
      } catch (error) {
        this.warn(`${file} is left aside: ${(error as Error).message}; its days are simulated again`)
      }
    }
    return null
  }

  /** Days of the run's snapshots made by this engine, the latest first. */
  private async daysOf(seed: string): Promise<number[]> {
    const files = await readdir(this.folder).catch(() => [])
    const days = files.map((file) => /-day(\d+)-/.exec(file)).map((found) => (found ? Number(found[1]) : -1))
    return days.filter((day, i) => files[i] === fileName(seed, day)).sort((a, b) => b - a)
  }

  private async remove(seed: string, day: number): Promise<void> {
    await rm(join(this.folder, fileName(seed, day)), { force: true })
  }
}

const METRICS = '.metrics'

function sectionsOf(states: readonly MarketState[]): Record<string, Uint8Array> {
  const sections: Record<string, Uint8Array> = {}
  for (const { market, simulation, metrics } of states) {
    sections[`market ${market}`] = simulation
    if (metrics) sections[`market ${market}${METRICS}`] = metrics
  }
  return sections
}

function statesOf(sections: Readonly<Record<string, Uint8Array>>): MarketState[] {
  const names = Object.keys(sections).filter((name) => !name.endsWith(METRICS))
  return names.map((name) => {
    const metrics = sections[name + METRICS]
    const state = { market: Number(name.slice('market '.length)), simulation: sections[name]! }
    return metrics ? { ...state, metrics } : state
  })
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

  async keep(config: RunConfig, day: number, digest: string, states: readonly MarketState[]): Promise<void> {
    await this.folder.save(config, day, digest, states)
    this.watch = new Stopwatch()
  }
}

/** Readable, and safe for every seed: what a file name cannot hold is left out, and a hash tells seeds apart. */
function fileName(seed: string, day: number): string {
  const readable = seed.replaceAll(/[^\w-]+/g, '_').slice(0, 40)
  return `${readable}-${hash(seed).slice(0, 10)}-day${day}-engine${ENGINE_VERSION}.snapshot`
}

/** What must be equal for a snapshot to fit. What comes later leaves no trace in an earlier state. */
function headerOf(config: RunConfig, day: number, digest: string) {
  const cohorts = config.cohorts.filter((cohort) => cohort.day < day)
  const pauses = config.pauses.filter((pause) => pause.from < day)
  const then = { ...config, cohorts, pauses }
  return { run: config.seed, day, engine: ENGINE_VERSION, config: hash(JSON.stringify(then)), digest }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

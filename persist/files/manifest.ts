import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderError, isGone, makeFolderIn, whyRefused } from '../../installation/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Row } from '../memory/row.ts'

/** Beside the files of a run that tasks have finished: whoever reads them may wait for it. */
export const SUCCESS_KEY = '_SUCCESS'

/** What this process writes into a lock: its number, and when it began. */
const OWN = `${process.pid} ${Math.round(performance.timeOrigin)}`
const NOBODY = '0'
/** Between making a lock and saying whose it is. Chosen: far more than a process needs that is not dead. */
const TAKING_MS = 10_000

/** One file of rows. */
export interface FileEntry {
  readonly table: string
  /** Relative to the folder, with forward slashes. */
  readonly path: string
  readonly rows: number
  /** Range of the table's key. */
  readonly first: number
  readonly last: number
}

/** What a folder holds: files that are not listed are remains of a process that was cut off. */
export interface ManifestData {
  readonly format: string
  readonly files: readonly FileEntry[]
  /** The ledger, and the lookup rows, which also lie in files of their own. */
  readonly tables: Readonly<Record<string, readonly Row[]>>
}

/** The one file whose replacement commits a transaction. */
export class Manifest {
  readonly #folder: string
  readonly #file: string
  readonly #lock: string
  #seen = ''

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, 'manifest.json')
    this.#lock = join(folder, '.lock')
  }

  /** The folder in which a transaction's files lie until they have their names; whoever has the lock next removes what is left of it. */
  get writing(): string {
    return join(this.#folder, `.writing-${process.pid}`)
  }

  exists(): boolean {
    return existsSync(this.#file)
  }

  /** The manifest, when it is not the one that was read or written last. */
  readIfChanged(): ManifestData | undefined {
    if (!this.exists()) return undefined
    const stamp = this.#stamp()
    if (stamp === this.#seen) return undefined
    const data = this.#parsed(this.#text())
    this.#seen = stamp
    return data
  }

  forget(): void {
    this.#seen = ''
  }

  write(data: ManifestData): void {
    const temporary = `${this.#file}.${process.pid}`
    writeFileSync(temporary, JSON.stringify(data))
    renameSync(temporary, this.#file)
    this.#seen = this.#stamp()
  }

  /**
   * @throws MingleError DATABASE_LOCKED when another living process writes to the folder; BAD_INPUT when it cannot be made or
   * written to
   */
  lock(): void {
    makeFolderIn(this.#folder)
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        writeFileSync(this.#lock, OWN, { flag: 'wx' })
        this.#sweep()
        return
      } catch (error) {
        const { code } = error as { code?: string }
        if (code !== 'EEXIST') throw folderError(error, this.#folder, 'write to')
        const found = this.#found()
        if (found === null) continue
        const { holder, stamp } = found
        if (holder === '') break
        if (isAlive(holder)) {
          const [pid] = holder.split(' ')
          throw new MingleError('DATABASE_LOCKED', `process ${pid} writes to ${this.#folder}; wait for it to end`)
        }
        this.#takeAway(stamp)
      }
    }
    throw new MingleError('DATABASE_LOCKED', `another process writes to ${this.#folder}; wait for it to end`)
  }

  unlock(): void {
    rmSync(this.#lock, { force: true })
  }

  /**
   * Who holds the lock: empty of one who is just taking it; null where it was let go meanwhile. One who died amid taking it says nothing
   * for long.
   */
  #found(): { readonly holder: string; readonly stamp: string } | null {
    try {
      const stamp = stampOf(this.#lock)
      const { mtimeMs } = statSync(this.#lock)
      const holder = readFileSync(this.#lock, 'utf8')
      return { holder: holder === '' && Date.now() - mtimeMs > TAKING_MS ? NOBODY : holder, stamp }
    } catch (error) {
      if (isGone(error)) return null
      throw folderError(error, this.#folder, 'read')
    }
  }

  /** A dead process's lock. Of two that find it, one may have taken the other's by the time: that is put back. */
  #takeAway(stamp: string): void {
    const taken = `${this.#lock}.${OWN.replace(' ', '.')}`
    try {
      renameSync(this.#lock, taken)
    } catch (error) {
      if (isGone(error)) return
      throw folderError(error, this.#folder, 'write to')
    }
    if (stampOf(taken) === stamp || existsSync(this.#lock)) rmSync(taken, { force: true })
    else renameSync(taken, this.#lock)
  }

  /**
   * What dead processes left: nobody but tasks, whose files lie elsewhere, writes beside who has the lock. What cannot be removed,
   * as another user's, takes room and is read by nobody.
   */
  #sweep(): void {
    try {
      for (const name of readdirSync(this.#folder)) {
        const [, pid, began] = /^\.lock\.(\d+)\.(\d+)$/.exec(name) ?? []
        const isTaken = pid !== undefined && !isAlive(`${pid} ${began}`)
        if (!isTaken && !/^(?:\.writing-|manifest\.json\.)\d+$/.test(name)) continue
        rmSync(join(this.#folder, name), { recursive: true, force: true })
      }
    } catch (error) {
      if (whyRefused(error) === undefined) throw error
    }
  }

  #text(): string {
    try {
      return readFileSync(this.#file, 'utf8')
    } catch (error) {
      throw folderError(error, this.#folder, 'read')
    }
  }

  #parsed(text: string): ManifestData {
    let found: Partial<ManifestData> | null
    try {
      found = JSON.parse(text) as Partial<ManifestData> | null
    } catch {
      found = null
    }
    if (Array.isArray(found?.files) && found.tables && typeof found.format === 'string') return found as ManifestData
    throw new MingleError(
      'DAMAGED',
      `${this.#file} is damaged: it lists the runs and their files, so nothing here can be read without it; put a copy of it back, or empty the folder and run the same seed again, which gives the same rows`,
    )
  }

  #stamp(): string {
    return stampOf(this.#file)
  }
}

function stampOf(file: string): string {
  const { ino, mtimeMs, size } = statSync(file)
  return `${ino} ${mtimeMs} ${size}`
}

/** Whether a lock's process lives. One that has our number and began at another time is dead: in a container, all are number 1. */
function isAlive(holder: string): boolean {
  const [pid] = holder.split(' ').map(Number)
  if (!pid || pid === process.pid) return holder === OWN
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH'
  }
}

import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Chosen: what three million person-days take. */
export const SCRATCH_MEGABYTES = 2048
const MEGABYTE = 1024 * 1024
/**
 * What nobody took for so long is let go of: another machine has lived through it again. So are folders of machines of other names, whose
 * processes cannot be asked after, when nothing was put there for so long. Chosen: pass 2 begins when all of pass 1 has ended, hours later.
 */
const FORGOTTEN_MS = 24 * 3600 * 1000
const LOOK_MS = 600 * 1000

/** Where days may be kept between the two passes, and how many bytes of them. Plain data. */
export interface Scratch {
  /** This process's own, among those of others of the same user, which may be taken from. */
  readonly folder: string
  readonly bytes: number
  /** Of this process that keep days at once; default 1. */
  readonly threads?: number
}

/**
 * A folder of this process in the temporary folder. It goes with the process, however that ends by itself; of one that was killed the next
 * that opens one sweeps it.
 */
export class ScratchFolder {
  /** Null where nothing can or shall be kept. */
  readonly scratch: Scratch | null
  readonly #leave = () => this.close()
  #looking: NodeJS.Timeout | undefined

  /** @param megabytes at most, of all threads together; 0: nothing is kept  @param threads that keep days at once */
  constructor(megabytes = SCRATCH_MEGABYTES, threads = 1) {
    this.scratch = megabytes > 0 ? opened(megabytes, threads) : null
    if (this.scratch === null) return
    const { folder } = this.scratch
    process.on('exit', this.#leave)
    this.#looking = setInterval(() => forget(folder), LOOK_MS).unref()
  }

  close(): void {
    process.off('exit', this.#leave)
    clearInterval(this.#looking)
    if (this.scratch) rmSync(this.scratch.folder, { recursive: true, force: true })
  }
}

function opened(megabytes: number, threads: number): Scratch | null {
  const all = join(tmpdir(), `mingle-days-${process.getuid?.() ?? 'here'}`)
  try {
    mkdirSync(all, { recursive: true, mode: 0o700 })
    // The temporary folder is everybody's: what another put there is not read.
    const { uid, mode } = lstatSync(all)
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0)
    if (!isOwn || !lstatSync(all).isDirectory()) return null
    sweep(all)
    return { folder: mkdtempSync(join(all, `${hostname()}-${process.pid}-`)), bytes: megabytes * MEGABYTE, threads }
  } catch {
    return null
  }
}

/** Removes what processes left that are no more. */
function sweep(all: string): void {
  const here = `${hostname()}-`
  for (const name of namesIn(all)) {
    const pid = name.startsWith(here) ? Number.parseInt(name.slice(here.length), 10) : Number.NaN
    remove(join(all, name), (path) => (Number.isNaN(pid) ? isOld(path) : !isAlive(pid)))
  }
}

/** Removes what has lain in a folder for too long. */
function forget(folder: string): void {
  for (const name of namesIn(folder)) remove(join(folder, name), isOld)
}

function remove(path: string, isMeant: (path: string) => boolean): void {
  try {
    if (isMeant(path)) rmSync(path, { recursive: true, force: true })
  } catch {
    // Others clear away here too.
  }
}

function isOld(path: string): boolean {
  return Date.now() - lstatSync(path).mtimeMs > FORGOTTEN_MS
}

/** None where there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

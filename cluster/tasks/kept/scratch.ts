import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Chosen: what three million person-days take. */
export const SCRATCH_MEGABYTES = 2048
const MEGABYTE = 1024 * 1024
/** Folders of machines of other names, whose processes cannot be asked after, are let go of when nothing was put there for so long. */
const FORGOTTEN_MS = 24 * 3600 * 1000
/** What nobody took for an hour was written by a machine that lived through it again; chosen, as is how often one looks. */
const UNTAKEN_MS = 3600 * 1000
const LOOK_MS = 600 * 1000

/** Where days may be kept between the two passes, and how many bytes of them. Plain data. */
export interface Scratch {
  /** This process's own, among those of others of the same user, which may be taken from. */
  readonly folder: string
  readonly bytes: number
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

  /** @param megabytes at most; 0: nothing is kept */
  constructor(megabytes = SCRATCH_MEGABYTES) {
    this.scratch = megabytes > 0 ? opened(megabytes) : null
    if (this.scratch === null) return
    const { folder } = this.scratch
    process.on('exit', this.#leave)
    this.#looking = setInterval(() => forget(folder, UNTAKEN_MS), LOOK_MS).unref()
  }

  close(): void {
    process.off('exit', this.#leave)
    clearInterval(this.#looking)
    if (this.scratch) rmSync(this.scratch.folder, { recursive: true, force: true })
  }
}

function opened(megabytes: number): Scratch | null {
  const all = join(tmpdir(), `mingle-days-${process.getuid?.() ?? 'here'}`)
  const own = `${hostname()}-${process.pid}-${Math.trunc(performance.timeOrigin)}`
  try {
    mkdirSync(all, { recursive: true, mode: 0o700 })
    // The temporary folder is everybody's: what another put there is not read.
    const { uid, mode } = lstatSync(all)
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0)
    if (!isOwn || !lstatSync(all).isDirectory()) return null
    sweep(all)
    return { folder: join(all, own), bytes: megabytes * MEGABYTE }
  } catch {
    return null
  }
}

/** Removes what processes left that are no more. */
function sweep(all: string): void {
  const here = `${hostname()}-`
  for (const name of readdirSync(all)) {
    const pid = name.startsWith(here) ? Number.parseInt(name.slice(here.length), 10) : Number.NaN
    if (Number.isNaN(pid)) removeOld(join(all, name), FORGOTTEN_MS)
    else if (!isAlive(pid)) rmSync(join(all, name), { recursive: true, force: true })
  }
}

/** Removes what lies in a folder longer than so many milliseconds. */
function forget(folder: string, ms: number): void {
  try {
    for (const name of readdirSync(folder)) removeOld(join(folder, name), ms)
  } catch {
    // Others clear away here too.
  }
}

function removeOld(path: string, ms: number): void {
  if (Date.now() - lstatSync(path).mtimeMs > ms) rmSync(path, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

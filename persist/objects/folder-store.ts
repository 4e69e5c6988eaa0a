import { randomUUID } from 'node:crypto'
import { closeSync, type Dirent, existsSync, fdatasync, fsync, openSync, renameSync, statSync } from 'node:fs'
import { link, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { promisify } from 'node:util'
import { folderError, isDiskFull, isGone, makeFolderIn } from '../../installation/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Listed, ObjectStore } from './object-store.ts'
import { writeWhole } from './write-whole.ts'

/** Files that are being written lie here, on the same file system; readers of folders leave such names out. */
const WRITING = '.writing-tasks'
/** Another process that tidies up takes a folder away while it is looked through, or a file before it has its name: once, hardly twice. */
const ATTEMPTS = 2
/** Files whose sizes are asked before others have their turn. */
const SIZES_AT_ONCE = 1000

const dataOnDisk = promisify(fdatasync)
const onDisk = promisify(fsync)

/**
 * A folder, which many machines may share. A file is written under another name, synced, renamed, and its folder synced,
 * so that neither a kill nor a power cut leaves half of one. Only what waits for the disk is handed to another thread: there are
 * thousands of files, and to hand over every call takes three times the processor.
 */
export class FolderStore implements ObjectStore {
  readonly url: string
  readonly #folder: string
  /** Folders that are there. */
  readonly #made = new Set<string>()

  constructor(folder: string) {
    this.url = folder
    this.#folder = folder
  }

  async put(key: string, pieces: readonly Uint8Array[]): Promise<void> {
    await this.#place(key, pieces, renameSync)
  }

  async putNew(key: string, bytes: Uint8Array): Promise<Uint8Array | null> {
    const there = await this.get(key)
    if (there) return there
    let refusal: string | undefined
    try {
      // A link, unlike a rename, fails where another was quicker.
      await this.#place(key, [bytes], async (from, to) => {
        await link(from, to).catch((error) => {
          refusal = error.code
          throw error
        })
        await rm(from, { force: true })
      })
      return null
    } catch (error) {
      const quicker = refusal === 'EEXIST' ? await this.get(key) : null
      if (quicker) return quicker
      if (refusal !== 'EPERM' && refusal !== 'ENOTSUP' && refusal !== 'ENOSYS') throw error
      await this.put(key, [bytes])
      return null
    }
  }

  async get(key: string): Promise<Uint8Array | null> {
    return readFile(join(this.#folder, key)).catch((error) => orNull(error, this.#folder))
  }

  async list(prefix: string): Promise<Listed[]> {
    const entries = await this.#entries(join(this.#folder, prefix))
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const listed: Listed[] = []
    for (const [i, path] of files.entries()) {
      if (i % SIZES_AT_ONCE === SIZES_AT_ONCE - 1) await breath()
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? -1
      listed.push({ key: relative(this.#folder, path).replaceAll('\\', '/'), bytes })
    }
    return listed
      .filter(({ key, bytes }) => bytes >= 0 && !key.startsWith(WRITING))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.#folder, key), { force: true })
  }

  async sweep(): Promise<void> {
    await rm(join(this.#folder, WRITING), { recursive: true, force: true })
    this.#made.clear()
  }

  async close(): Promise<void> {}

  async #place(
    key: string,
    pieces: readonly Uint8Array[],
    settle: (from: string, to: string) => void | Promise<void>,
  ): Promise<void> {
    const path = join(this.#folder, key)
    for (let attempt = 1; ; attempt++) {
      const temporary = join(this.#folder, WRITING, randomUUID())
      try {
        this.#make(dirname(temporary))
        this.#make(dirname(path))
        await written(temporary, pieces)
        await settle(temporary, path)
        return await synced(dirname(path))
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {})
        if (attempt === ATTEMPTS || !isGone(error)) throw explained(error, this.#folder)
        this.#made.clear()
      }
    }
  }

  /** What lies in a folder and in those below it. */
  async #entries(folder: string): Promise<Dirent[]> {
    for (let attempt = 1; existsSync(folder); attempt++) {
      try {
        return await readdir(folder, { recursive: true, withFileTypes: true })
      } catch (error) {
        if (!isGone(error)) throw folderError(error, this.#folder, 'read')
        if (attempt === ATTEMPTS) throw error
      }
    }
    return []
  }

  #make(folder: string): void {
    if (this.#made.has(folder)) return
    makeFolderIn(this.#folder, folder)
    this.#made.add(folder)
  }
}

async function written(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = openSync(path, 'wx')
  try {
    writeWhole(file, pieces)
    await dataOnDisk(file)
  } finally {
    closeSync(file)
  }
}

/** The names in a folder are on the disk. Where folders cannot be opened, nothing can be done about it. */
async function synced(folder: string): Promise<void> {
  let handle: number
  try {
    handle = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    await onDisk(handle).catch(() => {})
  } finally {
    closeSync(handle)
  }
}

function orNull(error: NodeJS.ErrnoException, folder: string): null {
  if (isGone(error) || error.code === 'ENOTDIR') return null
  throw folderError(error, folder, 'read')
}

function explained(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return error
  const { message } = error as Error
  return new MingleError('DISK_FULL', `no room in ${folder} (${message}); make some there`)
}

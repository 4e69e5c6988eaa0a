import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { Listed, ObjectStore } from './object-store.ts'

/** Files that are being written lie here, on the same file system; readers of folders leave such names out. */
const WRITING = '.writing-tasks'

/**
 * A folder, which many machines may share. A file is written under another name, synced, renamed, and its folder synced,
 * so that neither a kill nor a power cut leaves half of one.
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
    await this.#place(key, pieces, rename)
  }

  async putNew(key: string, bytes: Uint8Array): Promise<Uint8Array | null> {
    const there = await this.get(key)
    if (there) return there
    try {
      // A link, unlike a rename, fails where another was quicker.
      await this.#place(key, [bytes], link)
      return null
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') return this.get(key)
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error
      await this.put(key, [bytes])
      return null
    }
  }

  async get(key: string): Promise<Uint8Array | null> {
    return readFile(join(this.#folder, key)).catch(orNull)
  }

  async list(prefix: string): Promise<Listed[]> {
    const folder = join(this.#folder, prefix)
    if (!existsSync(folder)) return []
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const listed = await Promise.all(
      files.map(async (path) => ({
        key: relative(this.#folder, path).replaceAll('\\', '/'),
        bytes: (await stat(path).catch(orNull))?.size ?? -1,
      })),
    )
    return listed
      .filter(({ key, bytes }) => bytes >= 0 && !key.startsWith(WRITING))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.#folder, key), { force: true })
  }

  async sweep(): Promise<void> {
    await rm(join(this.#folder, WRITING), { recursive: true, force: true })
  }

  async close(): Promise<void> {}

  async #place(
    key: string,
    pieces: readonly Uint8Array[],
    settle: (from: string, to: string) => Promise<void>,
  ): Promise<void> {
    const path = join(this.#folder, key)
    const temporary = join(this.#folder, WRITING, randomUUID())
    try {
      await this.#make(dirname(temporary))
      await this.#make(dirname(path))
      await written(temporary, pieces).catch(async (error) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        // Swept by who thought that nobody writes any more.
        this.#made.clear()
        await this.#make(dirname(temporary))
        await written(temporary, pieces)
      })
      await settle(temporary, path)
      await synced(dirname(path))
    } catch (error) {
      throw explained(error, this.#folder)
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async #make(folder: string): Promise<void> {
    if (this.#made.has(folder)) return
    await mkdir(folder, { recursive: true })
    this.#made.add(folder)
  }
}

async function written(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'wx')
    for (const piece of pieces) await file.writeFile(piece)
    await file.datasync()
  } finally {
    await file?.close()
  }
}

/** The names in a folder are on the disk. Where folders cannot be opened, nothing can be done about it. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync().catch(() => {})
  } finally {
    await handle?.close()
  }
}

function orNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

function explained(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT') {
    return new MingleError('DISK_FULL', `no room in ${folder} (${message}); make some, and carry out the task again`)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR')
    return badInput(`cannot write to ${folder}: ${message}`)
  return error
}

import { accessSync, constants, existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { MingleError } from '../sim/kernel/index.ts'

/** Beside an SQLite file, whatever writes it, unless another folder, or none, was asked for. */
export function snapshotFolderOf(url: string, asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked === 'off' ? undefined : asked
  const file = /^file:(?:\/\/)?([^?]+)/i.exec(url)?.[1]
  return file === undefined ? undefined : `${file}-snapshots`
}

/**
 * Tries whether the folder that was asked for can be made and written to, before anything runs, and leaves nothing
 * behind: the first snapshot makes it.
 *
 * @throws MingleError BAD_INPUT when it cannot be
 */
export function tryFolder(folder: string): void {
  // Not `recursive`: under /proc that never returns.
  const missing: string[] = []
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path)
  const made: string[] = []
  try {
    for (const path of missing) {
      mkdirSync(path)
      made.unshift(path)
    }
    accessSync(folder, constants.W_OK)
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder')
  } catch (error) {
    throw new MingleError(
      'BAD_INPUT',
      `--snapshot-dir ${folder} cannot be written to (${(error as Error).message}); name another folder, or off`,
    )
  } finally {
    for (const path of made) rmdirSync(path)
  }
}

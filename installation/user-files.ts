import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { badInput } from '../sim/kernel/index.ts'

/** What a file system answers when a place is none, or is not ours to use. */
const REFUSED: Readonly<Record<string, string>> = {
  EACCES: 'there are no rights to it',
  EPERM: 'there are no rights to it',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such folder, and none can be made',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
}

/** Why a file system refused a place, in words; undefined where the fault is another, such as a full disk. */
export function whyRefused(error: unknown): string | undefined {
  return REFUSED[(error as NodeJS.ErrnoException).code ?? '']
}

/** Whether a disk, or what one may take of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return /^(ENOSPC|EDQUOT|EFBIG)$/.test((error as NodeJS.ErrnoException).code ?? '')
}

/** Whether nothing has that name, or has it any more. */
export function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

/**
 * For the opening of a place. In the middle of work the same codes are no input's fault: another process tidied up, a disk was taken away.
 * @returns the error in words where it is the folder's, else as it is
 */
export function folderError(error: unknown, folder: string, doing: 'write to' | 'read'): unknown {
  if (whyRefused(error) === undefined) return error
  const { message } = error as Error
  return badInput(`cannot ${doing} ${folder}: ${message}; name a folder that can be made, or that is yours to use`)
}

/**
 * Makes a folder, and those above it. Node's own recursive `mkdir` never ends where a file system says ENOENT of a folder whose parent is
 * there, as /proc and mounts by autofs do.
 * @throws the file system's error, also where a file has the name
 */
export function makeFolder(path: string): void {
  for (let again = false; !isFolder(path); again = true) {
    try {
      mkdirSync(path)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const above = dirname(path)
      if (code === 'EEXIST' && isFolder(path)) return
      // Once more: another process makes and removes folders here too, between our looking and our making.
      if (again || (code !== 'ENOENT' && code !== 'EEXIST') || above === path) throw error
      if (code === 'ENOENT') makeFolder(above)
    }
  }
}

/**
 * Makes a folder in a place that the user named, or the place itself.
 * @throws MingleError BAD_INPUT with the place when it cannot be; whatever else the file system says
 */
export function makeFolderIn(place: string, path = place): void {
  try {
    makeFolder(path)
  } catch (error) {
    throw folderError(error, place, 'write to')
  }
}

/**
 * Whether `writeWhole` can write a file, found out by trying, before the work whose result it is to hold.
 * @param option the one that names it
 * @throws MingleError BAD_INPUT when it cannot
 */
export function checkFile(file: string, option: string): void {
  const refused = (why: string) => badInput(`${option} ${file} cannot be written: ${why}; name another file`)
  if (isFolder(file)) throw refused('it is a folder')
  if (!existsSync(dirname(file))) throw refused(`there is no folder ${dirname(file)}`)
  const at = replaceable(file)
  if (at === null) return
  const trial = unfinished(at)
  const isLeft = existsSync(trial)
  try {
    closeSync(openSync(trial, 'a'))
  } catch (error) {
    throw refused(whyRefused(error) ?? (error as Error).message)
  }
  if (!isLeft) rmSync(trial)
}

/**
 * Whether files can be put into a folder, found out by trying, before the work whose results it is to hold. What was made for it is
 * removed again.
 *
 * @param option the one that names it
 * @param remedy what to do, as a sentence's end
 * @throws MingleError BAD_INPUT when they cannot
 */
export function checkFolder(folder: string, option: string, remedy = 'name another folder'): void {
  const missing: string[] = []
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.push(path)
  try {
    makeFolder(folder)
    rmdirSync(mkdtempSync(join(folder, '.mingle-')))
  } catch (error) {
    const why = whyRefused(error) ?? (error as Error).message
    throw badInput(`${option} ${folder} cannot be written to: ${why}; ${remedy}`)
  } finally {
    try {
      for (const path of missing) rmdirSync(path)
    } catch {
      // It was not made, or others have put something there meanwhile.
    }
  }
}

/** Whole or not at all; what is no file of its own, such as /dev/stdout, is written to as it comes. */
export function writeWhole(file: string, text: string): void {
  const at = replaceable(file)
  writeFileSync(at === null ? file : unfinished(at), text)
  if (at !== null) renameSync(unfinished(at), at)
}

/** The file that another can take the place of: that to which a link leads; null for devices and pipes, which stay. */
function replaceable(file: string): string | null {
  if (!existsSync(file)) return file
  const real = realpathSync(file)
  return statSync(real).isFile() ? real : null
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function unfinished(file: string): string {
  return `${file}.new`
}

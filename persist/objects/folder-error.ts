import { badInput } from '../../sim/kernel/index.ts'

/** What a file system answers when a folder is none, or is not ours to use. */
const REFUSED: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ENOENT',
  'ENAMETOOLONG',
  'ELOOP',
])

/** @returns the error in words where it is the folder's, else as it is */
export function folderError(error: unknown, folder: string, doing: 'write to' | 'read'): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (!REFUSED.has(code)) return error
  return badInput(`cannot ${doing} ${folder}: ${message}; name a folder that can be made, or that is yours to use`)
}

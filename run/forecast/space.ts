import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseDatabaseUrl } from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Estimate } from './estimate.ts'

/** Where a run would be written on this machine, and what is free there. */
export interface Space {
  readonly folder: string
  readonly freeBytes: number
}

/** Tells the free bytes of the file system that a folder, which is there, lies in. */
export type FreeBytes = (folder: string) => number

export const freeBytesOf: FreeBytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Null where the database is a server, whose disk nobody can ask, or nothing is written. */
export function spaceAt(databaseUrl: string, freeBytes: FreeBytes = freeBytesOf): Space | null {
  const at = parseDatabaseUrl(databaseUrl)
  if (!('path' in at)) return null
  let folder = at.kind === 'sqlite' ? dirname(resolve(at.path)) : resolve(at.path)
  while (!existsSync(folder)) folder = dirname(folder)
  return { folder, freeBytes: freeBytes(folder) }
}

/** @throws MingleError BAD_INPUT when what is free is less than what the run may need */
export function checkSpace({ value, error }: Estimate, space: Space | null): void {
  const need = value + (error ?? 0)
  if (space === null || need <= space.freeBytes) return
  throw badInput(
    `the run needs ${megabytes(value)} MB${error ? ` ± ${megabytes(error)} MB` : ''} of disk, and ${space.folder} has ` +
      `${megabytes(space.freeBytes)} MB free: take another --database-url, fewer people or days, or make room`,
  )
}

/** Rounded up, so that a need is never told too small. */
export function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1e6)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

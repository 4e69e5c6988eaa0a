import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, posix, resolve } from 'node:path'
import { packageRoot } from './package-files.ts'

interface Package {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
}

/**
 * Where a file of the user's finds this package: a project that has not installed it has the one that runs.
 * @returns files by what is imported, for jiti's `alias`; none where the project has the package
 */
export function ownPackage(file: string): Record<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Package
  if (finds(file, name)) return {}
  return Object.fromEntries(
    Object.entries(exports).map(([door, at]) => [
      posix.join(name, door),
      join(packageRoot(), typeof at === 'string' ? at : at.default),
    ]),
  )
}

function finds(file: string, name: string): boolean {
  try {
    createRequire(resolve(file)).resolve(name)
    return true
  } catch (error) {
    return (error as { code?: unknown }).code !== 'MODULE_NOT_FOUND'
  }
}

/** Why a file of the user's could not be loaded, in one line: what it threw, or what is wrong with it and where. */
export function whyNotLoaded(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return said
    .split('\nRequire stack:')[0]!
    .replace(/^ParseError: /, '')
    .replace(/\s*\n\s*(\S+:\d+:\d+)$/, ' at $1')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
}

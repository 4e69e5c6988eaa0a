import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder: the nearest one above this file that holds `package.json` (sources and `dist` alike). */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

/** Version of this package; recorded with a run, never compared. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version
}

/**
 * A file of the build. Threads run JavaScript: where sources run as TypeScript (under the test runner) it is that of the last build.
 *
 * @param name path below `dist`
 */
export function builtFile(...name: string[]): string {
  return join(packageRoot(), 'dist', ...name)
}

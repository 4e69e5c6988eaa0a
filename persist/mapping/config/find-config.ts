import { existsSync } from 'node:fs'
import { join } from 'node:path'

const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `mingle.config.${ending}`)

/** The configuration in a folder; null when it has none. Cheap: it looks for the file, and loads nothing. */
export function findConfig(folder: string): string | null {
  const name = CONFIG_FILES.find((candidate) => existsSync(join(folder, candidate)))
  return name === undefined ? null : join(folder, name)
}

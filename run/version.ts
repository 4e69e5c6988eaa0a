import { readFileSync } from 'node:fs'

/** Version of this package; recorded with a run, never compared. */
export function packageVersion(): string {
  const here = import.meta.url
  const file = new URL(here.endsWith('.ts') ? '../package.json' : '../../package.json', here)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

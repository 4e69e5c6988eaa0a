import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 of every file of rows that lies in an output folder, by its path. */
export function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ndjson'))
  return Object.fromEntries(paths.sort().map((path) => [path, hash(readFileSync(join(folder, path)))] as const))
}

/** The rows of each table and day in their order, whatever files they lie in, and the ledger without the clock. */
export function rowsOf(folder: string): Record<string, string> {
  const parts = new Map<string, Buffer[]>()
  for (const path of Object.keys(filesOf(folder))) {
    const [table, day = ''] = path.split('/')
    const key = `${table} ${day.startsWith('day=') ? day : ''}`
    parts.set(key, [...(parts.get(key) ?? []), readFileSync(join(folder, path))])
  }
  const { tables } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  for (const run of tables.seed_runs) run.created_at = run.updated_at = 0
  const rows = [...parts].map(([key, pieces]) => [key, hash(Buffer.concat(pieces))] as const)
  return { ...Object.fromEntries(rows), ledger: hash(JSON.stringify(tables)) }
}

function hash(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}

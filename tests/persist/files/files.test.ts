import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnKind, TableShape } from '../../../persist/batch.ts'
import { openStore } from '../../../persist/index.ts'
import { LOOKUPS, TABLES } from '../../../persist/rows/tables.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { writeSmallRun } from '../backends/contract.ts'
import { TEXTS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-files-'))
const { interest_dirty: _, ...lookups } = LOOKUPS
const SHAPES: readonly TableShape[] = [...Object.values(TABLES), ...Object.values(lookups)]
let duck: DuckDBConnection
let sqlite: InstanceType<typeof Database>

async function write(url: string): Promise<void> {
  const store = await openStore(url, { texts: TEXTS })
  await writeSmallRun(store, 'files')
  await store.close()
}

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run("SET TimeZone = 'UTC'")
  await write(`file:${join(folder, 'site.db')}`)
  sqlite = new Database(join(folder, 'site.db'))
}, 60_000)
afterAll(() => {
  sqlite.close()
  duck.closeSync()
  rmSync(folder, { recursive: true })
})

/** How each format is read, with what DuckDB finds out about columns by itself. */
const READERS = {
  ndjson: (path: string) => `read_json('${path}', hive_partitioning = false)`,
  csv: (path: string) => `read_csv('${path}', header = true, allow_quoted_nulls = false, hive_partitioning = false)`,
  parquet: (path: string) => `read_parquet('${path}', hive_partitioning = false)`,
} as const

/** A value in a form that is the same whatever it was read as. */
const IN_DUCKDB: Readonly<Record<ColumnKind, (column: string) => string>> = {
  id: (column) => `CAST(${column} AS DOUBLE)`,
  int: (column) => `CAST(${column} AS DOUBLE)`,
  float: (column) => `CAST(${column} AS DOUBLE)`,
  time: (column) => `CAST(epoch_ms(CAST(${column} AS TIMESTAMPTZ)) AS DOUBLE)`,
  date: (column) => `CAST(CAST(${column} AS DATE) AS VARCHAR)`,
  json: (column) => `CAST(CAST(${column} AS JSON) AS VARCHAR)`,
  text: (column) => `CAST(${column} AS VARCHAR)`,
}

function fromSqlite(kind: ColumnKind, value: unknown): unknown {
  if (value === null) return null
  if (kind === 'time') return Date.parse(value as string)
  if (kind === 'date') return (value as string).slice(0, 10)
  return kind === 'json' ? JSON.parse(value as string) : value
}

describe.each(Object.keys(READERS) as (keyof typeof READERS)[])('%s', (format) => {
  const files = join(folder, format)
  beforeAll(() => write(`${format}:${files}`), 60_000)

  it.each(SHAPES)('$table: DuckDB reads the rows that SQLite has', async ({ table, columns, order }) => {
    const inFolder = (pattern: string) => join(files, table, pattern)
    const path = existsSync(inFolder(`all.${format}`)) ? inFolder(`all.${format}`) : inFolder(`*/*.${format}`)
    const names = Object.keys(columns)
    const list = names.map((name) => IN_DUCKDB[columns[name]!](`"${name}"`)).join(', ')
    const read = await duck.runAndReadAll(`SELECT ${list} FROM ${READERS[format](path)} ORDER BY ${order.join(', ')}`)
    const found = read
      .getRowsJson()
      .map((row) => row.map((value, c) => (columns[names[c]!] === 'json' ? JSON.parse(value as string) : value)))
    const rows = sqlite
      .prepare(`SELECT ${names.map((name) => `"${name}"`).join(', ')} FROM "${table}" ORDER BY ${order.join(', ')}`)
      .raw()
      .all() as unknown[][]
    expect(rows.length).toBeGreaterThan(0)
    expect(found).toEqual(rows.map((row) => row.map((value, c) => fromSqlite(columns[names[c]!]!, value))))
  })

  it('the folders are partitions by day', async () => {
    const reader = READERS[format](join(files, 'posts/*/*')).replace(
      /hive_partitioning = false/,
      'hive_partitioning = true',
    )
    const read = await duck.runAndReadAll(
      `SELECT CAST(day AS VARCHAR), count(*) FROM ${reader} WHERE CAST(created_at AS DATE) = CAST(day AS DATE) GROUP BY 1 ORDER BY 1`,
    )
    const days = sqlite
      .prepare('SELECT substr(created_at, 1, 10), count(*) FROM posts GROUP BY 1 ORDER BY 1')
      .raw()
      .all() as [string, number][]
    expect(read.getRowsJson()).toEqual(days.map(([day, rows]) => [day, String(rows)]))
  })
})

it('times in Parquet are timestamps, dates dates, ids whole numbers', async () => {
  const read = await duck.runAndReadAll(
    `DESCRIBE SELECT id, user_id, created_at FROM ${READERS.parquet(join(folder, 'parquet/posts/*/*'))}`,
  )
  expect(read.getRowsJson().map((row) => row[1])).toEqual(['BIGINT', 'BIGINT', 'TIMESTAMP'])
  const dates = await duck.runAndReadAll(
    `DESCRIBE SELECT birthdate FROM ${READERS.parquet(join(folder, 'parquet/profiles/*/*'))}`,
  )
  expect(dates.getRowsJson()[0]![1]).toBe('DATE')
  const physical = await duck.runAndReadAll(
    `SELECT type, converted_type FROM parquet_schema('${join(folder, 'parquet/posts/*/*')}') WHERE name = 'created_at'`,
  )
  expect(physical.getRowsJson()[0]).toEqual(['INT64', 'TIMESTAMP_MILLIS'])
})

it('DuckDB reads the CSV of a real run by the line of docs/persistence.md', async () => {
  const files = join(folder, 'real')
  const store = await openStore(`csv:${files}`)
  const { rows } = await startRun(store, configFromSettings({ seed: 's1', count: 100 }), 12, { workers: 0 })
  await store.close()
  const page = readFileSync(join(import.meta.dirname, '../../../docs/persistence.md'), 'utf8')
  const line = /^SELECT count\(\*\) FROM read_csv\('out-csv\/messages\/.*$/m.exec(page)![0]
  for (const table of Object.keys(TABLES)) {
    const read = await duck.runAndReadAll(line.replace('out-csv/messages', `${files}/${table}`))
    expect([table, Number(read.getRowsJson()[0]![0])]).toEqual([table, rows[table as keyof typeof rows]])
  }
}, 60_000)

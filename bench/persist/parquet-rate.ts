/**
 * node dist/bench/persist/parquet-rate.js [PEOPLE] [DAYS]: rows a second of processor time into Parquet, of the main job's own
 * days simulated and rendered beforehand, by three writers in turn: Mingle's parts, hyparquet-writer for every column, and
 * DuckDB's appender with COPY … TO (Snappy, one thread; skipped with a line where it is not installed).
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { TableBatch } from '../../persist/batch.ts'
import { FORMATS } from '../../persist/files/formats.ts'
import { BlockMaker, type BlockSetup, countMarket, idsAfter, picsum, placeMarkets } from '../../persist/index.ts'
import { CONTENT_TEXTS } from '../../persist/texts.ts'
import { createSimulation } from '../../sim/index.ts'
import { parse, program, whole } from '../options.ts'
import { cpuNs, report } from '../record.ts'

function rendered(people: number, days: number): TableBatch[] {
  const simulation = createSimulation({ seed: 'bench', count: people })
  const zero = { users: people + 1, sessions: 1, posts: 1, post_media: 1, feed_seen: 1 }
  let next = { ...zero, liked_posts: 1, profile_views: 1, likes: 1, matches: 1, messages: 1 }
  const setup: BlockSetup = {
    ids: { startMs: 1_704_067_200_000, written: people, users: [1, 1, people], posts: [], matches: [], next },
    encoding: { form: 'columns' },
    sources: null,
  }
  const maker = new BlockMaker(setup, { texts: CONTENT_TEXTS, pictures: picsum }, '0')
  return Array.from({ length: days }, (_, day) => {
    const { markets } = simulation.runDay()
    const counts = markets.map(countMarket)
    const blocks = maker.make(day, markets, placeMarkets(counts, next))
    next = idsAfter(counts, next) as typeof next
    return blocks.flatMap(({ data }) => (data.form === 'columns' ? [data.batch] : []))
  }).flat()
}

type Write = (batch: TableBatch, file: string) => boolean | Promise<boolean>

const ours: Write = (batch, file) => {
  const { parquet } = FORMATS
  writeFileSync(file, Buffer.concat(parquet.join(batch.shape, [parquet.part(batch)])))
  return true
}

const TYPES = {
  id: 'INT64',
  int: 'INT32',
  float: 'DOUBLE',
  time: 'TIMESTAMP',
  date: 'INT32',
  json: 'JSON',
  text: 'STRING',
} as const

const byPackage: Write = ({ shape, rows, columns }, file) => {
  const columnData = Object.entries(shape.columns).map(([name, kind]) => ({
    ...{ name, type: TYPES[kind] },
    data: Array.from({ length: rows }, (_, i) => valueFor(kind, columns[name]![i]!)),
  }))
  writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData })))
  return true
}

function valueFor(kind: keyof typeof TYPES, value: string | number | null): unknown {
  if (value === null || Number.isNaN(value)) return null
  if (kind === 'id') return BigInt(value)
  return kind === 'time' ? new Date(value) : value
}

const byDuckdb: Write = async ({ shape, rows, columns }, file) => {
  const duckdb = await import('@duckdb/node-api').catch(() => null)
  if (!duckdb) return false
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const types = {
    id: 'BIGINT',
    int: 'INTEGER',
    float: 'DOUBLE',
    time: 'TIMESTAMP_MS',
    date: 'DATE',
    json: 'VARCHAR',
    text: 'VARCHAR',
  }
  const names = Object.entries(shape.columns)
  await connection.run(`CREATE TABLE t (${names.map(([name, kind]) => `"${name}" ${types[kind]}`).join(', ')})`)
  const appender = await connection.createAppender('t')
  // Whole columns at a time: value by value is several times as slow.
  for (let from = 0; from < rows; from += 2048) {
    const length = Math.min(2048, rows - from)
    const chunk = duckdb.DuckDBDataChunk.create(
      names.map(([, kind]) => duckdbTypes(duckdb)[kind]),
      length,
    )
    chunk.setColumns(
      names.map(([name, kind]) =>
        Array.from({ length }, (_, i) => {
          const value = valueFor(kind === 'time' ? 'id' : kind, columns[name]![from + i]!)
          return kind === 'time'
            ? new duckdb.DuckDBTimestampMillisecondsValue(value as bigint)
            : (value as string | bigint | null)
        }),
      ),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  await connection.run(`COPY t TO '${file}' (FORMAT parquet, COMPRESSION snappy)`)
  connection.closeSync()
  instance.closeSync()
  return true
}

function duckdbTypes({ BIGINT, INTEGER, DOUBLE, TIMESTAMP_MS, DATE, VARCHAR }: typeof import('@duckdb/node-api')) {
  return { id: BIGINT, int: INTEGER, float: DOUBLE, time: TIMESTAMP_MS, date: DATE, json: VARCHAR, text: VARCHAR }
}

await program(import.meta.url, 'node dist/bench/persist/parquet-rate.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 10)
  const batches = rendered(people, days)
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-parquet-'))
  try {
    const taken: Record<string, number> = {}
    for (const [name, write] of Object.entries({ mingle: ours, 'hyparquet-writer': byPackage, duckdb: byDuckdb })) {
      const file = join(folder, name)
      let bytes = 0
      // The first round is for the compiler.
      for (let round = 0; round < 2; round++) {
        bytes = 0
        const before = cpuNs()
        for (const batch of batches) {
          if (!(await write(batch, file))) break
          bytes += statSync(file).size
        }
        taken[name] = cpuNs() - before
      }
      if (bytes === 0) console.log(`${name}: skipped, it is not installed`)
      else {
        const value = taken[name]! / rows
        const rate = Math.round(1e9 / value)
        const more = { rows, 'rows/s of CPU': rate, 'bytes a row': (bytes / rows).toFixed(1) }
        const own = { name: `Parquet by ${name}`, value, low: value, high: value, unit: 'ns/row' }
        report({ ...own, method: 'second round, CPU', hash: String(bytes), ...more })
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

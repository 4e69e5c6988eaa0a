import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { snappyUncompress } from 'hyparquet'
import { afterAll, describe, expect, it } from 'vitest'
import type { ColumnKind, TableBatch, TableShape } from '../../../persist/batch.ts'
import { parquet } from '../../../persist/files/parquet/parquet.ts'
import { snappy, snappyBound } from '../../../persist/files/parquet/snappy.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-parquet-'))
afterAll(() => rmSync(folder, { recursive: true }))

const KINDS: Readonly<Record<ColumnKind, fc.Arbitrary<number | string>>> = {
  id: fc.oneof(fc.nat(1000), fc.integer({ min: 1, max: 2 ** 51 }), fc.integer({ min: 2 ** 52, max: 2 ** 53 - 1 })),
  int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  float: fc.double({ noNaN: true }),
  time: fc.integer({ min: -1e12, max: 4e12 }),
  date: fc.integer({ min: -20_000, max: 40_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  json: fc.array(fc.jsonValue(), { maxLength: 3 }).map((value) => JSON.stringify(value)),
  text: fc.oneof(fc.constantFrom('LIKE', 'DISLIKE', ''), fc.string({ unit: 'grapheme' })),
}
const NUMERIC: readonly ColumnKind[] = ['id', 'int', 'float', 'time']

/** Tables of one column of each kind, each value there or not, in parts. */
function tables(rows: number): fc.Arbitrary<{ shape: TableShape; parts: TableBatch[] }> {
  const names = Object.keys(KINDS) as ColumnKind[]
  const shape: TableShape = {
    ...{ table: 't', key: 'id', order: ['id'] },
    columns: Object.fromEntries(names.map((kind) => [kind, kind])),
  }
  const cell = (kind: ColumnKind) => (kind === 'json' ? KINDS[kind] : fc.option(KINDS[kind], { freq: 5 }))
  const row = fc.record(Object.fromEntries(names.map((kind) => [kind, cell(kind)])))
  const part = fc.array(row, { maxLength: rows }).map((made): TableBatch => {
    const columns = names.map((kind) => {
      const values = made.map((each) => each[kind]!)
      return [kind, NUMERIC.includes(kind) ? Float64Array.from(values, (value) => (value as number) ?? NaN) : values]
    })
    return { shape, rows: made.length, columns: Object.fromEntries(columns) }
  })
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({ shape, parts }))
}

const bytesOf = (shape: TableShape, parts: readonly TableBatch[]) =>
  Buffer.concat(
    parquet.join(
      shape,
      parts.map((part) => parquet.part(part)),
    ),
  )

const column = (parts: readonly TableBatch[], name: string) =>
  parts.flatMap(({ columns, rows }) => Array.from<unknown>(columns[name]!).slice(0, rows))

describe('Parquet', () => {
  it('is read as it was written: any values of any kind, none, missing ones, in any parts', async () => {
    await fc.assert(
      fc.asyncProperty(tables(40), async ({ shape, parts }) => {
        const found = await parquet.decode(shape, bytesOf(shape, parts))
        for (const [name, kind] of Object.entries(shape.columns)) {
          const read = Array.from<unknown>(found.columns[name]!)
          if (kind === 'json') {
            expect(read.map((text) => JSON.parse(text as string))).toEqual(
              column(parts, name).map((text) => JSON.parse(text as string)),
            )
          } else expect(read, name).toEqual(column(parts, name))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('reads the same in DuckDB, with many rows: pages, dictionaries of some bits, wide differences', async () => {
    const rows = 60_000
    const columns: Record<string, [ColumnKind, Float64Array | (string | null)[]]> = {
      id: ['id', Float64Array.from({ length: rows }, (_, i) => 7 + i)],
      near: ['time', Float64Array.from({ length: rows }, (_, i) => 1.7e12 + ((i * 7919) % 86_400) * 1000)],
      far: ['time', Float64Array.from({ length: rows }, (_, i) => (i % 2) * 1e12 + i)],
      some: ['text', Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? null : `city ${(i * 31) % 100}`))],
      long: ['text', Array.from({ length: rows }, (_, i) => `naïve ${i} ${'wörds '.repeat(i % 13)}`)],
    }
    const names = Object.keys(columns)
    const shape: TableShape = {
      ...{ table: 't', key: 'id', order: ['id'] },
      columns: Object.fromEntries(names.map((name) => [name, columns[name]![0]])),
    }
    const whole: TableBatch = {
      ...{ shape, rows },
      columns: Object.fromEntries(names.map((name) => [name, columns[name]![1]])),
    }
    const file = join(folder, 'many.parquet')
    writeFileSync(file, bytesOf(shape, [whole]))
    const duck = await (await DuckDBInstance.create(':memory:')).connect()
    const list = 'id::DOUBLE, epoch_ms(near)::DOUBLE, epoch_ms(far)::DOUBLE, "some", long'
    const read = await duck.runAndReadAll(`SELECT ${list} FROM '${file}' ORDER BY id`)
    expect(read.getRowsJson()).toEqual(
      Array.from({ length: rows }, (_, i) => names.map((name) => columns[name]![1][i])),
    )
    const kept = await duck.runAndReadAll(
      `SELECT path_in_schema, encodings LIKE '%DICTIONARY%', stats_min_value FROM parquet_metadata('${file}') ORDER BY column_id`,
    )
    expect(kept.getRowsJson().map((row) => row.slice(0, 2))).toEqual(names.map((name) => [name, name === 'some']))
    expect(kept.getRowsJson()[0]![2]).toBe('7')
    duck.closeSync()
  })
})

describe('Snappy', () => {
  it('gives back what it took', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.constant(Uint8Array.from({ length: 300 }, (_, i) => i % 5)),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(3), (pieces, times) => {
        const once = Buffer.concat(pieces)
        const input = new Uint8Array(Buffer.concat(Array.from({ length: 1 + times * 40 }, () => once)))
        const packed = new Uint8Array(snappyBound(input.length) + 9)
        const end = snappy(input, input.length, packed, 3)
        const output = new Uint8Array(input.length)
        if (input.length > 0) snappyUncompress(packed.subarray(3, end), output)
        expect(Buffer.compare(output, input)).toBe(0)
        expect(end - 3).toBeLessThanOrEqual(snappyBound(input.length))
      }),
    )
  })
})

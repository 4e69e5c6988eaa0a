import type { ColumnValues, TableBatch } from '../batch.ts'
import type { Backend, KeyRange, LedgerPart } from '../database/backend.ts'
import type { Cursor } from '../ledger/records.ts'
import { MemoryLedger } from './memory-ledger.ts'
import type { Row } from './row.ts'

/** Tables in memory, row by row: for tests, for looking at, and for small runs in a program of one's own. */
export class MemoryBackend implements Backend {
  readonly url: string = 'memory:'
  readonly writer: string = 'memory'
  readonly transactional = true
  readonly profileChunk = 1000
  readonly ledger: MemoryLedger
  /** By table name, in the order of writing. */
  protected readonly tables = new Map<string, Row[]>()
  /** At `begin`: how long each table was, and the one table whose rows change in place. */
  #undo: { readonly lengths: ReadonlyMap<string, number>; readonly runs: Row[] } | undefined
  /** By table: greatest id among its first `rows` rows. */
  readonly #greatest = new Map<string, { rows: number; id: number }>()

  constructor() {
    this.ledger = new MemoryLedger((table) => this.rows(table))
  }

  /** The rows of a table. */
  rows(table: string): readonly Row[] {
    return this.tables.get(table) ?? []
  }

  async exists(): Promise<boolean> {
    return true
  }

  async prepare(): Promise<void> {}

  async begin(): Promise<void> {
    const lengths = new Map([...this.tables].map(([name, rows]) => [name, rows.length]))
    this.#undo = { lengths, runs: this.rows('seed_runs').slice() }
  }

  async commit(): Promise<void> {
    this.#undo = undefined
  }

  async rollback(): Promise<void> {
    if (!this.#undo) return
    for (const [name, rows] of this.tables) rows.length = Math.min(rows.length, this.#undo.lengths.get(name) ?? 0)
    this.tables.set('seed_runs', this.#undo.runs)
    this.#greatest.clear()
    this.#undo = undefined
  }

  async insert(batch: TableBatch): Promise<void> {
    const table = this.#table(batch.shape.table)
    for (const row of rowsOf(batch)) table.push(row)
  }

  async insertMissing(batch: TableBatch): Promise<void> {
    const key = batch.shape.key
    const there = new Set(this.rows(batch.shape.table).map((row) => row[key]))
    const table = this.#table(batch.shape.table)
    for (const row of rowsOf(batch)) if (!there.has(row[key]!)) table.push(row)
  }

  async greatestId(table: string): Promise<number> {
    const known = this.#greatest.get(table) ?? { rows: 0, id: 0 }
    const rows = this.rows(table)
    for (; known.rows < rows.length; known.rows++) known.id = Math.max(known.id, rows[known.rows]!.id as number)
    this.#greatest.set(table, known)
    return known.id
  }

  async count(table: string): Promise<number> {
    return this.rows(table).length
  }

  async naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    return new Map(this.rows(table).map((row) => [columns.map((name) => row[name]).join('|'), row.id as number]))
  }

  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    const runs = this.#table('seed_runs')
    const at = runs.findIndex(
      (row) =>
        row.id === runId &&
        row.status === from.status &&
        row.profiles_through === from.profilesThrough &&
        row.chunks === from.chunks &&
        row.last_day === from.lastDay,
    )
    if (at < 0) return false
    runs[at] = {
      ...runs[at],
      status: to.status,
      profiles_through: to.profilesThrough,
      chunks: to.chunks,
      last_day: to.lastDay,
      people: to.people,
      digest: to.digest,
      metrics: to.metrics,
    }
    return true
  }

  async advanceSequences(): Promise<void> {}

  async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const rows = this.rows(shape.table).filter((row) => inRange(row, shape.key, first, last))
    const columns = Object.entries(shape.columns).map(([name, kind]): [string, ColumnValues] => {
      const values = rows.map((row) => row[name]!)
      const numeric = kind === 'id' || kind === 'int' || kind === 'float' || kind === 'time'
      return [
        name,
        numeric
          ? Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)))
          : (values as string[]),
      ]
    })
    yield { shape, rows: rows.length, columns: Object.fromEntries(columns) }
  }

  async deleteRange({ shape, first, last }: KeyRange): Promise<void> {
    this.#keep(shape.table, (row) => !inRange(row, shape.key, first, last))
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    for (const range of ranges) await this.deleteRange(range)
    await also()
  }

  async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    switch (what.part) {
      case 'run':
        for (const table of ['seed_people', 'seed_run_days', 'seed_run_segments']) {
          this.#keep(table, (row) => row.run_id !== runId)
        }
        this.#keep('seed_runs', (row) => row.id !== runId)
        break
      case 'days':
        this.#keep('seed_run_days', (row) => row.run_id !== runId || row.day !== what.day || row.chunk !== what.chunk)
        break
      case 'people':
        this.#keep('seed_people', (row) => row.run_id !== runId || !inRange(row, 'user_id', what.first, what.last))
        break
      case 'later':
        this.#keep('seed_people', (row) => row.run_id !== runId || (row.k as number) <= what.after)
        break
      case 'segments':
        this.#keep('seed_run_segments', (row) => row.run_id !== runId || row.position === 0)
        this.tables.set(
          'seed_run_segments',
          this.rows('seed_run_segments').map((row) => (row.run_id === runId ? { ...row, days: 0 } : row)),
        )
        break
      default:
        what satisfies never
    }
  }

  async close(): Promise<void> {}

  #table(name: string): Row[] {
    let rows = this.tables.get(name)
    if (!rows) this.tables.set(name, (rows = []))
    return rows
  }

  #keep(table: string, test: (row: Row) => boolean): void {
    this.tables.set(table, this.rows(table).filter(test))
    this.#greatest.delete(table)
  }
}

function inRange(row: Row, key: string, first: number, last: number): boolean {
  const value = row[key] as number
  return value >= first && value <= last
}

/** A batch's rows as objects; NaN is null. */
export function rowsOf(batch: TableBatch): Row[] {
  const names = Object.keys(batch.shape.columns)
  return Array.from({ length: batch.rows }, (_, i) =>
    Object.fromEntries(
      names.map((name) => {
        const value = batch.columns[name]![i]!
        return [name, typeof value === 'number' && Number.isNaN(value) ? null : value]
      }),
    ),
  )
}

import { FACT_KINDS } from '../../sim/facts/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch, TableShape } from '../batch.ts'
import type { Account } from '../ledger/account.ts'
import { isCommitted, type LedgerDay, type LedgerRun } from '../ledger/records.ts'
import type { OwnTable } from '../own/index.ts'
import { contentDigest, tableDigest } from '../rows/digest.ts'
import { TABLE_OF_FACT } from '../rows/placement.ts'
import { TABLE_NAMES, TABLES, type TableName } from '../rows/tables.ts'
import type { Receipt } from '../store.ts'
import type { Backend } from './backend.ts'

export function ledgerDay(
  day: number,
  chunk: number,
  table: string,
  firstId: number,
  lastId: number,
  { rows, contentDigest }: Account,
): LedgerDay {
  return { day, chunk, table, rows, firstId, lastId, factDigest: null, contentDigest, markets: null }
}

export function factTable(kind: (typeof FACT_KINDS)[number]): TableName {
  return kind === 'arrival' ? 'users' : TABLE_OF_FACT[kind]
}

/** Puts the fact digests beside the tables that the facts fill; every kind has a row, if an empty one. */
export function withFactDigests(
  day: number,
  rows: readonly LedgerDay[],
  digests: readonly string[],
  layout: number,
): LedgerDay[] {
  const result = [...rows]
  FACT_KINDS.forEach((kind, i) => {
    const table = factTable(kind)
    const at = result.findIndex((row) => row.table === table)
    if (at >= 0) result[at] = { ...result[at]!, factDigest: digests[i]! }
    else
      result.push({ ...ledgerDay(day, 0, table, 0, -1, accountOfNone(TABLES[table], layout)), factDigest: digests[i]! })
  })
  return result
}

export function accountOfNone(shape: TableShape, layout: number): Account {
  return { rows: 0, contentDigest: tableDigest(layout, shape).hex() }
}

/** Whether the rows that a row of the ledger names are there: tasks commit theirs with it, long before the run enters them. */
export function isThere(row: LedgerDay, run: LedgerRun, { transactional }: Pick<Backend, 'transactional'>): boolean {
  return isCommitted(row, run) || (transactional && row.chunk >= 0)
}

/** @param own tables of the run's extension */
export function sumRows(rows: readonly LedgerDay[], own: readonly OwnTable[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const table of [...TABLE_NAMES, ...own.map((each) => each.table)]) {
    const sum = rows.reduce((total, row) => total + (row.table === table ? row.rows : 0), 0)
    if (sum > 0) sums[table] = sum
  }
  return sums
}

export function receipt(rows: readonly LedgerDay[]): Receipt {
  const written = rows.filter((row) => row.rows > 0)
  return {
    rows: Object.fromEntries(written.map((row) => [row.table, row.rows])),
    contentDigests: Object.fromEntries(written.map((row) => [row.table, row.contentDigest])),
  }
}

export function runExists(seed: string, url: string): MingleError {
  return new MingleError(
    'RUN_EXISTS',
    `${url} already holds run '${seed}'; continue it with 'mingle resume' or 'mingle extend', or take another --run-seed`,
  )
}

export function moved(run: LedgerRun): MingleError {
  return new MingleError(
    'RUN_MOVED',
    `run '${run.seed}' is not where this process left it (day ${run.lastDay}, ${run.status}): ` +
      "another process writes it. Nothing of this step was written; look with 'mingle runs'",
  )
}

export function accountOf(batch: TableBatch, layout: number): Account {
  return { rows: batch.rows, contentDigest: contentDigest(batch, layout) }
}

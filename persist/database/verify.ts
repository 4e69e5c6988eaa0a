import { FACT_KINDS } from '../../sim/facts/index.ts'
import { isCommitted, type LedgerReader, type LedgerRun } from '../ledger/records.ts'
import { ContentDigest } from '../rows/digest.ts'
import { TABLE_NAMES, TABLES, type TableName } from '../rows/tables.ts'
import type { Difference, Verification } from '../store.ts'
import type { Backend } from './backend.ts'

/** A day that the cursor has passed and of which the ledger knows nothing; null when there is none. */
export async function missingDay(ledger: LedgerReader, run: LedgerRun): Promise<Verification | null> {
  const there = new Set<number>()
  for (const { day, chunk } of await ledger.days(run.id)) if (chunk === 0) there.add(day)
  let days = 0
  for (const segment of run.segments) {
    const end = Math.min(segment.fromDay + segment.days - 1, run.lastDay)
    for (let day = segment.fromDay; day <= end; day++, days++) {
      if (there.has(day)) continue
      const difference = { day, table: 'seed_run_days', expectedRows: FACT_KINDS.length, foundRows: 0 }
      return { days, rows: 0, difference, foreignRows: {} }
    }
  }
  return null
}

/** Recomputes the content digest of every table of every transaction, in the order in which they were written. */
export async function verifyRun(
  backend: Backend,
  run: LedgerRun,
  progress: (day: number) => void,
): Promise<Verification> {
  const days = (await backend.ledger.days(run.id)).filter((row) => isCommitted(row, run))
  // A day's profiles were written before the day itself.
  const ordered = days.sort((a, b) => a.day - b.day || (a.chunk || Infinity) - (b.chunk || Infinity))
  let difference: Difference | null = null
  let rows = 0
  let day = -1
  for (const row of ordered) {
    if (row.day !== day) progress((day = row.day))
    const shape = TABLES[row.table as TableName]
    const digest = new ContentDigest(shape)
    if (row.lastId >= row.firstId) {
      for await (const batch of backend.read({ shape, first: row.firstId, last: row.lastId })) digest.add(batch)
    }
    rows += digest.rows
    if (digest.rows !== row.rows || (row.rows > 0 && digest.hex() !== row.contentDigest)) {
      difference = { day: row.day, table: row.table, expectedRows: row.rows, foundRows: digest.rows }
      break
    }
  }
  const transactions = new Set(ordered.map((row) => (row.chunk > 0 ? 'profiles' : `day ${row.day}`)))
  return { days: transactions.size, rows, difference, foreignRows: await foreignRows(backend) }
}

/** Rows in no run's ranges. */
async function foreignRows(backend: Backend): Promise<Record<string, number>> {
  const owned = new Map<string, number>()
  for (const run of await backend.ledger.runs()) {
    for (const row of await backend.ledger.days(run.id)) {
      if (isCommitted(row, run)) owned.set(row.table, (owned.get(row.table) ?? 0) + row.rows)
    }
  }
  const foreign: Record<string, number> = {}
  for (const table of TABLE_NAMES) {
    const count = (await backend.count(table)) - (owned.get(table) ?? 0)
    if (count > 0) foreign[table] = count
  }
  return foreign
}

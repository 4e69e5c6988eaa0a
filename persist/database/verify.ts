import { FACT_KINDS } from '../../sim/facts/index.ts'
import { DamagedFile } from '../files/damaged.ts'
import { isCommitted, type LedgerReader, type LedgerRun } from '../ledger/records.ts'
import { ownTablesOf, shapeIn } from '../own/index.ts'
import { tableDigest } from '../rows/digest.ts'
import { TABLE_NAMES, type TableName } from '../rows/tables.ts'
import type { Difference, Verification } from '../store.ts'
import { factTable, isThere } from './announcement.ts'
import type { Backend } from './backend.ts'

/** Tables that every day has a row of the ledger for, if an empty one. */
const OF_A_DAY = new Set(FACT_KINDS.map(factTable))

/**
 * A day that the cursor has passed and that the ledger does not know, or only in part; people whom it does not know. Null
 * when nothing is missing.
 */
export async function missingFromLedger(ledger: LedgerReader, run: LedgerRun): Promise<Verification | null> {
  const rows = (await ledger.days(run.id)).filter((row) => isCommitted(row, run))
  const tables = new Map<number, Set<string>>()
  for (const { day, chunk, table } of rows) {
    if (chunk > 0 || !OF_A_DAY.has(table as TableName)) continue
    tables.set(day, (tables.get(day) ?? new Set()).add(table))
  }
  let days = 0
  for (const segment of run.segments) {
    const end = Math.min(segment.fromDay + segment.days - 1, run.lastDay)
    for (let day = segment.fromDay; day <= end; day++, days++) {
      const found = tables.get(day)?.size ?? 0
      if (found === OF_A_DAY.size) continue
      return {
        days,
        rows: 0,
        difference: { day, table: 'seed_run_days', expectedRows: OF_A_DAY.size, foundRows: found },
        foreignRows: {},
      }
    }
  }
  // By their numbers: under a mapping, a person may be any number of rows.
  const people = rows.reduce((sum, row) => sum + (row.table === 'users' ? row.lastId - row.firstId + 1 : 0), 0)
  const written = run.people - adoptedIn(run)
  if (people === written) return null
  const day = run.segments[0]!.fromDay
  return {
    days: 0,
    rows: 0,
    difference: { day, table: 'users', expectedRows: written, foundRows: people },
    foreignRows: {},
  }
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
  const own = ownTablesOf(run.segments[0]!.inputs)
  let difference: Difference | null = null
  let rows = 0
  let day = -1
  for (const row of ordered) {
    if (row.day !== day) progress((day = row.day))
    const shape = shapeIn(own, row.table)
    const digest = tableDigest(layoutOfDay(run, row.day), shape)
    let damage: DamagedFile | null = null
    try {
      if (row.lastId >= row.firstId) {
        for await (const batch of backend.read({ shape, first: row.firstId, last: row.lastId })) digest.add(batch)
      }
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error
      damage = error
    }
    rows += digest.rows
    if (damage) {
      const { file, reason } = damage
      difference = {
        ...{ day: row.day, table: row.table, expectedRows: row.rows, foundRows: digest.rows },
        damaged: { file, reason },
      }
      break
    }
    if (digest.rows !== row.rows || (row.rows > 0 && digest.hex() !== row.contentDigest)) {
      difference = { day: row.day, table: row.table, expectedRows: row.rows, foundRows: digest.rows }
      break
    }
  }
  const transactions = new Set(ordered.map((row) => (row.chunk > 0 ? 'profiles' : `day ${row.day}`)))
  return { days: transactions.size, rows, difference, foreignRows: await foreignRows(backend) }
}

/** How the digests of a day, or of the people who joined before it, were made. */
function layoutOfDay({ segments, layouts }: LedgerRun, day: number): number {
  return layouts[segments.findLastIndex(({ fromDay }) => fromDay <= day)]!
}

/** Rows in no run's ranges. */
async function foreignRows(backend: Backend): Promise<Record<string, number>> {
  const owned = new Map<string, number>()
  for (const run of await backend.ledger.runs()) {
    for (const row of await backend.ledger.days(run.id)) {
      if (isThere(row, run, backend)) owned.set(row.table, (owned.get(row.table) ?? 0) + row.rows)
    }
  }
  const foreign: Record<string, number> = {}
  for (const table of TABLE_NAMES) {
    const count = (await backend.count(table)) - (owned.get(table) ?? 0)
    if (count > 0) foreign[table] = count
  }
  return foreign
}

/** People of the run who were there before it: the ledger knows them, and nothing of theirs was written. */
function adoptedIn({ segments }: LedgerRun): number {
  return segments.reduce((sum, { inputs }) => sum + ((JSON.parse(inputs) as { adopted?: number }).adopted ?? 0), 0)
}

import type { KeyRange } from '../database/backend.ts'
import { liesIn } from '../database/foreign.ts'
import { quoted } from '../identifiers.ts'
import type { LedgerDay } from '../ledger/records.ts'
import { DERIVED_TABLES } from '../rows/derived.ts'
import { TABLES } from '../rows/tables.ts'
import { grouped, type Reference, referencesOf, type SqlPlace } from './sql-place.ts'

/** Rows by table that hang by foreign keys on rows that are to be removed and are not of the run themselves. */
export interface Hanging {
  /** Computed by jobs from what goes. */
  readonly derived: Readonly<Record<string, number>>
  /** Made by others: the site, its users. */
  readonly dependents: Readonly<Record<string, number>>
}

/**
 * Counts what hangs on rows of the reference schema's tables.
 *
 * @param ranges the rows that are to be removed
 * @param ledger what the ledger says was written there
 */
export async function hangingOn(
  place: SqlPlace,
  ranges: readonly KeyRange[],
  ledger: readonly LedgerDay[],
): Promise<Hanging> {
  const byTable = grouped(ranges, ({ shape }) => shape.table)
  const references = (await referencesOf(place)).filter(({ parentName }) => byTable.has(parentName))
  const derived: Record<string, number> = {}
  const dependents: Record<string, number> = {}
  for (const [name, own] of grouped(references, ({ childName }) => childName)) {
    const mine = byTable.get(name)
    const others = mine ? `NOT ${liesIn(`t.${quoted(mine[0]!.shape.key, place.dialect)}`, mine)} AND ` : ''
    const hangs = own.map((reference) => `(${refersTo(place, reference, byTable.get(reference.parentName)!)})`)
    const count = await countOf(place, `${own[0]!.child} t WHERE ${others}(${hangs.join(' OR ')})`)
    if (count > 0) (isDerived(name) ? derived : dependents)[name] = count
  }
  // Rows that have no number of their own are told apart by how many there should be.
  for (const [name, own] of byTable) {
    const { key, table } = own[0]!.shape
    if (key === 'id') continue
    const written = ledger.reduce((sum, row) => sum + (row.table === name ? row.rows : 0), 0)
    const where = liesIn(`t.${quoted(key, place.dialect)}`, own)
    const added = (await countOf(place, `${quoted(table, place.dialect)} t WHERE ${where}`)) - written
    if (added > 0) dependents[name] = (dependents[name] ?? 0) + added
  }
  return { derived, dependents }
}

function refersTo(place: SqlPlace, reference: Reference, ranges: readonly KeyRange[]): string {
  const { columns, parent, parentColumns } = reference
  const name = (column: string) => quoted(column, place.dialect)
  const { key } = ranges[0]!.shape
  if (columns.length === 1 && parentColumns[0] === key) {
    const column = `t.${name(columns[0]!)}`
    // SQLite: text that refers to a number is compared as one.
    return liesIn(place.dialect === 'sqlite' ? `CAST(${column} AS INTEGER)` : column, ranges)
  }
  const own = columns.map((column) => `t.${name(column)}`).join(', ')
  const theirs = parentColumns.map((column) => `p.${name(column)}`).join(', ')
  return `(${own}) IN (SELECT ${theirs} FROM ${parent} p WHERE ${liesIn(`p.${name(key)}`, ranges)})`
}

async function countOf(place: SqlPlace, from: string): Promise<number> {
  return Number((await place.query(`SELECT count(*) FROM ${from}`))[0]![0])
}

function isDerived(table: string): boolean {
  return (DERIVED_TABLES as readonly string[]).includes(table) && !(table in TABLES)
}

import { badInput } from '../../../sim/kernel/index.ts'
import type { Connection } from '../../sqlite/connection.ts'
import { findField, findModel, type Model } from '../metadata/metadata.ts'
import type { Find, Plan, PlannedColumn } from '../plan/plan.ts'
import { keyColumn, scan } from '../read/scan.ts'
import { liveTable } from '../sql/live/index.ts'
import { quoted, type SqlBackend } from '../sql/sql.ts'

/**
 * Fills the tables that a mapping looks rows up in: with the site's rows, where its database has them, else with those that
 * will certainly be asked for.
 * @param plan of the trial  @param given the site's own
 * @param site null where the site's database does not answer, for the reason `why`
 */
export async function fillLookups(
  db: Connection,
  plan: Plan,
  given: Plan,
  site: SqlBackend | null,
  why: string,
): Promise<void> {
  const finds = [...plan.targets, ...plan.lookups.values(), ...plan.derived].flatMap(({ all }) =>
    all.flatMap(({ producer }) => (producer.from === 'find' ? [producer.find] : [])),
  )
  const made = new Set([...plan.lookups.values()].map(({ model }) => model.name))
  const models = new Map([...plan.lookups.values(), ...finds].map(({ model }) => [model.name, model]))
  for (const model of models.values()) {
    const own = finds.filter((each) => each.model.name === model.name)
    const needed = new Set([
      ...model.primaryKey.map((name) => findField(model, name)!.column),
      ...own.flatMap(({ by, key }) => [by.column, key.column]),
    ])
    const from = findModel(given.metadata, model.name)!
    const there = site !== null && (await copyRows(db, model, from, needed, site))
    if (there || made.has(model.name)) continue
    const lost = site === null ? `it does not answer: ${why}` : `it lacks ${from.table}, or columns of it`
    for (const find of own) addWanted(db, find, lost)
  }
}

/** @returns false where the site's database has no such table, or one that lacks a needed column */
async function copyRows(
  db: Connection,
  model: Model,
  from: Model,
  needed: ReadonlySet<string>,
  site: SqlBackend,
): Promise<boolean> {
  const live = await liveTable(site, from)
  if (live.kind === null || [...needed].some((column) => !live.columns.has(column))) return false
  const fields = model.fields.filter(({ column, list }) => !list && live.columns.has(column))
  const columns = fields.map(({ name }) => asStored(keyColumn(from, name, site.dialect)))
  const names = fields.map(({ column }) => quoted(column)).join(', ')
  const values = columns.map(({ bytes }) => (bytes ? 'unhex(?)' : '?')).join(', ')
  const insert = db.prepare(`INSERT INTO ${quoted(model.table)} (${names}) VALUES (${values})`)
  for await (const rows of scan(site, from, columns)) {
    db.exec('BEGIN')
    for (const row of rows) insert.run(row.map(bound))
    db.exec('COMMIT')
  }
  return true
}

/** A column as a trial has it: JSON as text, and truths as numbers. */
function asStored(column: PlannedColumn): PlannedColumn {
  const { type } = column.field
  return type === 'Json' ? { ...column, kind: 'json' } : type === 'Boolean' ? { ...column, kind: 'int' } : column
}

/** A driver's value as SQLite takes it. */
function bound(value: unknown): string | number | null | Uint8Array {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) return JSON.stringify(value)
  return value as string | number | null | Uint8Array
}

function addWanted(db: Connection, { model, by, key, wanted, missing }: Find, lost: string): void {
  if (wanted === null) {
    if (missing !== 'error') return
    throw badInput(
      `the mapping looks for rows of ${model.name} by ${by.name}, which only the site's database has, and ${lost}`,
    )
  }
  wanted.forEach((word, i) => {
    const own = key.name === by.name ? {} : { [key.column]: key.type === 'String' ? word : i + 1 }
    const row = { ...own, [by.column]: word }
    const names = Object.keys(row).map((name) => quoted(name))
    const sql = `INSERT OR IGNORE INTO ${quoted(model.table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    db.prepare(sql).run(Object.values(row))
  })
}

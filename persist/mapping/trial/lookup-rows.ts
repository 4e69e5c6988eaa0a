import { badInput } from '../../../sim/kernel/index.ts'
import type { Connection } from '../../sqlite/connection.ts'
import { findModel, type Model } from '../metadata/metadata.ts'
import type { Find, Plan } from '../plan/plan.ts'
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
    const there = site !== null && (await copyRows(db, model, findModel(given.metadata, model.name)!, site))
    if (there || made.has(model.name)) continue
    for (const find of finds.filter((each) => each.model.name === model.name)) addWanted(db, find, why)
  }
}

/** @returns false where the site's database has no such table */
async function copyRows(db: Connection, model: Model, from: Model, site: SqlBackend): Promise<boolean> {
  const live = await liveTable(site, from)
  if (live.kind === null) return false
  const fields = model.fields.filter(({ column, list }) => !list && live.columns.has(column))
  const columns = fields.map(({ name }) => keyColumn(from, name, site.dialect))
  const names = fields.map(({ column }) => quoted(column)).join(', ')
  const values = columns.map(({ bytes }) => (bytes ? 'unhex(?)' : '?')).join(', ')
  const insert = db.prepare(`INSERT INTO ${quoted(model.table)} (${names}) VALUES (${values})`)
  for await (const rows of scan(site, from, columns)) {
    db.exec('BEGIN')
    for (const row of rows) insert.run(row as (string | number | null)[])
    db.exec('COMMIT')
  }
  return true
}

function addWanted(db: Connection, { model, by, key, wanted, missing }: Find, why: string): void {
  if (wanted === null) {
    if (missing !== 'error') return
    throw badInput(
      `the mapping looks for rows of ${model.name} by ${by.name}, which only the site's database has, and it does not answer: ${why}`,
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

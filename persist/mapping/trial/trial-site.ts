import Database from 'libsql'
import type { Plan } from '../plan/plan.ts'
import { planMapping } from '../plan/planner.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { fillLookups } from './lookup-rows.ts'
import { inSqlite, tablesOf } from './tables.ts'

/**
 * Makes the tables of a site, whatever database it has, in an SQLite file, so that it can be seen what a run comes to in them. The
 * site's rows are not there, but for those that the mapping looks up.
 * @param site the site's database, which is only read; null where it does not answer, for the reason `why`
 * @returns the mapping onto these tables
 */
export async function makeTrialSite(plan: Plan, file: string, site: SqlBackend | null, why: string): Promise<Plan> {
  // An extension may know a model by its table, which is called otherwise here.
  const found = plan.own.map(({ kind }) => [
    kind,
    plan.targets.filter(({ source }) => source === kind).map(({ target }) => target),
  ])
  const config = { ...plan.config, map: { ...Object.fromEntries(found), ...plan.config.map } }
  const trial = planMapping(config, inSqlite(plan.metadata), plan.usualTimes, plan.own, plan.elsewhere)
  // Implicit many-to-many tables are no models of the schema.
  const joining = [...trial.targets, ...trial.lookups.values()].map(({ model }) => model)
  const models = new Map([...trial.metadata.models, ...joining].map((model) => [model.table, model]))
  const db = new Database(file)
  try {
    // Nothing of it outlives the dry run.
    db.exec('PRAGMA synchronous = OFF')
    for (const sql of tablesOf([...models.values()])) db.exec(sql)
    await fillLookups(db, trial, plan, site, why)
  } finally {
    db.close()
  }
  return { ...trial, problems: [] }
}

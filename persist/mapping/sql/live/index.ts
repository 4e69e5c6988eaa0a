/** The live database: its tables as they are, and whether anything can be written. */
import type { Model } from '../../metadata/metadata.ts'
import type { Dialect, SqlBackend } from '../sql.ts'
import type { LiveTable } from './live-table.ts'
import { mysqlTable } from './mysql.ts'
import { postgresqlTable } from './postgresql.ts'
import { sqliteTable } from './sqlite.ts'

export { foldsCase } from './folds-case.ts'
export type { LiveCheck, LiveTable, Obstacle } from './live-table.ts'
export { readOnly } from './read-only.ts'

const LIVE: Readonly<Record<Dialect, (backend: SqlBackend, model: Model) => Promise<LiveTable>>> = {
  sqlite: sqliteTable,
  postgresql: postgresqlTable,
  mysql: mysqlTable,
}

export function liveTable(backend: SqlBackend, model: Model): Promise<LiveTable> {
  return LIVE[backend.dialect](backend, model)
}

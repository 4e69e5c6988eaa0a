import { badInput } from '../sim/kernel/index.ts'
import type { Plan } from './mapping/index.ts'
import type { SqlBackend } from './mapping/sql/sql.ts'
import { openBackend } from './open.ts'
import { writesReference } from './unmapped.ts'
import { parseDatabaseUrl, redactUrl } from './url.ts'

export type { SqlBackend }

/**
 * A database to be read and written by statements. Without a mapping it has the tables of the reference schema, brought up
 * to date.
 * @throws MingleError BAD_INPUT when the URL names no SQL database, or one without Mingle's tables
 */
export async function openSql(databaseUrl: string, mapping?: Plan): Promise<SqlBackend> {
  const { kind } = parseDatabaseUrl(databaseUrl)
  if (kind !== 'sqlite' && kind !== 'postgresql' && kind !== 'mysql') {
    throw badInput(`'${redactUrl(databaseUrl)}' is no SQL database: expected file:./mingle.db, PostgreSQL or MySQL`)
  }
  const backend = (await openBackend(databaseUrl, mapping ? { mapping } : {})) as SqlBackend
  try {
    if (!(await backend.exists())) {
      throw badInput(`there is no run of Mingle in ${backend.url}; 'mingle run' starts one`)
    }
    if (!mapping) await writesReference(backend, () => backend.prepare())
    return backend
  } catch (error) {
    await backend.close()
    throw error
  }
}

import { badInput } from '../../../sim/kernel/index.ts'
import type { Backend } from '../../database/backend.ts'
import { refuseProblems } from '../check/own-facts.ts'
import type { Plan } from '../plan/plan.ts'
import { asKept } from '../sql/integer-times.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { MappedBackend } from './mapped-backend.ts'

/**
 * Puts a mapping between runs and a database.
 * @throws MingleError BAD_INPUT with every problem of the plan, or when the database cannot be mapped onto
 */
export async function mapOnto(backend: Backend, plan: Plan): Promise<Backend> {
  const sql = await sqlBackendOf(backend, plan)
  return new MappedBackend(sql, await asKept(sql, plan))
}

/**
 * The database as a mapping uses it; closed where it cannot be.
 * @throws MingleError BAD_INPUT as above
 */
export async function sqlBackendOf(backend: Backend, plan: Plan): Promise<SqlBackend> {
  const refuse = async (message: string) => {
    await backend.close()
    throw badInput(message)
  }
  try {
    refuseProblems(plan)
  } catch (error) {
    await backend.close()
    throw error
  }
  if (!('dialect' in backend)) {
    await refuse(
      `a mapping is for databases (SQLite, PostgreSQL, MySQL, MariaDB), not for '${backend.writer}' to ${backend.url}; ` +
        'name such a database, or leave the mapping out with --config off',
    )
  }
  const { dialect } = backend as SqlBackend
  if (dialect !== plan.metadata.provider) {
    await refuse(
      `the schema is for ${plan.metadata.provider}, but ${backend.url} is ${dialect}; name a database of that kind`,
    )
  }
  return backend as SqlBackend
}

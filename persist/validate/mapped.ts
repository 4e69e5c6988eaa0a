import { badInput } from '../../sim/kernel/index.ts'
import { LIMITS, type Limits } from '../../sim/observe/index.ts'
import { sourcesOfTable } from '../mapping/config/sources.ts'
import { asKept, type Plan, sqlBackendOf, withFactsOf } from '../mapping/index.ts'
import type { Holding, Staging } from '../mapping/read/invert/index.ts'
import { openBackend } from '../open.ts'
import type { RunChoice } from '../run-choice.ts'
import { inFacts } from './needs.ts'
import { noRun } from './open.ts'
import type { SqlClient } from './sql.ts'
import { chosenRun, type Validation, validateRun } from './validate.ts'

/**
 * `validateDatabase` where a mapping took the rows to a user's own models: they are turned back into rows of the
 * reference schema, in a temporary SQLite file that goes with the process, and the same queries are asked there. What
 * the models do not hold is named in `unchecked`. The user's database is only read.
 */
export async function validateMapped(
  url: string,
  planned: Plan,
  choice?: RunChoice,
  limits: Limits = LIMITS,
): Promise<Validation> {
  const backend = await openBackend(url, { mapping: planned })
  try {
    const sql = await sqlBackendOf(backend, planned)
    if (!(await sql.exists())) throw noRun(url)
    const run = chosenRun(await sql.ledger.runs(), choice)
    const plan = await asKept(sql, withFactsOf(planned, run))
    const { invertRun, Staging } = await import('../mapping/read/invert/index.ts')
    const staging = new Staging()
    try {
      const holding = await invertRun(sql, plan, run, staging)
      if (!holding.held.has('users.id')) {
        throw badInput("the mapping keeps no row of a person ('user'), so there is nothing that could be checked")
      }
      const validation = await validateRun(clientOf(staging), 'sqlite', run.seed, limits, holding)
      const words = (need: string) => inFacts(need, holding.held, (table) => sourcesOfTable(table)[0] ?? table)
      const unchecked = validation.unchecked.map((each) => ({
        ...each,
        missing: [...new Set(each.missing.map(words))],
      }))
      return { ...inKeys(validation, holding), unchecked }
    } finally {
      staging.close()
    }
  } finally {
    await backend.close()
  }
}

/** By the first word of a check's id, the table whose rows it names. */
const NAMED_ROWS: Readonly<Record<string, string>> = {
  email: 'users',
  session: 'sessions',
  seen: 'feed_seen',
  liked: 'liked_posts',
  view: 'profile_views',
  match: 'matches',
  message: 'messages',
}

/** Rows and people that are named, by the keys that the user's models have for them. */
function inKeys(validation: Validation, { keyOf }: Holding): Validation {
  const listed = (ids: string, table: string) =>
    ids.split(', ').map((id) => (/^\d+$/.test(id) ? keyOf(table, Number(id)) : id))
  const checks = validation.checks.map((check) => {
    const [word = '', rest = ''] = check.id.split('.')
    const table = word === 'orphan' ? rest : check.id === 'like.joined' ? 'likes' : NAMED_ROWS[word]
    const detail = check.detail
      .replace(/users ([\d, …]+)$/, (_, ids: string) => `users ${listed(ids, 'users').join(', ')}`)
      .replace(/^ids ([\d, ]+)$/, (_, ids: string) => {
        const keys = table === undefined ? [] : listed(ids, table)
        return keys.length === 0 || keys.includes(null) ? '' : `ids ${keys.join(', ')}`
      })
    return { ...check, detail }
  })
  const metrics = validation.metrics.map((metric) => ({
    ...metric,
    behind: metric.behind.map((line) =>
      line.replace(/^user (\d+):/, (_, id: string) => `user ${keyOf('users', Number(id))}:`),
    ),
  }))
  return { ...validation, checks, metrics }
}

function clientOf({ db }: Staging): SqlClient {
  return {
    async $queryRawUnsafe<T>(query: string, ...values: unknown[]): Promise<T> {
      if (query.startsWith('PRAGMA')) {
        db.exec(query)
        return [] as T
      }
      return db.prepare(query).all(...values) as T
    },
  }
}

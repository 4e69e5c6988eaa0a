import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { quoted } from '../identifiers.ts'
import { redactUrl } from '../url.ts'

/** The URL that the driver takes, and the schema that Prisma's `?schema=` names. */
export function splitUrl(url: string): { readonly connectionString: string; readonly schema: string } {
  const parsed = new URL(url)
  const schema = parsed.searchParams.get('schema') ?? 'public'
  // Prisma's own parameters mean nothing to the driver.
  for (const name of ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer']) parsed.searchParams.delete(name)
  return { connectionString: parsed.href, schema }
}

/** @throws MingleError BAD_INPUT when the server refuses, CONNECTION_LOST when it cannot be reached just now */
export async function connect(url: string): Promise<pg.Client> {
  const { connectionString, schema } = splitUrl(url)
  const client = new pg.Client({ connectionString, application_name: 'mingle', keepAlive: true })
  // A connection that breaks between two queries: the next query fails, and says why.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(searchPath(schema))
    // Whoever waits longer for another session is told so.
    await client.query("SET TIME ZONE 'UTC'; SET lock_timeout = '60s'")
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw explained(error, url)
  }
}

/** Whether this user may leave out the server's triggers: a superuser, or one who was granted the parameter. */
export async function mayTrust(client: pg.Client): Promise<boolean> {
  try {
    await client.query('SET session_replication_role = replica')
    await client.query('RESET session_replication_role')
    return true
  } catch (error) {
    if (isLost(error)) throw error
    return false
  }
}

/** Prisma's adapter over a pool of our own. */
export function prismaAdapter(url: string, connections: number): PrismaPg {
  return new PrismaPg(poolOf(url, { max: connections }), { schema: splitUrl(url).schema, disposeExternalPool: true })
}

/**
 * The same over one connection that is never replaced, for the schema engine: its lock between processes is the
 * session's, so that nothing may follow on another one.
 */
export function loneAdapter(url: string): PrismaPg {
  const pool = poolOf(url, { max: 1, idleTimeoutMillis: 0 })
  pool.on('remove', () => {
    if (!pool.ending) pool.end().catch(() => {})
  })
  return new PrismaPg(pool, { schema: splitUrl(url).schema, disposeExternalPool: true })
}

function poolOf(url: string, options: pg.PoolConfig): pg.Pool {
  const { connectionString, schema } = splitUrl(url)
  // Prisma's queries name the schema; those of the schema engine, and ours, do not.
  const onConnect = (client: pg.ClientBase) => client.query(searchPath(schema))
  const pool = new pg.Pool({ connectionString, application_name: 'mingle', onConnect, ...options })
  // A connection that is cut between two uses would otherwise end the process; its next use fails, and says why.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function searchPath(schema: string): string {
  return `SET search_path TO ${quoted(schema)}`
}

/** Codes of SQLSTATE and of the socket that mean: the connection is gone, the work may be tried again. */
const LOST =
  /^(08...|57P0[1-5]|53300|40001|40P01|ECONN\w*|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|P1001|P1002|P1008|P1017|P2024)$/

const LOST_WORDS =
  /connection terminated|terminating connection|not queryable|connection (?:closed|ended)|can't reach database|ECONNRE|after calling end on the pool|unexpectedly been closed|pool timeout|fails to create connection/i

export function isLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  // Of an error that it does not know, Prisma has the server's code in its words alone.
  const told = /Code: `(\w{5})`/.exec(message)?.[1] ?? ''
  return LOST.test(code) || LOST.test(told) || LOST_WORDS.test(message)
}

/** What the server's errors mean to the user; the server's own is the cause. */
export function explained(error: unknown, url: string): unknown {
  const better = inWords(error, url)
  return better === error ? error : Object.assign(better as Error, { cause: error })
}

function inWords(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const where = redactUrl(url)
  switch (code) {
    case '28P01':
    case '28000':
      return badInput(`${where} refuses the user name or password; check the URL`)
    case '3D000':
      return badInput(`${where}: there is no such database; create it first`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return badInput(`${where}: there is no such host; check the URL`)
    case 'ECONNREFUSED':
    case 'P1001':
      return badInput(`${where} does not answer; is the server running, and the port right?`)
    case '42501':
      return badInput(`${where}: this user may not write there (${message})`)
    case '53100':
    case '58030':
      return new MingleError('DISK_FULL', fullWords(where, message))
    case '55P03':
      return new MingleError(
        'DATABASE_LOCKED',
        `${where} is locked: another session has kept what this one needs for a minute; try again when it has ended`,
      )
    default:
      return error
  }
}

export function fullWords(where: string, message: string | undefined): string {
  return `${where} cannot write (${message}); make room, then 'mingle resume' goes on after the last committed day`
}

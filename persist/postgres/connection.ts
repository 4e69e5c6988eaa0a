import pg from 'pg'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { isNetworkFault, isServerAway, isUnansweredCode, isUnknownName } from '../network-faults.ts'
import { PATIENCE_MS } from '../patience.ts'
import { redactUrl } from '../url.ts'
import { sessionSql } from './session.ts'
import { TLS_PARAMETERS, tlsOf } from './tls.ts'

/** The URL that the driver takes, the schema that Prisma's `?schema=` names, and what it says of TLS. */
export function splitUrl(url: string): {
  readonly connectionString: string
  readonly schema: string
  readonly ssl: ReturnType<typeof tlsOf>
} {
  const parsed = new URL(url)
  const schema = parsed.searchParams.get('schema') ?? 'public'
  // Prisma's own parameters mean nothing to the driver.
  for (const name of [...PRISMAS, ...TLS_PARAMETERS]) parsed.searchParams.delete(name)
  return { connectionString: parsed.href, schema, ssl: tlsOf(url) }
}

const PRISMAS = [
  'schema',
  'connection_limit',
  'pool_timeout',
  'pgbouncer',
  'connect_timeout',
  'socket_timeout',
  'statement_cache_size',
]

/** @throws MingleError BAD_INPUT when the server refuses, CONNECTION_LOST when it cannot be reached just now */
export async function connect(url: string): Promise<pg.Client> {
  const { connectionString, schema, ssl } = splitUrl(url)
  refusePooler(url)
  const patience = { keepAlive: true, connectionTimeoutMillis: patienceOf(url) }
  const client = new pg.Client({ connectionString, ssl, application_name: 'mingle', ...patience })
  // A connection that breaks between two queries: the next query fails, and says why.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(sessionSql(schema))
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw notConnected(unanswered(error), url)
  }
}

/** How long a server may take to let us in, in ms: what the URL says, as Prisma's do, in seconds (0: without end), or the usual. */
function patienceOf(url: string): number {
  const given = new URL(url).searchParams.get('connect_timeout')
  return given !== null && /^\d{1,6}$/.test(given) ? Number(given) * 1000 : PATIENCE_MS
}

/** The driver's own error has no code: something takes the connection, and says nothing, as another kind of server does. */
function unanswered(error: unknown): unknown {
  const { message } = error as Error
  return message === 'timeout expired' ? Object.assign(error as Error, { code: 'ETIMEDOUT' }) : error
}

/** A server that is just starting, or takes no more of them; a proxy before one that is not there takes the connection, and ends it. */
function notConnected(error: unknown, url: string): unknown {
  const better = explained(error, url)
  if (better !== error || !isLost(error)) return better
  const { message } = error as Error
  const words = `${redactUrl(url)} takes no connection (${message}); is a PostgreSQL running there, and the port right?`
  return Object.assign(badInput(words), { cause: error })
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

/** @param searched the schema that names are looked up in; default: the URL's */
export function poolOf(url: string, options: pg.PoolConfig, searched?: string): pg.Pool {
  const { connectionString, schema, ssl } = splitUrl(url)
  refusePooler(url)
  // Prisma's queries name the schema; those of the schema engine, and ours, do not.
  const onConnect = (client: pg.ClientBase) => client.query(sessionSql(searched ?? schema))
  const pool = new pg.Pool({ connectionString, ssl, application_name: 'mingle', onConnect, ...options })
  // A connection that is cut between two uses would otherwise end the process; its next use fails, and says why.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A pooler that hands a connection on after every transaction: what is set for a session then holds for others. */
function refusePooler(url: string): void {
  const { searchParams, port, hostname } = new URL(url)
  const pooled =
    searchParams.get('pgbouncer') === 'true' || (port === '6543' && hostname.endsWith('.pooler.supabase.com'))
  if (pooled) throw pooler(url)
}

function pooler(url: string): MingleError {
  return badInput(
    `${redactUrl(url)} is a pooler (pgbouncer) that changes sessions between transactions, where time zone, search path and ` +
      "locks would not hold; name the server itself (what Prisma calls directUrl), or the pooler's port for sessions",
  )
}

/** Sessions that are tried: another client's work may come between two. */
const TRIES = 3

/**
 * Asks whether a URL leads to such a pooler though it does not say so: then what one client sets is seen by the next one. A URL
 * that cannot be connected to is left to whoever connects for good.
 * @throws MingleError BAD_INPUT when it does
 */
export async function refuseHiddenPooler(url: string): Promise<void> {
  const { connectionString, ssl } = splitUrl(url)
  const clients: pg.Client[] = []
  const open = async () => {
    const client = new pg.Client({ connectionString, ssl, connectionTimeoutMillis: PATIENCE_MS })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }
  const asked = async (client: pg.Client, sql: string) =>
    String(Object.values((await client.query(sql)).rows[0] as Record<string, unknown>)[0])
  let shared = false
  try {
    const first = await open()
    // A server tells its own number to begin with; a pooler makes one up.
    const { processID } = first as unknown as { processID: number }
    if ((await asked(first, 'SELECT pg_backend_pid()')) === String(processID)) return
    const second = await open()
    for (let i = 0; i < TRIES && !shared; i++) {
      const mark = `mingle ${process.pid} ${i}`
      await first.query(`SELECT set_config('mingle.session', '${mark}', false)`)
      shared = (await asked(second, "SELECT current_setting('mingle.session', true)")) === mark
      await second.query("SELECT set_config('mingle.session', '', false)")
    }
  } catch {
    return
  } finally {
    for (const client of clients) await client.end().catch(() => {})
  }
  if (shared) throw pooler(url)
}

/** Codes of Prisma's for a connection that is gone, and of SQLSTATE for a transaction that others undid. */
const TRY_AGAIN = /^(?:40001|40P01|P1001|P1002|P1008|P1017|P2024)$/

const LOST_WORDS =
  /connection terminated|terminating connection|not queryable|connection (?:closed|ended)|can't reach database|ECONNRE|getaddrinfo E|after calling end on the pool|unexpectedly been closed|pool timeout|fails to create connection/i

/** Whether the connection is gone, or did not come about: the work may be tried again. */
export function isLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  // Of an error that it does not know, Prisma has the server's code in its words alone.
  const told = /Code: `(\w{5})`/.exec(message)?.[1] ?? ''
  const isGone = (each: string) => isNetworkFault(each) || isServerAway(each) || TRY_AGAIN.test(each)
  return isGone(code) || isGone(told) || LOST_WORDS.test(message)
}

/** What the server's errors mean to the user; the server's own is the cause. */
export function explained(error: unknown, url: string): unknown {
  const better = inWords(error, url)
  return better === error ? error : Object.assign(better as Error, { cause: error })
}

function inWords(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const where = redactUrl(url)
  if (isUnknownName(code ?? '')) return badInput(`${where}: there is no such host; check the URL`)
  if (isUnansweredCode(code ?? '') || code === 'P1001') {
    return badInput(`${where} does not answer; is the server running, and the port right?`)
  }
  switch (code) {
    case '28000':
      if (/pg_hba\.conf/.test(message ?? '')) {
        const other = /no encryption/.test(message!) ? 'require' : 'disable'
        const how = `sslmode=${other}, or another host or user`
        return badInput(`${where}: the server lets nobody in that way (${message}); try ${how}`)
      }
      return badInput(`${where} refuses the user name or password; check the URL`)
    case '28P01':
      return badInput(`${where} refuses the user name or password; check the URL`)
    case '3D000':
      return badInput(`${where}: there is no such database; create it first`)
    case '25006':
      return badInput(
        `${where} is read-only (a standby, or default_transaction_read_only is on): name one that can be written to`,
      )
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_HAS_EXPIRED':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return badInput(
        `${where}: the server's certificate is not accepted (${message}); sslrootcert=<file> names its authority, sslmode=require encrypts without asking`,
      )
    case '42501':
      return badInput(`${where}: this user may not write there (${message})`)
    case '53100':
    case '58030':
      return new MingleError('DISK_FULL', fullWords(where, message))
    case '53200':
      // Memory of other kinds has no such limit.
      if (!/shared memory/.test(message ?? '')) return error
      return badInput(
        `${where} has no room for more locks (${message}): raise max_locks_per_transaction (it takes a restart), say to 1024; tables by day take some for each day; in a new database, --partition off needs none of them`,
      )
    case '55P03':
      return new MingleError(
        'DATABASE_LOCKED',
        `${where} is locked: another session keeps what this one needs; try again when it has ended`,
      )
    default:
      if (message === 'The server does not support SSL connections')
        return badInput(
          `${where}: the server speaks no TLS; sslmode=prefer takes it where there is one, sslmode=disable goes without`,
        )
      return error
  }
}

export function fullWords(where: string, message: string | undefined): string {
  return `${where} cannot write (${message}); make room there`
}

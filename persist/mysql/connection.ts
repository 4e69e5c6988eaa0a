import mariadb from 'mariadb'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { PATIENCE_MS } from '../patience.ts'
import { explained, fullWords } from '../postgres/connection.ts'
import { redactUrl } from '../url.ts'

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/**
 * Whatever the server, its `init_connect` or the user has set: values that do not fit are refused, quotes and backslashes mean
 * what they usually do, texts are UTF-8 and times UTC, no statement is cut off, held back or asked for a key. MySQL and MariaDB
 * have time limits of different names.
 */
const SETTINGS = [
  "time_zone = '+00:00'",
  "sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  'autocommit = 1',
  'completion_type = 0',
  'character_set_client = utf8mb4',
  'character_set_connection = utf8mb4',
  'character_set_results = utf8mb4',
  'sql_safe_updates = 0',
  // Of all rows; the default is whatever the server has for everybody.
  'sql_select_limit = 18446744073709551615',
  'sql_big_selects = 1',
  'sql_auto_is_null = 0',
  'foreign_key_checks = 1',
  'unique_checks = 1',
]
const LIMITS = '/*M!100101 , max_statement_time = 0 */ /*!50708 , max_execution_time = 0 */'
const SESSION = `SET ${SETTINGS.join(', ')} ${LIMITS}`

/** The URL as the driver wants it, ours and Prisma's alike. */
export function driverUrl(databaseUrl: string): URL {
  const url = new URL(databaseUrl.replace(/^mysql:/, 'mariadb:'))
  // The driver does not read a URL's + as the space that it stands for.
  url.searchParams.set('initSql', SESSION.replaceAll(' ', '\n'))
  const { searchParams } = url
  // Prisma's own word for it, in seconds; 0 is no limit.
  const patience = searchParams.get('connect_timeout')
  searchParams.delete('connect_timeout')
  if (!searchParams.has('connectTimeout')) {
    const given = patience !== null && /^\d+$/.test(patience)
    // The driver's own patience of one second is too short for a server that is far away or at work.
    searchParams.set('connectTimeout', String(given ? Number(patience) * 1000 : PATIENCE_MS))
  }
  // MySQL 8 wants the password by TLS or under a key that it sends; nobody stands between when it is this machine.
  if (LOCAL.has(url.hostname) && !searchParams.has('ssl') && !searchParams.has('allowPublicKeyRetrieval')) {
    searchParams.set('allowPublicKeyRetrieval', 'true')
  }
  return url
}

/** The same for a pool of Prisma's adapter. Without a word ten connections are made beforehand, some while it is closed again. */
export function poolUrl(databaseUrl: string): URL {
  const url = driverUrl(databaseUrl)
  if (!url.searchParams.has('minimumIdle')) url.searchParams.set('minimumIdle', '1')
  return url
}

/**
 * A connection of our own to MySQL or MariaDB; times are UTC, as text.
 * @throws MingleError BAD_INPUT when the server refuses or does not answer
 */
export async function connect(databaseUrl: string): Promise<mariadb.Connection> {
  const url = driverUrl(databaseUrl)
  // Prisma's own parameters mean nothing to the driver.
  for (const name of ['connection_limit', 'pool_timeout', 'sslaccept', 'socket_timeout']) url.searchParams.delete(name)
  url.searchParams.set('dateStrings', 'true')
  url.searchParams.set('timezone', 'Z')
  const connection = await mariadb.createConnection(url.href).catch((error) => {
    throw inWords(error, databaseUrl)
  })
  // A connection that breaks between two statements: the next one fails, and says why.
  connection.on('error', () => {})
  return connection
}

/** Whether the driver says that the connection is gone, or the server asks to try again; not: that it was refused. */
export function isLost(error: unknown): boolean {
  const { fatal, sqlState } = error as { fatal?: boolean; sqlState?: string | null }
  return (fatal === true && !/^(?:28|42)/.test(sqlState ?? '')) || /^(?:08...|40001)$/.test(sqlState ?? '')
}

/** What the server's errors mean to the user; the server's own is the cause. */
export function explainedByMysql(error: unknown, databaseUrl: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const where = redactUrl(databaseUrl)
  const words: Record<string, readonly [string, string]> = {
    ER_DISK_FULL: ['DISK_FULL', fullWords(where, message)],
    ER_RECORD_FILE_FULL: ['DISK_FULL', fullWords(where, message)],
    ER_LOCK_WAIT_TIMEOUT: ['DATABASE_LOCKED', `${where} is locked by another session; try again when it has ended`],
  }
  const known = words[code ?? '']
  if (known) return Object.assign(new MingleError(...known), { cause: error })
  return explained(error, databaseUrl)
}

function inWords(error: { readonly code?: string | null }, databaseUrl: string): unknown {
  const where = redactUrl(databaseUrl)
  if (/CERT|ERR_TLS/.test(error.code ?? '')) {
    const words = `${where}: Node does not accept the server's certificate (${error.code}); NODE_EXTRA_CA_CERTS names a file of further authorities`
    return Object.assign(badInput(words), { cause: error })
  }
  const words = {
    ER_ACCESS_DENIED_ERROR: `${where} refuses the user name or password; check the URL`,
    ER_ACCESS_DENIED_NO_PASSWORD_ERROR: `${where} refuses the user name or password; check the URL`,
    ER_DBACCESS_DENIED_ERROR: `${where}: this user may not use that database; GRANT it`,
    ER_CONNECTION_TIMEOUT: `${where} does not answer; is the server running, and the port right?`,
    ER_BAD_DB_ERROR: `${where}: there is no such database; create it first`,
    ER_CANNOT_RETRIEVE_RSA_KEY:
      `${where} wants the password by TLS: add ?ssl=true to the URL, ` +
      'or ?allowPublicKeyRetrieval=true where you trust everything between here and the server',
  }[error.code ?? '']
  if (words !== undefined) return Object.assign(badInput(words), { cause: error })
  // The driver repeats a URL that it cannot read.
  const { message } = error as { message?: string }
  if (message?.startsWith('error parsing connection string')) {
    return badInput(
      `'${where}' is no URL that the driver of MariaDB can read: expected mysql://user:password@host:3306/database`,
    )
  }
  return explained(error, databaseUrl)
}

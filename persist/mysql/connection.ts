import mariadb from 'mariadb'

/** A connection of our own to MySQL or MariaDB; times are UTC, as text. */
export async function connect(databaseUrl: string): Promise<mariadb.Connection> {
  const url = new URL(databaseUrl.replace(/^mysql:/, 'mariadb:'))
  // Prisma's own parameters mean nothing to the driver.
  for (const name of ['connection_limit', 'pool_timeout', 'sslaccept', 'socket_timeout']) url.searchParams.delete(name)
  url.searchParams.set('dateStrings', 'true')
  url.searchParams.set('timezone', 'Z')
  const connection = await mariadb.createConnection(url.href)
  // A connection that breaks between two statements: the next one fails, and says why.
  connection.on('error', () => {})
  return connection
}

/** Whether the driver says that the connection is gone. */
export function isLost(error: unknown): boolean {
  const { fatal, sqlState } = error as { fatal?: boolean; sqlState?: string }
  return fatal === true || sqlState?.startsWith('08') === true
}

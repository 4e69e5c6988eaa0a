import type { Provider } from '../migrate/folder.ts'
import type { AnyClient } from './client.ts'

type RawClient = Pick<AnyClient, '$queryRawUnsafe' | '$executeRawUnsafe'>

/**
 * Moves the database's own counters above ids that will be written batch by batch, so that none of the site's own rows
 * comes in between. InnoDB's cannot be moved without changing the table: there they follow the rows.
 *
 * @param lastIds the last id by table
 */
export async function reserveIds(
  client: RawClient,
  provider: Provider,
  lastIds: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [table, last] of Object.entries(lastIds)) {
    if (provider === 'postgresql') await reserveInPostgres(client, table, last)
    if (provider === 'sqlite') await reserveInSqlite(client, table, last)
  }
}

async function reserveInPostgres(client: RawClient, table: string, last: number): Promise<void> {
  await client.$queryRawUnsafe(
    `SELECT setval(s, ${last})::text FROM (SELECT pg_get_serial_sequence('"${table}"', 'id') AS s) q ` +
      `WHERE s IS NOT NULL AND ${last} > coalesce(pg_sequence_last_value(s::regclass), 0)`,
  )
}

async function reserveInSqlite(client: RawClient, table: string, last: number): Promise<void> {
  const update = `UPDATE sqlite_sequence SET seq = max(seq, ${last}) WHERE name = '${table}'`
  if ((await client.$executeRawUnsafe(update)) > 0) return
  await client.$executeRawUnsafe(`INSERT INTO sqlite_sequence (name, seq) VALUES ('${table}', ${last})`)
}

import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { PUBLIC } from '../migrate/atomic.ts'
import { migrations } from '../migrate/folder.ts'
import { RECORDS } from '../migrate/occupied.ts'

/** Prisma's own lock between processes that migrate. */
const LOCK = 'SELECT pg_advisory_xact_lock(72707369)'
/** Whether the schema is there, holds nothing, and this user may make tables in it. */
const IS_FREE = `SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
    AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = s.oid) AND NOT EXISTS (SELECT FROM pg_type WHERE typnamespace = s.oid)
  FROM pg_namespace s WHERE nspname = current_schema()`
/** As Prisma's own engine creates it in PostgreSQL. */
const RECORDS_TABLE = `CREATE TABLE ${RECORDS} (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`
const RECORD = `INSERT INTO ${RECORDS} (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`

/**
 * Makes all tables in a schema that holds nothing, in one transaction. It needs no engine to find out what such a schema lacks:
 * every migration is carried out, and recorded as Prisma's engine would, so that its tools agree.
 *
 * @returns whether it did; false where there is something, or this user may make no tables: then nothing was done
 */
export async function createTables(client: pg.Client): Promise<boolean> {
  const isFree = async () => (await client.query<[boolean]>({ text: IS_FREE, rowMode: 'array' })).rows[0]?.[0] === true
  // Nobody waits for the lock of another, whose tool may keep it for long, where there is nothing to do.
  if (!(await isFree())) return false
  await client.query('BEGIN')
  let made = false
  try {
    await client.query(LOCK)
    if (await isFree()) {
      await client.query(RECORDS_TABLE)
      for (const { name, sql } of migrations('postgresql')) {
        await client.query(sql.replace(PUBLIC, ''))
        await client.query(RECORD, [randomUUID(), createHash('sha256').update(sql).digest('hex'), name])
      }
      made = true
    }
  } finally {
    // Where something failed, the error goes on: whatever state the connection is in, nothing was made.
    await client.query(made ? 'COMMIT' : 'ROLLBACK').catch((error) => {
      if (made) throw error
    })
  }
  return made
}

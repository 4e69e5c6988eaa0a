import type pg from 'pg'
import { badInput } from '../../../sim/kernel/index.ts'
import { quoted } from '../../identifiers.ts'
import { DAY_TABLES } from '../../rows/placement.ts'
import { isPartitioned, partitionSchema, restOf } from './names.ts'

interface Definition {
  readonly table: string
  readonly name: string
  readonly sql: string
}

/**
 * Turns the empty tables of days into ones that are kept by day: partitioned by ranges of ids, as ids ascend by day, so that the
 * primary key and whatever refers to it stay. A unique of other columns holds within a partition alone; it is `mingle validate` that proves
 * it of the whole. What belongs to no day lies in a partition of its own, which new ones are made like.
 *
 * @param client inside a transaction, its search path the schema of the tables
 * @param filled what becomes of tables that have rows already
 * @throws MingleError BAD_INPUT when a table has rows, and these are refused
 */
export async function partitionTables(client: pg.ClientBase, filled: 'left' | 'refused'): Promise<void> {
  const tables: string[] = []
  for (const table of DAY_TABLES) if (!(await isPartitioned(client, table))) tables.push(table)
  if (tables.length === 0) return
  await client.query(`LOCK TABLE ${tables.map((table) => quoted(table)).join(', ')}`)
  for (const table of tables) {
    if ((await client.query(`SELECT FROM ${quoted(table)} LIMIT 1`)).rows.length === 0) continue
    if (filled === 'left') return
    throw badInput(
      `'${table}' holds rows already, and only empty tables can be partitioned by day; name an empty database, or leave --partition out`,
    )
  }
  const schema = await partitionSchema(client)
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`)
  // Foreign keys are dropped with what they refer to, and come back when all tables are new.
  const keys = await definitions(client, FOREIGN_KEYS, tables)
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)
  for (const table of tables) await convert(client, schema, table)
  for (const { table, name, sql } of keys) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${sql}`)
  }
}

async function convert(client: pg.ClientBase, schema: string, table: string): Promise<void> {
  const [own, old, rest] = [quoted(table), quoted(`${table}_before`), `${quoted(schema)}.${quoted(restOf(table))}`]
  const constraints = await definitions(client, CONSTRAINTS, [table])
  const indexes = await definitions(client, INDEXES, [table])
  const uniques = await definitions(client, UNIQUES, [table])
  const grants = await definitions(client, GRANTS, [table])
  const sequences = await client.query<{ name: string | null }>("SELECT pg_get_serial_sequence($1, 'id') AS name", [
    own,
  ])
  await client.query(`ALTER TABLE ${own} RENAME TO ${old}`)
  await client.query(
    `CREATE TABLE ${own} (LIKE ${old} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY INCLUDING STORAGE INCLUDING COMMENTS) PARTITION BY RANGE (id)`,
  )
  const [sequence] = sequences.rows
  if (sequence?.name) await client.query(`ALTER SEQUENCE ${sequence.name} OWNED BY ${own}.id`)
  await client.query(`DROP TABLE ${old}`)
  for (const { name, sql } of constraints)
    await client.query(`ALTER TABLE ${own} ADD CONSTRAINT ${quoted(name)} ${sql}`)
  for (const { sql } of indexes) await client.query(sql)
  for (const { sql } of grants) await client.query(sql)
  await client.query(`CREATE TABLE ${rest} PARTITION OF ${own} DEFAULT`)
  for (const { name, sql } of uniques) {
    await client.query(`CREATE UNIQUE INDEX ${quoted(name)} ON ${rest} ${sql}`)
  }
}

async function definitions(client: pg.ClientBase, sql: string, tables: readonly string[]): Promise<Definition[]> {
  return (await client.query<Definition>(sql, [tables.map((table) => quoted(table))])).rows
}

const THESE = '(SELECT to_regclass(t) FROM unnest($1::text[]) t)'

/** Of these tables and to them. */
const FOREIGN_KEYS = `
  SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS sql FROM pg_constraint
   WHERE contype = 'f' AND conparentid = 0 AND (conrelid IN ${THESE} OR confrelid IN ${THESE}) ORDER BY oid`

/** Primary keys and checks. */
const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS sql FROM pg_constraint
   WHERE contype IN ('p', 'c') AND conrelid IN ${THESE} ORDER BY oid`

const INDEXES = `
  SELECT indrelid::regclass::text AS table, indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS sql
    FROM pg_index WHERE NOT indisunique AND indrelid IN ${THESE} ORDER BY indexrelid`

/** Those that say nothing of the id; what stands behind the table's name. */
const UNIQUES = `
  SELECT i.indrelid::regclass::text AS table, c.relname AS name,
         substring(pg_get_indexdef(i.indexrelid) FROM ' (USING .*)$') AS sql
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
   WHERE i.indisunique AND NOT i.indisprimary AND i.indrelid IN ${THESE} ORDER BY i.indexrelid`

/** What others than the owner may do. */
const GRANTS = `
  SELECT c.oid::regclass::text AS table, a.privilege_type AS name,
         format('GRANT %s ON %s TO %s%s', a.privilege_type, c.oid::regclass,
                CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS sql
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid IN ${THESE} AND a.grantee <> c.relowner`

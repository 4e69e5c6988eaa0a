import type pg from 'pg'
import { quoted } from '../../identifiers.ts'
import { DAY_TABLES } from '../../rows/placement.ts'
import { hindrance } from './hindrance.ts'
import { isPartitioned, partitionSchema, restOf } from './names.ts'

interface Definition {
  readonly table: string
  readonly name: string
  readonly sql: string
}

/** Tables of days that are not kept by day. */
export async function plainTables(client: pg.ClientBase): Promise<string[]> {
  const tables: string[] = []
  for (const table of DAY_TABLES) if (!(await isPartitioned(client, table))) tables.push(table)
  return tables
}

/**
 * Turns the empty tables of days into ones that are kept by day: partitioned by ranges of ids, as ids ascend by day, so that the
 * primary key and whatever refers to it stay. A unique of other columns holds within a partition alone; it is `mingle validate` that proves
 * it of the whole. What belongs to no day lies in a partition of its own, which new ones are made like.
 *
 * @param client inside a transaction, its search path the schema of the tables
 * @param tables some that nothing hindered a moment ago
 * @returns what hinders now that they are locked: nothing is changed then
 */
export async function partitionTables(client: pg.ClientBase, tables: readonly string[]): Promise<string | null> {
  await client.query(`LOCK TABLE ${tables.map((table) => quoted(table)).join(', ')}`)
  const hindered = await hindrance(client, tables)
  if (hindered) return hindered
  const schema = await partitionSchema(client)
  const { rows } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])
  if (rows.length === 0) await client.query(`CREATE SCHEMA ${quoted(schema)}`)
  // Foreign keys are dropped with what they refer to, and come back when all tables are new.
  const keys = await definitions(client, FOREIGN_KEYS, tables)
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)
  for (const table of tables) await convert(client, schema, table)
  for (const { table, name, sql } of keys) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${sql}`)
  }
  return null
}

async function convert(client: pg.ClientBase, schema: string, table: string): Promise<void> {
  const [own, old, rest] = [
    quoted(table),
    quoted(`mingle_before_${table}`),
    `${quoted(schema)}.${quoted(restOf(table))}`,
  ]
  const constraints = await definitions(client, CONSTRAINTS, [table])
  const indexes = await definitions(client, INDEXES, [table])
  const uniques = await definitions(client, UNIQUES, [table])
  const kept = [...(await definitions(client, GRANTS, [table])), ...(await definitions(client, COMMENTS, [table]))]
  const sequences = await client.query<{ name: string | null }>("SELECT pg_get_serial_sequence($1, 'id') AS name", [
    own,
  ])
  await client.query(`ALTER TABLE ${own} RENAME TO ${old}`)
  await client.query(
    `CREATE TABLE ${own} (LIKE ${old} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING COMMENTS) PARTITION BY RANGE (id)`,
  )
  const [sequence] = sequences.rows
  if (sequence?.name) await client.query(`ALTER SEQUENCE ${sequence.name} OWNED BY ${own}.id`)
  await client.query(`DROP TABLE ${old}`)
  for (const { name, sql } of constraints)
    await client.query(`ALTER TABLE ${own} ADD CONSTRAINT ${quoted(name)} ${sql}`)
  for (const { sql } of indexes) await client.query(sql)
  // Those that new tables are given by default, the old one had as well, or somebody had taken them away.
  for (const { sql } of await definitions(client, GIVEN, [table])) await client.query(sql)
  for (const { sql } of kept) await client.query(sql)
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

const GRANTEE = "CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END"

/** What others than the owner may do. */
const GRANTS = `
  SELECT c.oid::regclass::text AS table, a.privilege_type AS name,
         format('GRANT %s ON %s TO %s%s', a.privilege_type, c.oid::regclass, ${GRANTEE},
                CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS sql
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid IN ${THESE} AND a.grantee <> c.relowner`

/** Takes all of that away. */
const GIVEN = `
  SELECT DISTINCT c.oid::regclass::text AS table, a.grantee::text AS name, format('REVOKE ALL ON %s FROM %s', c.oid::regclass, ${GRANTEE}) AS sql
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid IN ${THESE} AND a.grantee <> c.relowner`

const COMMENTS = `
  SELECT c.oid::regclass::text AS table, 'comment' AS name,
         format('COMMENT ON TABLE %s IS %L', c.oid::regclass, obj_description(c.oid, 'pg_class')) AS sql
    FROM pg_class c WHERE c.oid IN ${THESE} AND obj_description(c.oid, 'pg_class') IS NOT NULL`

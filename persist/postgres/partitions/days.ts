import type pg from 'pg'
import type { DayRange, KeyRange } from '../../database/backend.ts'
import { quoted } from '../../identifiers.ts'
import { DAY_TABLES } from '../../rows/placement.ts'
import { isPartitioned, partitionOf, partitionSchema, restOf } from './names.ts'

/**
 * Makes the partitions that days of a run need and that are not there, where tables are kept in such.
 * @param client inside a transaction
 */
export async function openDays(client: pg.ClientBase, run: number, ranges: readonly DayRange[]): Promise<void> {
  const partitioned = new Set<string>()
  for (const table of DAY_TABLES) if (await isPartitioned(client, table)) partitioned.add(table)
  const wanted = ranges.filter(({ table, first, last }) => first <= last && partitioned.has(table))
  if (wanted.length === 0) return
  const schema = quoted(await partitionSchema(client))
  const there = new Set((await partitions(client)).map(({ name }) => name))
  const lacking = wanted.filter(({ table, day }) => !there.has(partitionOf(table, run, day)))
  for (const { table, day, first, last } of lacking) {
    const [name, rest] = [partitionOf(table, run, day), restOf(table)].map((each) => `${schema}.${quoted(each)}`)
    // Made apart, so that whoever reads or writes other days meanwhile is let.
    await client.query(`CREATE TABLE ${name} (LIKE ${rest} INCLUDING ALL EXCLUDING IDENTITY)`)
    await client.query(
      `ALTER TABLE ${quoted(table)} ATTACH PARTITION ${name} FOR VALUES FROM (${first}) TO (${last + 1})`,
    )
  }
}

/** Drops the partitions all of whose ids lie in ranges that were removed. */
export async function dropDays(client: pg.ClientBase, ranges: readonly KeyRange[]): Promise<void> {
  const schema = quoted(await partitionSchema(client))
  // Those of tables that refer to others first.
  const order = new Map(DAY_TABLES.map((table, i) => [table as string, -i]))
  const gone = (await partitions(client)).filter(({ table, first, last }) =>
    ranges.some(({ shape, first: from, last: to }) => shape.table === table && from <= first && last <= to),
  )
  for (const { table, name } of gone.sort((a, b) => order.get(a.table)! - order.get(b.table)!)) {
    await client.query(`ALTER TABLE ${quoted(table)} DETACH PARTITION ${schema}.${quoted(name)}`)
    await client.query(`DROP TABLE ${schema}.${quoted(name)}`)
  }
}

interface Partition {
  readonly table: string
  readonly name: string
  readonly first: number
  readonly last: number
}

const PARTITIONS = `
  SELECT p.relname AS table, c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
   WHERE p.oid IN (SELECT to_regclass(t) FROM unnest($1::text[]) t)`

/** Those of days. */
async function partitions(client: pg.ClientBase): Promise<Partition[]> {
  const { rows } = await client.query<{ table: string; name: string; bounds: string }>(PARTITIONS, [
    DAY_TABLES.map((table) => quoted(table)),
  ])
  return rows.flatMap(({ table, name, bounds }) => {
    const found = /FROM \('?(\d+)'?\) TO \('?(\d+)'?\)/.exec(bounds)
    return found ? [{ table, name, first: Number(found[1]), last: Number(found[2]) - 1 }] : []
  })
}

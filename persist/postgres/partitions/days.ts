import type pg from 'pg'
import { badInput } from '../../../sim/kernel/index.ts'
import type { DayRange } from '../../database/backend.ts'
import { quoted } from '../../identifiers.ts'
import { DAY_TABLES } from '../../rows/placement.ts'
import { isPartitioned, partitionOf, partitionSchema, placeOf, restOf } from './names.ts'

/**
 * Days whose partitions are made in one transaction, and dropped: a server has room for some thousand locks. To make a day's takes some
 * 100, to drop them 200, besides 16 for each day that stays.
 */
export const DAYS_AT_ONCE = 20
const DROPPED_AT_ONCE = 5

/**
 * Whoever comes to a table waits behind whoever waits to lock it: where a dump or a long report reads, the site would stand still
 * with us.
 */
const BRIEFLY = "SET LOCAL lock_timeout = '3s'"

/**
 * Makes the partitions that days of a run need and that are not there, where tables are kept in such. What an attempt that was cut off
 * left for other ids gives way.
 *
 * @param client inside a transaction, short since the site waits for it: rows that belong to no day are locked
 * @throws MingleError BAD_INPUT when rows or tables are in the way; the server's errors when ids are taken (`isTaken`), and when others
 * keep a table for longer than the site may wait (55P03)
 */
export async function openDays(client: pg.ClientBase, run: number, ranges: readonly DayRange[]): Promise<void> {
  const partitioned = new Set<string>()
  for (const table of DAY_TABLES) if (await isPartitioned(client, table)) partitioned.add(table)
  const wanted = ranges.filter(({ table, first, last }) => first <= last && partitioned.has(table))
  if (wanted.length === 0) return
  await client.query(BRIEFLY)
  const schema = await partitionSchema(client)
  const there = new Map((await partitions(client)).map((partition) => [partition.name, partition]))
  const lacking = wanted.filter((range) => {
    const same = there.get(partitionOf(range.table, run, range.day))
    return !same || same.first !== range.first || same.last !== range.last
  })
  for (const { table, day, first, last } of lacking) {
    const name = partitionOf(table, run, day)
    for (const old of there.values()) {
      const inTheWay = old.name === name || (old.first <= last && first <= old.last)
      if (old.table !== table || placeOf(old)?.run !== run || !inTheWay) continue
      if (!(await dropEmpty(client, schema, old))) throw badInput(`'${schema}.${old.name}' holds rows ${OTHERS}`)
      there.delete(old.name)
    }
    const [own, rest] = [name, restOf(table)].map((each) => `${quoted(schema)}.${quoted(each)}`)
    const { rows } = await client.query('SELECT FROM pg_class WHERE oid = to_regclass($1)', [own])
    if (rows.length > 0) throw badInput(`'${schema}.${name}' is there and no partition of '${table}' ${DETACHED}`)
    // Made apart, so that whoever reads or writes other days meanwhile is let.
    await client.query(`CREATE TABLE ${own} (LIKE ${rest} INCLUDING ALL EXCLUDING IDENTITY)`)
    await client.query(
      `ALTER TABLE ${quoted(table)} ATTACH PARTITION ${own} FOR VALUES FROM (${first}) TO (${last + 1})`,
    )
  }
}

const OTHERS =
  "that are not the run's, and the day takes other ids now; bring them elsewhere (ALTER TABLE … DETACH PARTITION, rename it, INSERT its rows again), then go on"
const DETACHED = '(a day of an earlier run that was detached?); rename or drop it, then go on'

/** Whether an error of `openDays` means that others have rows or partitions at these ids: one of the rest, or a run's that was quicker. */
export function isTaken(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return ['23505', '23514', '42P07', '42P17'].includes(code)
}

/**
 * The partitions of a run that was reset, and those that are left of runs which the ledger no longer has: somebody kept the tables as
 * these were reset. Some days at a time.
 */
export async function daysGone(client: pg.ClientBase, run: number): Promise<Partition[][]> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM seed_runs WHERE id <> $1', [run])
  const going = new Set(rows.map(({ id }) => Number(id)))
  const byDay = new Map<string, Partition[]>()
  for (const partition of await partitions(client)) {
    const place = placeOf(partition)
    if (!place || going.has(place.run)) continue
    const key = `${place.run} ${place.day}`
    const day = byDay.get(key)
    if (day) day.push(partition)
    else byDay.set(key, [partition])
  }
  const days = [...byDay.values()]
  return Array.from({ length: Math.ceil(days.length / DROPPED_AT_ONCE) }, (_, i) =>
    inOrder(days.slice(i * DROPPED_AT_ONCE, (i + 1) * DROPPED_AT_ONCE).flat()),
  )
}

/** Drops those that hold nothing. @param client inside a transaction; @throws the server's error 55P03 as `openDays` does */
export async function dropDays(client: pg.ClientBase, gone: readonly Partition[]): Promise<void> {
  await client.query(BRIEFLY)
  const schema = await partitionSchema(client)
  for (const partition of gone) await dropEmpty(client, schema, partition)
}

/** @returns whether it was empty, and is gone */
async function dropEmpty(client: pg.ClientBase, schema: string, { table, name }: Partition): Promise<boolean> {
  const own = `${quoted(schema)}.${quoted(name)}`
  // In the order in which whoever reads a table locks it and its partitions.
  await client.query(`LOCK TABLE ONLY ${quoted(table)}`)
  if ((await client.query(`SELECT FROM ${own} LIMIT 1`)).rows.length > 0) return false
  // One that is referred to cannot be dropped as it is; the others would be given foreign keys of their own for it, to every partition.
  const { rows: referred } = await client.query('SELECT FROM pg_constraint WHERE confrelid = to_regclass($1) LIMIT 1', [
    quoted(table),
  ])
  if (referred.length > 0) await client.query(`ALTER TABLE ${quoted(table)} DETACH PARTITION ${own}`)
  await client.query(`DROP TABLE ${own}`)
  return true
}

export interface Partition {
  readonly table: string
  readonly name: string
  readonly first: number
  readonly last: number
}

/** In the order of their tables from what refers to others on. */
function inOrder(all: readonly Partition[]): Partition[] {
  const order: readonly string[] = DAY_TABLES
  return [...all].sort((a, b) => order.indexOf(b.table) - order.indexOf(a.table))
}

/** Those of days. */
async function partitions(client: pg.ClientBase): Promise<Partition[]> {
  const { rows } = await client.query<{ table: string; name: string; first: string; last: string }>(PARTITIONS, [
    DAY_TABLES.map((table) => quoted(table)),
  ])
  return inOrder(rows.map(({ first, last, ...named }) => ({ ...named, first: Number(first), last: Number(last) })))
}

const BOUND = (which: 'FROM' | 'TO') =>
  `substring(pg_get_expr(c.relpartbound, c.oid) FROM '${which} \\(''*(\\d+)')::bigint`

const PARTITIONS = `
  SELECT p.relname AS table, c.relname AS name, ${BOUND('FROM')} AS first, ${BOUND('TO')} - 1 AS last
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
   WHERE p.oid IN (SELECT to_regclass(t) FROM unnest($1::text[]) t) AND ${BOUND('TO')} IS NOT NULL`

/** The last id of each table ($1) up to which other runs ($2: not this one) have room, whatever they have written of it. */
export const ROOM_BESIDE = `
  SELECT p.relname, max(${BOUND('TO')} - 1)
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
   WHERE p.oid IN (SELECT to_regclass(t) FROM unnest($1::text[]) t) AND ${BOUND('TO')} IS NOT NULL
     AND NOT starts_with(c.relname, p.relname || '_run_' || $2 || '_day_') GROUP BY p.relname`

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect } from 'vitest'
import { openStore, type Plan } from '../../../persist/index.ts'
import { type TableRows, tablesOf } from '../../cli/rows.ts'
import { MARIADBD, startMariadb } from '../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { type Ended, SEED, start, wait } from './program.ts'
import { type Watch, watchMariadb, watchPostgres, watchSqlite } from './watch.ts'

export type Kind = 'sqlite' | 'postgres' | 'mariadb'
export type Writer = 'bulk' | 'prisma'
export type Tables = Record<string, TableRows>

/** What is run where. */
export interface Place {
  readonly kind: Kind
  readonly writer: Writer
  readonly run: readonly string[]
}

/** The places that the tests go through; those on MariaDB only where there is one. */
export function places(bulk: readonly string[], gentle: readonly string[]): Place[] {
  if (!MARIADBD) console.log('No mariadbd here: MariaDB is left out (apt-get install mariadb-server-core).')
  const kinds: readonly Kind[] = MARIADBD ? ['sqlite', 'postgres', 'mariadb'] : ['sqlite', 'postgres']
  return kinds.flatMap((kind) => [
    { kind, writer: 'bulk' as const, run: ['run', ...bulk] },
    { kind, writer: 'prisma' as const, run: ['run', ...gentle] },
  ])
}

/** A database that runs are written to and cut off in. */
export interface Target {
  readonly url: string
  /** Options of the command line that choose the writer. */
  readonly writer: readonly string[]
  /** The site's own models, which are what is written. */
  readonly mapping?: Plan
  /** Every table but the ledger's wall-clock columns, row for row. */
  tables(): Promise<Tables>
  watch(): Watch
  /** Ends the sessions of this database, as an administrator would; returns how many. Servers only. */
  cut(): Promise<number>
}

/** What a run looks like from the ledger. */
export async function runIn({ url }: Target, seed = SEED): Promise<{ status: string; lastDay: number } | null> {
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length))) return null
  for (let tries = 0; ; tries++) {
    const store = await openStore(url)
    try {
      return (await store.listRuns()).find((run) => run.seed === seed) ?? null
    } catch (error) {
      // A writer without a log keeps readers out while it commits.
      if (tries === 20) throw error
      await wait(100)
    } finally {
      await store.close()
    }
  }
}

/** Whether the rows of all runs are those of their committed days, no more and no less. */
export async function verified(target: Target): Promise<void> {
  const { mapping } = target
  const store = await openStore(target.url, { ...(mapping && { mapping }) })
  try {
    for (const run of await store.listRuns()) {
      const { difference, foreignRows } = await store.verify(run.id)
      if (difference || Object.keys(foreignRows).length > 0) {
        throw new Error(
          `${target.url}, ${run.seed}, day ${run.lastDay}: ${JSON.stringify({ difference, foreignRows })}`,
        )
      }
    }
  } finally {
    await store.close()
  }
}

export function succeeded({ code, stderr }: Ended): void {
  expect(code, stderr).toBe(0)
  expect(stderr).not.toContain('password')
}

/** Waits until the run's last committed day is at least `day`; −1 for the run itself. */
export async function reached(target: Target, day: number): Promise<void> {
  const watch = target.watch()
  try {
    for (let waited = 0; waited < 300_000; waited += 5) {
      const standing = await watch.standing()
      if (standing && standing.lastDay >= day && (day < 0 || standing.chunks > 0)) return
      await wait(5)
    }
  } finally {
    await watch.close()
  }
  throw new Error(`${target.url} did not reach day ${day}`)
}

const GENTLE = ['--writer', 'prisma', '--pause-ms', '1', '--batch-size', '40']

/** Makes targets in a folder of its own, and on servers that are started when they are asked for. */
export class Targets {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingle-faults-'))
  #postgres: Promise<PostgresServer> | undefined
  #mariadb: ReturnType<typeof startMariadb> | undefined
  #wholes = new Map<string, Promise<Tables>>()
  #files = 0

  async make(kind: Kind, writer: Writer = 'bulk', folder = this.folder): Promise<Target> {
    const gentle = writer === 'prisma' ? GENTLE : []
    switch (kind) {
      case 'sqlite':
        return sqliteTarget(join(folder, `site-${++this.#files}.db`), gentle)
      case 'postgres':
        return postgresTarget(await (await this.postgres()).createDatabase(), gentle)
      default: {
        this.#mariadb ??= startMariadb(MARIADBD!)
        const server = await this.#mariadb
        const { url, name } = await server.createDatabase()
        return mariadbTarget(url, name, server.query, gentle)
      }
    }
  }

  postgres(): Promise<PostgresServer> {
    return (this.#postgres ??= startPostgres())
  }

  /** What a run leaves that nothing happens to. */
  whole(place: Place): Promise<Tables> {
    const { kind, writer, run } = place
    const name = `${kind} ${writer} ${run.join(' ')}`
    const made = this.#wholes.get(name) ?? this.#whole(place)
    this.#wholes.set(name, made)
    return made
  }

  async #whole({ kind, writer, run }: Place): Promise<Tables> {
    const target = await this.make(kind, writer)
    succeeded(await start(target, run).ended)
    const tables = await target.tables()
    expect(tables.users!.rows).toBeGreaterThan(0)
    expect(tables.feed_seen!.rows).toBeGreaterThan(0)
    return tables
  }

  /** Resumes what is not finished, and compares with a run that nothing happened to. */
  async endsWell(target: Target, place: Place): Promise<void> {
    const there = await runIn(target)
    if (there?.status !== 'finished') succeeded(await start(target, there ? ['resume'] : place.run).ended)
    await verified(target)
    expect(await target.tables()).toEqual(await this.whole(place))
  }

  /** Files beside a target's own, which a process left. */
  strays({ url }: Target): string[] {
    const name = basename(url)
    const own = [name, `${name}-wal`, `${name}-shm`, `${name}-snapshots`]
    return readdirSync(this.folder).filter((file) => file.startsWith(name) && !own.includes(file))
  }

  async remove(): Promise<void> {
    await (await this.#postgres)?.stop()
    await (await this.#mariadb)?.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function sqliteTarget(file: string, writer: readonly string[]): Target {
  return {
    url: `file:${file}`,
    writer,
    tables: async () => tablesOf(file),
    watch: () => watchSqlite(file),
    cut: async () => 0,
  }
}

export function postgresTarget(url: string, writer: readonly string[]): Target {
  const sessions = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mingle'"
  return {
    url,
    writer,
    tables: () => postgresTables(url),
    watch: () => watchPostgres(url),
    cut: async () => Number((await query(url, `SELECT count(pg_terminate_backend(pid)) AS n ${sessions}`))[0]!.n),
  }
}

type MariadbQuery = (database: string, sql: string) => Promise<Record<string, unknown>[]>

function mariadbTarget(url: string, name: string, ask: MariadbQuery, writer: readonly string[]): Target {
  return {
    url,
    writer,
    tables: () => mariadbTables(name, ask),
    watch: () => watchMariadb(url),
    async cut() {
      // Not while one is being set up: the driver leaves a rejected promise behind then, which ends the process.
      const settled =
        "(command = 'Sleep' AND time_ms > 200) OR (command <> 'Sleep' AND info NOT REGEXP '^SET|^SELECT [@V]')"
      const list = `SELECT id FROM information_schema.processlist WHERE db = '${name}' AND (${settled})`
      const sessions = await ask('mysql', list)
      for (const { id } of sessions) await ask('mysql', `KILL CONNECTION ${id}`).catch(() => {})
      return sessions.length
    },
  }
}

const WALL_CLOCK =
  "table_name LIKE 'seed\\_run%' AND column_name IN ('claimed_by', 'claimed_until', 'created_at', 'updated_at')"

function digested(rows: readonly unknown[]): TableRows {
  const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  return { rows: rows.length, digest: createHash('sha256').update(text).digest('hex') }
}

async function postgresTables(url: string): Promise<Tables> {
  const columns = await query(
    url,
    `SELECT table_schema AS schema, table_name AS table, string_agg(format('%I', column_name), ', ' ORDER BY ordinal_position) AS list
     FROM information_schema.columns
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name NOT LIKE '\\_prisma%' AND NOT (${WALL_CLOCK})
     GROUP BY table_schema, table_name`,
  )
  const tables: Tables = {}
  for (const { schema, table, list } of columns) {
    const name = schema === 'public' ? table! : `${schema}.${table}`
    tables[name] = digested(await query(url, `SELECT ${list} FROM "${schema}"."${table}" ORDER BY ${list}`))
  }
  const sequences = await query(url, 'SELECT sequencename, last_value FROM pg_sequences ORDER BY 1')
  tables.sequences = { rows: sequences.length, digest: JSON.stringify(sequences) }
  return tables
}

async function mariadbTables(name: string, ask: MariadbQuery): Promise<Tables> {
  const columns = await ask(
    name,
    `SELECT table_name AS t, group_concat(concat('\`', column_name, '\`') ORDER BY ordinal_position) AS list
     FROM information_schema.columns
     WHERE table_schema = database() AND table_name NOT LIKE '\\_%' AND NOT (${WALL_CLOCK}) GROUP BY table_name`,
  )
  const tables: Tables = {}
  for (const { t, list } of columns) {
    tables[String(t)] = digested(await ask(name, `SELECT ${list} FROM \`${t}\` ORDER BY ${list}`))
  }
  return tables
}

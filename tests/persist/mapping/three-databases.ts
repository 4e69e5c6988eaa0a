import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Metadata, type MingleConfig, openStore, validateMapped } from '../../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../../run/index.ts'
import { MARIADBD, startMariadb } from '../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { ask, siteFile, soundPlan, tablesOf } from './attached.ts'
import type { Mariadb } from './site.ts'

/** The databases that there are here. */
export const DATABASES = ['sqlite', 'postgresql', ...(MARIADBD ? (['mysql'] as const) : [])] as const
export type Kind = (typeof DATABASES)[number]

/** One mapping, in each of them. */
export class ThreeDatabases {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mingle-three-'))
  #server: PostgresServer | undefined
  #maria: Mariadb | undefined
  #files = 0

  async start(): Promise<void> {
    this.#server = await startPostgres()
    if (MARIADBD) this.#maria = await startMariadb(MARIADBD)
  }

  async stop(): Promise<void> {
    await this.#server?.stop()
    await this.#maria?.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** An empty database with the tables of metadata and rows of the site's own. SQL has names in double quotes. */
  async site(kind: Kind, metadata: Metadata, rows: readonly string[] = []) {
    if (kind === 'sqlite') {
      const file = join(this.#folder, `${++this.#files}.db`)
      await siteFile(file, metadata, rows)
      // What gives no rows is not asked for any.
      const run = async (sql: string) => ask(file, /^\s*SELECT|RETURNING/i.test(sql) ? sql : `${sql} RETURNING 1`)
      return { url: `file:${file}`, ask: run }
    }
    const made =
      kind === 'mysql' ? await this.#maria!.createDatabase() : { url: await this.#server!.createDatabase(), name: '' }
    const run = (sql: string): Promise<Record<string, unknown>[]> =>
      kind === 'mysql' ? this.#maria!.query(made.name, sql.replaceAll('"', '`')) : query(made.url, sql)
    for (const sql of [...(await tablesOf(metadata, kind)), ...rows]) await run(sql)
    return { url: made.url, ask: run }
  }

  /**
   * A run through a mapping, extended, verified and validated.
   * @returns what failed, and the numbers of a question's first row
   */
  async lived(
    kind: Kind,
    given: Metadata,
    map: MingleConfig['map'],
    { rows = [], count = 60, days = 4, more = 2 }: Life = {},
  ) {
    const metadata = { ...given, provider: kind }
    const { url, ask: rowsOf } = await this.site(kind, metadata, rows)
    const plan = soundPlan(metadata, map)
    const open = () => openStore(url, { mapping: plan, intoExisting: true })
    const config = configFromSettings({ seed: 'three', count })
    const first = await open()
    const { run } = await startRun(first, config, days, { workers: 0 })
    await first.close()
    const second = await open()
    await extendRun(second, config.seed, { days: more }, { workers: 0 })
    const { difference } = await second.verify(run.id)
    const { checks } = await validateMapped(url, plan)
    const failed = checks.filter(({ ok }) => !ok).map(({ id, detail }) => `${id}: ${detail}`)
    const numbers = async (sql: string): Promise<Record<string, number>> =>
      Object.fromEntries(Object.entries((await rowsOf(sql))[0]!).map(([name, value]) => [name, Number(value)]))
    const reset = async () => {
      await second.reset(run.id, 'all')
      await second.close()
    }
    return { url, plan, verdict: { difference, failed }, numbers, rows: rowsOf, reset }
  }
}

interface Life {
  readonly rows?: readonly string[]
  readonly count?: number
  readonly days?: number
  readonly more?: number
}

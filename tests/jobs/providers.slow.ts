import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../jobs/index.ts'
import { DERIVED_TABLES, openStore } from '../../persist/index.ts'
import { extendRun } from '../../run/index.ts'
import { MARIADBD, startMariadb } from '../persist/servers/mariadb-server.ts'
import { type PostgresServer, startPostgres } from '../persist/servers/postgres-server.ts'
import type { Table } from './oracle.ts'
import { derivedTables, fillSite, onSite } from './site.ts'

const OPTIONS = { top: 15, userBatchSize: 30, candidateBatchSize: 40, pauseMs: 0 }

const folder = mkdtempSync(join(tmpdir(), 'mingle-jobs-'))
let postgres: PostgresServer
let mariadb: Awaited<ReturnType<typeof startMariadb>> | undefined
/** What a database has after each step of its life. */
const lives: Record<string, Record<string, Table>[]> = {}

beforeAll(async () => {
  postgres = await startPostgres()
  mariadb = MARIADBD ? await startMariadb(MARIADBD) : undefined
  lives.sqlite = await life(`file:${join(folder, 'site.db')}`)
}, 120_000)

afterAll(async () => {
  await postgres?.stop()
  await mariadb?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Fresh, run again (with what it reports), in the past, and after more days. */
async function life(url: string): Promise<Record<string, Table>[]> {
  await fillSite(url, 'providers', 120, 6)
  await runJobs(url, { options: OPTIONS })
  const fresh = await derivedTables(url)
  const { jobs } = await runJobs(url, { options: OPTIONS })
  expect(jobs.map(({ inserted, updated, deleted }) => inserted + updated + deleted)).toEqual(jobs.map(() => 0))
  await runJobs(url, { options: OPTIONS, asOf: Date.UTC(2024, 0, 4, 5, 30) })
  const past = await derivedTables(url)
  const store = await openStore(url)
  await extendRun(store, 'providers', { days: 2, join: 10 }, { workers: 0 })
  await store.close()
  await runJobs(url, { options: OPTIONS })
  const later = await derivedTables(url)
  await onSite(url, async (backend) => {
    for (const table of DERIVED_TABLES) await backend.execute(`DELETE FROM ${table}`)
  })
  await runJobs(url, { options: OPTIONS })
  expect(await derivedTables(url)).toEqual(later)
  return [fresh, past, later]
}

describe('jobs give the rows of SQLite', () => {
  it('on PostgreSQL', async () => {
    lives.postgresql = await life(await postgres.createDatabase())
    expect(lives.postgresql).toEqual(lives.sqlite)
    for (const rows of Object.values(lives.postgresql[0]!)) expect(rows.length).toBeGreaterThan(50)
  })

  it.skipIf(!MARIADBD)('on MariaDB', async () => {
    lives.mysql = await life((await mariadb!.createDatabase()).url)
    expect(lives.mysql).toEqual(lives.sqlite)
  })
})

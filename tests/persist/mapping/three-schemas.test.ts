import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Plan, problemText } from '../../../persist/index.ts'
import { configFromSettings, extendRun, type RunResult, startRun } from '../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../postgres-server.ts'
import {
  BONDS_SQL,
  DEFAULT_SQL,
  type Fact,
  lines,
  SNAKE_PAIRS_SQL,
  SNAKE_SQL,
  SWIPES_BONDS_SQL,
  SWIPES_SQL,
} from './facts.ts'
import { fixture, HOBBIES, prepareSnake, prepareSwipes } from './site.ts'

const CONFIG = configFromSettings({ seed: 'three schemas', count: 80 })
const DAYS = 5
const MORE = 3

const folder = mkdtempSync(join(tmpdir(), 'mingle-schemas-'))
let server: PostgresServer
const urls: Record<string, string> = {}
const results: Record<string, RunResult> = {}
const plans: Record<string, Plan> = {}

/** A run, then more days and people, in two processes' worth of stores. */
async function fill(name: string, url: string, plan?: Plan): Promise<void> {
  urls[name] = url
  const options = plan ? { mapping: plan } : {}
  const first = await openStore(url, options)
  await startRun(first, CONFIG, DAYS, { workers: 0 })
  await first.close()
  const second = await openStore(url, options)
  results[name] = await extendRun(second, CONFIG.seed, { days: MORE, join: 7 }, { workers: 0 })
  await second.close()
}

beforeAll(async () => {
  server = await startPostgres()
  for (const name of ['snake', 'swipes']) {
    plans[name] = (await fixture(name)).plan
    expect(plans[name].problems.map(problemText)).toEqual([])
  }
  const snake = join(folder, 'snake.db')
  await prepareSnake(snake)
  const swipes = await server.createDatabase()
  await prepareSwipes(swipes)
  await fill('default', `file:${join(folder, 'default.db')}`)
  await fill('snake', `file:${snake}`, plans.snake)
  await fill('swipes', swipes, plans.swipes)
}, 120_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function sqlite(name: string, sql: string): string[] {
  const db = new Database(urls[name]!.slice('file:'.length))
  try {
    return lines(db.prepare(sql).all() as Record<string, unknown>[])
  } finally {
    db.close()
  }
}

async function postgres(sql: string): Promise<string[]> {
  return lines(await query(urls.swipes!, sql))
}

describe('three dissimilar schemas', () => {
  it('give one digest of facts', () => {
    expect(results.default!.digest).toMatch(/^[0-9a-f]{32}$/)
    expect(results.snake!.digest).toBe(results.default!.digest)
    expect(results.swipes!.digest).toBe(results.default!.digest)
  })

  describe.each(Object.keys(DEFAULT_SQL) as Fact[])('%s', (fact) => {
    const expected = () => sqlite('default', DEFAULT_SQL[fact])

    it.runIf(fact in SNAKE_SQL)('inverts from snake case', () => {
      expect(expected().length).toBeGreaterThan(0)
      expect(sqlite('snake', SNAKE_SQL[fact]!)).toEqual(expected())
    })

    it.runIf(fact in SWIPES_SQL)('inverts from merged swipes', async () => {
      const known =
        fact === 'interest'
          ? expected().filter((line) => HOBBIES.some((name) => line.endsWith(`| ${name}`)))
          : expected()
      expect(known.length).toBeGreaterThan(0)
      expect(await postgres(SWIPES_SQL[fact]!)).toEqual(known)
    })
  })

  it('likes invert from the rows into which two of them fold', () => {
    expect(sqlite('snake', SNAKE_PAIRS_SQL)).toEqual(sqlite('default', DEFAULT_SQL.like))
  })

  it('matches invert from rows that a like opened', async () => {
    expect(await postgres(SWIPES_BONDS_SQL)).toEqual(sqlite('default', DEFAULT_SQL.match))
  })

  it('a row into which likes fold keeps who was first, and becomes a match', async () => {
    const [bonds] = await query(urls.swipes!, BONDS_SQL)
    expect(Number(bonds!.rows)).toBeGreaterThan(20)
    expect(bonds).toMatchObject({ wrong_status: '0', wrong_initiator: '0' })
  })

  it.each(['snake', 'swipes'])('%s is as it was written', async (name) => {
    const store = await openStore(urls[name]!, { mapping: plans[name]! })
    const verification = await store.verify(results[name]!.run.id)
    await store.close()
    expect(verification).toMatchObject({ difference: null })
    expect(verification.rows).toBeGreaterThanOrEqual(Object.values(results[name]!.rows).reduce((a, b) => a + b))
  })

  it('reports its rows by the names and counts of the tables that hold them', async () => {
    const names = sqlite('snake', "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'seed%'")
    const counted = names
      .filter((name) => !['sexes', 'tags', 'sqlite_sequence'].includes(name))
      .map((name) => [name, Number(sqlite('snake', `SELECT count(*) FROM "${name}"`)[0])] as const)
    expect(results.snake!.rows).toEqual(Object.fromEntries(counted.filter(([, rows]) => rows > 0)))
    const tables = await postgres(
      "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('people', 'activity')",
    )
    const rows: Record<string, number> = {}
    for (const table of tables.filter((name) => name !== 'people.Hobby')) {
      const [count] = await postgres(`SELECT count(*) FROM "${table.replace('.', '"."')}"`)
      if (Number(count) > 0) rows[table] = Number(count)
    }
    expect(results.swipes!.rows).toEqual(rows)
  })
})

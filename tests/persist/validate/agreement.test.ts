import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PrismaClient } from '../../../persist/generated/sqlite/client.ts'
import { openStore } from '../../../persist/index.ts'
import { type Validation, validateDatabase, validateRun } from '../../../persist/validate/index.ts'
import { measureWindow, readFindings } from '../../../persist/validate/measures.ts'
import { Sql } from '../../../persist/validate/sql.ts'
import { startRun } from '../../../run/index.ts'
import {
  createSimulation,
  DRIFT_METRICS,
  derive,
  deriveWindow,
  MarketMetrics,
  type Measures,
  mergeTallies,
  resolveConfig,
  type Tally,
} from '../../../sim/index.ts'

const DAYS = 31
const INPUT = {
  seed: 'agreement',
  count: 260,
  startDate: '2024-02-20',
  parameters: { policy: { arrivals: { perDay: 6 } } },
}

let folder: string
let client: PrismaClient
let tally: Tally
let validation: Validation

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-validate-'))
  const file = join(folder, 'run.db')
  const config = resolveConfig(INPUT as never)
  const store = await openStore(`file:${file}`)
  await startRun(store, resolveConfig({ ...INPUT, seed: 'before', count: 60 } as never), 3, { workers: 0 })
  await startRun(store, config, DAYS, { workers: 0 })
  await store.close()

  const run = createSimulation(INPUT as never)
  const metrics = new Map(
    run.markets.map((market) => [market, new MarketMetrics(market.people(), run.config.startDay)]),
  )
  for (let day = 0; day < DAYS; day++) run.runDay((market) => metrics.get(market))
  tally = mergeTallies([...metrics.values()].map((each) => each.tally()))

  client = new PrismaClient({ adapter: new PrismaLibSql({ url: pathToFileURL(file).href }) })
  validation = await validateDatabase(`file:${file}`, 'agreement')
}, 120_000)

afterAll(async () => {
  await client.$disconnect()
  rmSync(folder, { recursive: true })
})

function agree(sql: Measures, streamed: Measures, id: string): void {
  const a = sql[id]!
  const b = streamed[id]!
  expect(a.n, `${id}: observations`).toBe(b.n)
  if (Number.isNaN(b.value)) expect(a.value, id).toBeNaN()
  else expect(Math.abs(a.value - b.value), `${id}: ${a.value} by SQL, ${b.value} streamed`).toBeLessThan(1e-9)
}

describe('the database and the stream', () => {
  it('agree on every metric, count by count', () => {
    const streamed = derive(tally)
    const sql = Object.fromEntries(validation.metrics.map((row) => [row.metric.id, row])) as Measures
    expect(Object.keys(sql).sort()).toEqual(Object.keys(streamed).sort())
    for (const id of Object.keys(streamed)) agree(sql, streamed, id)
    const silent = Object.keys(streamed).filter((id) => streamed[id]!.n === 0 && id !== 'r.retention.30')
    expect(silent).toEqual([])
    expect(tally.vectors.stray![0]).toBe(0)
  })

  it('agree on a window of days', async () => {
    const [row] = await client.$queryRawUnsafe<{ id: number }[]>(`SELECT id FROM seed_runs WHERE seed = 'agreement'`)
    const sql = await Sql.of(client, 'sqlite', { id: row!.id, startMs: Date.UTC(2024, 1, 20) })
    const window = { from: 10, to: 30 }
    const found = await measureWindow(sql, await readFindings(sql, DAYS), window)
    for (const id of DRIFT_METRICS) agree(found, deriveWindow(tally, window), id)
  })

  it('agree on the intervals', () => {
    const streamed = derive(tally)
    for (const { metric, interval } of validation.metrics) {
      const other = streamed[metric.id]!.interval
      if (interval === null || other === null) expect(interval ?? other, metric.id).toBeNull()
      else for (const i of [0, 1] as const) expect(interval[i], metric.id).toBeCloseTo(other[i], 8)
    }
  })
})

describe('the checks of a sound run', () => {
  it('find nothing', () => {
    expect(validation.checks.filter(({ ok }) => ok === false)).toEqual([])
    expect(validation.checks.length).toBeGreaterThan(30)
  })

  it('tell a small run from a failing one', () => {
    expect(new Set(validation.metrics.map(({ verdict }) => verdict))).toEqual(new Set(['not asserted']))
    expect(validation.passed).toBe(true)
    expect(validation.run).toMatchObject({ seed: 'agreement', days: DAYS })
  })
})

describe('a run that is not there', () => {
  it('nor its database', async () => {
    await expect(validateDatabase(`file:${join(folder, 'other.db')}`)).rejects.toThrow(
      /there is no run of Mingle in .*other\.db/,
    )
    await expect(validateDatabase('memory:')).rejects.toThrow(/no SQL database/)
    const empty = join(folder, 'empty.db')
    new Database(empty).exec('CREATE TABLE other (id INTEGER)')
    await expect(validateDatabase(`file:${empty}`)).rejects.toThrow(/no run of Mingle/)
  })

  it('is refused', async () => {
    await expect(validateRun(client, 'sqlite', 'nobody')).rejects.toThrow(/no run "nobody"/)
    await expect(validateRun(client, 'sqlite')).rejects.toThrow(/2 runs \(before, agreement\)/)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOfLastDay, JOBS, parseAsOf, runJobs } from '../../jobs/index.ts'
import { DERIVED_TABLES, openStore, WRITTEN_BY } from '../../persist/index.ts'
import { extendRun } from '../../run/index.ts'
import { oracle } from './oracle.ts'
import { derivedTables, fillSite, onSite, withoutMoment } from './site.ts'

const DAYS = 8
const TOP = 12

let folder: string
let url: string
const execute = (...statements: string[]) =>
  onSite(url, async (backend) => {
    for (const sql of statements) await backend.execute(sql)
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-jobs-'))
  url = `file:${join(folder, 'site.db')}`
  await fillSite(url, 'jobs', 60, DAYS)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true }))

describe('jobs', () => {
  it('run in an order in which inputs come before what reads them, and each table has one writer', () => {
    const written = JOBS.flatMap(({ outputs }) => outputs)
    expect([...written].sort()).toEqual([...DERIVED_TABLES].sort())
    expect(Object.fromEntries(JOBS.flatMap(({ name, outputs }) => outputs.map((table) => [table, name])))).toEqual(
      WRITTEN_BY,
    )
    JOBS.forEach((job, i) => {
      const before = JOBS.slice(0, i)
      const needed = before.filter(({ outputs }) => outputs.some((table) => job.inputs.includes(table)))
      expect(needed.map(({ name }) => name)).toEqual(job.after)
      for (const other of JOBS.slice(i)) {
        expect(job.inputs.filter((table) => (other.outputs as readonly string[]).includes(table))).toEqual([])
      }
    })
  })

  it('compute what brute force computes, as of the end of the last day', async () => {
    const { asOf, jobs, status } = await runJobs(url, { options: { top: TOP } })
    expect(status).toBe('finished')
    expect(new Date(asOf).toISOString()).toBe('2024-01-09T00:00:00.000Z')
    const tables = await derivedTables(url)
    expect(withoutMoment(tables)).toEqual(oracle(join(folder, 'site.db'), asOf, TOP, 24))
    for (const [name, rows] of Object.entries(tables)) {
      expect(rows.length, name).toBeGreaterThan(20)
      expect(new Set(rows.map((row) => row.at(-1)))).toEqual(new Set([asOf]))
    }
    expect(jobs.every((job) => job.inserted === job.rows && job.updated + job.deleted === 0)).toBe(true)
    const found = tables.searchable_users!.map(([id]) => Number(id))
    expect(found.filter((id) => id > 90000)).toEqual([90001, 90004])
    expect(await onSite(url, (site) => site.query('SELECT count(*) FROM interest_dirty'))).toEqual([[0]])
  })

  it('change no row when they run again', async () => {
    const before = await derivedTables(url)
    const { jobs } = await runJobs(url, { options: { top: TOP } })
    expect(jobs.map(({ inserted, updated, deleted }) => inserted + updated + deleted)).toEqual(JOBS.map(() => 0))
    expect(await derivedTables(url)).toEqual(before)
  })

  it('give the same rows whatever the batches, and from nothing', async () => {
    const before = await derivedTables(url)
    await execute(...DERIVED_TABLES.map((table) => `DELETE FROM ${table}`))
    await runJobs(url, { options: { top: TOP, userBatchSize: 7, candidateBatchSize: 9 } })
    expect(await derivedTables(url)).toEqual(before)
  })

  it('go on where they were stopped, at every batch', async () => {
    const before = await derivedTables(url)
    await execute(...DERIVED_TABLES.map((table) => `DELETE FROM ${table}`))
    let stops = 0
    for (let calls = 0; ; ) {
      const controller = new AbortController()
      let batches = 0
      const result = await runJobs(url, {
        options: { top: TOP, userBatchSize: 8 },
        signal: controller.signal,
        onProgress: () => {
          if (++batches > calls) controller.abort()
        },
      })
      if (result.status === 'finished') break
      stops++
      calls += 1
      expect(stops).toBeLessThan(40)
    }
    expect(stops).toBeGreaterThan(8)
    expect(await derivedTables(url)).toEqual(before)
  })

  it('take a moment in the past, and come back', async () => {
    const before = await derivedTables(url)
    const asOf = parseAsOf('2024-01-04T12:00:00')
    await runJobs(url, { asOf, options: { top: TOP, halfLifeHours: 6 } })
    expect(withoutMoment(await derivedTables(url))).toEqual(oracle(join(folder, 'site.db'), asOf, TOP, 6))
    await runJobs(url, { options: { top: TOP } })
    expect(await derivedTables(url)).toEqual(before)
  })

  it('leave alone what they did not write, and take away what no longer holds', async () => {
    const before = await derivedTables(url)
    const [[user, candidate]] = before.match_scores as unknown as [[number, number]]
    const moment = "'2023-03-03T03:03:03.003+00:00'"
    await execute(
      `DELETE FROM match_scores WHERE user_id = ${user} AND candidate_id = ${candidate}`,
      `INSERT INTO match_scores VALUES (${user}, ${candidate}, 9, 9, 9, 9, ${moment}), (90003, 90002, 1, 1, 1, 1, ${moment})`,
      `INSERT INTO user_traits VALUES (${user}, 'premium', 1, ${moment})`,
      `UPDATE match_scores SET score = 0 WHERE user_id = ${Number(user) + 1}`,
      `DELETE FROM profiles WHERE user_id = 90004`,
      `INSERT INTO interest_dirty (interest_id, marked_at) VALUES (5, '2025-06-06 10:00:00')`,
      `DELETE FROM user_interests WHERE user_id = 90001 AND interest_id = 5`,
    )
    const { jobs } = await runJobs(url, { options: { top: TOP } })
    expect(jobs.find(({ job }) => job === 'match-scores')!.kept).toBe(1)
    const after = await derivedTables(url)
    const foreign = (rows: readonly (readonly unknown[])[]) => rows.filter((row) => row.at(-1) === 1677812583003)
    expect(foreign(after.match_scores!)).toHaveLength(2)
    expect(foreign(after.user_traits!)).toHaveLength(1)
    const own = (rows: readonly (readonly unknown[])[]) => rows.filter((row) => !foreign(rows).includes(row))
    const expected = oracle(join(folder, 'site.db'), parseAsOf('2024-01-08'), TOP, 24)
    for (const table of DERIVED_TABLES) {
      const wanted = expected[table]!.filter(([a, b]) => table !== 'match_scores' || a !== user || b !== candidate)
      expect(
        own(after[table]!).map((row) => row.slice(0, -1)),
        table,
      ).toEqual(wanted)
    }
  })

  it('after more days an incremental run equals a full one', async () => {
    const store = await openStore(url)
    await extendRun(store, 'jobs', { days: 3, join: 9 }, { workers: 0 })
    await store.close()
    const { asOf } = await runJobs(url)
    const incremental = await derivedTables(url)
    await execute(...DERIVED_TABLES.map((table) => `DELETE FROM ${table}`))
    await runJobs(url)
    const own = (tables: Record<string, readonly (readonly unknown[])[]>) =>
      Object.entries(tables).map(([name, rows]) => [name, rows.filter((row) => row.at(-1) === asOf)])
    const full = own(await derivedTables(url))
    // One of the best candidates is the site's own row still.
    const kept = new Set(
      incremental.match_scores!.filter((row) => row.at(-1) !== asOf).map((row) => `${row[0]} ${row[1]}`),
    )
    const but = (tables: typeof full) =>
      tables.map(([name, rows]) => [
        name,
        (rows as (readonly unknown[])[]).filter((row) => name !== 'match_scores' || !kept.has(`${row[0]} ${row[1]}`)),
      ])
    expect(but(own(incremental))).toEqual(but(full))
  })

  it.each([
    ['', async () => {}],
    [
      ', also of one that failed',
      async () => {
        throw new Error('half-way')
      },
    ],
  ])("know a hook's rows by their moment, and remove them with the jobs' own%s", async (_, end) => {
    const asOf = Date.UTC(2023, 5, 1)
    const at = "'2023-06-01T00:00:00.000+00:00'"
    const hook = async () => {
      await execute(
        'DELETE FROM user_traits',
        `INSERT INTO user_traits (user_id, trait, value, computed_at) SELECT min(id), 'own', 1, ${at} FROM users`,
        `INSERT INTO user_traits (user_id, trait, value, computed_at) SELECT min(id), 'else', 1, '2023-05-01' FROM users`,
      )
      await end()
    }
    const jobs = JOBS.filter(({ name }) => name === 'build-user-traits')
    await runJobs(url, { jobs, asOf, hooks: { 'build-user-traits': hook } }).catch((error) => {
      expect(error).toMatchObject({ code: 'JOB_FAILED', message: expect.stringContaining('half-way') })
    })
    const store = await openStore(url)
    try {
      expect(await store.derived('jobs')).toMatchObject({ user_traits: 1 })
      await store.resetDerived()
    } finally {
      await store.close()
    }
    expect(await onSite(url, (site) => site.query('SELECT trait FROM user_traits'))).toEqual([['else']])
  })

  it('take a date for its end, and a time as it is', () => {
    expect(() => endOfLastDay([])).toThrow(/give --as-of.*'mingle reset derived' removes/)
    expect(parseAsOf('2024-02-29')).toBe(Date.UTC(2024, 2, 1))
    expect(parseAsOf('2024-02-29T12:30')).toBe(Date.UTC(2024, 1, 29, 12, 30))
    expect(parseAsOf('2024-02-29 12:30:15.5Z')).toBe(Date.UTC(2024, 1, 29, 12, 30, 15, 500))
    expect(parseAsOf('2024-02-29T12:30:00+02:00')).toBe(Date.UTC(2024, 1, 29, 10, 30))
    for (const wrong of ['', 'now', '2024-02-30', '2024-13-01', '2024-02-29T25:00', '1709164800000']) {
      expect(() => parseAsOf(wrong)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    }
  })
})

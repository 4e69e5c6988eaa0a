import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Plan, skip, to } from '../../../../persist/index.ts'
import { fingerprintOf } from '../../../../persist/mapping/backend/fingerprint.ts'
import { configFromSettings, extendRun, resumeRun, startRun } from '../../../../run/index.ts'
import { bulk, dump, gently, inside, MAP, planOf, prepareTwoPersonKeys } from '../two-person-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-two-'))
const [empty, whole] = ['empty', 'whole'].map((name) => join(folder, `${name}.db`)) as [string, string]
const plan: Plan = planOf(MAP)
const CONFIG = configFromSettings({ seed: 'two', count: 60 })

beforeAll(async () => {
  await prepareTwoPersonKeys(empty)
  cpSync(empty, whole)
  const store = await gently(whole, plan)
  await startRun(store, CONFIG, 4, { workers: 0 })
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Refuses a row of a table that has a share of the whole run's. */
function cut(file: string, table: string, share: number): void {
  const rows = dump(whole)[table]!.length
  inside(file, (db) =>
    db.exec(
      `CREATE TRIGGER cut BEFORE INSERT ON "${table}" WHEN (SELECT count(*) FROM "${table}") >= ${Math.floor(rows * share)} BEGIN SELECT RAISE(ABORT, 'cut off'); END`,
    ),
  )
}

const mend = (file: string) => inside(file, (db) => db.exec('DROP TRIGGER cut'))

async function resume(file: string, open: typeof bulk) {
  const store = await open(file, plan)
  try {
    const { run } = await resumeRun(store, CONFIG.seed, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
  } finally {
    await store.close()
  }
}

describe('a gentle run onto a model whose key is two people, cut off in a day', () => {
  it.each([
    ['the bulk writer', [bulk]],
    ['the bulk writer, when another such was cut off too', [bulk, bulk]],
    ['either writer after the other', [bulk, gently, bulk]],
  ])('is resumed by %s', async (name, writers) => {
    const file = join(folder, `${name}.db`)
    cpSync(empty, file)
    cut(file, 'MemberSwipe', 0.6)
    const store = await gently(file, plan)
    await expect(startRun(store, CONFIG, 4, { workers: 0 })).rejects.toThrow(/cut off/)
    await store.close()
    for (const open of writers.slice(1)) await expect(resume(file, open)).rejects.toThrow(/cut off/)
    mend(file)
    await resume(file, writers[0]!)
    expect(dump(file)).toEqual(dump(whole))
    const announced = (db: string) =>
      inside(db, (d) =>
        d.prepare('SELECT day, chunk, table_name, rows FROM seed_run_days ORDER BY 1, 2, 3').raw().all(),
      )
    expect(announced(file)).toEqual(announced(whole))
  })
})

describe('a row whose constant the site changed', () => {
  it.each([
    ['a number for its key', 'UPDATE Member SET referral = NULL WHERE id = (SELECT max(id) FROM Member)', 'Member'],
    ['a hash for its key', "UPDATE Article SET state = 'hidden' WHERE id = (SELECT max(id) FROM Article)", 'Article'],
  ])("with %s is the run's all the same", async (name, sql, table) => {
    const file = join(folder, `${name}.db`)
    cpSync(whole, file)
    inside(file, (db) => expect(db.prepare(sql).run().changes).toBe(1))
    const store = await bulk(file, plan)
    const run = (await store.findRun(CONFIG.seed))!
    const { difference } = await store.verify(run.id)
    expect(difference).toMatchObject({ table })
    expect(difference!.foundRows).toBe(difference!.expectedRows)
    expect(await store.rows(run.id)).toMatchObject({ [table]: dump(whole)[table]!.length })
    await store.reset(run.id, 'all')
    await store.close()
    expect(dump(file)).toEqual({ Member: [], MemberSwipe: [], Article: [] })
  })
})

it('verify says no day where rows are summed over the whole run', async () => {
  const file = join(folder, 'day.db')
  cpSync(whole, file)
  inside(file, (db) => db.exec("UPDATE MemberSwipe SET via = 'web'"))
  const store = await bulk(file, plan)
  const { difference } = await store.verify((await store.findRun(CONFIG.seed))!.id)
  await store.close()
  expect(difference).toMatchObject({ day: null, table: 'MemberSwipe' })
})

describe('a run whose mapping was edited', () => {
  const edited = {
    ...MAP,
    user: to(
      'Member',
      { id: 'id', email: 'email' },
      { set: { referral: (row: Record<string, string>) => row.gender! } },
    ),
    post: skip(),
  }
  const OTHER = /another mapping, which differs in Article \(no longer mapped\), Member\.referral; nothing was written/

  it('is neither extended nor verified under the other', async () => {
    const file = join(folder, 'edited.db')
    cpSync(whole, file)
    const store = await bulk(file, planOf(edited))
    const run = (await store.findRun(CONFIG.seed))!
    await expect(extendRun(store, CONFIG.seed, { days: 1 }, { workers: 0 })).rejects.toThrow(OTHER)
    await expect(store.verify(run.id)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(OTHER),
    })
    await store.close()
    expect(dump(file)).toEqual(dump(whole))
    // A run of a version that kept no fingerprint is taken at its word.
    inside(file, (db) => db.exec("UPDATE seed_run_segments SET inputs = '{}'"))
    const again = await bulk(file, plan)
    await extendRun(again, CONFIG.seed, { days: 1 }, { workers: 0 })
    expect((await again.verify(run.id)).difference).toBeNull()
    await again.close()
  })

  it('is not removed under the other, nor asked what would be', async () => {
    const file = join(folder, 'edited-reset.db')
    cpSync(whole, file)
    const runs = () => inside(file, (db) => db.prepare('SELECT * FROM seed_runs').raw().all())
    const store = await bulk(file, planOf(edited))
    const run = (await store.findRun(CONFIG.seed))!
    const before = runs()
    for (const what of ['all', 'activity'] as const) {
      await expect(store.removal(run.id, what)).rejects.toThrow(OTHER)
      await expect(store.reset(run.id, what)).rejects.toThrow(OTHER)
    }
    await store.close()
    expect(dump(file)).toEqual(dump(whole))
    expect(runs()).toEqual(before)
  })

  it('is not resumed under the other', async () => {
    const file = join(folder, 'edited-cut.db')
    cpSync(empty, file)
    cut(file, 'MemberSwipe', 0.6)
    const store = await bulk(file, plan)
    await expect(startRun(store, CONFIG, 4, { workers: 0 })).rejects.toThrow(/cut off/)
    await store.close()
    mend(file)
    const other = await bulk(file, planOf(edited))
    await expect(resumeRun(other, CONFIG.seed, { workers: 0 })).rejects.toThrow(OTHER)
    await other.close()
    await resume(file, bulk)
  })

  it('goes on where only its words were changed', async () => {
    const same = { ...MAP, user: to('Member', { email: 'email', id: 'id' }, { set: { referral: 'simulated' } }) }
    expect(fingerprintOf(planOf(same))).toEqual(fingerprintOf(plan))
    const by = (make: (row: Record<string, string>) => string) =>
      fingerprintOf(planOf({ ...MAP, user: to('Member', { id: 'id', email: 'email' }, { set: { referral: make } }) }))
    expect(by((row) => `${row.city}!`)).toEqual(by(({ city }) => [city, '!'].join('')))
    expect(by((row) => `${row.city}!`)).not.toEqual(by((row) => `${row.city}?`))
  })
})

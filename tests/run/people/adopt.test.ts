import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, describe, expect, it } from 'vitest'
import { ledgerOf } from '../../../cli/ledger.ts'
import { openStore } from '../../../persist/index.ts'
import { adoptPeople, askedRunOf, configFromSettings, extendRun, startRun } from '../../../run/index.ts'
import { compareRuns, createSimulation, explainFeed, timelineOf } from '../../../sim/index.ts'
import { gatherRun, openRun } from '../../../studio/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-adopt-'))
afterAll(() => rmSync(folder, { recursive: true }))
const T = "'2023-01-01T00:00:00.000+00:00'"
const OWN = ['users', 'profiles', 'user_interests'] as const

/** A database with a run and 24 users of the site's own, the last without a profile. */
async function site(name: string) {
  const file = join(folder, `${name}.db`)
  const store = await openStore(`file:${file}`, { intoExisting: true })
  const { run } = await startRun(store, configFromSettings({ seed: 'mingle', count: 40 }), 2, { workers: 0 })
  const database = new Database(file)
  for (let id = 5001; id <= 5024; id++) {
    database.exec(`INSERT INTO users VALUES (${id}, 'u${id}@example.org', 'x', ${T})`)
    if (id === 5024) continue
    const [gender, seeks] = id % 2 === 0 ? ['woman', 'man'] : ['man', 'woman']
    database.exec(
      `INSERT INTO profiles (user_id, display_name, bio, birthdate, gender, seeks, intent, city, state, country, latitude, longitude, time_zone)
       VALUES (${id}, 'Emma ${id}', NULL, '1990-05-05T00:00:00.000+00:00', '${gender}', '${seeks}', 'dating', 'Austin', 'TX', 'US', 30.2, -97.7, 'America/Chicago')`,
    )
    database.exec(`INSERT INTO user_interests SELECT ${id}, id FROM interests ORDER BY id LIMIT 3`)
  }
  const rows = (sql: string) => database.prepare(sql).raw().all() as unknown[][]
  const own = () =>
    OWN.map((table) => rows(`SELECT * FROM ${table} WHERE ${table === 'users' ? 'id' : 'user_id'} > 5000`))
  return { store, run, rows, own, execute: (sql: string) => database.exec(sql) }
}

const all = { where: [], limit: 1000 }

describe('adopting', () => {
  it('gives people of the site a life in a run of their own, and leaves them as they were', async () => {
    const { store, rows, own } = await site('own')
    const before = own()
    const create = (count: number) => configFromSettings({ seed: 'staff', count })
    const { run, userIds } = await adoptPeople(
      store,
      'staff',
      { where: ['id < 5021', 'city = Austin'], limit: 15 },
      create,
    )
    expect(userIds).toEqual(Array.from({ length: 15 }, (_, i) => 5001 + i))
    const lived = await extendRun(store, 'staff', { days: 3 }, { workers: 0 })
    expect(lived.rows.users).toBeUndefined()
    expect(Number(rows('SELECT count(*) FROM sessions WHERE user_id > 5000')[0]![0])).toBeGreaterThan(10)
    expect((await store.verify(run.id)).difference).toBeNull()
    expect(own()).toEqual(before)
    await store.reset(run.id, 'all')
    expect(own()).toEqual(before)
    expect(rows('SELECT count(*) FROM sessions WHERE user_id > 5000')).toEqual([[0]])
    await store.close()
  })

  it('lets them join a run, whose replays no later edit of theirs changes', async () => {
    const { store, run, rows, own, execute } = await site('join')
    const adopted = await adoptPeople(store, { run: 'mingle' }, all, undefined)
    expect(adopted.people).toBe(24)
    await extendRun(store, 'mingle', { days: 2 }, { workers: 0 })
    execute(
      "UPDATE profiles SET gender = 'nonbinary', birthdate = '1970-01-01T00:00:00.000+00:00' WHERE user_id > 5000",
    )
    const before = own()
    // Without snapshots the days before are simulated again, and compared.
    await extendRun(store, 'mingle', { days: 1 }, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    expect(rows('SELECT count(*) FROM seed_people WHERE user_id > 5000')).toEqual([[24]])
    await expect(adoptPeople(store, 'mingle', all, undefined)).rejects.toThrow('nobody in')
    await store.reset(run.id, 'activity')
    expect(own()).toEqual(before)
    expect(rows('SELECT count(*) FROM seed_people')).toEqual([[40]])
    await store.close()
  })

  it.each([0, 2])('leaves a run that tools live again, grown and extended by %i days', async (days) => {
    const { store } = await site(`again-${days}`)
    const { people } = await adoptPeople(store, 'mingle', { ...all, limit: 3 }, undefined)
    if (days > 0) await extendRun(store, 'mingle', { days, join: 5 }, { workers: 0 })
    const run = (await store.findRun('mingle'))!
    const asked = await askedRunOf(run)
    expect(compareRuns(asked, asked)).toMatchObject({ equal: true, days: 2 + days })
    const ledger = ledgerOf(store)
    const report = await gatherRun(
      ledger,
      'mingle',
      () => [],
      () => {},
    )
    expect(report.replayed).toBe(run.digest)
    // As a page takes it: plain data, of which it makes a run.
    const { input } = structuredClone(await openRun(ledger, 'mingle'))
    const again = createSimulation(input)
    again.passDays(2 + days)
    expect(again.digest).toBe(run.digest)
    expect(again.config.people).toHaveLength(people)
    if (days > 0) {
      expect(explainFeed(asked, 41).length).toBeGreaterThan(0)
      expect(timelineOf(asked, 41, 0, 1 + days).days.at(-1)!.day).toBe(1 + days)
    }
    await store.close()
  })

  it('draws the same personality whoever else is adopted', async () => {
    const { store, rows } = await site('key')
    const create = (count: number) => configFromSettings({ seed: 's', count })
    const of = () => rows('SELECT archetype, sociability, engagement FROM seed_people WHERE user_id = 5010')
    const one = await adoptPeople(store, 's', { where: ['users.id = 5010'], limit: 1 }, create)
    const alone = of()
    await store.reset(one.run.id, 'all')
    await adoptPeople(store, 's', all, create)
    expect(of()).toEqual(alone)
    await store.close()
  })

  it.each([
    ['mood = x', "--where knows no column 'mood'; expected one of id, email"],
    ['city ~ x', '--where expects column'],
    ['id = x', "--where id expects a number, got 'x'"],
  ])('%s is refused', async (condition, says) => {
    const { store } = await site(`refused-${says.length}`)
    await expect(adoptPeople(store, 'mingle', { where: [condition], limit: 1 }, undefined)).rejects.toThrow(says)
    await store.close()
  })
})

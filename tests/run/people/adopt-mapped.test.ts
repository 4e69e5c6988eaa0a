import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore, type RunStore, skip, to } from '../../../persist/index.ts'
import { adoptPeople, configFromSettings, extendRun, startRun } from '../../../run/index.ts'
import { MAP, METADATA, OWN_ROWS, planOf } from '../../jobs/mapped-site.ts'
import { ask, siteFile } from '../../persist/mapping/attached.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-adopt-mapped-'))
const site = join(folder, 'site.db')
const rows = (sql: string) => ask(site, sql).map((row) => Object.values(row))
/** Who has looked at a note has no key of its own but the person and the note. */
const plan = planOf({ ...MAP, feed_seen: skip() })
let store: RunStore

/** Twelve people of the site, with texts for their keys, and what they did before. */
const PEOPLE = Array.from({ length: 12 }, (_, i) => {
  const sex = i % 2 === 0 ? "'F', 'man'" : "'M', 'woman'"
  return `INSERT INTO Member VALUES ('site-${i}', 'p${i}@site.test', 'P${i}', NULL, '1990-0${1 + (i % 9)}-05T00:00:00.000+00:00', ${sex}, 'relationship', '${
    i < 8 ? 'Austin' : 'Dallas'
  }', 'Texas', 'United States', 30.27, -97.74, 0, '2023-01-01T00:00:00.000+00:00')`
})
const before = () => ({
  members: rows(
    "SELECT * FROM Member WHERE id NOT IN (SELECT id FROM Member WHERE mail LIKE '%@example.com') ORDER BY id",
  ),
  notes: rows('SELECT * FROM Note WHERE id >= 500000 AND id < 600000'),
  tags: rows("SELECT * FROM MemberTag WHERE memberId LIKE 'own-%'"),
})
const of = (table: string, person: string) =>
  rows(`SELECT count(*) FROM "${table}" WHERE "${person}" LIKE 'site-%' AND id NOT IN (500000)`)[0]![0] as number

beforeAll(async () => {
  await siteFile(site, METADATA)
  store = await openStore(`file:${site}`, { mapping: plan, intoExisting: true })
  await startRun(store, configFromSettings({ seed: 'host', count: 30, startDate: '2024-01-01' }), 2, { workers: 0 })
  for (const sql of [...OWN_ROWS.filter((each) => !each.includes('INTO Look')), ...PEOPLE]) rows(sql)
}, 60_000)
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const adopt = (...where: string[]) => adoptPeople(store, 'host', { where, limit: 100 }, undefined)

it('adopts people by columns of the facts and by fields of the site, and gives them activity under their own keys', async () => {
  const untouched = before()
  const { people } = await adopt('town = Austin', 'gender = woman', 'Member.demo = false')
  expect(people).toBe(5)
  await extendRun(store, 'host', { days: 6 }, { workers: 0 })
  const sessions = of('Visit', 'memberId')
  expect(sessions).toBeGreaterThan(5)
  expect(
    rows("SELECT DISTINCT m.sex, m.town FROM Visit v JOIN Member m ON m.id = v.memberId WHERE m.id LIKE 'site-%'"),
  ).toEqual([['F', 'Austin']])
  rows("UPDATE Member SET sex = 'X', nick = 'Other' WHERE id = 'site-0'")
  await extendRun(store, 'host', { days: 2 }, { workers: 0 })
  const run = (await store.findRun('host'))!
  expect((await store.verify(run.id)).difference).toBeNull()
  expect(of('Visit', 'memberId')).toBeGreaterThan(sessions)
  rows("UPDATE Member SET sex = 'F', nick = 'P0' WHERE id = 'site-0'")
  // Who is adopted is nobody's to adopt again.
  expect((await adopt('town = Austin', 'gender = man')).people).toBe(6)
  await store.reset(run.id, 'all')
  expect(before()).toEqual(untouched)
  expect(rows('SELECT count(*) FROM Visit')).toEqual([[0]])
})

it('says what it cannot tell', async () => {
  const create = (count: number) => configFromSettings({ seed: 'staff', count })
  const like = to(
    'Fit',
    { from_user_id: 'memberId', to_user_id: 'otherId' },
    { set: { score: 1, km: 1 }, where: { action: 'LIKE' } },
  )
  const session = to('Member', { user_id: 'id', started_at: 'joined' }, { update: ['id'] })
  for (const [part, message] of [
    [{ like, match_score: skip() }, /rows of like → Fit are found by the person alone.*leave 'like' out/],
    [{ session }, /session → Member changes rows of people/],
  ] as const) {
    const other = await openStore(`file:${site}`, { mapping: planOf({ ...MAP, ...part }), intoExisting: true })
    await expect(adoptPeople(other, 'staff', { where: [], limit: 5 }, create)).rejects.toThrow(message)
    await other.close()
  }
  const asked = (where: string) => adoptPeople(store, 'staff', { where: [where], limit: 5 }, create)
  await expect(asked('shoe = 44')).rejects.toThrow(/no column 'shoe'; expected one of .*gender.* or Member\.id/)
  await expect(asked('demo = perhaps')).rejects.toThrow(/demo expects true or false, got 'perhaps'/)
  const { run, people } = await asked('town = Dallas')
  expect(people).toBe(4)
  await extendRun(store, 'staff', { days: 2 }, { workers: 0 })
  expect((await store.verify(run.id)).difference).toBeNull()
})

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../jobs/index.ts'
import { find, openStore, planMapping, to, trialSite } from '../../persist/index.ts'
import { estimate } from '../../run/forecast/estimate.ts'
import type { Sample } from '../../run/forecast/sample.ts'
import { checkIdWidth, checkSpace, configFromSettings, forecastRun, startRun } from '../../run/index.ts'
import { MAP, METADATA, planOf } from '../jobs/mapped-site.ts'
import { ask, siteFile } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-forecast-'))
afterAll(() => rmSync(folder, { recursive: true }))
const samples = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mingle-sample-'))

describe('what a run would come to', () => {
  it('is what it comes to, where the sample is the run itself; nothing is left behind', async () => {
    const before = samples()
    const config = configFromSettings({ seed: 'forecast', count: 60 })
    const url = 'file:./not-there/forecast.db'
    const told = await forecastRun(url, config, 4, { workers: 0, jobs: true }, () => 5e6)
    const store = await openStore('memory:', {})
    const { rows } = await startRun(store, config, 4, { workers: 0 })
    for (const [table, value] of Object.entries(rows)) expect(told.rows[table], table).toEqual({ value, error: 0 })
    expect(told.rows.searchable_users!.value).toBeGreaterThan(50)
    expect(told.total.value).toBe(Object.values(told.rows).reduce((sum, { value }) => sum + value, 0))
    expect(told.people.map(({ k }) => k)).toEqual([1, 2, 3])
    expect(told.space!.freeBytes).toBe(5e6)
    expect(told.diskBytes.value).toBeGreaterThan(500_000)
    expect(told.seconds.value).toBeGreaterThan(0)
    expect(existsSync('./not-there')).toBe(false)
    expect(samples()).toEqual(before)
  }, 60_000)

  it("is told by the site's own tables under a mapping, whatever database the site has", async () => {
    const config = configFromSettings({ seed: 'forecast', count: 60 })
    const file = join(folder, 'site.db')
    await siteFile(file, METADATA)
    const store = await openStore(`file:${file}`, { mapping: planOf() })
    const { rows } = await startRun(store, config, 4, { workers: 0 })
    await store.close()
    const { jobs } = await runJobs(`file:${file}`, { mapping: planOf() })
    const elsewhere = planMapping({ schema: '.', map: MAP }, { ...METADATA, provider: 'postgresql' })
    const site = { mapping: elsewhere, url: 'file:./not-there/site.db' }
    const told = await forecastRun(site.url, config, 4, { workers: 0, jobs: true, site }, () => 5e6)
    for (const [table, value] of Object.entries(rows)) expect(told.rows[table], table).toEqual({ value, error: 0 })
    expect(told.rows.Fit!.value).toBe(jobs.find(({ job }) => job === 'match-scores')!.rows)
    expect(Object.keys(told.rows).sort()).toEqual(
      [...Object.keys(rows), 'Findable', 'Fit', 'Hot', 'HotTag', 'TagPair', 'Trait'].sort(),
    )
    expect(ask(file, 'SELECT count(*) AS runs FROM seed_runs')).toEqual([{ runs: 1 }])
  }, 60_000)

  it("reads what is looked up in the site's database, and makes do with what will be asked for where it does not answer", async () => {
    const metadata = schema({
      Person: { id: 'Int id auto', mail: 'String', sexId: 'Int >Sex.id' },
      Sex: { id: 'Int id auto', slug: 'String unique', more: 'Json?', isShown: 'Boolean?' },
    })
    const map = {
      user: to('Person', {
        email: 'mail',
        gender: find('sexId', 'Sex.slug', { woman: 'f', man: 'm', nonbinary: 'x' }),
      }),
    }
    const plan = planMapping({ schema: '.', map }, metadata)
    const file = join(folder, 'looked-up.db')
    await siteFile(file, metadata, [
      "INSERT INTO Sex VALUES (7, 'f', '{\"a\": [1]}', 1), (8, 'm', 'true', 0), (9, 'x', null, null), (10, 'other', '2', 1)",
    ])
    const found = async (url: string, name: string) => {
      await trialSite(plan, url, join(folder, name))
      return ask(join(folder, name), 'SELECT id, slug FROM Sex ORDER BY id').map((row) => Object.values(row))
    }
    expect(await found(`file:${file}`, 'read.db')).toEqual([
      [7, 'f'],
      [8, 'm'],
      [9, 'x'],
      [10, 'other'],
    ])
    expect(ask(join(folder, 'read.db'), 'SELECT more, isShown FROM Sex WHERE id < 9')).toEqual([
      { more: '{"a": [1]}', isShown: 1 },
      { more: 'true', isShown: 0 },
    ])
    expect(await found('file:./not-there/site.db', 'made.db')).toEqual([
      [1, 'f'],
      [2, 'm'],
      [3, 'x'],
    ])
    const bare = join(folder, 'bare.db')
    await siteFile(bare, schema({ Person: { id: 'Int id auto' } }))
    expect(await found(`file:${bare}`, 'bare-made.db')).toHaveLength(3)
    ask(bare, 'CREATE TABLE Sex (id INTEGER PRIMARY KEY, word TEXT)')
    ask(bare, "INSERT INTO Sex VALUES (7, 'f')")
    expect(await found(`file:${bare}`, 'without-slug.db')).toHaveLength(3)
    ask(bare, 'DROP TABLE Sex')
    ask(bare, 'CREATE VIEW Sex AS SELECT * FROM gone')
    await expect(found(`file:${bare}`, 'broken.db')).rejects.toThrow('gone')
    const cities = planMapping(
      { schema: '.', map: { user: to('Person', { email: 'mail', city: find('sexId', 'Sex.slug') }) } },
      metadata,
    )
    await expect(trialSite(cities, 'file:./not-there/site.db', join(folder, 'none.db'))).rejects.toThrow(
      'looks for rows of Sex by slug',
    )
  })

  it('has an interval in which the rows lie when everybody lives alike, and a wider one the less alike they do', () => {
    const run = (likes: number): Sample['runs'][number] => ({
      people: { users: 1000 },
      days: Array.from({ length: 14 }, () => ({ likes })),
      seconds: likes,
    })
    const sample = (...likes: number[]): Sample => ({
      isItself: false,
      peopleEach: 1000,
      daysEach: 14,
      runs: likes.map(run),
      derived: {},
      bounded: [],
      jobs: [],
      bytes: { empty: 1000, full: 1000 + 50 * likes.reduce((sum, each) => sum + 1000 + 14 * each, 0) },
      opening: 1,
      memory: 1,
    })
    const alike = estimate(sample(100, 100, 100), 5000, 14)
    expect(alike.rows.likes).toEqual({ value: 5 * 14 * 100, error: 0 })
    expect(alike.rows.users).toEqual({ value: 5000, error: 0 })
    expect(alike.diskBytes.value).toBe(1000 + 50 * (5000 + 7000))
    const unlike = estimate(sample(90, 100, 110), 5000, 14)
    expect(unlike.rows.likes!.value).toBe(7000)
    // t(2) · s · N/n · √(1/3 + n/N), with s = 14 · 10
    expect(unlike.rows.likes!.error).toBe(Math.round(4.303 * 140 * 5 * Math.sqrt(1 / 3 + 1 / 5)))
    const longer = estimate(sample(100, 100, 100), 5000, 28)
    expect(longer.rows.likes!.value).toBe(14_000)
    expect(longer.rows.likes!.error).toBeGreaterThan(0)
  })

  it('is refused where the disk is too small', () => {
    const space = { folder: '/data', freeBytes: 90e6 }
    expect(() => checkSpace({ value: 80e6, error: 5e6 }, space)).not.toThrow()
    expect(() => checkSpace({ value: 80e6, error: 20e6 }, null)).not.toThrow()
    expect(() => checkSpace({ value: 80e6, error: 20e6 }, space)).toThrow(
      'needs 80 MB ± 20 MB of disk, and /data has 90 MB free',
    )
  })

  it('is refused where a table would have more rows than the database has ids', () => {
    const rows = (value: number) => ({ likes: { value: 10, error: 0 }, feed_seen: { value, error: null } })
    expect(() => checkIdWidth(rows(2 ** 31 - 1), 'file:./a.db')).not.toThrow()
    expect(() => checkIdWidth(rows(2 ** 31), 'file:./a.db')).toThrow(/2147483648 rows in feed_seen.*end at 2147483647/)
    for (const wide of ['parquet:./out', 'postgresql://localhost/a']) {
      expect(() => checkIdWidth(rows(2 ** 40), wide)).not.toThrow()
    }
  })
})

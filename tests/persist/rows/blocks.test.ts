import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import Database from 'libsql'
import { afterAll, describe, expect, it } from 'vitest'
import { accountsOf, countMarket, idsAfter, openStore } from '../../../persist/index.ts'
import { openConnection } from '../../../persist/sqlite/connection.ts'
import { ImageCopy } from '../../../persist/sqlite/image/copy.ts'
import { Image } from '../../../persist/sqlite/image/image.ts'
import { putVarint, varintLength } from '../../../persist/sqlite/image/varint.ts'
import { makeBlocks, throughBlocks } from '../backends/through-blocks.ts'
import { FEW, factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-blocks-'))
let files = 0
afterAll(() => rmSync(folder, { recursive: true }))

async function open(kind = 'file') {
  const store = await openStore(`${kind}:${join(folder, `${++files}`)}`, { texts: TEXTS })
  const { id } = await store.createRun(newRun('blocks', 30, 3))
  await store.writeProfiles(id, people(1, 30), true)
  return { store, id, site: new MadeUpSite('blocks', 30, 3) }
}

describe('blocks', () => {
  it.each(['ndjson', 'csv', 'parquet'])('are the same bytes and digests for any number of makers: %s', async (kind) => {
    const { store, id, site } = await open(kind)
    const facts = site.day(0)
    const setup = (await store.blockSetup(id))!
    const parts = [1, 2, 3].map((makers) => makeBlocks(setup, facts, makers)(setup.ids.next))
    expect(parts[1]).toEqual(parts[0])
    expect(parts[2]).toEqual(parts[0])
    const { contentDigests } = await store.writeDay(id, facts, [], factDigests(0))
    const accounts = accountsOf(parts[0]!.toReversed())
    expect(Object.fromEntries(Object.entries(accounts).map(([t, a]) => [t, a.contentDigest]))).toEqual(contentDigests)
    await store.close()
  })

  it('are asked again with other ids when others wrote meanwhile', async () => {
    const { store, id, site } = await open()
    const setup = (await store.blockSetup(id))!
    const facts = site.day(0)
    const make = makeBlocks(setup, facts, 2)
    make(setup.ids.next)
    const beside = new Database(store.url.slice('file:'.length))
    beside.exec("INSERT INTO posts (user_id, text) VALUES (1, 'mine')")
    const asked: number[] = []
    await store.writeBlocks(id, {
      day: 0,
      markets: facts.markets.map(countMarket),
      newcomers: [],
      factDigests: factDigests(0),
      blocks: async (bases) => {
        asked.push(bases.posts)
        return make(bases)
      },
    })
    expect(asked).toEqual([2])
    expect(beside.prepare('SELECT min(post_id) FROM feed_seen').raw().get()).toEqual([2])
    expect((await store.verify(id)).difference).toBeNull()
    expect(idsAfter(facts.markets.map(countMarket), setup.ids.next).posts).toBe(16)
    beside.close()
    await store.close()
  })

  it('are not taken where a trigger of the site watches a table, and rows go their old way', async () => {
    const { store, id, site } = await open()
    const beside = new Database(store.url.slice('file:'.length))
    beside.exec(
      'CREATE TABLE seen (n); CREATE TRIGGER t AFTER INSERT ON likes BEGIN INSERT INTO seen VALUES (new.id); END',
    )
    expect(await store.blockSetup(id)).toBeNull()
    await expect(throughBlocks(store).writeDay(id, site.day(0), [], factDigests(0))).rejects.toThrow('takes no blocks')
    const { rows } = await store.writeDay(id, new MadeUpSite('blocks', 30, 3).day(0), [], factDigests(0))
    expect(beside.prepare('SELECT count(*) FROM seen').raw().get()).toEqual([rows.likes])
    beside.close()
    await store.close()
  })

  it('and days of facts with many rows, which become images on this thread, give the same rows', async () => {
    const volume = { ...FEW, posts: 60, seen: 4000, views: 1500 }
    const written = await Promise.all(
      ['blocks', 'facts'].map(async (way) => {
        const path = join(folder, `${++files}`)
        const store = await openStore(`file:${path}`, { texts: TEXTS })
        const { id } = await store.createRun(newRun('many', 300, 2))
        await store.writeProfiles(id, people(1, 300), true)
        const site = new MadeUpSite('many', 300, 1, volume)
        const into = way === 'blocks' ? throughBlocks(store) : store
        for (const day of [0, 1]) await into.writeDay(id, site.day(day), [], factDigests(day))
        expect((await store.verify(id)).difference).toBeNull()
        await store.close()
        const database = new Database(path)
        const tables = ['feed_seen', 'profile_views', 'likes', 'messages', 'seed_run_days']
        const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table}`).raw().all())
        database.close()
        return rows
      }),
    )
    expect(written[0]![0]!.length).toBeGreaterThan(2000)
    expect(written[1]).toEqual(written[0])
    expect(readdirSync(folder).filter((name) => name.includes('-image-'))).toEqual([])
  })

  it('leave no file behind, also those of a process that was killed', async () => {
    const { store, id, site } = await open()
    const path = store.url.slice('file:'.length)
    const left = `${path}-image-999999999-0-7`
    new Image(left).finish()
    await throughBlocks(store).writeDay(id, site.day(0), [], factDigests(0))
    expect(readdirSync(folder)).not.toContain(left.slice(folder.length + 1))
    await store.close()
    expect(readdirSync(folder).filter((name) => name.includes('-image-'))).toEqual([])
  })

  it('go on in a ledger of the former layout as facts, digested as before', async () => {
    const { store, id, site } = await open()
    const path = store.url.slice('file:'.length)
    await store.close()
    const beside = new Database(path)
    beside.exec("UPDATE seed_run_segments SET bases = '{}'; DELETE FROM seed_run_days")
    const again = await openStore(`file:${path}`, { texts: TEXTS })
    expect(await again.blockSetup(id)).toBeNull()
    const first = await again.writeDay(id, site.day(0), [], factDigests(0))
    const memory = await openStore('memory:', { texts: TEXTS })
    const { id: other } = await memory.createRun(newRun('blocks', 30, 3))
    await memory.writeProfiles(other, people(1, 30), true)
    const now = await memory.writeDay(other, new MadeUpSite('blocks', 30, 3).day(0), [], factDigests(0))
    expect(first.rows).toEqual(now.rows)
    expect(first.contentDigests.likes).not.toBe(now.contentDigests.likes)
    beside.exec('UPDATE seed_runs SET people = 0')
    expect((await again.verify(id)).difference).toBeNull()
    beside.exec("UPDATE likes SET action = 'LIKE' WHERE id = (SELECT id FROM likes WHERE action = 'DISLIKE')")
    expect((await again.verify(id)).difference).toMatchObject({ day: 0, table: 'likes' })
    beside.close()
    await again.close()
  })
})

describe('an image', () => {
  const shape = {
    ...{ table: 't "x"', key: 'id', order: ['id'] },
    columns: { id: 'id', whole: 'int', real: 'float', at: 'time', civil: 'date', words: 'text' },
  } as const
  const value = fc.record({
    whole: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -300, max: 300 }), fc.integer(), fc.constant(Number.NaN)),
    real: fc.double(),
    at: fc.integer({ min: 0, max: 4e12 }),
    words: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 9000, maxLength: 20_000 }))),
  })

  it('holds the values that SQLite reads', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 40 }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.nat(),
        (rows, first, cut) => {
          const path = join(folder, `image ${++files}`)
          const image = new Image(path)
          const batch = (from: number, to: number) => ({
            shape,
            rows: to - from,
            columns: {
              id: Float64Array.from(rows.slice(from, to), (_, i) => first + from + i),
              whole: Float64Array.from(rows.slice(from, to), (row) => row.whole),
              real: Float64Array.from(rows.slice(from, to), (row) => row.real),
              at: Float64Array.from(rows.slice(from, to), (row) => row.at),
              civil: rows.slice(from, to).map(() => '2024-02-29'),
              words: rows.slice(from, to).map((row) => row.words),
            },
          })
          const middle = cut % (rows.length + 1)
          image.add(batch(0, middle))
          image.add(batch(middle, rows.length))
          image.finish()
          const database = new Database(path)
          expect(database.prepare('PRAGMA integrity_check').raw().all()).toEqual([['ok']])
          const found = database.prepare('SELECT rowid, * FROM "t ""x"""').raw().all()
          const nothing = (number: number) => (Number.isNaN(number) ? null : number)
          expect(found).toEqual(
            rows.map(({ whole, real, at, words }, i) => [
              ...[first + i, nothing(whole), nothing(real)],
              ...[new Date(at).toISOString().replace('Z', '+00:00'), '2024-02-29T00:00:00.000+00:00', words],
            ]),
          )
          database.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  // A site's key may be no name of SQLite's row ids, and no table of it may count; a mapping may leave numbers out.
  it.each([
    ['INTEGER PRIMARY KEY AUTOINCREMENT', [1, 2, 3]],
    ['INTEGER PRIMARY KEY', [1, 2, 3]],
    ['INTEGER PRIMARY KEY', [5, 9, 12]],
    ['INTEGER PRIMARY KEY DESC', [1, 2, 3]],
    ['BIGINT PRIMARY KEY', [1, 2, 3]],
    ['BIGINT NOT NULL PRIMARY KEY', [2, 4, 2 ** 40]],
    ['UNSIGNED BIG INT UNIQUE', [1, 2, 3]],
  ])('gives rows their own ids where the key is %s, ids %j', async (key, ids) => {
    const connection = openConnection(join(folder, `copied ${++files}`))
    connection.exec(`CREATE TABLE t (id ${key}, s TEXT)`)
    const copy = new ImageCopy(connection)
    for (const start of [0, 2 ** 30]) {
      const rows = ids.map((id) => start + id)
      const batch = {
        shape: { table: 't', key: 'id', order: ['id'], columns: { id: 'id', s: 'text' } },
        rows: 3,
        columns: { id: Float64Array.from(rows), s: rows.map((id) => `row ${id}`) },
      } as const
      connection.exec('BEGIN')
      expect(await copy.insertBatch(batch, join(folder, `image ${++files}`))).toBe(true)
      connection.exec('COMMIT')
      copy.release()
      const found = connection
        .prepare('SELECT id, s FROM t WHERE id IN (?, ?, ?) ORDER BY id')
        .raw()
        .all(...rows)
      expect(found).toEqual(rows.map((id) => [id, `row ${id}`]))
    }
    connection.close()
  })

  it('refuses a row that no page can hold', () => {
    const image = new Image(join(folder, `image ${++files}`))
    const batch = {
      shape: { table: 't', key: 'id', order: ['id'], columns: { id: 'id', s: 'text' } },
      rows: 1,
      columns: { id: Float64Array.of(1), s: ['x'.repeat(70_000)] },
    } as const
    expect(() => image.add(batch)).toThrow(RangeError)
    image.abandon()
  })

  it('writes numbers in as few bytes as SQLite does', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(400), fc.maxSafeNat()), (number) => {
        const bytes = new Uint8Array(9)
        const length = putVarint(bytes, 0, number)
        expect(length).toBe(varintLength(number))
        let read = 0n
        for (let i = 0; i < length; i++) {
          expect(bytes[i]! >= 128).toBe(i < length - 1)
          read = (read << 7n) | BigInt(bytes[i]! & 127)
        }
        expect(read).toBe(BigInt(number))
      }),
    )
  })
})

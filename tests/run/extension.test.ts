import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadFolder, openStore, type RunStore } from '../../persist/index.ts'
import { configFromSettings, extendRun, loadExtension, startRun } from '../../run/index.ts'
import { digestOfWaves, loaded, wavesLife } from './waves.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-extension-'))
const file = join(folder, 'site.db')
let store: RunStore
beforeAll(async () => {
  store = await openStore(`file:${file}`, { intoExisting: true })
  await startRun(store, configFromSettings({ seed: 'plain', count: 5 }), 1, { workers: 0 })
}, 60_000)
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
const config = () => configFromSettings({ seed: 'waves', count: 60 })

describe('facts of an extension', () => {
  it('are rows of tables of their own, written with the day, verified and removed like all others', async () => {
    const life = await wavesLife(`file:${join(folder, 'waves.db')}`)
    const [waves, ratings] = life.rows as [unknown[][], unknown[][]]
    expect(waves.length).toBeGreaterThan(40)
    expect(ratings.length).toBeGreaterThan(5)
    expect(new Set(waves.map(([, , , how]) => how))).toEqual(new Set(['left hand', "the cat's paw"]))
    // Each follows from a like the other way, of an earlier day.
    expect(life.joined).toEqual([[waves.length]])
    expect(life.posts).toEqual([[ratings.length]])
    expect(life.whole.rows).toMatchObject({ waves: waves.length, ratings: ratings.length })
    expect(life.whole.digest).toBe(digestOfWaves(4))
    // The replay of the first two days was compared with these.
    expect(life.first[1]!.factDigests.length).toBe(11)
    expect(life.before).toBeNull()
    expect(life.after).toMatchObject({ table: 'waves' })
    expect(life.removal.rows.waves).toBe(waves.length)
    expect(life.emptied).toEqual([0, 0])
  })

  it.each(['ndjson', 'parquet'])('go into %s files, and with them into a database', async (format) => {
    const url = `${format}:${join(folder, format)}`
    const files = await openStore(url)
    const options = { workers: 0, extension: loaded }
    const { run } = await startRun(files, config(), 2, options)
    const whole = await extendRun(files, 'waves', { days: 2 }, options)
    expect(whole.digest).toBe(digestOfWaves(4))
    expect(await files.verify(run.id)).toMatchObject({ difference: null, strayFiles: [] })
    const database = join(folder, `${format}.db`)
    const { rows } = await loadFolder(url, `file:${database}`)
    const { waves, ratings } = whole.rows
    expect(rows).toMatchObject({ waves, ratings })
    const site = new Database(database)
    const joined = site.prepare(
      'SELECT count(*) FROM waves w JOIN likes l ON l.from_user_id = w.to_id AND l.to_user_id = w.from_id WHERE l.created_at < w.waved_at',
    )
    expect(joined.raw().get()).toEqual([waves])
    site.close()
    const there = await openStore(`file:${database}`)
    expect((await there.verify(1)).difference).toBeNull()
    await there.close()
    await files.reset(run.id, 'activity')
    expect(
      readdirSync(join(folder, format, 'waves'), { recursive: true }).filter((name) => /\./.test(String(name))),
    ).toEqual([])
    await files.close()
  })

  it('go to a table that is there when it has the columns, and nowhere when it lacks one', async () => {
    const site = new Database(file)
    site.exec(
      'CREATE TABLE ratings (id INTEGER PRIMARY KEY, user_id INTEGER, post_id INTEGER, stars INTEGER, why TEXT)',
    )
    site.exec('CREATE TABLE waves (id INTEGER PRIMARY KEY, from_id INTEGER)')
    const options = { workers: 0, extension: loaded }
    await expect(startRun(store, config(), 1, options)).rejects.toThrow('waves is there and has no column to_id')
    expect(await store.findRun('waves')).toBeNull()
    site.exec('DROP TABLE waves; INSERT INTO ratings VALUES (7, 1, 1, 5, NULL)')
    const { run } = await startRun(store, config(), 3, options)
    const least = site.prepare('SELECT min(id) FROM ratings WHERE id <> 7').raw().get() as unknown as number[]
    expect(least[0]).toBe(8)
    await store.reset(run.id, 'all')
    expect(site.prepare('SELECT id FROM ratings').raw().all()).toEqual([[7]])
    site.close()
  })

  it('belong to their run: another extension, one too many, or a file that is gone is refused', async () => {
    const options = { workers: 0, extension: loaded }
    await startRun(store, config(), 1, options)
    const more = { days: 1 }
    await expect(extendRun(store, 'waves', more, { workers: 0 })).rejects.toThrow(
      "extension 'waves': there is no extension waves.ts",
    )
    const other = { ...loaded, extension: { ...loaded.extension, name: 'nods' } }
    await expect(extendRun(store, 'waves', more, { workers: 0, extension: other })).rejects.toThrow(
      "waves.ts is 'nods'",
    )
    await expect(extendRun(store, 'plain', more, options)).rejects.toThrow('made without an extension')
    const memory = await openStore('memory:')
    await expect(startRun(memory, config(), 1, options)).rejects.toThrow('go to SQLite, PostgreSQL')
  })

  it.each([
    ['no rows', { kind: 'a', columns: ['k'] }, 'no table is named'],
    [
      'a table of ours',
      { kind: 'a', columns: ['k'], rows: { table: 'users', columns: { x: { person: 'k' } } } },
      "is 'users'",
    ],
    [
      'a column that is none',
      { kind: 'a', columns: ['k'], rows: { table: 'as', columns: { x: { person: 'j' } } } },
      'as.x is {"person":"j"}',
    ],
    [
      'words without a list',
      { kind: 'a', columns: ['k'], rows: { table: 'as', columns: { x: { word: 'k' } } } },
      'a word needs of',
    ],
  ])('%s is refused', async (_, fact, says) => {
    const extension = { file: 'x.ts', extension: { name: 'x', facts: [fact], attach: () => ({ handle() {} }) } }
    const unwritten = configFromSettings({ seed: 'never', count: 5 })
    await expect(startRun(store, unwritten, 1, { workers: 0, extension: extension as never })).rejects.toThrow(says)
  })

  it('are loaded from JavaScript and TypeScript, by the default or the only export', async () => {
    const module = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const body = "{ name: 'a', attach: () => ({ handle() {} }) }"
    expect((await loadExtension(module('a.mjs', `export default ${body}`))).extension.name).toBe('a')
    expect(
      (await loadExtension(module('b.ts', `export const x: object = ${body}\nexport const y = 1`))).extension.name,
    ).toBe('a')
    await expect(loadExtension(module('c.mjs', `export const a = ${body}, b = ${body}`))).rejects.toThrow(
      'exports 2 extensions',
    )
    await expect(loadExtension(module('d.mjs', 'export default 1'))).rejects.toThrow('exports no extension')
    for (const name of ['f.mjs', 'f.ts']) {
      const imports = `import { defineConfig } from 'mingle'\nimport { createSimulation } from 'mingle/sim'\n`
      const named = `export default { name: defineConfig.name + createSimulation.name, attach: () => ({ handle() {} }) }`
      const { extension } = await loadExtension(module(name, imports + named))
      expect(extension.name, 'a project without the package').toBe('defineConfigcreateSimulation')
    }
    await expect(loadExtension(module('e.mjs', 'nonsense('))).rejects.toThrow('cannot be loaded')
  })
})

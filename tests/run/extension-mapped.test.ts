import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockAndReport } from '../../examples/block-and-report.ts'
import {
  as,
  type MingleConfig,
  openStore,
  ownTables,
  planMapping,
  problemText,
  skip,
  to,
  validateMapped,
  withOwnFacts,
} from '../../persist/index.ts'
import { configFromSettings, extendRun, forecastRun, startRun } from '../../run/index.ts'
import { ask, siteFile } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'
import { digestOfWaves, loaded } from './waves.ts'

/** Waves have a model with words of its own; ratings are called as the extension calls them. */
const METADATA = schema(
  {
    Member: { id: 'String id cuid', mail: 'String unique', joined: 'DateTime' },
    Note: { id: 'Int id auto', authorId: 'String >Member.id', words: 'String', at: 'DateTime' },
    Ping: {
      id: 'Int id auto',
      fromId: 'String >Member.id',
      toId: 'String >Member.id',
      way: 'Way enum',
      at: 'DateTime',
      day: 'String',
    },
    ratings: { id: 'String id uuid', user_id: 'String >Member.id', post_id: 'Int >Note.id', stars: 'Int' },
  },
  { enums: { Way: ['LEFT', 'PAW'] } },
)
const MAP: MingleConfig['map'] = {
  user: to('Member', { email: 'mail', created_at: 'joined' }),
  post: to('Note', { id: 'id', user_id: 'authorId', text: 'words', created_at: 'at' }),
  wave: to(
    'Ping',
    {
      from_id: 'fromId',
      to_id: 'toId',
      how: as('way', { 'left hand': 'LEFT', "the cat's paw": 'PAW' }),
      waved_at: 'at',
    },
    { set: { day: (row) => row.day.toISOString().slice(0, 10) } },
  ),
}
const planOf = (map: MingleConfig['map'] = MAP, more: Partial<MingleConfig> = {}) =>
  planMapping({ schema: '.', map, ...more }, METADATA)
const folder = mkdtempSync(join(tmpdir(), 'mingle-extension-mapped-'))
const reference = join(folder, 'reference.db')
const options = { workers: 0, extension: loaded }
const config = () => configFromSettings({ seed: 'waves', count: 60 })
const rows = (file: string, sql: string) => ask(file, sql).map((row) => Object.values(row))

beforeAll(async () => {
  const store = await openStore(`file:${reference}`)
  await startRun(store, config(), 4, options)
  await store.close()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('facts of an extension under a mapping', () => {
  it.each(['bulk', 'prisma'])('are rows of the models of the site, by the %s writer', async (writer) => {
    const file = join(folder, `${writer}.db`)
    await siteFile(file, METADATA, [
      "INSERT INTO Member VALUES ('own', 'own@site.test', '2023-01-01T00:00:00.000+00:00')",
      "INSERT INTO Ping VALUES (7, 'own', 'own', 'PAW', '2023-01-01T00:00:00.000+00:00', '2023-01-01')",
    ])
    const plan = planOf()
    const store = await openStore(`file:${file}`, {
      mapping: plan,
      writer,
      intoExisting: true,
      ...(writer === 'prisma' && { pauseMs: 0 }),
    })
    const { run } = await startRun(store, config(), 2, options)
    const whole = await extendRun(store, 'waves', { days: 2 }, options)
    expect(whole.digest).toBe(digestOfWaves(4))
    const waves = rows(
      reference,
      `SELECT a.email, b.email, CASE w.how WHEN 'left hand' THEN 'LEFT' ELSE 'PAW' END, w.waved_at, substr(w.waved_at, 1, 10)
       FROM waves w JOIN users a ON a.id = w.from_id JOIN users b ON b.id = w.to_id ORDER BY w.id`,
    )
    expect(waves.length).toBeGreaterThan(40)
    expect(
      rows(
        file,
        `SELECT a.mail, b.mail, p.way, p.at, p.day FROM Ping p JOIN Member a ON a.id = p.fromId JOIN Member b ON b.id = p.toId
         WHERE p.id <> 7 ORDER BY p.id`,
      ),
    ).toEqual(waves)
    expect(
      rows(
        file,
        'SELECT m.mail, n.at, r.stars FROM ratings r JOIN Member m ON m.id = r.user_id JOIN Note n ON n.id = r.post_id ORDER BY 2, 1',
      ),
    ).toEqual(
      rows(
        reference,
        'SELECT u.email, p.created_at, r.stars FROM ratings r JOIN users u ON u.id = r.user_id JOIN posts p ON p.id = r.post_id ORDER BY 2, 1',
      ),
    )
    expect(whole.rows).toMatchObject({ Ping: waves.length })
    expect((await store.verify(run.id)).difference).toBeNull()
    const [[ping]] = rows(file, 'SELECT max(id) FROM Ping') as [[number]]
    rows(file, `UPDATE Ping SET day = 'never' WHERE id = ${ping}`)
    expect((await store.verify(run.id)).difference).toMatchObject({ table: 'Ping' })
    await store.close()
    // A store that was told of no extension goes by the ledger.
    const later = await openStore(`file:${file}`, { mapping: plan })
    expect((await later.verify(run.id)).difference).toMatchObject({ table: 'Ping' })
    expect((await validateMapped(`file:${file}`, plan)).run.seed).toBe('waves')
    await later.reset(run.id, 'activity')
    expect(rows(file, 'SELECT count(*) FROM Ping UNION ALL SELECT count(*) FROM ratings')).toEqual([[1], [0]])
    await later.reset(run.id, 'all')
    expect(rows(file, 'SELECT id FROM Member')).toEqual([['own']])
    await later.close()
  })

  it('go by the run: one without the extension lives beside one with it where the configuration names it', async () => {
    const file = join(folder, 'two.db')
    await siteFile(file, METADATA)
    const named = await openStore(`file:${file}`, { mapping: planOf() })
    const plain = configFromSettings({ seed: 'plain', count: 5 })
    await expect(startRun(named, plain, 1, { workers: 0 })).rejects.toThrow("there is no fact 'wave'")
    await named.close()
    const store = await openStore(`file:${file}`, { mapping: planOf(MAP, { extension: './waves.ts' }) })
    const with_ = await startRun(store, config(), 1, options)
    const without = await startRun(store, plain, 1, { workers: 0 })
    await extendRun(store, 'waves', { days: 1 }, options)
    await extendRun(store, 'plain', { days: 1 }, { workers: 0 })
    for (const { run } of [with_, without]) expect((await store.verify(run.id)).difference).toBeNull()
    await store.reset(with_.run.id, 'all')
    expect((await store.verify(without.run.id)).difference).toBeNull()
    await store.close()
  })

  it.each([
    [
      'a fact that goes nowhere',
      { wave: undefined },
      "the extension's facts 'wave' go nowhere: no model is called waves",
    ],
    [
      'a word that is missing',
      { wave: to<string, string>('Ping', { how: as('way', { 'left hand': 'LEFT' }) }) },
      "how: as('way', { 'left hand': 'LEFT', 'the cat\\'s paw': 'PAW' }),",
    ],
    [
      'a column that is none',
      { wave: to<string, string>('Ping', { nobody: 'fromId' }) },
      "the fact has no column 'nobody'",
    ],
    ['a fact of nobody', { wave: skip(), wafe: to('Ping', {}) }, "there is no fact 'wafe'"],
  ])('%s is found before anything is written', async (_, map, says) => {
    const tables = ownTables('waves', loaded.extension.facts!)
    const { problems } = withOwnFacts(planOf({ ...MAP, ...map } as MingleConfig['map']), tables)
    expect(problems.map(problemText).join('\n')).toContain(says)
  })

  it('are all that a mapping may name beside those of Mingle, as soon as the extension was asked', async () => {
    const slip = { ...MAP, mesage: to('Ping', {}) } as MingleConfig['map']
    const unasked = planOf(slip, { extension: './waves.ts' })
    expect(unasked.problems).toEqual([])
    const without = withOwnFacts(unasked, [], ['wave', 'rating'])
    expect(without.problems.map(({ source }) => source)).toEqual(['mesage'])
    const file = join(folder, 'slip.db')
    await siteFile(file, METADATA)
    const store = await openStore(`file:${file}`, { mapping: without })
    const plain = configFromSettings({ seed: 'plain', count: 5 })
    const { name, attach } = loaded.extension
    const silent = { ...loaded, extension: { name, attach } }
    for (const extension of [undefined, silent, loaded]) {
      const starting = startRun(store, plain, 1, { workers: 0, ...(extension && { extension }) })
      await expect(starting).rejects.toThrow("there is no fact 'mesage'")
    }
    expect(await store.listRuns()).toEqual([])
    await store.close()
  })

  it('are counted by a dry run, whatever database the site has', async () => {
    const away = {
      ...METADATA,
      provider: 'postgresql' as const,
      models: METADATA.models.map((model) => {
        if (model.name === 'ratings') return { ...model, name: 'Rating', schema: 'talk' }
        return model.name === 'Ping' ? { ...model, schema: 'talk' } : model
      }),
    }
    const mapping = planMapping({ schema: '.', map: MAP, extension: './waves.ts' }, away)
    const site = { mapping, url: 'file:./not-there/site.db' }
    const told = await forecastRun(site.url, config(), 2, { ...options, jobs: false, site }, () => 5e6)
    const file = join(folder, 'counted.db')
    await siteFile(file, METADATA)
    const store = await openStore(`file:${file}`, { mapping: planOf() })
    const { rows } = await startRun(store, config(), 2, options)
    await store.close()
    expect(told.rows['talk.Ping']).toEqual({ value: rows.Ping, error: 0 })
    expect(told.rows['talk.ratings']).toEqual({ value: rows.ratings, error: 0 })
    const slip = planMapping({ schema: '.', map: { ...MAP, wave: to('Ping', { nobody: 'fromId' }) } }, away)
    const wrong = forecastRun(site.url, config(), 2, { ...options, jobs: false, site: { ...site, mapping: slip } })
    await expect(wrong).rejects.toThrow("the fact has no column 'nobody'")
  })

  it('may share a model with other facts, whose rows of a run without the extension keep their numbers', async () => {
    const metadata = schema({
      Member: { id: 'String id cuid', mail: 'String unique', joined: 'DateTime' },
      Event: { id: 'Int id auto', kind: 'String', by: 'String >Member.id', about: 'String >Member.id', at: 'DateTime' },
    })
    const map: MingleConfig['map'] = {
      user: to('Member', { email: 'mail', created_at: 'joined' }),
      like: to(
        'Event',
        { id: 'id', from_user_id: 'by', to_user_id: 'about', created_at: 'at' },
        { set: { kind: 'like' }, where: { action: 'LIKE' } },
      ),
      wave: to('Event', { from_id: 'by', to_id: 'about', waved_at: 'at' }, { set: { kind: 'wave' } }),
      rating: skip(),
    }
    const file = join(folder, 'shared.db')
    await siteFile(file, metadata)
    const mapping = planMapping({ schema: '.', map, extension: './waves.ts' }, metadata)
    const store = await openStore(`file:${file}`, { mapping })
    const plain = configFromSettings({ seed: 'plain', count: 30 })
    const without = await startRun(store, plain, 2, { workers: 0 })
    const with_ = await startRun(store, config(), 2, options)
    await extendRun(store, 'plain', { days: 1 }, { workers: 0 })
    await extendRun(store, 'waves', { days: 1 }, options)
    const kinds = 'SELECT kind, count(*) > 20 FROM Event GROUP BY kind ORDER BY kind'
    expect(rows(file, kinds)).toEqual([
      ['like', 1],
      ['wave', 1],
    ])
    for (const { run } of [with_, without]) expect((await store.verify(run.id)).difference).toBeNull()
    await store.reset(with_.run.id, 'all')
    expect((await store.verify(without.run.id)).difference).toBeNull()
    expect(rows(file, "SELECT count(*) FROM Event WHERE kind = 'wave'")).toEqual([[0]])
    await store.close()
  })

  it('are mapped as docs/extending.md says', async () => {
    const root = join(import.meta.dirname, '../..')
    const section = readFileSync(join(root, 'docs/extending.md'), 'utf8').split('## Into your own schema')[1]!
    const [, code] = /```ts\n([\s\S]*?)```/.exec(section)!
    const from = join(root, 'persist/mapping/config/config.ts')
    writeFileSync(join(folder, 'docs.ts'), `import { as, defineConfig, to } from '${from}'\n${code}`)
    const { default: told } = (await import(join(folder, 'docs.ts'))) as { default: MingleConfig }
    const person = 'String >User.id'
    const metadata = schema(
      {
        User: { id: 'String id cuid', email: 'String unique' },
        Block: { blockerId: person, blockedId: person, createdAt: 'DateTime' },
        Report: {
          id: 'String id uuid',
          reporterId: person,
          reportedId: person,
          reason: 'Reason enum',
          createdAt: 'DateTime',
        },
      },
      { enums: { Reason: ['RUDE', 'SPAM', 'FAKE'] }, keys: { Block: ['blockerId', 'blockedId'] } },
    )
    const { name, facts } = blockAndReport
    expect(withOwnFacts(planMapping(told, metadata), ownTables(name, facts!)).problems.map(problemText)).toEqual([])
  })

  it('may be left out, and may share a unique that the extension vouches for', async () => {
    const tables = ownTables('waves', loaded.extension.facts!)
    expect(withOwnFacts(planOf({ ...MAP, wave: skip() }), tables).problems).toEqual([])
    const one = {
      ...METADATA,
      models: METADATA.models.map((model) =>
        model.name === 'Ping' ? { ...model, uniques: [['fromId', 'toId']] } : model,
      ),
    }
    const plan = planMapping({ schema: '.', map: MAP }, one)
    const vouched = tables.map((table) =>
      table.kind === 'wave' ? { ...table, unique: [['from_id', 'to_id']] } : table,
    )
    expect(withOwnFacts(plan, tables).problems.map(({ code }) => code)).toEqual(['unique not satisfied'])
    expect(withOwnFacts(plan, vouched).problems).toEqual([])
  })
})

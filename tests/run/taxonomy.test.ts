import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withOwnContent } from '../../cli/options/content.ts'
import { openSql, openStore } from '../../persist/index.ts'
import { configFromSettings, contentExample, extendRun, startRun } from '../../run/index.ts'
import { populationOf } from '../../run/people/population.ts'
import { createSimulation, generateProfile, INTERESTS, reportPerson } from '../../sim/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-taxonomy-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(content))
  return join(folder, name)
}

const OWN = {
  subjects: [
    {
      name: 'Out and about',
      interests: [
        {
          name: 'Fell walking',
          like: 'Hiking',
          noun: 'fell walking',
          doing: 'walking the fells',
          do: 'walk a fell',
          popularity: 5,
        },
        { name: 'Wild swimming', like: 'Swimming' },
        { name: 'Foraging', like: 'Gardening', popularity: 5 },
        'Camping',
        'Running',
      ],
    },
    {
      name: 'Indoors',
      interests: [
        'Chess',
        'Baking',
        'Pottery',
        'Jazz',
        'Poetry',
        'Theater',
        { name: 'Korean food', like: 'Ramen', noun: 'Korean food' },
      ],
    },
  ],
}
const NAMES = OWN.subjects.flatMap(({ interests }) =>
  interests.map((each) => (typeof each === 'string' ? each : each.name)),
)
const own = file('taxonomy.json', OWN)
const SETTINGS = { seed: 'taxonomy', count: 60 }

describe('a taxonomy of one’s own', () => {
  const config = configFromSettings({ ...SETTINGS, taxonomy: own })

  it('is what people are interested in, and nothing else of them moves', () => {
    const [people, without] = [populationOf(config), populationOf(configFromSettings(SETTINGS))]
    const kinds = new Set(config.taxonomy!.interests.map(({ kind }) => kind))
    const seen = new Set<number>()
    for (let k = 1; k <= 60; k++) {
      const { interests, bio: _, ...profile } = generateProfile(people, k)
      const { interests: others, bio: __, ...same } = generateProfile(without, k)
      expect(profile).toEqual(same)
      expect(interests).toHaveLength(others.length)
      for (const kind of interests) seen.add(kind)
    }
    expect([...seen].every((kind) => kinds.has(kind))).toBe(true)
    expect(seen.size).toBe(NAMES.length)
    expect(NAMES).toEqual(expect.arrayContaining(reportPerson(config, 1).profile.interests as string[]))
  })

  it('gives words where the file gives none', () => {
    const by = new Map(config.taxonomy!.interests.map((interest) => [interest.name, interest]))
    expect(by.get('Wild swimming')).toMatchObject({
      noun: 'wild swimming',
      doing: 'enjoying wild swimming',
      plural: false,
    })
    expect(by.get('Foraging')).toMatchObject({ noun: 'foraging', doing: 'foraging', do: 'do some foraging' })
    expect(by.get('Chess')).toMatchObject({ noun: 'chess', doing: 'playing chess', popularity: 2 })
  })

  it('is rows and words of its own beside those of another run, and lives in replays without its file', async () => {
    const url = `file:${join(folder, 'taxonomy.db')}`
    const store = await openStore(url, { intoExisting: true })
    await startRun(store, configFromSettings({ seed: 'usual', count: 10 }), 0, { workers: 0 })
    const { run } = await startRun(store, config, 12, { workers: 0 })
    rmSync(own)
    await extendRun(store, 'taxonomy', { days: 2, join: 5 }, { workers: 0 })
    const { digest } = (await store.findRun('taxonomy'))!
    expect((await store.verify(run.id)).difference).toBeNull()
    await store.close()
    const sql = await openSql(url)
    const all = async (text: string) => (await sql.query(text)).map(([value]) => String(value))
    const theirs = `FROM user_interests u JOIN interests i ON i.id = u.interest_id JOIN seed_people p ON p.user_id = u.user_id
      JOIN interest_subjects s ON s.id = i.subject_id WHERE p.run_id = ${run.id}`
    expect((await all(`SELECT DISTINCT i.name ${theirs}`)).sort()).toEqual([...NAMES].sort())
    // The other run was there first: an interest of both stays under its subject.
    expect(await all(`SELECT DISTINCT s.name ${theirs} AND i.name IN ('Foraging', 'Wild swimming')`)).toEqual([
      'Out and about',
    ])
    const texts = [
      ...(await all(`SELECT m.body FROM messages m`)),
      ...(await all('SELECT text FROM posts')),
      ...(await all(
        `SELECT p.bio FROM profiles p JOIN seed_people s ON s.user_id = p.user_id WHERE s.run_id = ${run.id}`,
      )),
    ].join('\n')
    expect(texts).toMatch(/fell walking|walking the fells|walk a fell/i)
    expect(texts).toMatch(/forag/i)
    expect(texts).not.toMatch(/\b(gardening|ramen)\b/i)
    const simulated = createSimulation({ ...SETTINGS, taxonomy: config.taxonomy!, cohorts: [{ day: 12, count: 5 }] })
    for (let day = 0; day < 14; day++) simulated.runDay()
    expect(simulated.digest).toBe(digest)
    await sql.close()
  }, 60_000)

  it('of the example is Mingle’s own, and gives the same people', () => {
    const again = configFromSettings({ ...SETTINGS, taxonomy: file('example.json', contentExample('taxonomy')) })
    const [people, without] = [populationOf(again), populationOf(configFromSettings(SETTINGS))]
    for (let k = 1; k <= 30; k++) expect(generateProfile(people, k)).toEqual(generateProfile(without, k))
    expect(again.taxonomy!.interests).toHaveLength(INTERESTS.length)
  })

  it('is what a persona may have, and what the configuration names', async () => {
    const taxonomy = file('again.json', OWN)
    const personas = file('people.json', {
      people: [{ name: 'Ann', gender: 'woman', age: 30, interests: ['Foraging', 'chess', 'Jazz'] }],
    })
    const { interests } = reportPerson(configFromSettings({ ...SETTINGS, taxonomy, personas }), 1).profile
    expect([...(interests as string[])].sort()).toEqual(['Chess', 'Foraging', 'Jazz'])
    expect(() => configFromSettings({ ...SETTINGS, personas })).toThrow("has 'Foraging'; expected an interest")
    writeFileSync(join(folder, 'mingle.config.mjs'), "export default { content: { taxonomy: './again.json' } }")
    const settings = await withOwnContent({ config: `=${join(folder, 'mingle.config.mjs')}` }, SETTINGS)
    expect(configFromSettings(settings).taxonomy!.subjects).toEqual(['Out and about', 'Indoors'])
  })

  const changed = (interest: unknown) => ({
    subjects: [{ ...OWN.subjects[0]!, interests: [interest, ...OWN.subjects[0]!.interests.slice(1)] }, OWN.subjects[1]],
  })
  it.each([
    [
      'an interest that nobody knows',
      changed('Fell walking'),
      /subjects\.0\.interests\.0 is "Fell walking", which is none of Mingle's/,
    ],
    [
      'a kind that is none',
      changed({ name: 'Fells', like: 'Hikking' }),
      /interests\.0\.like is "Hikking"; expected one of .*Hiking/,
    ],
    ['two of a kind', changed({ name: 'Fells', like: 'Camping' }), /interests\.3 is like "Camping", as "Fells" is/],
    ['a name twice', changed('Chess'), /subjects\.1\.interests\.0\.name is "Chess", as another's/],
    ['too few', { subjects: [{ name: 'One', interests: ['Chess'] }] }, /has 1 interests; expected at least 12/],
    ['another field', changed({ name: 'Fells', like: 'Hiking', rare: true }), /subjects\.0\.interests\.0/],
  ])('refuses %s', (name, content, message) => {
    expect(() => configFromSettings({ ...SETTINGS, taxonomy: file(`${name}.json`, content) })).toThrow(message)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, contentExample, extendRun, jsonSchema, startRun } from '../../run/index.ts'
import { populationOf } from '../../run/people/population.ts'
import { GENDERS, generateProfile, INTERESTS } from '../../sim/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-content-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const personas = file('personas.json', JSON.stringify(contentExample('personas')))
const words = file('words.json', JSON.stringify(contentExample('words')))
const SETTINGS = { seed: 'own', count: 40 }

describe('personas', () => {
  const config = configFromSettings({ ...SETTINGS, personas })
  const population = populationOf(config)

  it('are the first people, as they were written', () => {
    const maya = generateProfile(population, 1)
    expect(maya).toMatchObject({
      displayName: 'Maya Rivera',
      gender: 'woman',
      seeks: ['man'],
      archetype: 'adventurer',
      sociability: 0.8,
      lifecycle: 'active',
    })
    expect(maya.interests.map((id) => INTERESTS[id]!.name).sort()).toEqual([
      'Dogs',
      'Hiking',
      'Photography',
      'Road trips',
      'Tacos',
    ])
    expect(maya.media).toHaveLength(5)
    expect(Math.floor((config.startDay - maya.birthDay) / 365.2425)).toBe(29)
    expect(generateProfile(population, 7).quizzes).toEqual([])
    expect(GENDERS.filter((gender) => generateProfile(population, 9).seeks.includes(gender))).toEqual(GENDERS)
  })

  it('leave everybody else as they are', () => {
    const without = populationOf(configFromSettings(SETTINGS))
    for (let k = 11; k <= 40; k++) expect(generateProfile(population, k)).toEqual(generateProfile(without, k))
  })

  it('live in every replay without their file', async () => {
    const run = async (days: readonly number[]) => {
      const store = await openStore('memory:')
      let result = await startRun(store, config, days[0]!, { workers: 0 })
      for (const more of days.slice(1)) result = await extendRun(store, 'own', { days: more }, { workers: 0 })
      const profiles = await store.days(result.run.id)
      return { digest: result.digest, rows: result.rows, days: profiles.length }
    }
    const whole = await run([4])
    expect(await run([1, 3])).toEqual(whole)
    const store = await openStore('memory:')
    const plain = await startRun(store, configFromSettings(SETTINGS), 4, { workers: 0 })
    expect(plain.digest).not.toBe(whole.digest)
  })

  it.each([
    [
      '{"people":[{"name":"A","gender":"woman","age":12}]}',
      'people.0.age is 12; Too small: expected number to be >=18',
    ],
    ['{"people":[{"name":"A","age":20}]}', 'people.0.gender is missing; Invalid option: expected one of "woman"|"man"'],
    ['{"people":[{"name":"A","gender":"man","age":20,"hobby":1}]}', 'people.0 is {"name":"A"'],
    ['{"people":[]}', 'people is []; Too small'],
    [
      '{"people":[{"name":"A","gender":"man","age":20,"city":"Atlantis"}]}',
      "people.0.city (A) is 'Atlantis'; expected a city of the place pack us",
    ],
    [
      '{"people":[{"name":"A","gender":"man","age":20,"interests":["Hiking","Hiking","Tacos"]}]}',
      'names an interest twice',
    ],
    [
      '{"people":[{"name":"A","gender":"man","age":20,"quiz":{"saturday":"?"}}]}',
      "answers saturday by '?'; expected one of",
    ],
    ['{"people":', 'cannot be read'],
  ])('%s is refused', (text, says) => {
    expect(() => configFromSettings({ ...SETTINGS, personas: file('wrong.json', text) })).toThrow(says)
  })

  it('may be written in YAML', () => {
    const yaml = file('p.yaml', 'people:\n  - { name: Zed, gender: man, age: 30, city: "Austin, TX" }\n')
    const { people } = configFromSettings({ ...SETTINGS, personas: yaml })
    expect(people).toMatchObject([{ k: 1, displayName: 'Zed' }])
  })

  it('are no more than there are people', () => {
    expect(() => configFromSettings({ seed: 'own', count: 9, personas: 'feed-demo' })).toThrow(
      'has 10 people, but --count is 9',
    )
  })
})

describe('words', () => {
  const config = configFromSettings({ ...SETTINGS, words })

  it('give names and bios, and move nothing else', () => {
    const own = populationOf(config)
    const without = populationOf(configFromSettings(SETTINGS))
    for (let k = 1; k <= 40; k++) {
      const { displayName, bio, ...person } = generateProfile(own, k)
      const { displayName: _, bio: before, ...same } = generateProfile(without, k)
      expect(person).toEqual(same)
      expect(displayName).toMatch(/^(Anna|Lena|Jonas|Paul|Kim)( Becker| Vogt)?$/)
      if (before === '') expect(bio).toBe('')
      else expect(bio).toMatch(/^(Anna|Lena|Jonas|Paul|Kim) from [A-Z].*and no small talk\.$/)
    }
  })

  it('are said in posts', async () => {
    const path = join(folder, 'words.ndjson')
    const store = await openStore(`ndjson:${path}`)
    const { run } = await startRun(store, config, 3, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    const { readdirSync, readFileSync } = await import('node:fs')
    const posts = readdirSync(join(path, 'posts'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => readFileSync(join(path, 'posts', name), 'utf8'))
      .join('')
    expect(posts).toContain('Monday, but make it short.')
    await store.close()
  })

  it('are refused with what was expected', () => {
    const wrong = file('wrong-words.json', '{"posts":{"cooking":["x"]}}')
    expect(() => configFromSettings({ ...SETTINGS, words: wrong })).toThrow(
      'posts is {"cooking":["x"]}; Unrecognized key',
    )
  })
})

it('has a JSON Schema for each file', () => {
  expect(jsonSchema('personas')).toMatchObject({ type: 'object', required: ['people'] })
  expect(jsonSchema('words')).toHaveProperty('properties.posts.properties.travel')
})

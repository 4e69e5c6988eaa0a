import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withOwnContent } from '../../cli/options/content.ts'
import { runJobs } from '../../jobs/index.ts'
import { openSql, openStore } from '../../persist/index.ts'
import { configFromSettings, contentExample, extendRun, startRun } from '../../run/index.ts'
import { populationOf } from '../../run/people/population.ts'
import { generateProfile, People, QUIZZES, quizCompatibility, reportPerson } from '../../sim/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-quizzes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return join(folder, name)
}

const ALL = ['adventurer', 'intellectual', 'social', 'creative', 'athletic', 'casual']
const question = (key: string, options: readonly string[]) => ({
  key,
  prompt: `${key}?`,
  options,
  preferred: Object.fromEntries(ALL.map((name, i) => [name, options[i % options.length]])),
})
const OWN = {
  quizzes: [
    {
      slug: 'tea',
      title: 'Tea',
      questions: [question('milk', ['never', 'at times', 'always']), question('pot', ['bag', 'leaf'])],
    },
    { slug: 'rain', title: 'Rain', questions: [question('coat', ['none', 'light', 'heavy', 'two'])] },
  ],
}
const own = file('quizzes.json', OWN)
const SETTINGS = { seed: 'quizzes', count: 80 }

describe('quizzes of one’s own', () => {
  const config = configFromSettings({ ...SETTINGS, quizzes: own })

  it('are what people take, as their archetype tends to, and nothing else of them moves', () => {
    const [people, without] = [populationOf(config), populationOf(configFromSettings(SETTINGS))]
    let preferred = 0
    let answered = 0
    for (let k = 1; k <= 80; k++) {
      const { quizzes, ...profile } = generateProfile(people, k)
      const { quizzes: others, ...same } = generateProfile(without, k)
      expect(profile).toEqual(same)
      expect(quizzes.length > 0).toBe(others.length > 0)
      for (const { quiz, options } of quizzes) {
        expect(options).toHaveLength(quiz === 0 ? 2 : 1)
        answered++
        if (options[0] === ALL.indexOf(profile.archetype) % (quiz === 0 ? 3 : 4)) preferred++
      }
    }
    expect(answered).toBeGreaterThan(60)
    expect(preferred / answered).toBeGreaterThan(0.75)
    const k = Array.from({ length: 80 }, (_, i) => i + 1).find((k) => generateProfile(people, k).quizzes.length > 0)!
    expect(reportPerson(config, k).quizzes[0]).toMatchObject({
      title: 'Tea',
      answers: [{ question: 'milk?' }, { question: 'pot?' }],
    })
  })

  it('compare people by as many answers as there are', () => {
    const people = new People()
    const person = { ...generateProfile(populationOf(config), 1), interests: [], birthDay: 0 } as never
    for (const scores of [[0, 1], [0.5, 1], [0, 0], null]) people.add(person, 0, scores, 0)
    expect([1, 2, 3].map((other) => quizCompatibility(people, 0, other))).toEqual([0.75, 0.5, 0.5])
  })

  it('are rows of their own beside those of another run, and live in replays without their file', async () => {
    const url = `file:${join(folder, 'quizzes.db')}`
    const store = await openStore(url, { intoExisting: true })
    await startRun(store, configFromSettings({ seed: 'usual', count: 20 }), 0, { workers: 0 })
    const { run } = await startRun(store, config, 1, { workers: 0 })
    await extendRun(store, 'quizzes', { days: 1 }, { workers: 0 })
    await extendRun(store, 'usual', { days: 1, join: 5 }, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    const { jobs } = await runJobs(url)
    expect(jobs.find(({ job }) => job === 'quiz-stats')!.status).toBe('done')
    const sql = await openSql(url)
    const slugs = await sql.query('SELECT slug FROM quizzes ORDER BY id')
    expect(slugs.flat()).toEqual([...QUIZZES.map(({ slug }) => slug), 'tea', 'rain'])
    const answers = await sql.query(
      'SELECT p.run_id, q.slug, count(*), max(json_array_length(a.score_vec)) FROM quiz_answers a JOIN quizzes q ON q.id = a.quiz_id JOIN seed_people p ON p.user_id = a.user_id GROUP BY 1, 2',
    )
    expect(new Set(answers.map(([id, slug, , length]) => `${id} ${slug} ${length}`))).toEqual(
      new Set([
        '1 core 10',
        ...QUIZZES.slice(1).map((q) => `1 ${q.slug} ${q.questions.length}`),
        '2 tea 2',
        '2 rain 1',
      ]),
    )
    const stats = await sql.query(
      "SELECT sum(s.answers) FROM quiz_answer_stats s JOIN quiz_questions q ON q.id = s.question_id WHERE q.prompt = 'milk?'",
    )
    expect(Number(stats[0]![0])).toBe(Number(answers.find(([, slug]) => slug === 'tea')![2]))
    await sql.close()
    await store.close()
  }, 60_000)

  it('of the example are Mingle’s own, and give the same people', () => {
    const again = configFromSettings({ ...SETTINGS, quizzes: file('example.json', contentExample('quizzes')) })
    expect(again.quizzes).toEqual(QUIZZES)
  })

  it('can be answered by a persona', () => {
    const people = [{ name: 'Ann', gender: 'woman', age: 30, quiz: { milk: 'always', pot: 'leaf' } }]
    const personas = file('people.json', { people })
    const named = configFromSettings({ ...SETTINGS, quizzes: own, personas })
    expect(generateProfile(populationOf(named), 1).quizzes[0]).toEqual({ quiz: 0, options: [2, 1] })
    expect(() => configFromSettings({ ...SETTINGS, personas })).toThrow("answers 'milk'")
  })

  it.each([
    [
      'too many questions to compare by',
      {
        quizzes: [
          { ...OWN.quizzes[0], questions: Array.from({ length: 11 }, (_, i) => question(`q${i}`, ['a', 'b'])) },
        ],
      },
      'has 11; expected at most 10',
    ],
    [
      'an option that is none',
      {
        quizzes: [
          {
            slug: 'a',
            title: 'A',
            questions: [{ key: 'x', prompt: 'x', options: ['a', 'b'], preferred: { social: 'c' } }],
          },
        ],
      },
      'quizzes.0.questions.0.preferred.social is "c"; expected one of a, b',
    ],
    ['a slug twice', { quizzes: [OWN.quizzes[1], OWN.quizzes[1]] }, 'quizzes.1.slug is "rain"'],
    [
      'one option',
      { quizzes: [{ slug: 'a', title: 'A', questions: [{ key: 'x', prompt: 'x', options: ['a'] }] }] },
      'quizzes.0.questions.0.options',
    ],
  ])('%s is refused', (_, content, says) => {
    expect(() => configFromSettings({ ...SETTINGS, quizzes: file('wrong.json', content) })).toThrow(says)
  })
})

describe('content in the configuration', () => {
  it('counts where the command line names none', async () => {
    const config = file(
      'mingle.config.mjs',
      "export default { content: { quizzes: './quizzes.json', personas: 'feed-demo' } }",
    )
    const settings = await withOwnContent({ config: `=${config}` }, { seed: 's', count: 20 })
    expect(configFromSettings(settings).quizzes).toHaveLength(2)
    expect(configFromSettings(settings).people).toHaveLength(10)
    const given = await withOwnContent({ config: `=${config}` }, { seed: 's', quizzes: 'mine.json' })
    expect(given.quizzes).toBe('mine.json')
    expect((await withOwnContent({ config: '=off' }, { seed: 's' })).quizzes).toBeUndefined()
  })

  it.each([
    [
      'wrong-key.config.mjs',
      '{ content: { word: 1 } }',
      "content has 'word'; expected words, quizzes, taxonomy, personas",
    ],
    ['wrong-value.config.mjs', '{ content: { words: 1 } }', 'content.words is 1; expected a file'],
  ])('%s is refused', async (name, text, says) => {
    const config = file(name, `export default ${text}`)
    await expect(withOwnContent({ config: `=${config}` }, { seed: 's' })).rejects.toThrow(says)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../jobs/index.ts'
import { type MingleConfig, openStore, to, validateMapped } from '../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../run/index.ts'
import { ask, siteFile, soundPlan } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-content-mapped-'))
afterAll(() => rmSync(folder, { recursive: true }))
const saved = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(content))
  return join(folder, name)
}
const question = (key: string, options: readonly string[]) => ({
  key,
  prompt: `${key}?`,
  options,
  preferred: Object.fromEntries(
    ['adventurer', 'intellectual', 'social', 'creative', 'athletic', 'casual'].map((name, i) => [
      name,
      options[i % options.length],
    ]),
  ),
})
const quizzes = saved('quizzes.json', {
  quizzes: [
    { slug: 'tea', title: 'Tea', questions: [question('milk', ['never', 'always']), question('pot', ['bag', 'leaf'])] },
  ],
})
const taxonomy = saved('taxonomy.json', {
  subjects: [
    {
      name: 'Outdoors',
      interests: [
        { name: 'Fell walking', like: 'Hiking', noun: 'fell walking' },
        'Camping',
        'Running',
        'Gardening',
        'Cycling',
      ],
    },
    { name: 'Indoors', interests: ['Chess', 'Baking', 'Pottery', 'Jazz', 'Poetry', 'Theater', 'Painting'] },
  ],
})

/** Lookup rows with keys of the site's own; its tags are one whatever their capitals. */
const METADATA = schema(
  {
    Person: { id: 'String id cuid', mail: 'String unique', joined: 'DateTime' },
    Field: { id: 'Int id auto', title: 'String unique' },
    Tag: { id: 'String id uuid', fieldId: 'Int >Field.id', label: 'String unique' },
    PersonTag: { personId: 'String >Person.id', tagId: 'String >Tag.id' },
    Quiz: { id: 'Int id auto', slug: 'String unique', title: 'String' },
    Question: { id: 'String id uuid', quizId: 'Int >Quiz.id', place: 'Int', prompt: 'String' },
    Choice: { id: 'Int id auto', questionId: 'String >Question.id', place: 'Int', letter: 'String', label: 'String' },
    Result: { personId: 'String >Person.id', quizId: 'Int >Quiz.id', given: 'Json' },
    Trait: { personId: 'String >Person.id', name: 'String', value: 'Float', asOf: 'DateTime' },
  },
  {
    keys: { PersonTag: ['personId', 'tagId'], Result: ['personId', 'quizId'], Trait: ['personId', 'name'] },
    uniques: { Question: [['quizId', 'place']] },
  },
)
const MAP: MingleConfig['map'] = {
  user: to('Person', { email: 'mail', created_at: 'joined' }),
  subject: to('Field', { name: 'title' }),
  interest: to('Tag', { subject_id: 'fieldId', name: 'label' }),
  user_interest: to('PersonTag', { user_id: 'personId', interest_id: 'tagId' }),
  quiz: to('Quiz', { slug: 'slug', title: 'title' }),
  question: to('Question', { quiz_id: 'quizId', position: 'place', prompt: 'prompt' }),
  option: to('Choice', { question_id: 'questionId', position: 'place', value: 'letter', label: 'label' }),
  quiz_answer: to('Result', { user_id: 'personId', quiz_id: 'quizId', answers: 'given' }),
  user_trait: to('Trait', { user_id: 'personId', trait: 'name', value: 'value', computed_at: 'asOf' }),
}

describe('quizzes and interests of one’s own under a mapping', () => {
  it('become rows of the site’s models, beside those of another run, and are those of the run whenever it goes on', async () => {
    const file = join(folder, 'site.db')
    await siteFile(file, METADATA, [
      "INSERT INTO Field VALUES (40, 'Outdoors')",
      "INSERT INTO Tag VALUES ('own', 40, 'fell walking'), ('other', 40, 'Knitting')",
      'CREATE UNIQUE INDEX "Tag_one" ON Tag (label COLLATE NOCASE)',
    ])
    const mapping = soundPlan(METADATA, MAP)
    const open = () => openStore(`file:${file}`, { mapping, intoExisting: true })
    const own = await open()
    const config = configFromSettings({ seed: 'own', count: 50, quizzes, taxonomy })
    const { run, digest } = await startRun(own, config, 2, { workers: 0 })
    const tags = () => ask(file, 'SELECT label FROM Tag ORDER BY label').map(({ label }) => label)
    // 'Fell walking' is the site's 'fell walking'.
    expect(tags()).toHaveLength(13)
    expect(tags()).toContain('fell walking')
    expect(ask(file, "SELECT count(*) > 3 AS some FROM PersonTag WHERE tagId = 'own'")).toEqual([{ some: 1 }])
    expect(ask(file, "SELECT count(*) AS n FROM PersonTag WHERE tagId = 'other'")).toEqual([{ n: 0 }])
    expect(ask(file, 'SELECT slug FROM Quiz')).toEqual([{ slug: 'tea' }])
    const broken = `SELECT count(*) AS n FROM Result r, json_each(r.given) j LEFT JOIN Question q ON q.id = j.key AND q.quizId = r.quizId
      LEFT JOIN Choice c ON c.questionId = q.id AND c.letter = j.value WHERE c.id IS NULL`
    expect(ask(file, broken)).toEqual([{ n: 0 }])
    expect(ask(file, 'SELECT count(*) > 20 AS some FROM Result')).toEqual([{ some: 1 }])
    await own.close()

    const store = await open()
    const usual = await startRun(store, configFromSettings({ seed: 'usual', count: 30 }), 2, { workers: 0 })
    expect(tags().length).toBeGreaterThan(100)
    await extendRun(store, 'own', { days: 1, join: 5 }, { workers: 0 })
    for (const each of [run, usual.run]) expect((await store.verify(each.id)).difference).toBeNull()
    expect(ask(file, broken)).toEqual([{ n: 0 }])
    const { checks } = await validateMapped(`file:${file}`, mapping, 'own')
    expect(checks.filter(({ ok }) => ok === false)).toEqual([])
    await runJobs(`file:${file}`, { mapping })
    expect(ask(file, "SELECT DISTINCT name FROM Trait WHERE name LIKE 'tea.%' ORDER BY 1")).toEqual([
      { name: 'tea.0' },
      { name: 'tea.1' },
    ])
    await store.reset(run.id, 'all')
    expect((await store.verify(usual.run.id)).difference).toBeNull()
    await store.close()
    // The same without a mapping: its facts are the run's alone.
    const memory = await openStore('memory:')
    expect((await startRun(memory, config, 2, { workers: 0 })).digest).toBe(digest)
  })
})

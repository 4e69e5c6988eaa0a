import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JobsRequest, runJobs } from '../../jobs/index.ts'
import { type MingleConfig, openStore, planMapping, rows as rowsOf, to } from '../../persist/index.ts'
import { checkPlan } from '../../persist/mapping/check/checks.ts'
import { configFromSettings, extendRun, startRun } from '../../run/index.ts'
import { ask, siteFile, soundPlan } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'
import { MAP, METADATA, OWN_ROWS, planOf } from './mapped-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-mapped-jobs-'))
const [reference, site] = [join(folder, 'reference.db'), join(folder, 'site.db')]
const plan = planOf()
const CONFIG = configFromSettings({ seed: 'mapped', count: 50, startDate: '2024-01-01' })

const jobs = (request: JobsRequest = {}) => runJobs(`file:${site}`, { mapping: plan, options: { top: 8 }, ...request })
const rows = (file: string, sql: string) => ask(file, sql).map((row) => Object.values(row))
const change = (...statements: string[]) => {
  for (const sql of statements) rows(site, sql)
}
/** Everything that jobs have written, with whatever keys. */
const derived = () =>
  Object.fromEntries(
    ['TagPair', 'Findable', 'Trait', 'Fit', 'Hot', 'HotTag'].map((table) => [
      table,
      rows(site, `SELECT * FROM "${table}" ORDER BY 1, 2, 3`),
    ]),
  )

beforeAll(async () => {
  await siteFile(site, METADATA)
  for (const [file, mapping] of [
    [reference, undefined],
    [site, plan],
  ] as const) {
    const store = await openStore(`file:${file}`, mapping ? { mapping } : {})
    await startRun(store, CONFIG, 5, { workers: 0 })
    await store.close()
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('jobs under a mapping', () => {
  it('write into the models of the site what they write into the derived tables', async () => {
    await runJobs(`file:${reference}`, { options: { top: 8 } })
    const { jobs: reports, asOf } = await jobs()
    const by = Object.fromEntries(reports.map((report) => [report.job, report]))
    expect(by['quiz-stats']).toMatchObject({ status: 'not mapped', lacks: ['quiz_stat'], rows: 0 })
    for (const { job, inserted, rows: count } of reports) if (job !== 'quiz-stats') expect(inserted, job).toBe(count)
    const at = new Date(asOf).toISOString().replace('Z', '+00:00')
    const alike = (mine: string, theirs: string) => {
      const expected = rows(reference, theirs)
      expect(expected.length).toBeGreaterThan(5)
      expect(rows(site, mine)).toEqual(expected.map((row) => [...row, at]))
    }
    alike(
      `SELECT m.mail, o.mail, f.score, f.km, f.asOf FROM Fit f JOIN Member m ON m.id = f.memberId
       JOIN Member o ON o.id = f.otherId ORDER BY 1, 2`,
      `SELECT u.email, c.email, s.score, s.distance_km FROM match_scores s JOIN users u ON u.id = s.user_id
       JOIN users c ON c.id = s.candidate_id ORDER BY 1, 2`,
    )
    alike(
      `SELECT m.mail, f.nick, f.age, f.sex, f.hasAbout, f.pictures, f.tags, f.seen, f.asOf FROM Findable f
       JOIN Member m ON m.id = f.memberId ORDER BY 1`,
      `SELECT u.email, s.display_name, s.age, CASE s.gender WHEN 'woman' THEN 'F' WHEN 'man' THEN 'M' ELSE 'X' END,
         s.has_bio, s.photos, s.interest_count, s.last_active_at
       FROM searchable_users s JOIN users u ON u.id = s.user_id ORDER BY 1`,
    )
    alike(
      `SELECT m.mail, t.name, t.value, t.asOf FROM Trait t JOIN Member m ON m.id = t.memberId ORDER BY 1, 2`,
      `SELECT u.email, t.trait, t.value FROM user_traits t JOIN users u ON u.id = t.user_id ORDER BY 1, 2`,
    )
    alike(
      `SELECT a.label, b.label, p.both, p.score, p.asOf FROM TagPair p JOIN Tag a ON a.id = p.aId JOIN Tag b ON b.id = p.bId
       ORDER BY 1, 2`,
      `SELECT a.name, b.name, r.shared_users, r.score FROM interest_relationships r JOIN interests a ON a.id = r.interest_id
       JOIN interests b ON b.id = r.related_id ORDER BY 1, 2`,
    )
    alike(
      `SELECT m.mail, n.at, h.points, h.views, h.claps, h.asOf FROM Hot h JOIN Note n ON n.id = h.noteId
       JOIN Member m ON m.id = n.authorId ORDER BY 1, 2`,
      `SELECT u.email, p.created_at, t.score, t.views, t.likes FROM trending_posts t JOIN posts p ON p.id = t.post_id
       JOIN users u ON u.id = p.user_id ORDER BY 1, 2`,
    )
    alike(
      `SELECT t.label, h.points, h.asOf FROM HotTag h JOIN Tag t ON t.id = h.tagId ORDER BY 1`,
      `SELECT i.name, t.score FROM trending_interests t JOIN interests i ON i.id = t.interest_id ORDER BY 1`,
    )
  })

  it('change no row when they run again, and mend what was changed', async () => {
    const before = derived()
    const again = await jobs()
    expect(again.jobs.map(({ inserted, updated, deleted }) => inserted + updated + deleted)).toEqual([0, 0, 0, 0, 0, 0])
    expect(derived()).toEqual(before)
    change(
      'DELETE FROM Hot WHERE id % 2',
      'UPDATE Fit SET score = 0.5 WHERE km > 0',
      "DELETE FROM Trait WHERE name LIKE '%.1'",
    )
    await jobs()
    const ids = (table: string) => before[table]!.map((row) => row.slice(1)).sort()
    for (const table of ['TagPair', 'Findable', 'Trait', 'Fit', 'HotTag'])
      expect(derived()[table]).toEqual(before[table])
    expect(
      derived()
        .Hot!.map((row) => row.slice(1))
        .sort(),
    ).toEqual(ids('Hot'))
  })

  it("cover the site's own people and leave the site's own rows alone", async () => {
    change(...OWN_ROWS)
    change(
      `INSERT INTO Fit VALUES ('own-carl', 'own-anna', 0.9, 1, '2024-01-03T12:00:00.000+00:00'),
         ('own-anna', 'own-bert', 0.123, 1, '2024-01-03T12:00:00.000+00:00')`,
    )
    const { jobs: reports } = await jobs()
    expect(reports.find(({ job }) => job === 'match-scores')!.kept).toBe(1)
    expect(
      rows(site, "SELECT otherId, score FROM Fit WHERE memberId LIKE 'own-%' AND otherId LIKE 'own-%' ORDER BY 1"),
    ).toEqual(
      expect.arrayContaining([
        ['own-anna', 0.9],
        ['own-bert', 0.123],
      ]),
    )
    expect(
      rows(site, "SELECT count(*) FROM Fit WHERE memberId = 'own-bert' AND otherId = 'own-anna' AND score > 0.5"),
    ).toEqual([[1]])
    expect(rows(site, "SELECT memberId, age, tags, sex FROM Findable WHERE memberId LIKE 'own-%' ORDER BY 1")).toEqual([
      ['own-anna', 33, 1, 'F'],
      ['own-bert', 35, 1, 'M'],
    ])
    expect(rows(site, 'SELECT views, claps FROM Hot WHERE noteId = 500000')).toEqual([[1, 0]])
    const fresh = derived()
    change('DELETE FROM TagPair', 'DELETE FROM Findable', 'DELETE FROM Trait', 'DELETE FROM HotTag')
    await jobs()
    expect(derived()).toEqual(fresh)
  })

  it('after more days, equal what they would be from nothing', async () => {
    const store = await openStore(`file:${site}`, { mapping: plan })
    await extendRun(store, 'mapped', { days: 2 }, { workers: 0 })
    const { asOf } = await jobs()
    expect(new Date(asOf).toISOString()).toBe('2024-01-08T00:00:00.000Z')
    const grown = derived()
    expect(await store.derived()).toMatchObject({ Fit: grown.Fit!.length - 2, Hot: grown.Hot!.length })
    expect(await store.derived('others')).toEqual({ Fit: 2 })
    await store.resetDerived()
    expect(derived().Fit!.map((row) => row[0])).toEqual(['own-anna', 'own-carl'])
    await jobs()
    // Rows whose keys the database makes get others.
    const plain = (tables: Record<string, unknown[][]>) => ({
      ...tables,
      Hot: tables.Hot!.map((row) => JSON.stringify(row.slice(1))).sort(),
    })
    expect(plain(derived())).toEqual(plain(grown))
    const run = (await store.findRun('mapped'))!
    await store.reset(run.id, 'all')
    await store.close()
    expect(rows(site, "SELECT count(*), sum(id LIKE 'own-%') FROM Member")).toEqual([[3, 3]])
    expect(rows(site, "SELECT count(*) FROM Fit WHERE memberId NOT LIKE 'own-%' OR otherId NOT LIKE 'own-%'")).toEqual([
      [0],
    ])
  })
})

describe('answers that a mapping spreads over rows', () => {
  const metadata = schema(
    {
      Person: { id: 'String id uuid', mail: 'String unique', joined: 'DateTime' },
      Quiz: { id: 'Int id auto', slug: 'String unique', title: 'String' },
      Question: { id: 'String id uuid', quizId: 'Int >Quiz.id', place: 'Int', prompt: 'String' },
      Choice: { id: 'Int id auto', questionId: 'String >Question.id', place: 'Int', letter: 'String', label: 'String' },
      Reply: { id: 'String id uuid', who: 'String >Person.id', asked: 'String', said: 'String' },
      Trait: { id: 'String id uuid', who: 'String >Person.id', name: 'String', value: 'Float', asOf: 'DateTime' },
      Stat: { asked: 'String >Question.id', choice: 'Int >Choice.id', times: 'Int', share: 'Float', asOf: 'DateTime' },
    },
    {
      uniques: { Trait: [['who', 'name']], Question: [['quizId', 'place']] },
      keys: { Stat: ['asked', 'choice'] },
    },
  )
  const map = (asked: string, said: string): MingleConfig['map'] => ({
    user: to('Person', { email: 'mail', created_at: 'joined' }),
    quiz: to('Quiz', { slug: 'slug', title: 'title' }),
    question: to('Question', { quiz_id: 'quizId', position: 'place', prompt: 'prompt' }),
    option: to('Choice', { question_id: 'questionId', position: 'place', value: 'letter', label: 'label' }),
    quiz_answer: rowsOf(
      'Reply',
      ['who', 'asked', 'said'],
      (row) =>
        row.picks.map((pick: Record<string, unknown>) => ({
          who: row.user_id,
          asked: String(pick[asked]),
          said: String(pick[said]),
        })),
      { most: 30 },
    ),
    user_trait: to('Trait', { user_id: 'who', trait: 'name', value: 'value', computed_at: 'asOf' }),
    quiz_stat: to('Stat', {
      question_id: 'asked',
      option_id: 'choice',
      answers: 'times',
      share: 'share',
      computed_at: 'asOf',
    }),
  })

  it.each([
    ['question_id', 'option_id'],
    ['prompt', 'label'],
    ['question_id', 'value'],
  ])('are read back by %s and %s', async (asked, said) => {
    const file = join(folder, `replies-${asked}-${said}.db`)
    await siteFile(file, metadata, [
      "INSERT INTO Quiz VALUES (41, 'own', 'Our own')",
      "INSERT INTO Question VALUES ('q-1', 41, 0, 'Why?')",
      "INSERT INTO Choice VALUES (500, 'q-1', 0, 'a', 'Because'), (501, 'q-1', 1, 'b', 'Why not')",
      "INSERT INTO Person VALUES ('own', 'own@site.test', '2023-01-01T00:00:00.000+00:00')",
      `INSERT INTO Reply VALUES ('r', 'own', '${asked === 'prompt' ? 'Why?' : 'q-1'}', '${{ option_id: '501', label: 'Why not', value: 'b' }[said]}')`,
    ])
    const mapping = soundPlan(metadata, map(asked, said))
    const store = await openStore(`file:${file}`, { mapping, intoExisting: true })
    await startRun(store, CONFIG, 1, { workers: 0 })
    await store.close()
    const { jobs: reports } = await runJobs(`file:${file}`, { mapping, asOf: Date.UTC(2024, 0, 6) })
    await runJobs(`file:${reference}`, { asOf: Date.UTC(2024, 0, 6) })
    expect(reports.find(({ job }) => job === 'quiz-stats')).toMatchObject({ status: 'done' })
    const traits = rows(
      reference,
      'SELECT u.email, t.trait, t.value FROM user_traits t JOIN users u ON u.id = t.user_id ORDER BY 1, 2',
    )
    expect(traits.length).toBeGreaterThan(200)
    const found =
      "SELECT p.mail, t.name, t.value FROM Trait t JOIN Person p ON p.id = t.who WHERE p.id <> 'own' ORDER BY 1, 2"
    expect(rows(file, found)).toEqual(traits)
    expect(rows(file, "SELECT name, value FROM Trait WHERE who = 'own'")).toEqual([['own.0', 1]])
    expect(
      rows(
        file,
        `SELECT q.prompt, c.label, s.times, s.share FROM Stat s JOIN Question q ON q.id = s.asked JOIN Choice c ON c.id = s.choice
         WHERE q.id <> 'q-1' ORDER BY 1, 2`,
      ),
    ).toEqual(
      rows(
        reference,
        `SELECT q.prompt, o.label, s.answers, s.share FROM quiz_answer_stats s JOIN quiz_questions q ON q.id = s.question_id
         JOIN quiz_options o ON o.question_id = q.id AND o.value = s.value ORDER BY 1, 2`,
      ),
    )
  })

  it('are left out where two quizzes ask in the same words, and are the last where somebody answered again', async () => {
    const file = join(folder, 'replies-twice.db')
    await siteFile(file, metadata, [
      "INSERT INTO Quiz VALUES (41, 'own', 'Our own'), (42, 'other', 'Another')",
      "INSERT INTO Question VALUES ('q-1', 41, 0, 'Why?'), ('q-2', 42, 0, 'Why?'), ('q-3', 41, 1, 'How?')",
      `INSERT INTO Choice VALUES (500, 'q-1', 0, 'a', 'Because'), (501, 'q-1', 1, 'b', 'Why not'), (502, 'q-2', 0, 'a', 'Because'),
         (503, 'q-2', 1, 'b', 'Who knows'), (504, 'q-3', 0, 'a', 'Slowly'), (505, 'q-3', 1, 'b', 'Quickly')`,
      "INSERT INTO Person VALUES ('own', 'own@site.test', '2023-01-01T00:00:00.000+00:00')",
      `INSERT INTO Reply VALUES ('r1', 'own', 'Why?', 'Because'), ('r3', 'own', 'How?', 'Quickly'),
         ('r2', 'own', 'How?', 'Slowly')`,
    ])
    const mapping = soundPlan(metadata, map('prompt', 'label'))
    await runJobs(`file:${file}`, { mapping, asOf: Date.UTC(2024, 0, 6) })
    expect(rows(file, 'SELECT asked, choice, times FROM Stat WHERE times > 0')).toEqual([['q-3', 505, 1]])
    expect(rows(file, 'SELECT who, name, value FROM Trait')).toEqual([['own', 'own.1', 1]])
  })
})

describe('what jobs derive, mapped amiss', () => {
  const problems = (map: object) => {
    const made = planMapping({ schema: '.', map: { user: MAP.user!, ...map } }, METADATA)
    return [...made.problems, ...checkPlan(made)].map(({ code, field, paste }) => [code, field, paste])
  }

  it('wants to know its rows again', () => {
    const { computed_at: _, ...fields } = { user_id: 'memberId', trait: 'name', value: 'value', computed_at: 'asOf' }
    const without = { user_trait: to('Trait', fields, { set: { asOf: new Date(0) } }) }
    expect(problems(without)).toEqual([['not found again', 'asOf', "computed_at: 'asOf',"]])
  })

  it('wants a model and rows of its own', () => {
    const folded = to(
      'Trait',
      { user_id: 'memberId', trait: 'name', value: 'value', computed_at: 'asOf' },
      { fold: ['memberId', 'name'] },
    )
    expect(problems({ user_trait: folded })).toContainEqual(['wrong type', null, "user_trait: to('Trait', { … })"])
    const beside = to('Member', { user_id: 'id', computed_at: 'joined' }, { update: ['id'] })
    expect(problems({ searchable_user: beside })).toMatchObject([['wrong type', null, expect.anything()]])
  })
})

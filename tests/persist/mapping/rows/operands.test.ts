import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answersAs, find, type MingleConfig, rows, to } from '../../../../persist/index.ts'
import { ask, attached, soundPlan, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-operands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, `${name.replaceAll(/\W/g, '-')}.db`)

const USER = { id: 'Int id auto', email: 'String unique' }
const user = to('User', { id: 'id', email: 'email' })
const clean = { difference: null, failed: [] }

const QUIZ = schema(
  {
    User: USER,
    Quiz: { id: 'Int id auto', slug: 'String unique', title: 'String' },
    Question: { id: 'String id uuid', quizId: 'Int >Quiz.id', place: 'Int', prompt: 'String' },
    Choice: { id: 'Int id auto', questionId: 'String >Question.id', place: 'Int', letter: 'String', label: 'String' },
    Result: { userId: 'Int >User.id', quizId: 'Int >Quiz.id', given: 'Json' },
    Response: {
      id: 'String id uuid',
      userId: 'Int >User.id',
      questionId: 'String >Question.id',
      choiceId: 'Int >Choice.id',
    },
  },
  {
    keys: { Result: ['userId', 'quizId'] },
    uniques: { Question: [['quizId', 'place']], Response: [['userId', 'questionId']] },
  },
)
/** A site that has quizzes of its own already: Mingle's numbers are not its keys. */
const OWN = [
  "INSERT INTO Quiz VALUES (41, 'own', 'Our own')",
  "INSERT INTO Question VALUES ('q-1', 41, 0, 'Why?')",
  "INSERT INTO Choice VALUES (500, 'q-1', 0, 'a', 'Because')",
]
const quizzes: MingleConfig['map'] = {
  quiz: to('Quiz', { slug: 'slug', title: 'title' }),
  question: to('Question', { quiz_id: 'quizId', position: 'place', prompt: 'prompt' }),
  option: to('Choice', { question_id: 'questionId', position: 'place', value: 'letter', label: 'label' }),
}

describe('answers of quizzes', () => {
  const result = (given: ReturnType<typeof answersAs> | string): MingleConfig['map'] => ({
    user,
    ...quizzes,
    quiz_answer: to('Result', { user_id: 'userId', quiz_id: 'quizId', answers: given } as never),
  })
  const named = (join: string) =>
    `SELECT count(*) AS n, count(q.id) AS found FROM Result r, json_each(r.given) j LEFT JOIN Question q ON q.quizId = r.quizId AND ${join}`

  it.each([
    [
      'keys where questions are mapped',
      'given',
      'q.id = j.key',
      'EXISTS (SELECT 1 FROM Choice c WHERE c.questionId = q.id AND c.letter = j.value)',
    ],
    [
      'places',
      answersAs('given', { question: 'position', option: 'position' }),
      'q.place = CAST(j.key AS INTEGER)',
      'j.value < 10',
    ],
    [
      'texts',
      answersAs('given', { question: 'text', option: 'text' }),
      'q.prompt = j.key',
      'EXISTS (SELECT 1 FROM Choice c WHERE c.questionId = q.id AND c.label = j.value)',
    ],
    [
      'keys of both',
      answersAs('given', { option: 'id' }),
      'q.id = j.key',
      'EXISTS (SELECT 1 FROM Choice c WHERE c.questionId = q.id AND c.id = j.value)',
    ],
  ])('name questions by %s', async (name, given, join, chosen) => {
    const site = await attached(file(name), QUIZ, result(given), { rows: OWN })
    expect(await verdict(site)).toMatchObject(clean)
    const [row] = ask(site.file, named(join))
    expect(row!.n).toBeGreaterThan(50)
    expect(row!.found).toBe(row!.n)
    expect(ask(site.file, `${named(join)} WHERE NOT (${chosen})`)).toEqual([{ n: 0, found: 0 }])
  })

  it('can have a row each, with keys that stay', async () => {
    const map: MingleConfig['map'] = {
      user,
      ...quizzes,
      quiz_answer: rows(
        'Response',
        ['userId', 'questionId', 'choiceId'],
        (row) =>
          row.picks.map((pick: { question_id: string; option_id: number }) => ({
            userId: row.user_id,
            questionId: pick.question_id,
            choiceId: pick.option_id,
          })),
        { most: 20 },
      ),
    }
    const site = await attached(file('each'), QUIZ, map, { rows: OWN })
    const { rows: counted } = await site.store.verify(site.runId)
    expect(counted).toBeGreaterThan(60)
    expect(await verdict(site)).toMatchObject(clean)
    const [row] = ask(
      site.file,
      'SELECT count(*) AS n, count(DISTINCT r.id) AS ids, sum(c.questionId = r.questionId) AS own FROM Response r JOIN Choice c ON c.id = choiceId',
    )
    expect(row!.n).toBeGreaterThan(50)
    expect([row!.ids, row!.own]).toEqual([row!.n, row!.n])
    const again = await attached(file('each again'), QUIZ, map, { rows: OWN })
    await again.store.close()
    const ids = (db: string) => ask(db, 'SELECT id FROM Response ORDER BY id')
    expect(ids(again.file)).toEqual(ids(site.file))
  })
})

describe('lookup rows of a site', () => {
  it('are found by subject and name where the unique is both', async () => {
    const metadata = schema(
      {
        User: USER,
        Topic: { id: 'Int id auto', name: 'String unique' },
        Tag: { id: 'Int id auto', topicId: 'Int >Topic.id', key: 'String' },
        UserTag: {
          userId: 'Int >User.id',
          tagId: 'Int >Tag.id',
          topicId: 'Int >Topic.id',
          place: 'Int',
          day: 'String',
        },
      },
      { uniques: { Tag: [['topicId', 'key']] }, keys: { UserTag: ['userId', 'tagId'] } },
    )
    const map: MingleConfig['map'] = {
      user,
      subject: to('Topic', { name: 'name' }),
      interest: to('Tag', { subject_id: 'topicId', name: 'key' }),
      user_interest: to('UserTag', {
        user_id: 'userId',
        interest_id: 'tagId',
        subject_id: 'topicId',
        position: 'place',
        day: 'day',
      }),
    }
    // Another subject of the site's has an interest of the same name.
    const own = [
      "INSERT INTO Topic VALUES (90, 'Ours')",
      "INSERT INTO Tag (topicId, key) SELECT 90, 'hiking'",
      "INSERT INTO Tag (topicId, key) SELECT 90, 'Hiking'",
    ]
    const site = await attached(file('subjects'), metadata, map, { rows: own })
    expect(await verdict(site)).toMatchObject(clean)
    const [row] = ask(
      site.file,
      'SELECT count(*) AS n, sum(t.topicId = u.topicId) AS same, sum(t.topicId = 90) AS ours, min(place) AS low FROM UserTag u JOIN Tag t ON t.id = tagId',
    )
    expect(row!.n).toBeGreaterThan(50)
    expect(row).toMatchObject({ same: row!.n, ours: 0, low: 0 })
  })

  it('that the mapping adds are seen by find in the first run', async () => {
    const metadata = schema({
      User: USER,
      Tag: { id: 'Int id auto', label: 'String unique' },
      Likes: { id: 'String id uuid', userId: 'Int >User.id', tagId: 'Int >Tag.id' },
    })
    const map: MingleConfig['map'] = {
      user,
      interest: to('Tag', { name: 'label' }),
      user_interest: to('Likes', { user_id: 'userId', interest: find('tagId', 'Tag.label') }),
    }
    const site = await attached(file('found'), metadata, map)
    expect(await verdict(site)).toMatchObject({ difference: null })
    expect(ask(site.file, 'SELECT count(*) > 50 AS many FROM Likes')).toEqual([{ many: 1 }])
  })
})

describe('lookup rows that are known by their names', () => {
  const metadata = schema(
    {
      User: USER,
      Tag: { slug: 'String id', label: 'String', code: 'String unique nanoid' },
      UserTag: { userId: 'Int >User.id', tag: 'String >Tag.slug' },
    },
    { keys: { UserTag: ['userId', 'tag'] } },
  )
  const own = ["INSERT INTO Tag VALUES ('Hiking', 'On foot', 'x')"]

  it('get the name for a key where it goes to the key', async () => {
    const map: MingleConfig['map'] = {
      user,
      interest: to('Tag', { name: ['slug', 'label'] }),
      user_interest: to('UserTag', { user_id: 'userId', interest_id: 'tag' }),
    }
    const site = await attached(file('natural'), metadata, map, { rows: own })
    expect(await verdict(site)).toMatchObject(clean)
    expect(ask(site.file, "SELECT count(*) AS n FROM Tag WHERE slug <> label AND slug <> 'Hiking'")).toEqual([{ n: 0 }])
    expect(ask(site.file, 'SELECT count(*) > 50 AS many FROM UserTag JOIN Tag ON slug = tag')).toEqual([{ many: 1 }])
    expect(ask(site.file, "SELECT count(*) AS n FROM Tag WHERE slug = 'Hiking'")).toEqual([{ n: 1 }])
  })

  it('are referred to by another unique through their names, and check says so', async () => {
    const by = schema(
      {
        User: USER,
        Tag: { id: 'Int id auto', slug: 'String unique' },
        UserTag: { userId: 'Int >User.id', tag: 'String >Tag.slug' },
      },
      { keys: { UserTag: ['userId', 'tag'] } },
    )
    const interest = to('Tag', { name: 'slug' })
    const wrong = { user, interest, user_interest: to('UserTag', { user_id: 'userId', interest_id: 'tag' }) }
    expect(() => soundPlan(by, wrong)).toThrow(
      /UserTag\.tag.*it refers to Tag\.slug, and rows of 'interest' are known by their key, Tag\.id\n\s+paste: interest: 'tag',/s,
    )
    const right = { ...wrong, user_interest: to('UserTag', { user_id: 'userId', interest: 'tag' }) }
    const site = await attached(file('by name'), by, right, { rows: ["INSERT INTO Tag VALUES (77, 'Hiking')"] })
    expect(await verdict(site)).toMatchObject(clean)
  })
})

describe('what a row may need of its fact', () => {
  it('pictures know their owner and when, and @updatedAt is when they came', async () => {
    const metadata = schema({
      User: { ...USER, joined: 'DateTime' },
      Post: { id: 'Int id auto', by: 'Int >User.id', text: 'String', at: 'DateTime' },
      Photo: { id: 'Int id auto', owner: 'Int >User.id', url: 'String', place: 'Int', changed: 'DateTime updatedAt' },
      Shot: {
        id: 'Int id auto',
        owner: 'Int >User.id',
        post: 'Int >Post.id',
        url: 'String',
        place: 'Int',
        changed: 'DateTime updatedAt',
      },
      Tag: { id: 'Int id auto', label: 'String unique', changed: 'DateTime updatedAt' },
    })
    const map: MingleConfig['map'] = {
      user: to('User', { id: 'id', email: 'email', created_at: 'joined' }),
      post: to('Post', { id: 'id', user_id: 'by', text: 'text', created_at: 'at' }),
      picture: to('Photo', { id: 'id', user_id: 'owner', url: 'url', position: 'place' }),
      post_picture: to('Shot', { id: 'id', user_id: 'owner', post_id: 'post', url: 'url', position: 'place' }),
      interest: to('Tag', { name: 'label' }),
    }
    const site = await attached(file('pictures'), metadata, map, { count: 150, days: 6 })
    expect(await verdict(site)).toMatchObject(clean)
    const [photo] = ask(
      site.file,
      'SELECT count(*) AS n, sum(changed = joined) AS same FROM Photo JOIN User ON User.id = owner',
    )
    expect(photo!.n).toBeGreaterThan(50)
    expect(photo!.same).toBe(photo!.n)
    const [shot] = ask(
      site.file,
      'SELECT count(*) AS n, sum(changed = at AND owner = by) AS same, min(place) AS low FROM Shot JOIN Post ON Post.id = post',
    )
    expect(shot!.n).toBeGreaterThan(5)
    expect(shot).toMatchObject({ same: shot!.n, low: 0 })
    expect(ask(site.file, "SELECT count(*) AS n FROM Tag WHERE changed < '2000'")).toEqual([{ n: 0 }])
  })

  it('a like knows the match that it made, a fact its day', async () => {
    const metadata = schema(
      {
        User: USER,
        Match: { id: 'Int id auto', a: 'Int >User.id', b: 'Int >User.id', at: 'DateTime' },
        Swipe: {
          id: 'Int id auto',
          by: 'Int >User.id',
          whom: 'Int >User.id',
          at: 'DateTime',
          day: 'String',
          matchId: 'Int? >Match.id',
          verdict: 'String',
        },
      },
      { uniques: { Swipe: [['by', 'whom']] } },
    )
    const map: MingleConfig['map'] = {
      user,
      match: to('Match', { id: 'id', user_a_id: 'a', user_b_id: 'b', created_at: 'at' }),
      like: to('Swipe', {
        id: 'id',
        from_user_id: 'by',
        to_user_id: 'whom',
        created_at: 'at',
        day: 'day',
        match_id: 'matchId',
        action: 'verdict',
      }),
    }
    const site = await attached(file('made'), metadata, map, { count: 200, days: 8 })
    expect(await verdict(site)).toMatchObject(clean)
    const [row] = ask(
      site.file,
      'SELECT (SELECT count(*) FROM Match) AS matches, count(*) AS likes, sum(s.at < m.at AND min(s.by, s.whom) = a AND max(s.by, s.whom) = b) AS fit FROM Swipe s JOIN Match m ON m.id = matchId',
    )
    expect(row!.matches).toBeGreaterThan(3)
    expect(row).toEqual({ matches: row!.matches, likes: row!.matches, fit: row!.matches })
    expect(ask(site.file, 'SELECT count(*) AS n FROM Swipe WHERE day <> substr(at, 1, 10)')).toEqual([{ n: 0 }])
  })
})

import Database from 'libsql'
import { greatCircleKm } from '../../sim/content/index.ts'

type Row = Record<string, never>
export type Table = readonly (readonly (string | number | null)[])[]

const HOUR = 3_600_000
const round = (value: number, places = 6) => Math.round(value * 10 ** places) / 10 ** places
const at = (time: unknown) => (typeof time === 'number' ? time : Date.parse(String(time)))
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/**
 * The derived tables of a small SQLite database by brute force: every pair is looked at, nothing is done in batches. Rows
 * have their columns in the order of the schema, without `computed_at`, and are sorted by key.
 */
export function oracle(file: string, asOf: number, top: number, halfLifeHours: number): Record<string, Table> {
  const database = new Database(file)
  const all = (sql: string) => database.prepare(sql).all() as Row[]
  const users = all('SELECT id FROM users').map((row) => Number(row.id))
  const interestsOf = new Map(users.map((id) => [id, [] as number[]]))
  for (const { user_id, interest_id } of all('SELECT * FROM user_interests'))
    interestsOf.get(user_id)!.push(interest_id)
  const peopleOf = new Map<number, number[]>()
  for (const [user, its] of interestsOf) for (const id of its) peopleOf.set(id, [...(peopleOf.get(id) ?? []), user])

  const relationships = [...peopleOf].flatMap(([a, mine]) =>
    [...peopleOf].flatMap(([b, theirs]) => {
      const shared = mine.filter((user) => theirs.includes(user)).length
      return a === b || shared === 0 ? [] : [[a, b, shared, round(shared / Math.sqrt(mine.length * theirs.length))]]
    }),
  )

  const count = (table: string, user: number) =>
    Number(all(`SELECT count(*) AS n FROM ${table} WHERE user_id = ${user}`)[0]!.n)
  const searchable = all('SELECT * FROM profiles ORDER BY user_id').flatMap((p) => {
    const born = new Date(at(p.birthdate)).toISOString().slice(0, 10)
    const today = new Date(asOf - 1).toISOString().slice(0, 10)
    const age = Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0)
    const seen = all(`SELECT started_at FROM sessions WHERE user_id = ${p.user_id}`).map((row) => at(row.started_at))
    const before = seen.filter((time) => time < asOf)
    const { user_id, display_name, gender, seeks, intent, city, state, country, latitude, longitude } = p
    const counts = [p.bio ? 1 : 0, count('profile_media', user_id), count('user_interests', user_id)]
    const last = before.length > 0 ? Math.max(...before) : null
    return age < 18
      ? []
      : [
          [
            user_id,
            display_name,
            age,
            gender,
            seeks,
            intent,
            city,
            state,
            country,
            latitude,
            longitude,
            ...counts,
            last,
          ],
        ]
  })

  const questions = all(`SELECT q.*, z.slug FROM quiz_questions q JOIN quizzes z ON z.id = q.quiz_id`)
  const options = (question: number) =>
    all(`SELECT value FROM quiz_options WHERE question_id = ${question} ORDER BY position`).map((row) => row.value)
  const answers = all('SELECT * FROM quiz_answers').map(
    (row) => ({ ...row, answers: JSON.parse(row.answers) }) as unknown as Row,
  )
  const traits = answers.flatMap((answer) =>
    questions
      .filter((q) => q.quiz_id === answer.quiz_id && options(q.id).includes(answer.answers[q.id] as never))
      .map((q) => {
        const values = options(q.id)
        const place = values.indexOf(answer.answers[q.id] as never) / Math.max(1, values.length - 1)
        return [answer.user_id, `${q.slug}.${q.position}`, round(place)] as [number, string, number]
      }),
  )
  const stats = questions.flatMap((q) => {
    const chosen = answers
      .map((answer) => answer.answers[q.id])
      .filter((value) => options(q.id).includes(value as never))
    return options(q.id).map((value) => {
      const n = chosen.filter((other) => other === value).length
      return [q.quiz_id, q.id, value, n, chosen.length === 0 ? 0 : round(n / chosen.length)]
    })
  })

  const traitsOf = new Map(
    users.map((id) => [id, new Map(traits.filter(([user]) => user === id).map((t) => [t[1], t[2]]))]),
  )
  const people = searchable.map(([id, , age, gender, seeks, intent, , , , latitude, longitude]) => {
    return { id, age, gender, seeks: String(seeks).split(','), intent, latitude, longitude } as never
  }) as {
    id: number
    age: number
    gender: string
    seeks: string[]
    intent: string
    latitude: number
    longitude: number
  }[]
  const scores = people.flatMap((a) => {
    const found = people
      .filter((b) => a !== b && a.seeks.includes(b.gender) && b.seeks.includes(a.gender))
      .map((b) => {
        const [mine, theirs] = [traitsOf.get(a.id)!, traitsOf.get(b.id)!]
        const both = [...mine.keys()].filter((trait) => theirs.has(trait))
        const apart = sum(both.map((trait) => Math.abs(mine.get(trait)! - theirs.get(trait)!)))
        const quiz = both.length === 0 ? 0.5 : 1 - round(apart) / both.length
        const [these, those] = [interestsOf.get(a.id)!, interestsOf.get(b.id)!]
        const shorter = Math.min(these.length, those.length)
        const interests = shorter === 0 ? 0 : these.filter((id) => those.includes(id)).length / shorter
        const km = greatCircleKm(a, b)
        let score = (4 * quiz + 3 / (1 + km / 25) + 2 * interests) / 9
        const pair = [a.intent, b.intent]
        const differ = a.intent !== b.intent
        if (differ && (pair.includes('friends') || (pair.includes('casual') && pair.includes('relationship'))))
          score *= 0.1
        if (Math.abs(a.age - b.age) > 9) score *= 0.3
        return [a.id, b.id, round(score), round(quiz), round(interests), round(km, 3)] as const
      })
    return found.sort((x, y) => y[2] - x[2] || x[1] - y[1]).slice(0, top)
  })

  const since = asOf - 10 * halfLifeHours * HOUR
  const posts = all('SELECT * FROM posts').flatMap((post) => {
    const times = (table: string, column: string) =>
      all(`SELECT ${column} AS at FROM ${table} WHERE post_id = ${post.id}`)
        .map((row) => at(row.at))
        .filter((time) => time < asOf)
    const [views, likes] = [times('feed_seen', 'seen_at'), times('liked_posts', 'created_at')]
    const decayed = (all: number[]) => sum(all.map((t) => 0.5 ** (Math.floor((asOf - t) / HOUR) / halfLifeHours)))
    const written = at(post.created_at)
    if (written < since || written >= asOf || views.length + likes.length === 0) return []
    return [{ id: post.id, user: post.user_id, views, likes, score: round(0.1 * decayed(views) + decayed(likes)) }]
  })
  const heat = [...peopleOf.keys()].flatMap((interest) => {
    const its = posts.filter(({ user }) => interestsOf.get(user)!.includes(interest as never))
    const score = sum(its.map((post) => post.score / interestsOf.get(post.user)!.length))
    return its.length === 0 ? [] : [[interest, new Set(its.map(({ user }) => user)).size, its.length, round(score)]]
  })
  database.close()
  return {
    interest_relationships: sorted(relationships, 2),
    searchable_users: sorted(searchable, 1),
    user_traits: sorted(traits, 2),
    match_scores: sorted(scores, 2),
    quiz_answer_stats: sorted(stats, 3),
    trending_posts: sorted(
      posts.map(({ id, views, likes, score }) => [id, views.length, likes.length, score]),
      1,
    ),
    trending_interests: sorted(heat, 1),
  }
}

/** By the first columns: numbers by size, texts by code. */
export function sorted(rows: readonly (readonly unknown[])[], keys: number): Table {
  const order = (a: never, b: never) => (a < b ? -1 : a > b ? 1 : 0)
  return [...rows].sort((x, y) => {
    for (let i = 0; i < keys; i++) if (x[i] !== y[i]) return order(x[i] as never, y[i] as never)
    return 0
  }) as Table
}

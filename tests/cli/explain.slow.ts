import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askedRun, type DecisionRecord, lookOn, makeRng, planMarkets, type RunInput } from '../../sim/index.ts'
import { Workplace } from './command-line.ts'

const INPUT: RunInput = { seed: 'asked', count: 160, market: 'country' }
const DAYS = 9
const place = new Workplace()
const other = 'file:./other.db'

interface LikeRow {
  readonly a: number
  readonly b: number
  readonly action: string
}
let likes: LikeRow[]
let byDraw: readonly DecisionRecord[]

function query<T>(sql: string): T[] {
  const database = new Database(join(place.folder, 'mingle.db'), { readonly: true })
  try {
    return database.prepare(sql).all() as T[]
  } finally {
    database.close()
  }
}

async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await place.mingle([...args, '--json'])
  expect(stderr.replaceAll(/^.*(days|people|replayed).*$/gm, '').trim()).toBe('')
  expect([0, 1]).toContain(code)
  return JSON.parse(stdout) as Record<string, unknown>
}

beforeAll(async () => {
  const run = ['run', '--run-seed', 'asked', '--count', '160', '--days', String(DAYS), '--market', 'country', '--json']
  await Promise.all([
    place.mingle(run),
    place.mingle([...run, '--set', 'policy.like.nearKm=25', '--database-url', other]),
  ])
  likes = query<LikeRow>(`
    select f.k as a, t.k as b, l.action from likes l
    join seed_people f on f.user_id = l.from_user_id join seed_people t on t.user_id = l.to_user_id order by l.id`)
  const asked = askedRun(INPUT, DAYS)
  const plan = planMarkets(asked.config)
  byDraw = lookOn(asked, plan, plan.ids[0]!, { pair: () => true }).witness.decisions
}, 180_000)
afterAll(() => place.remove())

describe('explain', () => {
  it('agrees with the database for 1,000 random decisions', () => {
    const stream = makeRng('which decisions')
    expect(likes.length).toBeGreaterThan(1000)
    const known = new Map(byDraw.map((one) => [`${one.a} ${one.b}`, one]))
    for (const { a, b, action } of stream.shuffle([...likes]).slice(0, 1000)) {
      const seen = known.get(`${a} ${b}`)!
      expect(seen.draw < seen.chance ? 'LIKE' : 'DISLIKE').toBe(action)
    }
  })

  it('says so by the command line, of a run in a database and of one without', async () => {
    const liked = likes.find(({ action }) => action === 'LIKE')!
    const passed = likes.find(({ action }) => action === 'DISLIKE')!
    for (const { a, b, action } of [liked, passed]) {
      const explained = await json(['explain', 'like', String(a), String(b)])
      const record = byDraw.find((one) => one.a === a && one.b === b)!
      expect(explained).toMatchObject({ outcome: action, probability: record.chance, draw: record.draw })
      expect((explained.terms as unknown[]).length).toBeGreaterThan(8)
    }
    const described = ['--run-seed', 'asked', '--count', '160', '--days', String(DAYS), '--market', 'country']
    const words = ['explain', 'like', String(liked.a), String(liked.b)]
    const [there, made] = await Promise.all([json(words), json([...words, ...described])])
    expect({ ...made, run: '' }).toEqual({ ...there, run: '' })
  })

  it('finds matches and messages as they are', async () => {
    const [match] = query<{ a: number; b: number; id: number }>(`
      select a.k as a, b.k as b, m.id from matches m join seed_people a on a.user_id = m.user_a_id
      join seed_people b on b.user_id = m.user_b_id
      where (select count(distinct sender_id) from messages where match_id = m.id) = 2 limit 1`)
    expect(await json(['explain', 'match', String(match!.b), String(match!.a)])).toMatchObject({ outcome: 'MATCH' })
    const replies = await Promise.all(
      [
        [match!.a, match!.b],
        [match!.b, match!.a],
      ].map(([a, b]) => json(['explain', 'reply', String(a), String(b)])),
    )
    for (const { probability, draw, outcome } of replies) {
      expect(['REPLY', 'SILENCE', 'FAREWELL', 'PENDING', 'NONE']).toContain(outcome)
      if (outcome === 'REPLY') expect(draw as number).toBeLessThan(probability as number)
    }
  })

  it('tells why an item is in the feed, by its author or by its row', async () => {
    const [seen] = query<{ reader: number; post: number; author: number; liked: number }>(`
      select r.k as reader, s.post_id as post, a.k as author,
        (select count(*) from liked_posts l where l.user_id = s.user_id and l.post_id = s.post_id) as liked
      from feed_seen s join seed_people r on r.user_id = s.user_id join posts p on p.id = s.post_id
      join seed_people a on a.user_id = p.user_id order by liked desc limit 1`)
    const byRow = await json(['explain', 'feed', String(seen!.reader), String(seen!.post)])
    expect(byRow).toMatchObject({ question: 'feed', b: seen!.author, outcome: 'LIKE' })
    const name = (byRow.details as { post: string }).post
    expect(await json(['explain', 'feed', String(seen!.reader), name])).toEqual(byRow)
    const day = await json(['explain', 'feed', String(seen!.reader), '--day', '2'])
    const rows = query<{ n: number }>(`
      select count(*) as n from feed_seen s join seed_people r on r.user_id = s.user_id
      where r.k = ${seen!.reader} and s.seen_at >= '2024-01-03' and s.seen_at < '2024-01-04'`)
    expect((day.items as unknown[]).length).toBe(rows[0]!.n)
  })

  it('refuses what makes no sense', async () => {
    const cases: readonly [readonly string[], string][] = [
      [['explain', 'like', '3'], 'needs two people'],
      [['explain', 'love', '3', '4'], 'there is no question'],
      [['explain', 'like', '3', '3'], 'given twice'],
      [['explain', 'like', '3', '4000'], 'people 1 to 160'],
      [['explain', 'like', '3', '4', '--day', '2'], 'decide on each other once'],
      [['explain', 'reply', '3', '4', '--at', 'noon'], '--at expects'],
      [['explain', 'feed', '3', 'x'], 'such as 77:2'],
      [['explain', 'feed', '3', '77:2', '--day', '1'], 'leave --day and --at out, or the posts'],
      [['explain', 'feed', '3', '--day', '999'], "there is no day 999: the run's days are 0 to 8"],
      [['explain', 'like', '3', '4', '--count', '9', '--database-url', other], 'leave --count out'],
      [['explain', 'like', '3', '4', '--run-seed', 'nobody', '--database-url', other], "no run 'nobody'"],
    ]
    for (const [args, message] of cases) {
      const { code, stderr } = await place.mingle(args)
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
      expect(stderr).not.toContain('not expected')
    }
  })
})

describe('debug user', () => {
  it('makes a person again without a database, as the database has it', async () => {
    const [row] = query<{ name: string; bio: string; id: number; email: string }>(`
      select p.display_name as name, p.bio, u.id, u.email from users u join profiles p on p.user_id = u.id
      join seed_people s on s.user_id = u.id where s.k = 23`)
    const made = await json(['debug', 'user', '23', '--run-seed', 'asked', '--start-date', '2024-01-01'])
    expect(made).toMatchObject({ k: 23, profile: { displayName: row!.name } })
    expect((made.profile as { bio: string }).bio).toBe(row!.bio ?? '')
    for (const who of [
      ['--id', String(row!.id)],
      ['--email', row!.email],
      ['--user-id', '23'],
    ]) {
      expect((await json(['debug', 'user', ...who])).profile).toEqual(made.profile)
    }
  })

  it('tells the days of a person, and whom they met', async () => {
    const [busy] = query<{ k: number; n: number }>(`
      select s.k, count(*) as n from likes l join seed_people s on s.user_id = l.from_user_id
      where l.created_at >= '2024-01-04' and l.created_at < '2024-01-07' group by s.k order by n desc limit 1`)
    const { timeline } = (await json(['debug', 'user', String(busy!.k), '--days', '3..5'])) as {
      timeline: { days: { events: { what: string }[] }[]; met: unknown[] }
    }
    const decided = timeline.days
      .flatMap(({ events }) => events)
      .filter(({ what }) => what === 'like' || what === 'pass')
    expect(timeline.days.length).toBe(3)
    expect(decided.length).toBe(busy!.n)
    expect(timeline.met.length).toBeGreaterThan(0)
  })

  it('refuses what makes no sense', async () => {
    const cases: readonly [readonly string[], string][] = [
      [['debug', 'user'], 'needs one person'],
      [['debug', 'cat', '3'], "debug is followed by 'user', got 'cat'"],
      [['debug', 'user', '3', '--days', '5..2'], '--days expects'],
      [['debug', 'user', '--email', 'nobody@example.com'], 'no user'],
      [['debug', 'user', '--id', '99999'], 'none of run'],
      [['debug', 'user', '500', '--days', '1..2'], 'people 1 to 160'],
      [['debug', 'user', '3', '--days', '8..9'], "there is no day 9: the run's days are 0 to 8"],
    ]
    for (const [args, message] of cases) {
      const { code, stderr } = await place.mingle(args)
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
    }
  })
})

describe('diff', () => {
  it('names the first fact that differs, and counts the rest', async () => {
    const found = (await json(['diff', 'file:./mingle.db', other])) as {
      equal: boolean
      first: { day: number; kind: string; person: number; a: { time: string }; b: { time: string } }
      settings: Record<string, unknown>
      counts: Record<string, { onlyA: number; onlyB: number; both: number }>
    }
    expect(found.equal).toBe(false)
    expect(found.settings).toEqual({ 'parameters.policy.like.nearKm': [15, 25] })
    expect(found.counts.like!.onlyA + found.counts.like!.both).toBe(likes.length)
    // Until then the decisions agree, by the databases.
    const before = (file: string) => {
      const database = new Database(join(place.folder, file), { readonly: true })
      const sql = `select from_user_id, to_user_id, action, created_at from likes where created_at < '${found.first.a.time.slice(0, 23)}' order by id`
      const rows = JSON.stringify(database.prepare(sql).all())
      database.close()
      return rows
    }
    expect(before('mingle.db')).toBe(before('other.db'))
    expect(found.first.a.time).toBe(found.first.b.time)
  })

  it('finds a run equal to itself, and rows that were changed', async () => {
    const same = ['diff', 'asked', 'asked', '--count', '60', '--days', '2']
    expect((await place.mingle(same)).code).toBe(0)
    const database = new Database(join(place.folder, 'other.db'))
    database.exec(`update likes set action = case action when 'LIKE' then 'DISLIKE' else 'LIKE' end where id = 40`)
    database.close()
    const { code, stdout } = await place.mingle(['diff', other, other])
    expect(code).toBe(1)
    expect(stdout).toContain('table likes')
  })

  it('refuses what makes no sense', async () => {
    const { code, stderr } = await place.mingle(['diff', 'file:./mingle.db', 'file:./none.db'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('none.db')])
    const twice = await place.mingle(['diff', 'file:./mingle.db', other, '--database-url', other])
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('leave --database-url out')])
  })
})

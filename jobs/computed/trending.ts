import { exp } from '../../sim/kernel/index.ts'
import { among, between } from '../database/database.ts'
import { rounded } from '../database/rounded.ts'
import type { Job } from '../job.ts'
import type { JobWork } from '../work.ts'

const HOUR_MS = 3_600_000
const POSTS_AT_ONCE = 2000
const { LN2 } = Math
/** Posts older than this many half-lives are out: what was done on the first day weighs a thousandth. */
const HALF_LIVES = 10
/** What a view and a like weigh before they decay (chosen: a like is worth ten views). */
const VIEW_WEIGHT = 0.1
const LIKE_WEIGHT = 1

/** Posts by what is seen and liked of them, what happened long ago counting for less; interests by their people's posts. */
export const trending: Job = {
  name: 'trending',
  summary: 'Posts and interests by views and likes that lose half their weight every half-life',
  inputs: ['posts', 'feed_seen', 'liked_posts', 'user_interests'],
  outputs: ['trending_posts', 'trending_interests'],
  after: [],
  async run(work) {
    await trendingPosts(work)
    await trendingInterests(work)
  },
}

async function trendingPosts(work: JobWork): Promise<void> {
  const { database, asOf, options } = work
  const written = database.ms('created_at')
  const since = asOf - HALF_LIVES * options.halfLifeHours * HOUR_MS
  const window = `${written} >= ${since} AND ${written} < ${asOf}`
  const total = await database.number(`SELECT count(*) FROM posts WHERE ${window}`)
  let done = 0
  for await (const range of database.ranges('posts', 'id', POSTS_AT_ONCE, window)) {
    const posts = await database.select(
      { id: 'id' },
      `SELECT id FROM posts WHERE ${between('id', range)} AND ${window} ORDER BY id`,
    )
    const counts = new Map(Array.from(posts.id, (id) => [id, { views: 0, likes: 0, score: 0 }]))
    for (const { table, at, weight, name } of [
      { table: 'feed_seen', at: 'seen_at', weight: VIEW_WEIGHT, name: 'views' },
      { table: 'liked_posts', at: 'created_at', weight: LIKE_WEIGHT, name: 'likes' },
    ] as const) {
      const when = database.ms(at)
      const hours = database.div(`(${asOf} - ${when})`, HOUR_MS)
      const events = await database.select(
        { post: 'id', hours: 'int', n: 'int' },
        `SELECT post_id, ${hours}, count(*) FROM ${table} WHERE ${among('post_id', posts.id)} AND ${when} < ${asOf}
         GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      for (let i = 0; i < events.size; i++) {
        const its = counts.get(events.post[i]!)!
        its[name] += events.n[i]!
        its.score += weight * events.n[i]! * exp((-LN2 * events.hours[i]!) / options.halfLifeHours)
      }
    }
    const found = [...counts].filter(([, { views, likes }]) => views + likes > 0)
    await work.batch(() =>
      work.replace('trending_posts', between('post_id', range), found.length, {
        post_id: Float64Array.from(found, ([id]) => id),
        views: Float64Array.from(found, ([, { views }]) => views),
        likes: Float64Array.from(found, ([, { likes }]) => likes),
        score: Float64Array.from(found, ([, { score }]) => rounded(score)),
      }),
    )
    work.progress((done += posts.size), total)
  }
}

/** A post's score is shared out among its author's interests. */
async function trendingInterests(work: JobWork): Promise<void> {
  const { database, asOf } = work
  const own = `t.computed_at = ${database.moment(asOf)}`
  const scores = new Map<number, number>()
  for await (const range of database.ranges('trending_posts', 'post_id', POSTS_AT_ONCE)) {
    const shares = await database.select(
      { post: 'id', score: 'float', interest: 'id' },
      `SELECT t.post_id, t.score, ui.interest_id FROM trending_posts t JOIN posts p ON p.id = t.post_id
       JOIN user_interests ui ON ui.user_id = p.user_id
       WHERE ${between('t.post_id', range)} AND ${own} ORDER BY t.post_id, ui.interest_id`,
    )
    for (let from = 0; from < shares.size; ) {
      let to = from
      while (to < shares.size && shares.post[to] === shares.post[from]) to++
      for (let i = from; i < to; i++) {
        const interest = shares.interest[i]!
        scores.set(interest, (scores.get(interest) ?? 0) + shares.score[i]! / (to - from))
      }
      from = to
    }
  }
  const counts = await database.select(
    { interest: 'id', users: 'int', posts: 'int' },
    `SELECT ui.interest_id, count(DISTINCT p.user_id), count(*) FROM trending_posts t JOIN posts p ON p.id = t.post_id
     JOIN user_interests ui ON ui.user_id = p.user_id WHERE ${own} GROUP BY ui.interest_id ORDER BY ui.interest_id`,
  )
  await work.batch(() =>
    work.replace('trending_interests', '1 = 1', counts.size, {
      interest_id: counts.interest,
      users: counts.users,
      posts: counts.posts,
      score: Float64Array.from(counts.interest, (interest) => rounded(scores.get(interest)!)),
    }),
  )
}

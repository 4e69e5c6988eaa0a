import { type Measures, meanInterval } from '../../../sim/observe/index.ts'
import { plain, share, sum } from '../numbers.ts'
import { type Sql, toNumber } from '../sql.ts'

/** Counts filed under a day. */
export type PerDay = ReadonlyMap<number, number>

export interface FeedCounts {
  readonly seen: PerDay
  readonly engaged: PerDay
  /** Posts by day and number of likes. */
  readonly posts: readonly { readonly day: number; readonly likes: number; readonly n: number }[]
}

export async function readFeed(sql: Sql): Promise<FeedCounts> {
  const seen = await sql.rows(
    `SELECT ${sql.day('s.seen_at')} AS day, count(*) AS n FROM ${sql.own('feed_seen')} s GROUP BY 1`,
  )
  const engaged = await sql.rows(`
    SELECT ${sql.day('s.seen_at')} AS day, count(*) AS n
    FROM (SELECT user_id, post_id FROM ${sql.own('liked_posts')} l
          UNION SELECT viewer_id, source_post_id FROM ${sql.own('profile_views')} v WHERE source_post_id IS NOT NULL) e
    JOIN feed_seen s ON s.post_id = e.post_id AND s.user_id = e.user_id
    WHERE ${sql.isOwn('feed_seen', 's.id')}
    GROUP BY 1`)
  const posts = await sql.rows(`
    SELECT day, likes, count(*) AS n FROM (
      SELECT ${sql.day('p.created_at')} AS day, coalesce(l.likes, 0) AS likes
      FROM ${sql.own('posts')} p
      LEFT JOIN (SELECT post_id, count(*) AS likes FROM ${sql.own('liked_posts')} k GROUP BY post_id) l
        ON l.post_id = p.id) each_post
    GROUP BY day, likes`)
  const perDay = (rows: readonly { readonly day?: unknown; readonly n?: unknown }[]) =>
    new Map(rows.map(({ day, n }) => [toNumber(day), toNumber(n)]))
  return {
    seen: perDay(seen),
    engaged: perDay(engaged),
    posts: posts.map(({ day, likes, n }) => ({ day: toNumber(day), likes: toNumber(likes), n: toNumber(n) })),
  }
}

/** Engagement and unliked posts, of some days or of all. */
export function measureFeed(feed: FeedCounts, days: number, from = 0, to = Number.POSITIVE_INFINITY): Measures {
  const inside = (counts: PerDay) => sum([...counts].filter(([day]) => day >= from && day < to).map(([, n]) => n))
  const posts = feed.posts.filter(({ day }) => day >= from && day < Math.min(to, days - 3))
  const count = sum(posts.map(({ n }) => n))
  return {
    '6': share(inside(feed.engaged), inside(feed.seen)),
    '7': share(sum(posts.filter(({ likes }) => likes === 0).map(({ n }) => n)), count),
    ...likesPerPost(posts, count),
  }
}

function likesPerPost(posts: FeedCounts['posts'], count: number): Measures {
  const average = sum(posts.map(({ likes, n }) => likes * n)) / count
  const variance = sum(posts.map(({ likes, n }) => (likes - average) ** 2 * n)) / (count - 1)
  return {
    'r.likes.mean': plain(average, count, count > 1 ? meanInterval(average, Math.sqrt(variance), count) : null),
    'r.likes.k': plain((average * average) / (variance - average), count),
  }
}

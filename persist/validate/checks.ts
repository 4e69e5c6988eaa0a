import type { Findings } from './measures.ts'
import { sum } from './numbers.ts'
import { DAY_MS, type Sql, toNumber } from './sql.ts'
import type { Conversation } from './subjects/conversations.ts'
import { missing } from './subjects/profiles.ts'

/** One sanity check of the run's rows. */
export interface Check {
  readonly id: string
  readonly name: string
  readonly value: number
  readonly expected: string
  /** null: the data can't carry it. */
  readonly ok: boolean | null
  readonly detail: string
}

/** Rows named where a check fails. */
const NAMED = 5

/** Checks of rows that belong together: what a query finds is wrong. */
function broken(sql: Sql): readonly { id: string; name: string; query: string }[] {
  const own = (table: string) => sql.own(table)
  const after = (earlier: string, later: string) => `${sql.ms(later)} <= ${sql.ms(earlier)}`
  return [
    {
      id: 'email.form',
      // The site's own people, adopted, have their own.
      name: 'emails are test.user<id>@example.com',
      query: `SELECT u.id FROM users u WHERE u.id IN ${sql.people} AND u.email <> ${text(sql, 'u.id')}
              AND NOT EXISTS (SELECT 1 FROM seed_people s WHERE s.user_id = u.id AND s.flags >= 16)`,
    },
    {
      id: 'email.unique',
      name: 'no email twice',
      query: `SELECT min(id) AS id FROM users GROUP BY email HAVING count(*) > 1`,
    },
    {
      id: 'session.length',
      name: 'sessions end after they start',
      query: `SELECT x.id FROM ${own('sessions')} x WHERE ${after('x.started_at', 'x.ended_at')}`,
    },
    {
      id: 'session.joined',
      name: 'no session before signing up',
      query: `SELECT x.id FROM ${own('sessions')} x JOIN users u ON u.id = x.user_id
        WHERE ${sql.ms('x.started_at')} < ${sql.ms('u.created_at')}`,
    },
    {
      id: 'seen.after',
      name: 'no post seen before it was written, or by its author',
      query: `SELECT x.id FROM ${own('feed_seen')} x JOIN posts p ON p.id = x.post_id
        WHERE ${after('p.created_at', 'x.seen_at')} OR p.user_id = x.user_id`,
    },
    {
      id: 'liked.after',
      name: 'no post liked before it was written',
      query: `SELECT x.id FROM ${own('liked_posts')} x JOIN posts p ON p.id = x.post_id
        WHERE ${after('p.created_at', 'x.created_at')}`,
    },
    {
      id: 'view.source',
      name: 'a profile opened from a post is its author’s, after the post',
      query: `SELECT x.id FROM ${own('profile_views')} x JOIN posts p ON p.id = x.source_post_id
        WHERE p.user_id <> x.viewed_id OR ${after('p.created_at', 'x.viewed_at')}`,
    },
    {
      id: 'like.self',
      name: 'nobody decides on themselves or looks at their own profile',
      query: `SELECT x.id FROM ${own('likes')} x WHERE from_user_id = to_user_id
        UNION ALL SELECT y.id FROM ${own('profile_views')} y WHERE viewer_id = viewed_id`,
    },
    {
      id: 'like.joined',
      name: 'no decision on someone who had not signed up',
      query: `SELECT x.id FROM ${own('likes')} x JOIN users u ON u.id = x.to_user_id
        WHERE ${sql.ms('x.created_at')} < ${sql.ms('u.created_at')}`,
    },
    {
      id: 'match.likes',
      name: 'a match follows two LIKEs, one each way',
      query: `SELECT m.id FROM ${own('matches')} m
        LEFT JOIN likes f ON f.from_user_id = m.user_a_id AND f.to_user_id = m.user_b_id AND f.action = 'LIKE'
        LEFT JOIN likes g ON g.from_user_id = m.user_b_id AND g.to_user_id = m.user_a_id AND g.action = 'LIKE'
        WHERE m.user_a_id >= m.user_b_id OR f.id IS NULL OR g.id IS NULL
          OR ${after('f.created_at', 'm.created_at')} OR ${after('g.created_at', 'm.created_at')}`,
    },
    ...PAIRS.map(({ id, name, table, pair }) => ({
      id,
      name,
      // Where a table is kept in partitions, its unique holds within each alone.
      query: `SELECT min(x.id) AS id FROM ${own(table)} x GROUP BY ${pair} HAVING count(*) > 1`,
    })),
    {
      id: 'message.match',
      name: 'no message before its match, or by someone else',
      query: `SELECT x.id FROM ${own('messages')} x JOIN matches m ON m.id = x.match_id
        WHERE ${after('m.created_at', 'x.sent_at')} OR x.sender_id NOT IN (m.user_a_id, m.user_b_id)`,
    },
    {
      id: 'message.order',
      name: 'no message before the one that it follows',
      query: `SELECT id FROM (SELECT x.id, ${sql.ms('x.sent_at')} AS at,
          lag(${sql.ms('x.sent_at')}) OVER (PARTITION BY x.match_id ORDER BY x.id) AS former
        FROM ${own('messages')} x) ordered WHERE at <= former`,
    },
    {
      id: 'time.run',
      name: 'nothing after the last day',
      query: ['sessions.ended_at', 'posts.created_at', 'likes.created_at', 'messages.sent_at']
        .map((column) => column.split('.') as [string, string])
        .map(
          ([table, at]) => `SELECT x.id FROM ${own(table)} x, seed_runs r
          WHERE r.id = ${sql.runId} AND ${sql.ms(`x.${at}`)} >= (r.last_day + 1) * ${DAY_MS}`,
        )
        .join(' UNION ALL '),
    },
    ...orphans(sql),
  ]
}

/** What happens once between two. */
const PAIRS = [
  { id: 'seen.once', name: 'nobody sees a post twice', table: 'feed_seen', pair: 'x.post_id, x.user_id' },
  { id: 'liked.once', name: 'nobody likes a post twice', table: 'liked_posts', pair: 'x.user_id, x.post_id' },
  { id: 'like.once', name: 'nobody decides twice on one person', table: 'likes', pair: 'x.from_user_id, x.to_user_id' },
  { id: 'match.once', name: 'no pair matches twice', table: 'matches', pair: 'x.user_a_id, x.user_b_id' },
] as const

/** An email as the plan writes it; only the word for joining text differs. */
function text(sql: Sql, id: string): string {
  return sql.provider === 'mysql'
    ? `concat('test.user', ${id}, '@example.com')`
    : `'test.user' || ${id} || '@example.com'`
}

/** Rows whose parent is not there. */
function orphans(sql: Sql): { id: string; name: string; query: string }[] {
  const links: [string, string, string][] = [
    ['sessions', 'user_id', 'users'],
    ['posts', 'user_id', 'users'],
    ['post_media', 'post_id', 'posts'],
    ['feed_seen', 'user_id', 'users'],
    ['feed_seen', 'post_id', 'posts'],
    ['liked_posts', 'user_id', 'users'],
    ['liked_posts', 'post_id', 'posts'],
    ['profile_views', 'viewer_id', 'users'],
    ['profile_views', 'viewed_id', 'users'],
    ['likes', 'from_user_id', 'users'],
    ['likes', 'to_user_id', 'users'],
    ['matches', 'user_a_id', 'users'],
    ['matches', 'user_b_id', 'users'],
    ['messages', 'match_id', 'matches'],
    ['messages', 'sender_id', 'users'],
  ]
  const tables = [...new Set(links.map(([table]) => table))]
  return tables.map((table) => {
    const parts = links.filter(([child]) => child === table)
    const joins = parts.map(([, column, parent], i) => `LEFT JOIN ${parent} p${i} ON p${i}.id = x.${column}`)
    const holes = parts.map((_, i) => `p${i}.id IS NULL`)
    return {
      id: `orphan.${table}`,
      name: `${table}: ${parts.map(([, column]) => column).join(' and ')} exist`,
      query: `SELECT x.id FROM ${sql.own(table)} x ${joins.join(' ')} WHERE ${holes.join(' OR ')}`,
    }
  })
}

/**
 * All sanity checks of the plan (7.2) and of cause and effect.
 *
 * @param observations fewest matches before "most" is asserted of them
 */
export async function runChecks(sql: Sql, findings: Findings, observations: number): Promise<Check[]> {
  const checks = [
    ...(await countChecks(sql, findings)),
    interestCheck(findings),
    threadCheck(findings, observations),
    await searchCheck(sql),
    await searchPageCheck(sql),
  ]
  for (const { id, name, query } of broken(sql)) {
    const value = await sql.number(`SELECT count(*) AS n FROM (${query}) found`)
    const named = value === 0 ? [] : await sql.rows(`${query} LIMIT ${NAMED}`)
    const ids = named.map((row) => toNumber(row.id)).join(', ')
    checks.push({ id, name, value, expected: '0', ok: value === 0, detail: value === 0 ? '' : `ids ${ids}` })
  }
  return checks
}

async function countChecks(sql: Sql, { people }: Findings): Promise<Check[]> {
  const users = await sql.number(`SELECT count(*) AS n FROM users WHERE id IN ${sql.people}`)
  const profiles = await sql.number(`SELECT count(*) AS n FROM profiles WHERE user_id IN ${sql.people}`)
  const checks: Check[] = [
    equal('users.profiles', 'users = profiles', users, profiles),
    equal('users.ledger', 'users = people of the run', users, people.size),
  ]
  const promised = await sql.rows(
    `SELECT d.table_name AS name, sum(d.rows) AS n FROM seed_run_days d WHERE d.run_id = ${sql.runId}
     GROUP BY d.table_name ORDER BY d.table_name`,
  )
  for (const { name, n } of promised) {
    const table = String(name)
    if (!ACTIVITY_TABLES.includes(table)) continue
    const found = await sql.number(`SELECT count(*) AS n FROM ${sql.own(table)} x`)
    checks.push(equal(`rows.${table}`, `${table}: rows as the ledger has them`, found, toNumber(n)))
  }
  return checks
}

const ACTIVITY_TABLES = [
  'sessions',
  'posts',
  'post_media',
  'feed_seen',
  'liked_posts',
  'profile_views',
  'likes',
  'matches',
  'messages',
]

function equal(id: string, name: string, value: number, expected: number): Check {
  return { id, name, value, expected: String(expected), ok: value === expected, detail: '' }
}

function interestCheck({ people }: Findings): Check {
  const all = [...people.values()]
  const wrong = all.filter((person) => {
    const least = missing(person).length === 0 ? 3 : 0
    return person.interests < least || person.interests > 8
  })
  const average = sum(all.map(({ interests }) => interests)) / all.length
  return {
    id: 'interests',
    name: '3–8 interests a person',
    value: wrong.length,
    expected: '0 outside',
    ok: wrong.length === 0,
    detail: `mean ${average.toFixed(2)}${wrong.length > 0 ? `; users ${named(wrong.map(({ userId }) => userId))}` : ''}`,
  }
}

function threadCheck({ conversations, days }: Findings, observations: number): Check {
  const settled = conversations.filter(({ matchedAt }: Conversation) => matchedAt < (days - 7) * DAY_MS)
  const long = settled.filter(({ messages }) => messages >= 2).length
  const value = long / settled.length
  return {
    id: 'threads',
    name: 'threads of 2 messages or more on most matches',
    value,
    expected: '> 0.5',
    ok: settled.length < observations ? null : value > 0.5,
    detail: `${long} of ${settled.length} matches with 7 days after them`,
  }
}

/** Derived tables belong to the jobs: checked once these have run. */
async function searchCheck(sql: Sql): Promise<Check> {
  const value = await sql.number(`SELECT count(*) AS n FROM searchable_users WHERE user_id IN ${sql.people}`)
  const any = await sql.number(`SELECT count(*) AS n FROM searchable_users`)
  return {
    id: 'search',
    name: 'search results populated after the jobs',
    value,
    expected: '> 0',
    ok: any === 0 ? null : value > 0,
    detail: any === 0 ? 'the jobs have not run' : '',
  }
}

/** Days in which a session makes a person active. */
const ACTIVE_DAYS = 14
/** Share of them whose page must have somebody: whoever is sought by nobody that they seek has none. */
const LEAST_SHARE = 0.99
const FEWEST_ACTIVE = 30

/** Whether the search page that docs/jobs.md describes has somebody for those who would look. */
async function searchPageCheck(sql: Sql): Promise<Check> {
  const end = `(SELECT (last_day + 1) * ${DAY_MS} FROM seed_runs WHERE id = ${sql.runId})`
  const active = `SELECT DISTINCT x.user_id FROM ${sql.own('sessions')} x
    WHERE ${sql.ms('x.started_at')} >= ${end} - ${ACTIVE_DAYS * DAY_MS}`
  const page = `SELECT 1 FROM match_scores m JOIN searchable_users s ON s.user_id = m.candidate_id
    WHERE m.user_id = a.user_id`
  const people = await sql.number(`SELECT count(*) AS n FROM (${active}) a`)
  const found = await sql.number(`SELECT count(*) AS n FROM (${active}) a WHERE EXISTS (${page})`)
  const any = await sql.number('SELECT count(*) AS n FROM (SELECT 1 FROM match_scores LIMIT 1) scores')
  const value = people === 0 ? 0 : found / people
  return {
    id: 'search.page',
    name: 'active people whose search page has results',
    value,
    expected: `>= ${LEAST_SHARE}`,
    ok: any === 0 || people < FEWEST_ACTIVE ? null : value >= LEAST_SHARE,
    detail: any === 0 ? 'the jobs have not run' : `${found} of ${people}, in the last ${ACTIVE_DAYS} days`,
  }
}

function named(ids: readonly number[]): string {
  return ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ', …' : '')
}

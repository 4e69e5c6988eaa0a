import { TABLES } from '../rows/tables.ts'

/**
 * What the reference schema must tell for each check and metric, in the words of `Holding`: a column, a column exactly
 * (`!`), how many rows there should be (`#`). Under a mapping onto a user's schema, what is not told is not asked for.
 */
const MATCHES = ['matches.user_a_id', 'matches.user_b_id', 'matches.created_at']
const MESSAGES = ['messages.match_id', 'messages.sender_id', 'messages.sent_at']
const TALK = [...MATCHES, ...MESSAGES]
const JOINED = ['users.created_at']
const SESSIONS = ['sessions.user_id', 'sessions.started_at']
const POSTS = ['posts.user_id', 'posts.created_at']
const EXPOSURE = [...JOINED, ...SESSIONS, ...POSTS]
const GENDER = ['profiles.gender']
const DECISIONS = ['likes.from_user_id', 'likes.action', 'likes.dislikes']
const COMPLETE = ['profiles.bio', 'quiz_answers.user_id', 'profile_media.user_id']
const ACTIONS = [
  ...POSTS,
  'feed_seen.user_id',
  'feed_seen.seen_at',
  'liked_posts.user_id',
  'liked_posts.created_at',
  'profile_views.viewer_id',
  'profile_views.viewed_at',
  'likes.from_user_id',
  'likes.created_at',
  'likes.dislikes',
  'messages.sender_id',
  'messages.sent_at',
]

/** By metric; a name that ends in a full stop stands for all that begin with it. */
export const METRIC_NEEDS: Readonly<Record<string, readonly string[]>> = {
  '1': ['profiles.user_id', 'likes.from_user_id', 'likes.action', 'likes.created_at', ...MATCHES],
  '2': TALK,
  '3': TALK,
  '4': TALK,
  '5': EXPOSURE,
  '6': [
    'feed_seen.user_id',
    'feed_seen.post_id',
    'feed_seen.seen_at',
    'liked_posts.user_id',
    'liked_posts.post_id',
    'profile_views.viewer_id',
    'profile_views.source_post_id',
  ],
  '7': ['posts.id', 'posts.created_at', 'liked_posts.post_id'],
  '8': COMPLETE,
  '9': ['quiz_answers.user_id'],
  '10': [...COMPLETE, 'user_interests.user_id'],
  '11.': [...JOINED, 'profiles.birthdate'],
  '12': [...JOINED, ...SESSIONS, 'sessions.ended_at'],
  '13.': [...GENDER, ...DECISIONS],
  '14.': [...GENDER, 'likes.to_user_id', 'likes.action'],
  '15.men': [...TALK, ...GENDER],
  '15.same': [...TALK, ...GENDER],
  '15.all': TALK,
  '16.': ['matches.user_a_id', ...MESSAGES],
  '17.': TALK,
  '18.sessions': SESSIONS,
  '18.memory': SESSIONS,
  '18.actions': ACTIONS,
  '19.': [...ACTIONS, 'profiles.time_zone'],
  '20.distance': [...DECISIONS, 'likes.to_user_id', 'profiles.latitude', 'profiles.longitude'],
  '20.fall': [...DECISIONS, 'likes.to_user_id', 'profiles.latitude', 'profiles.longitude'],
  '20.age': [...MATCHES, 'profiles.birthdate'],
  'r.threads.': TALK,
  'r.likes.': ['posts.id', 'posts.created_at', 'liked_posts.post_id'],
  'r.retention.': [...JOINED, ...SESSIONS],
  'r.topposts': ['posts.user_id'],
  't.sociability.posts': [...EXPOSURE, ...GENDER],
  't.sociability.replies': [...TALK, ...GENDER],
  't.sociability.messages': [...TALK, ...GENDER],
  't.sociability.opens': [...TALK, ...GENDER],
  't.selectivity.likes': [...DECISIONS, ...GENDER],
  't.engagement.sessions': [...JOINED, 'sessions.user_id', ...GENDER],
  't.engagement.views': [...JOINED, 'feed_seen.user_id', ...GENDER],
  't.engagement.posts': [...EXPOSURE, ...GENDER],
  't.engagement.quiz': ['quiz_answers.user_id', ...GENDER],
}

export const CHECK_NEEDS: Readonly<Record<string, readonly string[]>> = {
  'users.profiles': ['users.id', 'profiles.own'],
  'users.ledger': ['users.id'],
  'email.form': ['users.id', 'users.email!'],
  'email.unique': ['users.email!'],
  'session.length': ['sessions.started_at!', 'sessions.ended_at!'],
  'session.joined': ['sessions.user_id', 'sessions.started_at!', 'users.created_at!'],
  'seen.after': ['feed_seen.user_id', 'feed_seen.post_id', 'feed_seen.seen_at!', 'posts.user_id', 'posts.created_at!'],
  'liked.after': ['liked_posts.post_id', 'liked_posts.created_at!', 'posts.created_at!'],
  'view.source': [
    'profile_views.viewed_id',
    'profile_views.source_post_id',
    'profile_views.viewed_at!',
    'posts.user_id',
    'posts.created_at!',
  ],
  'like.joined': ['likes.to_user_id', 'likes.created_at!', 'users.created_at!'],
  'match.likes': [
    'likes.from_user_id',
    'likes.to_user_id',
    'likes.action',
    'likes.created_at!',
    'matches.user_a_id',
    'matches.user_b_id',
    'matches.created_at!',
  ],
  'seen.once': ['feed_seen.user_id', 'feed_seen.post_id'],
  'liked.once': ['liked_posts.user_id', 'liked_posts.post_id'],
  'like.once': ['likes.from_user_id', 'likes.to_user_id'],
  'match.once': ['matches.user_a_id', 'matches.user_b_id'],
  'message.match': [...TALK, 'matches.created_at!', 'messages.sent_at!'],
  'message.order': ['matches.user_a_id', 'messages.id', 'messages.match_id', 'messages.sent_at!'],
  'orphan.sessions': ['sessions.user_id'],
  'orphan.posts': ['posts.user_id'],
  'orphan.post_media': ['post_media.post_id', 'posts.id'],
  'orphan.feed_seen': ['feed_seen.user_id', 'feed_seen.post_id', 'posts.id'],
  'orphan.liked_posts': ['liked_posts.user_id', 'liked_posts.post_id', 'posts.id'],
  'orphan.profile_views': ['profile_views.viewer_id', 'profile_views.viewed_id'],
  'orphan.likes': ['likes.from_user_id', 'likes.to_user_id'],
  'orphan.matches': ['matches.user_a_id', 'matches.user_b_id'],
  'orphan.messages': ['messages.match_id', 'messages.sender_id', 'matches.user_a_id'],
  interests: [...COMPLETE, 'user_interests.user_id'],
  threads: TALK,
  search: ['searchable_users.user_id'],
  'search.page': ['searchable_users.user_id'],
}

/** Checks of several tables: what is there of each is looked at, and they are left out where none is. */
export const SOME_NEEDED: Readonly<Record<string, readonly string[]>> = {
  'like.self': ['likes.to_user_id', 'profile_views.viewed_id'],
  'time.run': ['sessions.ended_at', 'posts.created_at', 'likes.created_at', 'messages.sent_at'],
}

/** What is missing for a metric. @param held all that is told, in the words above */
export function missingForMetric(id: string, held: ReadonlySet<string>): string[] {
  const needs =
    METRIC_NEEDS[id] ?? Object.entries(METRIC_NEEDS).find(([key]) => key.endsWith('.') && id.startsWith(key))?.[1]
  if (!needs) throw new Error(`nothing says what metric ${id} needs`)
  return missing(needs, held)
}

export function missingForCheck(id: string, held: ReadonlySet<string>): string[] {
  if (id.startsWith('rows.')) return missing([`${id.slice('rows.'.length)}#`], held)
  const some = SOME_NEEDED[id]
  if (some) return some.some((need) => held.has(need)) ? [] : [...some]
  const needs = CHECK_NEEDS[id]
  if (!needs) throw new Error(`nothing says what check ${id} needs`)
  return missing(needs, held)
}

function missing(needs: readonly string[], held: ReadonlySet<string>): string[] {
  return [...new Set(needs)].filter((need) => !held.has(need))
}

/** A need in the words of a mapping: the fact, and its column unless nothing is kept of the fact at all. */
export function inFacts(need: string, held: ReadonlySet<string>, factOf: (table: string) => string): string {
  if (need === 'profiles.own') return 'profile (rows of its own)'
  const [, table = '', column = ''] = /^(\w+)[.#]?(\w*)/.exec(need)!
  if (!(table in TABLES)) return table
  if (column === 'dislikes') return 'like (DISLIKE)'
  const any = Object.keys(TABLES[table as keyof typeof TABLES].columns).some((name) => held.has(`${table}.${name}`))
  if (!any) return factOf(table)
  return column === ''
    ? `${factOf(table)} (all rows)`
    : `${factOf(table)}.${column}${need.endsWith('!') ? ' (exact)' : ''}`
}

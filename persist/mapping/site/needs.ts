import type { DerivedTable } from '../../rows/derived.ts'

/** What a derived table is computed from, by reference table. */
export interface Needs {
  /** Without these columns there is nothing to compute; a row in which one is empty is left out. */
  readonly required: Readonly<Record<string, readonly string[]>>
  /** Where these are not mapped, something neutral stands for them: no pictures, the same intent, answers that say nothing. */
  readonly optional: Readonly<Record<string, readonly string[]>>
  /** Derived tables that it is computed from. */
  readonly after: readonly DerivedTable[]
}

const INTERESTS = { user_interests: ['user_id', 'interest_id'] }
const ANSWERS = { quiz_answers: ['user_id', 'quiz_id', 'answers'] }
const PLACE = ['latitude', 'longitude']
const WHO = ['user_id', 'birthdate', 'gender', 'seeks']
const SHOWN = ['display_name', 'bio', 'intent', 'city', 'state', 'country']

export const NEEDS: Readonly<Record<DerivedTable, Needs>> = {
  interest_relationships: { required: INTERESTS, optional: {}, after: [] },
  searchable_users: {
    required: { profiles: ['user_id', 'birthdate'] },
    optional: {
      profiles: ['gender', 'seeks', ...SHOWN, ...PLACE],
      profile_media: ['user_id'],
      sessions: ['user_id', 'started_at'],
      ...INTERESTS,
    },
    after: [],
  },
  user_traits: { required: ANSWERS, optional: {}, after: [] },
  match_scores: {
    required: { profiles: [...WHO, ...PLACE] },
    optional: { profiles: ['intent', 'city', 'state', 'country'], ...INTERESTS, ...ANSWERS },
    after: ['searchable_users', 'user_traits'],
  },
  quiz_answer_stats: { required: ANSWERS, optional: {}, after: [] },
  trending_posts: {
    required: { posts: ['id', 'user_id', 'created_at'] },
    optional: { feed_seen: ['post_id', 'seen_at'], liked_posts: ['post_id', 'created_at'] },
    after: [],
  },
  trending_interests: {
    required: { posts: ['id', 'user_id', 'created_at'], ...INTERESTS },
    optional: { feed_seen: ['post_id', 'seen_at'], liked_posts: ['post_id', 'created_at'] },
    after: ['trending_posts'],
  },
}

/** All that any derived table asks of a reference table. */
export function columnsAsked(table: string): ReadonlySet<string> {
  return new Set(
    Object.values(NEEDS).flatMap(({ required, optional }) => [...(required[table] ?? []), ...(optional[table] ?? [])]),
  )
}

import type { ColumnKind, TableShape } from '../batch.ts'

function shape(table: string, order: readonly string[], columns: Readonly<Record<string, ColumnKind>>): TableShape {
  return { table, key: order[0]!, order, columns: { ...columns, computed_at: 'time' } }
}

/** The tables that jobs compute, as `reference.prisma` has them. No run writes them. A test compares the two. */
export const DERIVED = {
  interest_relationships: shape('interest_relationships', ['interest_id', 'related_id'], {
    interest_id: 'id',
    related_id: 'id',
    shared_users: 'int',
    score: 'float',
  }),
  searchable_users: shape('searchable_users', ['user_id'], {
    user_id: 'id',
    display_name: 'text',
    age: 'int',
    gender: 'text',
    seeks: 'text',
    intent: 'text',
    city: 'text',
    state: 'text',
    country: 'text',
    latitude: 'float',
    longitude: 'float',
    has_bio: 'int',
    photos: 'int',
    interest_count: 'int',
    last_active_at: 'time',
  }),
  user_traits: shape('user_traits', ['user_id', 'trait'], { user_id: 'id', trait: 'text', value: 'float' }),
  match_scores: shape('match_scores', ['user_id', 'candidate_id'], {
    user_id: 'id',
    candidate_id: 'id',
    score: 'float',
    quiz_score: 'float',
    interest_score: 'float',
    distance_km: 'float',
  }),
  quiz_answer_stats: shape('quiz_answer_stats', ['question_id', 'value'], {
    quiz_id: 'id',
    question_id: 'id',
    value: 'text',
    answers: 'int',
    share: 'float',
  }),
  trending_posts: shape('trending_posts', ['post_id'], { post_id: 'id', views: 'int', likes: 'int', score: 'float' }),
  trending_interests: shape('trending_interests', ['interest_id'], {
    interest_id: 'id',
    users: 'int',
    posts: 'int',
    score: 'float',
  }),
} as const satisfies Record<string, TableShape>

export type DerivedTable = keyof typeof DERIVED

/** Every derived table; none refers to another. */
export const DERIVED_TABLES = Object.keys(DERIVED) as readonly DerivedTable[]

/** The job that alone writes a table, by the name under which `seed_jobs` has its moments. */
export const WRITTEN_BY: Readonly<Record<DerivedTable, string>> = {
  interest_relationships: 'interest-relationships',
  searchable_users: 'searchable-user',
  user_traits: 'build-user-traits',
  match_scores: 'match-scores',
  quiz_answer_stats: 'quiz-stats',
  trending_posts: 'trending',
  trending_interests: 'trending',
}

/** The moments as of which jobs computed: a row of a derived table with one of them is the job's own. */
export const SEED_JOBS: TableShape = {
  table: 'seed_jobs',
  key: 'job',
  order: ['job', 'as_of'],
  columns: { job: 'text', as_of: 'time' },
}

import type { ColumnKind, TableShape } from '../batch.ts'

function shape(table: string, order: readonly string[], columns: Readonly<Record<string, ColumnKind>>): TableShape {
  return { table, key: order[0]!, order, columns }
}

/** The reference schema's raw tables, as `reference.prisma` has them. A test compares the two. */
export const TABLES = {
  users: shape('users', ['id'], { id: 'id', email: 'text', password_hash: 'text', created_at: 'time' }),
  profiles: shape('profiles', ['user_id'], {
    user_id: 'id',
    display_name: 'text',
    bio: 'text',
    birthdate: 'date',
    gender: 'text',
    seeks: 'text',
    intent: 'text',
    city: 'text',
    state: 'text',
    country: 'text',
    latitude: 'float',
    longitude: 'float',
    time_zone: 'text',
  }),
  profile_media: shape('profile_media', ['id'], {
    id: 'id',
    user_id: 'id',
    url: 'text',
    thumb_url: 'text',
    position: 'int',
  }),
  user_interests: shape('user_interests', ['user_id', 'interest_id'], { user_id: 'id', interest_id: 'id' }),
  quiz_answers: shape('quiz_answers', ['user_id', 'quiz_id'], {
    user_id: 'id',
    quiz_id: 'id',
    answers: 'json',
    score_vec: 'json',
    created_at: 'time',
  }),
  sessions: shape('sessions', ['id'], { id: 'id', user_id: 'id', started_at: 'time', ended_at: 'time' }),
  posts: shape('posts', ['id'], { id: 'id', user_id: 'id', text: 'text', created_at: 'time' }),
  post_media: shape('post_media', ['id'], { id: 'id', post_id: 'id', url: 'text', thumb_url: 'text' }),
  feed_seen: shape('feed_seen', ['id'], { id: 'id', user_id: 'id', post_id: 'id', seen_at: 'time' }),
  liked_posts: shape('liked_posts', ['id'], { id: 'id', user_id: 'id', post_id: 'id', created_at: 'time' }),
  profile_views: shape('profile_views', ['id'], {
    id: 'id',
    viewer_id: 'id',
    viewed_id: 'id',
    viewed_at: 'time',
    source_post_id: 'id',
  }),
  likes: shape('likes', ['id'], { id: 'id', from_user_id: 'id', to_user_id: 'id', action: 'text', created_at: 'time' }),
  matches: shape('matches', ['id'], { id: 'id', user_a_id: 'id', user_b_id: 'id', created_at: 'time' }),
  messages: shape('messages', ['id'], { id: 'id', match_id: 'id', sender_id: 'id', body: 'text', sent_at: 'time' }),
} as const satisfies Record<string, TableShape>

export type TableName = keyof typeof TABLES

/** Parents before children: the order of writing; deletion goes the other way. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

/** Lookup rows that every run shares, and the queue that jobs consume: in no run's id ranges, never digested. */
export const LOOKUPS = {
  interest_subjects: shape('interest_subjects', ['id'], { id: 'id', name: 'text' }),
  interests: shape('interests', ['id'], { id: 'id', subject_id: 'id', name: 'text' }),
  quizzes: shape('quizzes', ['id'], { id: 'id', slug: 'text', title: 'text' }),
  quiz_questions: shape('quiz_questions', ['id'], { id: 'id', quiz_id: 'id', position: 'int', prompt: 'text' }),
  quiz_options: shape('quiz_options', ['id'], {
    id: 'id',
    question_id: 'id',
    position: 'int',
    value: 'text',
    label: 'text',
  }),
  interest_dirty: shape('interest_dirty', ['interest_id'], { interest_id: 'id', marked_at: 'time' }),
} as const satisfies Record<string, TableShape>

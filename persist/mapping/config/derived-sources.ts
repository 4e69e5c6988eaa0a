import { GENDERS, INTENTS } from '../../../sim/content/index.ts'
import { day, id, type Source, text, time } from './source-columns.ts'

/**
 * What jobs compute, as facts that a mapping can take to a site's own models. No run makes such rows, so their rows have no
 * numbers of their own: each is found by whom or what it is about, and is the jobs' own by its `computed_at`.
 */
export const DERIVED_SOURCES = {
  interest_relationship: {
    table: 'interest_relationships',
    space: null,
    own: ['interest_id', 'related_id'],
    keys: [
      ['interest_id', 'related_id'],
      ['interest', 'related'],
    ],
    columns: {
      interest_id: id('interest'),
      related_id: id('interest'),
      interest: text(40),
      related: text(40),
      shared_users: { kind: 'int' },
      score: { kind: 'float', greatest: 1 },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  searchable_user: {
    table: 'searchable_users',
    space: null,
    own: ['user_id'],
    keys: [['user_id']],
    columns: {
      user_id: id('user'),
      display_name: text(40),
      age: { kind: 'int', greatest: 150 },
      gender: { kind: 'text', values: GENDERS, longest: 9 },
      /** Genders sought, separated by commas. */
      seeks: text(19),
      intent: { kind: 'text', values: INTENTS, longest: 12 },
      city: text(60),
      state: text(40),
      country: text(40),
      latitude: { kind: 'float', greatest: 90 },
      longitude: { kind: 'float', greatest: 180 },
      /** 1 where the profile has a bio, else 0. */
      has_bio: { kind: 'int', greatest: 1 },
      photos: { kind: 'int', greatest: 100 },
      interest_count: { kind: 'int', greatest: 100 },
      last_active_at: { kind: 'time', nullable: true },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  user_trait: {
    table: 'user_traits',
    space: null,
    own: ['user_id', 'question_id'],
    keys: [
      ['user_id', 'question_id'],
      ['user_id', 'trait'],
    ],
    columns: {
      user_id: id('user'),
      question_id: id('question'),
      /** Quiz and position of the question, such as `core.3`. */
      trait: text(40),
      value: { kind: 'float', greatest: 1 },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  match_score: {
    table: 'match_scores',
    space: null,
    own: ['user_id', 'candidate_id'],
    keys: [['user_id', 'candidate_id']],
    columns: {
      user_id: id('user'),
      candidate_id: id('user'),
      score: { kind: 'float', greatest: 1 },
      quiz_score: { kind: 'float', greatest: 1 },
      interest_score: { kind: 'float', greatest: 1 },
      distance_km: { kind: 'float', greatest: 20_100 },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  quiz_stat: {
    table: 'quiz_answer_stats',
    space: null,
    own: ['question_id', 'option_id'],
    keys: [
      ['question_id', 'option_id'],
      ['question_id', 'value'],
    ],
    columns: {
      quiz_id: id('quiz'),
      question_id: id('question'),
      option_id: id('option'),
      value: text(30),
      answers: { kind: 'int' },
      share: { kind: 'float', greatest: 1 },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  trending_post: {
    table: 'trending_posts',
    space: null,
    own: ['post_id'],
    keys: [['post_id']],
    columns: {
      post_id: id('post'),
      views: { kind: 'int' },
      likes: { kind: 'int' },
      score: { kind: 'float' },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
  trending_interest: {
    table: 'trending_interests',
    space: null,
    own: ['interest_id'],
    keys: [['interest_id'], ['interest']],
    columns: {
      interest_id: id('interest'),
      interest: text(40),
      users: { kind: 'int' },
      posts: { kind: 'int' },
      score: { kind: 'float' },
      computed_at: time,
      day,
    },
    time: 'computed_at',
  },
} as const satisfies Record<string, Source>

export type DerivedName = keyof typeof DERIVED_SOURCES

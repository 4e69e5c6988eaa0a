import { LOOKUPS, TABLES } from '../../rows/tables.ts'
import { DERIVED_SOURCES, type DerivedName } from './derived-sources.ts'
import { day, decision, id, person, type Source, text, time } from './source-columns.ts'

export type { DerivedName } from './derived-sources.ts'
export {
  type Source,
  type SourceColumn,
  SPACE_TABLES,
  type Space,
  spaceOfTable,
  tableOfSpace,
} from './source-columns.ts'

/** What can be mapped: the facts, the people, the lookup rows they refer to, and what jobs derive from all of these. */
export const SOURCES = {
  subject: {
    table: 'interest_subjects',
    space: 'subject',
    own: ['id'],
    keys: [['id'], ['name']],
    columns: { id: id('subject'), name: text(30) },
  },
  interest: {
    table: 'interests',
    space: 'interest',
    own: ['id'],
    keys: [['id'], ['name']],
    columns: { id: id('interest'), subject_id: id('subject'), name: text(40) },
  },
  quiz: {
    table: 'quizzes',
    space: 'quiz',
    own: ['id'],
    keys: [['id'], ['slug']],
    columns: { id: id('quiz'), slug: text(30), title: text(60) },
  },
  question: {
    table: 'quiz_questions',
    space: 'question',
    own: ['id'],
    keys: [['id'], ['quiz_id', 'position']],
    columns: { id: id('question'), quiz_id: id('quiz'), position: { kind: 'int', greatest: 30 }, prompt: text(160) },
  },
  option: {
    table: 'quiz_options',
    space: 'option',
    own: ['id'],
    keys: [['id'], ['question_id', 'position'], ['question_id', 'value']],
    columns: {
      id: id('option'),
      question_id: id('question'),
      position: { kind: 'int', greatest: 10 },
      value: text(1),
      label: text(100),
    },
  },
  user: {
    table: 'users',
    space: 'user',
    own: ['id'],
    keys: [['id'], ['email']],
    columns: { id: id('user'), ...person },
    time: 'created_at',
  },
  profile: {
    table: 'profiles',
    space: 'user',
    own: ['user_id'],
    keys: [['user_id'], ['email']],
    columns: { user_id: id('user'), ...person },
    time: 'created_at',
  },
  picture: {
    table: 'profile_media',
    space: 'picture',
    own: ['id'],
    keys: [['id'], ['user_id', 'position']],
    columns: {
      id: id('picture'),
      user_id: id('user'),
      url: text(120),
      thumb_url: text(120),
      position: { kind: 'int', greatest: 10 },
      /** When the person signed up. */
      created_at: time,
      day,
    },
    time: 'created_at',
  },
  user_interest: {
    table: 'user_interests',
    space: null,
    own: ['user_id', 'interest_id'],
    keys: [
      ['user_id', 'interest_id'],
      ['user_id', 'interest'],
      ['user_id', 'position'],
    ],
    columns: {
      user_id: id('user'),
      interest_id: id('interest'),
      interest: text(40),
      subject_id: id('subject'),
      subject: text(30),
      /** Which of the person's interests it is, from 0. */
      position: { kind: 'int', greatest: 30 },
      /** When the person signed up. */
      created_at: time,
      day,
    },
    time: 'created_at',
  },
  quiz_answer: {
    table: 'quiz_answers',
    space: null,
    own: ['user_id', 'quiz_id'],
    keys: [
      ['user_id', 'quiz_id'],
      ['user_id', 'quiz'],
    ],
    columns: {
      user_id: id('user'),
      quiz_id: id('quiz'),
      /** The quiz's slug. */
      quiz: text(30),
      /** By question, what was chosen: in which words, says `answersAs`. */
      answers: { kind: 'json' },
      /** One object an answer: `question_id`, `position`, `prompt`, `option_id`, `option_position`, `value`, `label`. */
      picks: { kind: 'json' },
      score_vec: { kind: 'json', list: 'Float' },
      created_at: time,
      day,
    },
    time: 'created_at',
  },
  session: {
    table: 'sessions',
    space: 'session',
    own: ['id'],
    keys: [['id']],
    columns: { id: id('session'), user_id: id('user'), started_at: time, ended_at: time, day },
    time: 'started_at',
  },
  post: {
    table: 'posts',
    space: 'post',
    own: ['id'],
    keys: [['id']],
    columns: { id: id('post'), user_id: id('user'), text: text(1000), created_at: time, day },
    time: 'created_at',
  },
  post_picture: {
    table: 'post_media',
    space: 'post_picture',
    own: ['id'],
    keys: [['id'], ['post_id', 'position']],
    columns: {
      id: id('post_picture'),
      post_id: id('post'),
      /** Whose post it is. */
      user_id: id('user'),
      url: text(120),
      thumb_url: text(120),
      /** Which of the post's pictures it is, from 0. */
      position: { kind: 'int', greatest: 10 },
      /** When the post was written. */
      created_at: time,
      day,
    },
    time: 'created_at',
  },
  feed_seen: {
    table: 'feed_seen',
    space: 'seen',
    own: ['id'],
    keys: [['id'], ['user_id', 'post_id']],
    columns: {
      id: id('seen'),
      user_id: id('user'),
      post_id: id('post'),
      seen_at: time,
      day,
      /** Who wrote the post. */
      author_id: id('user'),
    },
    time: 'seen_at',
  },
  liked_post: {
    table: 'liked_posts',
    space: 'liked_post',
    own: ['id'],
    keys: [['id'], ['user_id', 'post_id']],
    columns: {
      id: id('liked_post'),
      user_id: id('user'),
      post_id: id('post'),
      created_at: time,
      day,
      /** Who wrote the post. */
      author_id: id('user'),
    },
    time: 'created_at',
  },
  profile_view: {
    table: 'profile_views',
    space: 'view',
    own: ['id'],
    keys: [['id']],
    columns: {
      id: id('view'),
      viewer_id: id('user'),
      viewed_id: id('user'),
      viewed_at: time,
      source_post_id: { kind: 'id', space: 'post', nullable: true },
      day,
    },
    time: 'viewed_at',
  },
  like: {
    table: 'likes',
    space: 'like',
    own: ['id'],
    keys: [['id'], ['from_user_id', 'to_user_id'], ['low_user_id', 'high_user_id', 'side']],
    columns: decision,
    time: 'created_at',
  },
  match: {
    table: 'matches',
    space: 'match',
    own: ['id'],
    keys: [['id'], ['user_a_id', 'user_b_id']],
    pair: ['user_a_id', 'user_b_id'],
    columns: { id: id('match'), user_a_id: id('user'), user_b_id: id('user'), created_at: time, day },
    time: 'created_at',
  },
  message: {
    table: 'messages',
    space: 'message',
    own: ['id'],
    keys: [['id'], ['match_id', 'position']],
    columns: {
      id: id('message'),
      match_id: id('match'),
      sender_id: id('user'),
      recipient_id: id('user'),
      /** The two people of the match, the one with the smaller number first. */
      low_user_id: id('user'),
      high_user_id: id('user'),
      body: text(1000),
      sent_at: time,
      day,
      /** Which message of its thread it is, from 0. */
      position: { kind: 'int', greatest: 10_000 },
    },
    pair: ['low_user_id', 'high_user_id'],
    time: 'sent_at',
  },
  ...DERIVED_SOURCES,
} as const satisfies Record<string, Source>

export type SourceName = keyof typeof SOURCES
/** A fact of the site's, or of an extension's, by its kind. */
export type FactName = SourceName | (string & {})
/** Of an extension's facts, the columns of the table that its description names. */
export type ColumnOf<S extends FactName> = S extends SourceName ? keyof (typeof SOURCES)[S]['columns'] & string : string

const NAMES = Object.keys(SOURCES) as readonly SourceName[]

export const DERIVED_NAMES = Object.keys(DERIVED_SOURCES) as readonly DerivedName[]
/** What runs write. */
export const SOURCE_NAMES = NAMES.filter((name) => !(name in DERIVED_SOURCES))

/** Rows that every run shares; they are resolved or added once, and belong to no run. */
export const LOOKUP_SOURCES: readonly SourceName[] = ['subject', 'interest', 'quiz', 'question', 'option']

export function sourceOf(name: SourceName): Source {
  return SOURCES[name]
}

/** The sources that a reference table feeds. */
export function sourcesOfTable(table: string): SourceName[] {
  return NAMES.filter((name) => SOURCES[name].table === table)
}

/** Reference tables that a mapping takes over; the ledger's are not among them. */
export const REFERENCE_TABLES: ReadonlySet<string> = new Set([...Object.keys(TABLES), ...Object.keys(LOOKUPS)])

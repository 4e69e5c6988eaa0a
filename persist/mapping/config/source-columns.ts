import { GENDERS, INTENTS } from '../../../sim/content/index.ts'
import type { ColumnKind } from '../../batch.ts'
import { TABLES } from '../../rows/tables.ts'

/** Whose ids a column holds. Every person, post, match, … has a number of its own in its space, whatever key the user's model has. */
export type Space = SiteSpace | OwnSpace
type SiteSpace = keyof typeof SPACE_TABLES
/** Of the rows that an extension's facts of a kind are, by the table that its own description names. */
type OwnSpace = `own ${string}`

/** Spaces, and the reference table whose rows are counted in each. */
export const SPACE_TABLES = {
  user: 'users',
  picture: 'profile_media',
  session: 'sessions',
  post: 'posts',
  post_picture: 'post_media',
  seen: 'feed_seen',
  liked_post: 'liked_posts',
  view: 'profile_views',
  like: 'likes',
  match: 'matches',
  message: 'messages',
  subject: 'interest_subjects',
  interest: 'interests',
  quiz: 'quizzes',
  question: 'quiz_questions',
  option: 'quiz_options',
} as const

/** The table whose rows a space numbers. */
export function tableOfSpace(space: Space): string {
  return SPACE_TABLES[space as SiteSpace] ?? space.slice(OWN.length)
}

/** The space of a table's rows; null where they have no numbers of their own. */
export function spaceOfTable(table: string): Space | null {
  const known = (Object.keys(SPACE_TABLES) as SiteSpace[]).find((space) => SPACE_TABLES[space] === table)
  return known ?? (table in TABLES ? null : `${OWN}${table}`)
}

const OWN = 'own '

export interface SourceColumn {
  readonly kind: ColumnKind
  readonly space?: Space
  /** All values that the column ever has. */
  readonly values?: readonly string[]
  /** All texts that the column ever has, where it is more than a word of a list: a function is tried on each. */
  readonly words?: readonly string[]
  /** Characters of the longest text; texts without it have no bound worth checking. */
  readonly longest?: number
  /** The greatest absolute value of a number. */
  readonly greatest?: number
  readonly nullable?: boolean
  /** JSON that is a list of such values. */
  readonly list?: 'String' | 'Float'
}

export interface Source {
  /** The reference table whose rows these are. */
  readonly table: string
  /** The space of the row's own number; a profile's is its person's. Null when a row has none (a pair of numbers does). */
  readonly space: Space | null
  /** The columns that hold that number, or the pair. */
  readonly own: readonly string[]
  /** Sets of columns whose values no two rows share. */
  readonly keys: readonly (readonly string[])[]
  readonly columns: Readonly<Record<string, SourceColumn>>
  /** When the row came to be. */
  readonly time?: string
  /** Columns of the two people of the match that the fact is about, the one with the smaller number first. */
  readonly pair?: readonly [low: string, high: string]
}

export const id = (space: Space): SourceColumn => ({ kind: 'id', space })
export const time: SourceColumn = { kind: 'time' }
/** The day of the fact's time, in UTC. */
export const day: SourceColumn = { kind: 'date' }
export const text = (longest: number): SourceColumn => ({ kind: 'text', longest })

/** Every choice of at least one word, in their order. */
function subsets(words: readonly string[]): string[] {
  return Array.from({ length: 2 ** words.length - 1 }, (_, i) =>
    words.filter((_, bit) => ((i + 1) >> bit) & 1).join(','),
  )
}

/** A person: who signed up, and the profile. Both sources have all of it, so that one model or several can be filled. */
export const person = {
  email: text(40),
  password_hash: text(120),
  created_at: time,
  display_name: text(40),
  bio: { kind: 'text', longest: 600, nullable: true },
  birthdate: { kind: 'date' },
  gender: { kind: 'text', values: GENDERS, longest: 9 },
  /** Genders sought, separated by commas. */
  seeks: { kind: 'text', words: subsets(GENDERS), longest: 19 },
  intent: { kind: 'text', values: INTENTS, longest: 12 },
  city: text(60),
  state: text(40),
  country: text(40),
  latitude: { kind: 'float', greatest: 90 },
  longitude: { kind: 'float', greatest: 180 },
  time_zone: text(40),
  /** The first picture. */
  photo: { kind: 'text', longest: 120, nullable: true },
  /** All pictures' addresses, as a JSON list; so are the names of the interests. */
  photos: { kind: 'json', list: 'String' },
  interests: { kind: 'json', list: 'String' },
  day,
} as const satisfies Record<string, SourceColumn>

/** A decision of one person about another. */
export const decision = {
  id: id('like'),
  from_user_id: id('user'),
  to_user_id: id('user'),
  /** The two people of the pair, the one with the smaller number first. */
  low_user_id: id('user'),
  high_user_id: id('user'),
  /** Which of the two decides. */
  side: { kind: 'text', values: ['low', 'high'], longest: 4 },
  action: { kind: 'text', values: ['LIKE', 'DISLIKE'], longest: 7 },
  /** 1 for LIKE, 0 for DISLIKE. */
  liked: { kind: 'int', greatest: 1 },
  /** The match that this like made: of two likes, the later one's. */
  match_id: { kind: 'id', space: 'match', nullable: true },
  created_at: time,
  day,
} as const satisfies Record<string, SourceColumn>

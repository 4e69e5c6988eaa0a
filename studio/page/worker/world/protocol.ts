import type { Explanation, QuizReport, RunInput } from '../../../../sim/index.ts'

/** A person as the list shows it: columns, position i is person i + 1. */
export interface PeopleTable {
  readonly size: number
  readonly names: readonly string[]
  readonly gender: Uint8Array
  readonly archetype: Uint8Array
  readonly intent: Uint8Array
  readonly city: Int16Array
  readonly age: Uint8Array
  /** Run day of joining, negative for those who were there before. */
  readonly joinedDay: Int32Array
  readonly sociability: Float32Array
  readonly selectivity: Float32Array
  readonly engagement: Float32Array
  /** Counts until the day that was asked for. */
  readonly sessions: Uint32Array
  readonly posts: Uint32Array
  readonly likesSent: Uint32Array
  readonly decisions: Uint32Array
  readonly likesReceived: Uint32Array
  readonly matches: Uint32Array
  readonly messages: Uint32Array
  readonly answered: Uint32Array
  readonly openersReceived: Uint32Array
  /** Day of the last session, −1 for none. */
  readonly lastSeen: Int32Array
  /** How far the person is from what the traits let expect: the greatest of some residuals, in standard deviations. */
  readonly surprise: Float32Array
  /** Which residual that is, of `SURPRISES`. */
  readonly surpriseOf: Uint8Array
}

export const SURPRISES = ['sessions', 'posts', 'like share', 'likes received', 'answers'] as const

export interface Line {
  /** Ms since the run's start. */
  readonly at: number
  readonly kind:
    | 'join'
    | 'session'
    | 'post'
    | 'liked-post'
    | 'view'
    | 'like'
    | 'dislike'
    | 'liked-by'
    | 'match'
    | 'message'
    | 'message-from'
  readonly other: number
  readonly otherName: string
  readonly text: string
}

export interface ThreadMessage {
  readonly at: number
  readonly from: number
  readonly text: string
}

export interface Thread {
  readonly market: number
  /** The market's number of the match. */
  readonly match: number
  readonly other: number
  readonly otherName: string
  readonly at: number
  readonly messages: readonly ThreadMessage[]
}

/** What one session of swiping showed: decisions that follow each other. */
export interface Deck {
  readonly at: number
  readonly cards: readonly Card[]
}

export interface Card {
  readonly at: number
  readonly other: number
  readonly otherName: string
  readonly liked: boolean
}

export interface PersonPage {
  readonly k: number
  readonly name: string
  readonly age: number
  readonly gender: string
  readonly seeks: readonly string[]
  readonly intent: string
  readonly archetype: string
  readonly city: string
  readonly bio: string
  readonly interests: readonly string[]
  /** Seeds of the pictures. */
  readonly pictures: readonly number[]
  readonly quizzes: readonly QuizReport[]
  readonly missing: readonly string[]
  readonly joinedDay: number
  readonly sociability: number
  readonly selectivity: number
  readonly engagement: number
  /** Where the person stood at the day boundaries until the one looked at: positions in `LIFECYCLES`, −1 where it is not known. */
  readonly standings: Int8Array
  /** While active. */
  readonly sessionsPerDay: number
  readonly postsPerDay: number
  /** Actions by local hour, 24. */
  readonly hours: Float64Array
  /** Share of them that the person's rhythm lets expect in each. */
  readonly rhythm: readonly number[]
  /** Sessions, posts, likes sent, likes received, messages by day: five columns of days. */
  readonly daily: readonly Float64Array[]
  readonly timeline: readonly Line[]
  /** More lines than `timeline` holds. */
  readonly cut: number
  readonly deck: {
    readonly liked: number
    readonly passed: number
    readonly likedBy: number
    readonly passedBy: number
  }
  /** The last decks, latest first. */
  readonly decks: readonly Deck[]
  readonly threads: readonly Thread[]
}

export interface Flow {
  readonly from: number
  readonly to: number
  readonly likes: number
  readonly matches: number
}

export interface Geography {
  /** Cities with people, by number in the place pack. */
  readonly cities: readonly {
    readonly id: number
    readonly name: string
    readonly longitude: number
    readonly latitude: number
    readonly people: number
  }[]
  /** Actions by city (in the order of `cities`) and hour of the day looked at, UTC: cities × 24. */
  readonly activity: Float64Array
  readonly flows: readonly Flow[]
  readonly likes: number
  readonly matches: number
}

export interface NetworkNode {
  readonly k: number
  readonly name: string
  readonly gender: number
  readonly city: string
  readonly degree: number
  x: number
  y: number
}

export interface Network {
  readonly market: number
  readonly markets: readonly { readonly id: number; readonly name: string; readonly people: number }[]
  readonly nodes: readonly NetworkNode[]
  /** Positions in `nodes`, and the messages of the match. */
  readonly links: readonly { readonly a: number; readonly b: number; readonly messages: number }[]
  /** People of the market with a match, beyond those drawn. */
  readonly left: number
}

export interface Funnel {
  readonly steps: readonly { readonly name: string; readonly count: number; readonly of: string }[]
}

export interface Cohorts {
  /** Share of a cohort with a session in each week of the run; NaN before it joined and where nobody is left to count. */
  readonly rows: readonly { readonly name: string; readonly people: number; readonly share: readonly number[] }[]
}

export interface Moment {
  readonly day: number
  /** Run digest of the days before. */
  readonly digest: string
  /** Day of the snapshot that was restored, and the days lived again from there. */
  readonly from: number
  readonly replayed: number
  /** That of the run as it was simulated straight on. */
  readonly straight: string
}

/** One thing that happens: `name` `words` `otherName`. */
export interface WorldEvent {
  /** Ms since the run's start. */
  readonly at: number
  readonly market: number
  readonly kind: 'post' | 'like' | 'match' | 'message' | 'arrival'
  readonly k: number
  readonly name: string
  readonly words: string
  /** The other person; 0 when there is none. */
  readonly other: number
  readonly otherName: string
}

/** Where a step by event leads. */
export interface EventStep {
  readonly day: number
  readonly index: number
  /** Events of that day. */
  readonly count: number
  /** null: there is none in that direction. */
  readonly event: WorldEvent | null
}

/** One person a little different from a day on, against the run as it was. */
export interface Alteration {
  readonly k: number
  readonly trait: string
  readonly value: number
  readonly day: number
  readonly kinds: readonly string[]
  /** By kind: counts by day, before and after. */
  readonly was: readonly Float64Array[]
  readonly becomes: readonly Float64Array[]
  /** The first thing in the market that is not the same. */
  readonly first: {
    readonly at: number
    readonly kind: string
    readonly k: number
    readonly name: string
    readonly onlyAfter: boolean
  } | null
  /** Facts of the market more than before. */
  readonly others: number
}

/** What can be asked of the world, and what comes back. */
export interface WorldCalls {
  open: { args: { input: RunInput; days: number }; result: { digest: string; people: number } }
  people: { args: { day: number }; result: PeopleTable }
  /** `until`: also what happens on the day that follows, up to so many ms since the run's start. */
  person: { args: { k: number; day: number; until: number | null }; result: PersonPage }
  geography: { args: { day: number }; result: Geography }
  network: { args: { day: number; market: number | null }; result: Network }
  funnel: { args: { day: number }; result: Funnel }
  cohorts: { args: { day: number }; result: Cohorts }
  scrub: { args: { day: number }; result: Moment }
  event: { args: { day: number; index: number; k: number | null }; result: EventStep }
  explain: {
    args: { question: 'like' | 'match' | 'reply'; a: number; b: number; message?: number; day: number }
    result: Explanation
  }
  alter: {
    args: { k: number; trait: 'sociability' | 'selectivity' | 'engagement'; value: number; day: number }
    result: Alteration
  }
}
export type WorldCall = keyof WorldCalls

export interface WorldOrder {
  readonly id: number
  readonly call: WorldCall
  readonly args: unknown
}

export type WorldAnswer =
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | { readonly type: 'progress'; readonly day: number; readonly days: number }

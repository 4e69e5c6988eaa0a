import type { Term } from '../agents/index.ts'
import type { MatchMaking } from '../events/index.ts'

/** What a witness took down. People are person numbers, times ms since the run's start. */
export interface DecisionRecord {
  readonly a: number
  readonly b: number
  readonly now: number
  /** Where the profile was opened: dealt as someone new, dealt because b had liked a, or from b's post in the feed. */
  readonly from: 'deck' | 'inbox' | 'feed'
  /** Likes that a had given in this session before. */
  readonly likes: number
  /** Whether b had liked a before: then a like makes the match. */
  readonly admired: boolean
  readonly chance: number
  readonly draw: number
  readonly liked: boolean
  readonly terms: readonly Term[]
}

export interface MatchRecord extends MatchMaking {
  /** Market's number of the match. */
  readonly match: number
  /** Who gave the like that completed it, and the other. */
  readonly a: number
  readonly b: number
  readonly now: number
}

/** Person `a` weighs whether to answer message `number` (from 1) of b. */
export interface AnswerRecord {
  readonly match: number
  readonly a: number
  readonly b: number
  readonly number: number
  readonly now: number
  readonly chance: number
  readonly draw: number
  /** Whether a was using the site in these weeks at all. */
  readonly active: boolean
  readonly terms: readonly Term[]
}

export interface PlanRecord {
  readonly match: number
  readonly a: number
  readonly kind: 'reply' | 'farewell' | 'followUp'
  readonly due: number
  /** Messages in the thread when it was planned. */
  readonly number: number
}

export interface MessageRecord {
  readonly match: number
  readonly a: number
  /** Messages before this one. */
  readonly number: number
  readonly now: number
}

/** Person `a` is shown a post. */
export interface OfferRecord {
  readonly a: number
  /** The post's author and its number among the market's posts that are facts. */
  readonly author: number
  readonly post: number
  readonly now: number
  readonly source: string
  /** Tries of this look at the feed before the one that came upon it, and its draw. */
  readonly attempt: number
  readonly u: number
  /** How likely one of the first tries was to come upon this very post, by source, and a later one (scrolling). */
  readonly chances: Readonly<Record<string, number>>
  readonly chance: number
  readonly curiosity: number
  readonly draw: number
  readonly terms: readonly Term[]
}

/** A post by its author and its place among the author's posts, counted from 1. */
export interface PostName {
  readonly author: number
  readonly nth: number
}

import type { Term } from '../agents/index.ts'
import { DAY_MS, formatDate } from '../content/index.ts'
import type { Change } from './changes.ts'

/** A moment of a run. */
export interface Moment {
  /** Day of the run, from 0. */
  readonly day: number
  /** As a time, UTC: 2024-01-05T19:03:22.123Z. */
  readonly time: string
}

/** Why a decision was taken as it was. People are person numbers. */
export interface Explanation {
  readonly question: 'like' | 'match' | 'reply' | 'feed'
  readonly a: number
  /** The other person; of a post, its author. */
  readonly b: number
  /** What happened, such as LIKE, DISLIKE or NONE; each question has its own. */
  readonly outcome: string
  /** The same in a sentence or some. */
  readonly summary: readonly string[]
  /** When it was decided; null when it was not. */
  readonly at: Moment | null
  /** Every term of the probability, in the order of the computation. Empty when nothing was decided at all. */
  readonly terms: readonly Term[]
  /** How the terms' total becomes the probability. */
  readonly link: 'identity' | 'logistic'
  readonly probability: number | null
  /** The number 0–1 that was drawn: it came true when it is below the probability. */
  readonly draw: number | null
  /** For each term, what it would have had to be for the other outcome, all else equal. */
  readonly wouldChange: readonly Change[]
  /** More that belongs to the question. */
  readonly details: Readonly<Record<string, unknown>>
}

export function momentOf(startDay: number, ms: number): Moment {
  const day = Math.floor(ms / DAY_MS)
  const rest = Math.floor(ms) - day * DAY_MS
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(rest / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return { day, time: `${formatDate(startDay + day)}T${clock}.${String(rest % 1000).padStart(3, '0')}Z` }
}

/** A probability or a draw for people to read: three digits, more when it is small. */
export function shown(value: number): string {
  if (value === 0 || value === 1) return String(value)
  const digits = value < 0.001 ? 6 : value < 0.1 ? 4 : 3
  return value.toFixed(digits)
}

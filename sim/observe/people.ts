/**
 * What an observer may read of the people of one market. A row is a person's place in the market, 0…size − 1; rows are
 * only ever appended. Arrays may be longer than `size` and may be replaced when the market grows, so an observer reads
 * them through this object at the start of each day.
 */
export interface ObservedPeople {
  readonly size: number
  /** Code of `GENDERS`. */
  readonly gender: Uint8Array
  /** Sign-up in ms since the run's start, negative for those who were there before. */
  readonly joinedAt: Float64Array
  /** Civil days since 1970-01-01. */
  readonly birthDay: Int32Array
  /** Degrees. */
  readonly latitude: Float32Array
  readonly longitude: Float32Array
  /** Traits, 0–1. */
  readonly sociability: Float32Array
  readonly selectivity: Float32Array
  readonly engagement: Float32Array
  /** How many interests the profile names. */
  readonly interests: Uint8Array
  /** `PersonProfile.flags`: 1 never posts by design, 2 no quiz, 4 no bio, 8 no photo. */
  readonly flags: Uint8Array
  /** Completed quizzes. */
  readonly quizzes: Uint8Array
  /** Local time minus UTC of a person, in ms, at a moment given in ms since the run's start. */
  offsetMs(row: number, utcMs: number): number
}

/** Days `from` (included) to `to` (excluded) of the run. */
export interface DayWindow {
  readonly from: number
  readonly to: number
}

/** The windows between which no mandated metric may drift (realism, "Verdicts"). */
export const DRIFT_WINDOWS: readonly DayWindow[] = [
  { from: 10, to: 30 },
  { from: 60, to: 90 },
]

export const DAY_MS = 86_400_000
export const DAY_S = 86_400
/** Matches and first messages are counted when this many whole days of the run follow their day. */
export const CONVERSATION_WINDOW_DAYS = 7
/** Posts are counted when this many whole days of the run follow their day (72 hours). */
export const POST_WINDOW_DAYS = 3
export const INACTIVE_DAYS = 14
/** Fewest sessions or actions of a person whose burstiness counts. */
export const BURST_MIN_EVENTS = 30
/** Fewest decisions, openers or matches of a person whose own share counts in a correlation. */
export const CORRELATION_MIN_DECISIONS = 10
export const CORRELATION_MIN_CONVERSATIONS = 3
export const CORRELATION_MIN_DAYS = 7

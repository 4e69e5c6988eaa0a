import type { Arm, GivenPerson, Minorities } from '../agents/index.ts'
import {
  daysFromCivil,
  formatDate,
  type OwnTaxonomy,
  type OwnWords,
  type PlacePackName,
  type Quiz,
  ZONE_YEARS,
} from '../content/index.ts'
import { badInput, type QueueName } from '../kernel/index.ts'
import type { MarketLevel } from '../market-levels.ts'
import type { Parameters, PolicyParameters } from '../parameters/index.ts'

/**
 * Raised when a golden digest or the columns of a snapshot change on purpose: equal (run seed, config, engine version)
 * give equal facts. It says nothing about the package's version.
 */
export const ENGINE_VERSION = 4

/** People who join together at the beginning of a day of the run. */
export interface Cohort {
  readonly day: number
  readonly count: number
}

/** Days `from` (included) to `to` (excluded) that are lived but not told: no facts, and nothing later refers to them. */
export interface Pause {
  readonly from: number
  readonly to: number
}

/** From the beginning of a day on, the site goes by another policy: the whole of it. */
export interface PolicyChange {
  readonly day: number
  readonly policy: PolicyParameters
}

/** All that a run's facts hang on; plain data. */
export interface RunConfig {
  readonly seed: string
  /** Civil days from 1970-01-01 to the first day. */
  readonly startDay: number
  /** People there at the start: k = 1…count. */
  readonly count: number
  readonly cohorts: readonly Cohort[]
  /** Ascending and apart from each other. */
  readonly pauses: readonly Pause[]
  readonly places: PlacePackName
  readonly market: MarketLevel
  /** At market level `pool`: a metro is split into parts of at most about this many people. */
  readonly poolSize: number
  readonly queue: QueueName
  /** The policy here is that of the first day. */
  readonly parameters: Parameters
  /** The arms of a test; absent without one. */
  readonly arms?: readonly Arm[]
  /** Bots and spammers; absent where there are none. */
  readonly minorities?: Minorities
  /** Ascending by day; absent: one policy for good. */
  readonly policies?: readonly PolicyChange[]
  /** Of whom something is given, not drawn. */
  readonly people?: readonly GivenPerson[]
  /** Names, bios and posts of one's own. */
  readonly words?: OwnWords
  /** Quizzes of one's own, in the place of all others. */
  readonly quizzes?: readonly Quiz[]
  /** Interests of one's own, in the place of all others. */
  readonly taxonomy?: OwnTaxonomy
}

/** The first day as a date, 2024-01-01. */
export function startDate(config: RunConfig): string {
  return formatDate(config.startDay)
}

/** The next day to be told when `day` comes up: the end of a pause that begins then. */
export function toldDay(config: Pick<RunConfig, 'pauses'>, day: number): number {
  return config.pauses.find((pause) => pause.from === day)?.to ?? day
}

/** Refuses days beyond those of which local times are known. Throws `BAD_INPUT`. @param days days since the run's start */
export function checkCalendar(startDay: number, days: number): void {
  const end = daysFromCivil(ZONE_YEARS.last, 1, 1)
  if (startDay + days <= end) return
  throw badInput(
    `${days} days from ${formatDate(startDay)} go beyond ${formatDate(end - 1)}, the last day of which local times are ` +
      `known; give at most ${end - startDay} days in all.`,
  )
}

/**
 * What a run's facts hang on, as a text: the engine, the seed and the configuration. The queue, which changes no fact,
 * is left out, and so is what joins, passes or changes later: it is found in the facts themselves.
 */
export function runIdentity(config: Omit<RunConfig, 'cohorts' | 'pauses' | 'queue' | 'policies'>): string {
  const { seed, startDay, count, places, market, poolSize, parameters, arms, minorities } = config
  const basis = [ENGINE_VERSION, seed, startDay, count, places, market, poolSize, parameters, ...ownOf(config)]
  return JSON.stringify([...basis, ...(arms ? [arms] : []), ...(minorities ? [{ minorities }] : [])])
}

/** What a user's own files give to a run, of those who are there at the start; nothing where there is none. */
export function ownOf({
  people = [],
  words,
  quizzes,
  taxonomy,
  count,
}: Pick<RunConfig, 'people' | 'words' | 'quizzes' | 'taxonomy' | 'count'>): unknown[] {
  const starters = people.filter(({ k }) => k <= count)
  return starters.length > 0 || words || quizzes || taxonomy ? [{ people: starters, words, quizzes, taxonomy }] : []
}

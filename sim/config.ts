import {
  type Arm,
  checkArms,
  checkMinorities,
  type GivenPerson,
  type Minorities,
  QUIZ_QUESTIONS,
} from './agents/index.ts'
import {
  civilFromDays,
  daysFromCivil,
  formatDate,
  INTERESTS,
  LEAST_INTERESTS,
  type OwnTaxonomy,
  type OwnWords,
  PLACE_PACKS,
  type PlacePackName,
  parseDate,
  type Quiz,
  ZONE_YEARS,
} from './content/index.ts'
import { badInput, DEFAULT_QUEUE, QUEUE_NAMES, type QueueName } from './kernel/index.ts'
import { chooseLevel, MARKET_LEVELS, type MarketLevel } from './market-levels.ts'
import { checkParameters, DEFAULT_PARAMETERS, type Parameters, type PolicyParameters } from './parameters/index.ts'

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

/** An arm as it is given: what its policy does not say is as everybody's. */
export interface ArmInput {
  readonly name: string
  readonly share: number
  readonly policy?: PartialTree<PolicyParameters>
}

/** What `resolveConfig` takes: only the seed is needed. `startDate` is a date like 2024-01-01. */
export interface RunInput {
  readonly seed: string
  readonly startDate?: string
  readonly count?: number
  readonly cohorts?: readonly Cohort[]
  readonly pauses?: readonly Pause[]
  readonly places?: string
  readonly market?: string
  readonly poolSize?: number
  readonly queue?: string
  /** Any part of the parameter tree; what is absent has its default. */
  readonly parameters?: PartialTree<Parameters>
  readonly arms?: readonly ArmInput[]
  /** Shares of bots and spammers, and of a spammer's posts that are marked ones (default: half). */
  readonly minorities?: Partial<Minorities>
  /** Ascending by day: what of the policy changes then. */
  readonly policies?: readonly { readonly day: number; readonly policy: PartialTree<PolicyParameters> }[]
  /** Hand-written people, in place of those of their numbers. */
  readonly people?: readonly GivenPerson[]
  readonly words?: OwnWords
  readonly quizzes?: readonly Quiz[]
  readonly taxonomy?: OwnTaxonomy
}

export type PartialTree<T> = { readonly [K in keyof T]?: T[K] extends object ? PartialTree<T[K]> : T[K] }

export const DEFAULTS = { count: 100, days: 30, startDate: '2024-01-01', places: 'us', poolSize: 2000 } as const

const INPUT_NAMES: Readonly<Record<keyof RunInput, true>> = {
  seed: true,
  startDate: true,
  count: true,
  cohorts: true,
  pauses: true,
  places: true,
  market: true,
  poolSize: true,
  queue: true,
  parameters: true,
  arms: true,
  minorities: true,
  policies: true,
  people: true,
  words: true,
  quizzes: true,
  taxonomy: true,
}

/** Checks a run's input and fills in the defaults. Throws `BAD_INPUT` naming the first thing that is wrong. */
export function resolveConfig(input: RunInput): RunConfig {
  const unknown = Object.keys(input).find((name) => !Object.hasOwn(INPUT_NAMES, name))
  if (unknown !== undefined) {
    throw badInput(`A run has no "${unknown}"; what can be given is ${Object.keys(INPUT_NAMES).join(', ')}.`)
  }
  const seed = input.seed
  if (typeof seed !== 'string') {
    throw badInput(
      `The run seed is a text, not ${String(seed)} (${typeof seed}); give it in quotes, such as 'demo-2024'.`,
    )
  }
  if (seed === '') throw badInput('The run seed is empty; give any text, such as demo-2024.')
  const count = input.count ?? DEFAULTS.count
  if (!Number.isSafeInteger(count) || count < 1 || count > 10_000_000) {
    throw badInput(`The count of people is ${count}; give a whole number from 1 to 10,000,000.`)
  }
  const poolSize = input.poolSize ?? DEFAULTS.poolSize
  if (!Number.isSafeInteger(poolSize) || poolSize < 2) {
    throw badInput(`The pool size is ${poolSize}; give a whole number of people, 2 or more.`)
  }
  for (const cohort of input.cohorts ?? []) {
    if (
      !Number.isSafeInteger(cohort.day) ||
      cohort.day < 0 ||
      !Number.isSafeInteger(cohort.count) ||
      cohort.count < 1
    ) {
      throw badInput(
        `A cohort of ${cohort.count} on day ${cohort.day}: give whole numbers, a day from 0 and people from 1.`,
      )
    }
  }
  const places = oneOf('place pack', input.places ?? DEFAULTS.places, PLACE_PACKS)
  const startDay = parseDate(input.startDate ?? DEFAULTS.startDate)
  const { year } = civilFromDays(startDay)
  if (year < ZONE_YEARS.first || year >= ZONE_YEARS.last) {
    throw badInput(
      `The start date is ${input.startDate}; local times are known from ${ZONE_YEARS.first} to ${ZONE_YEARS.last}.`,
    )
  }
  const parameters = withDefaults(DEFAULT_PARAMETERS, input.parameters ?? {}, '')
  checkParameters(parameters)
  const config: RunConfig = {
    seed,
    startDay,
    count,
    cohorts: input.cohorts ?? [],
    pauses: checkPauses(input.pauses ?? []),
    places,
    market:
      input.market === undefined
        ? chooseLevel(places, count, poolSize)
        : oneOf('market level', input.market, MARKET_LEVELS),
    poolSize,
    queue: oneOf('queue', input.queue ?? DEFAULT_QUEUE, QUEUE_NAMES),
    parameters,
    ...givenPeople(input, count, parameters),
    ...(input.words && { words: input.words }),
    ...quizzesOf(input.quizzes),
    ...ownTaxonomy(input.taxonomy),
    ...(input.arms && input.arms.length > 0 && { arms: resolveArms(input.arms, parameters) }),
    ...resolveMinorities(input.minorities),
  }
  return (input.policies ?? []).reduce((so, { day, policy }) => changePolicy(so, day, policy), config)
}

function resolveMinorities(given: Partial<Minorities> = {}): { readonly minorities?: Minorities } {
  const unknown = Object.keys(given).find((name) => !['bots', 'spammers', 'marked'].includes(name))
  if (unknown !== undefined) throw badInput(`There is no minority "${unknown}"; there are bots, spammers and marked.`)
  const minorities = { bots: 0, spammers: 0, marked: 0.5, ...given }
  checkMinorities(minorities)
  return minorities.bots + minorities.spammers > 0 ? { minorities } : {}
}

function resolveArms(given: readonly ArmInput[], { population, policy: shared }: Parameters): readonly Arm[] {
  const arms = given.map(({ name, share, policy }): Arm => {
    const own = withDefaults(shared, policy ?? {}, 'policy.')
    checkParameters({ population, policy: own })
    return { name, share, policy: own }
  })
  checkArms(arms, shared)
  return arms
}

/** What no later day can change: the past was simulated so, and posts have been kept as long as that. */
const SETTLED = [
  ['burnIn', 'days'],
  ['feed', 'windowHours'],
] as const
/** What a fork cannot change besides: who has joined so far follows from it. */
const SETTLED_FOR_FORKS = [['arrivals', 'perDay'], ...SETTLED] as const

/** The policy in force on a day of the run. */
export function policyOn({ parameters, policies = [] }: Pick<RunConfig, 'parameters' | 'policies'>, day: number) {
  return policies.findLast((change) => change.day <= day)?.policy ?? parameters.policy
}

/**
 * The configuration of a run that goes by another policy from a day on; the days before are as they were.
 * @param policy what changes, as in `RunInput.parameters.policy`
 * @throws MingleError BAD_INPUT for unknown or impossible parameters, for those that the past hangs on, and for a day
 * before an earlier change
 */
export function changePolicy(config: RunConfig, day: number, policy: PartialTree<PolicyParameters>): RunConfig {
  const { policies = [] } = config
  const last = policies.at(-1)
  if (!Number.isSafeInteger(day) || day < (last?.day ?? 0)) {
    throw badInput(`The policy shall change on day ${day}: give a whole day, not before ${last?.day ?? 0}.`)
  }
  const changed = policyAfter(config.parameters.population, policyOn(config, day), policy, SETTLED, 'a later day')
  return { ...config, policies: [...policies, { day, policy: changed }] }
}

/**
 * The configuration of a fork: the same run, under another policy from some day on.
 * @param policy what changes, as in `RunInput.parameters.policy`
 * @throws MingleError BAD_INPUT for unknown or impossible parameters, and for those that the past hangs on
 */
export function withPolicy(config: RunConfig, policy: PartialTree<PolicyParameters>): RunConfig {
  const { population, policy: first } = config.parameters
  const last = config.policies?.at(-1)
  const changed = policyAfter(population, last?.policy ?? first, policy, SETTLED_FOR_FORKS, 'a fork')
  if (last === undefined) return { ...config, parameters: { population, policy: changed } }
  return { ...config, policies: [...config.policies!.slice(0, -1), { day: last.day, policy: changed }] }
}

function policyAfter(
  population: Parameters['population'],
  before: PolicyParameters,
  changes: PartialTree<PolicyParameters>,
  settled: readonly (readonly [keyof PolicyParameters, string])[],
  who: string,
): PolicyParameters {
  const policy = withDefaults(before, changes, 'policy.')
  checkParameters({ population, policy })
  for (const [group, name] of settled) {
    const [was, is] = [before, policy].map((one) => (one[group] as unknown as Record<string, number>)[name])
    if (was !== is) {
      throw badInput(
        `Parameter policy.${group}.${name} was ${was} and shall be ${is}: ${who} cannot change it, its past hangs on it.`,
      )
    }
  }
  return policy
}

function checkPauses(pauses: readonly Pause[]): readonly Pause[] {
  let end = 0
  for (const { from, to } of pauses) {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < end || to <= from) {
      throw badInput(`A pause from day ${from} to day ${to}: give whole days, each pause after the one before.`)
    }
    end = to
  }
  return pauses
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

function ownTaxonomy(taxonomy?: OwnTaxonomy): { readonly taxonomy?: OwnTaxonomy } {
  if (taxonomy === undefined) return {}
  const kinds = new Set(taxonomy.interests.map(({ kind }) => kind))
  const known = [...kinds].every((kind) => INTERESTS[kind] !== undefined)
  if (known && kinds.size === taxonomy.interests.length && kinds.size >= LEAST_INTERESTS) return { taxonomy }
  throw badInput(
    `The taxonomy of a run has at least ${LEAST_INTERESTS} interests, each of another kind, from 0 to ${INTERESTS.length - 1}.`,
  )
}

function quizzesOf(quizzes?: readonly Quiz[]): { readonly quizzes?: readonly Quiz[] } {
  if (quizzes === undefined) return {}
  const [first] = Array.isArray(quizzes) ? quizzes : []
  const questions = first?.questions?.length ?? 0
  if (questions >= 1 && questions <= QUIZ_QUESTIONS) return { quizzes }
  throw badInput(
    `The quizzes of a run are a list whose first has 1 to ${QUIZ_QUESTIONS} questions; it has ${questions}: people are compared by them.`,
  )
}

function givenPeople(
  { people = [], cohorts = [], policies = [] }: RunInput,
  count: number,
  { policy }: Parameters,
): { readonly people?: readonly GivenPerson[] } {
  if (!Array.isArray(people)) {
    throw badInput(
      `The people of a run are a list of persons, not ${String(people)}; how many there are is its "count".`,
    )
  }
  // Whom a cohort brings may be given too, such as the site's own who were adopted; arrivals move their numbers on.
  const arrive = policy.arrivals.perDay > 0 || policies.some((change) => (change.policy.arrivals?.perDay ?? 0) > 0)
  const joining = cohorts.reduce((sum, cohort) => sum + cohort.count, 0)
  const last = joining > 0 && arrive ? Number.MAX_SAFE_INTEGER : count + joining
  const numbers = new Set(people.map(({ k }) => k))
  const wrong = people.find(({ k }) => !Number.isSafeInteger(k) || k < 1 || k > last)
  if (wrong) throw badInput(`There is a person ${wrong.k} given, but the run has people 1 to ${count + joining}.`)
  if (numbers.size < people.length) throw badInput('Two people are given under one number; each has its own.')
  return people.length > 0 ? { people } : {}
}

/** The first day as a date, 2024-01-01. */
export function startDate(config: RunConfig): string {
  return formatDate(config.startDay)
}

function oneOf<T extends string>(what: string, given: string, known: readonly T[]): T {
  const found = known.find((name) => name === given)
  if (found === undefined) throw badInput(`There is no ${what} "${given}"; choose one of ${known.join(', ')}.`)
  return found
}

/** Lays the given part of a tree over the defaults; every path must exist there and every leaf be a finite number. */
function withDefaults<T extends object>(defaults: T, given: PartialTree<T>, path: string): T {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(defaults)) {
    const own = (given as Record<string, unknown>)[name]
    const at = path + name
    if (own === undefined) result[name] = typeof value === 'object' ? withDefaults(value, {}, `${at}.`) : value
    else if (typeof value === 'object') {
      if (typeof own !== 'object' || own === null) throw badInput(`Parameter ${at} is a group, not ${String(own)}.`)
      result[name] = withDefaults(value, own, `${at}.`)
    } else {
      if (typeof own !== 'number' || !Number.isFinite(own)) {
        throw badInput(`Parameter ${at} is ${String(own)}; give a number (its default is ${value}).`)
      }
      result[name] = own
    }
  }
  for (const name of Object.keys(given)) {
    if (!(name in defaults)) {
      throw badInput(`There is no parameter ${path}${name}; here are: ${Object.keys(defaults).join(', ')}.`)
    }
  }
  return result as T
}

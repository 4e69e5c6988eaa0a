import { type Arm, checkArms, checkMinorities, type Minorities } from '../agents/index.ts'
import { civilFromDays, PLACE_PACKS, parseDate, ZONE_YEARS } from '../content/index.ts'
import { badInput, DEFAULT_QUEUE, QUEUE_NAMES } from '../kernel/index.ts'
import { chooseLevel, MARKET_LEVELS } from '../market-levels.ts'
import { checkParameters, DEFAULT_PARAMETERS, type Parameters } from '../parameters/index.ts'
import type { Pause, RunConfig } from './config.ts'
import { type ArmInput, DEFAULTS, type RunInput } from './input.ts'
import { givenPeople, ownQuizzes, ownTaxonomy } from './own.ts'
import { changePolicy } from './policy.ts'
import { withDefaults } from './tree.ts'

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
    ...ownQuizzes(input.quizzes),
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

function oneOf<T extends string>(what: string, given: string, known: readonly T[]): T {
  const found = known.find((name) => name === given)
  if (found === undefined) throw badInput(`There is no ${what} "${given}"; choose one of ${known.join(', ')}.`)
  return found
}

import { badInput } from './kernel/index.ts'
import type { Parameters } from './parameters.ts'

/** Least and greatest value of a parameter, both included. */
export interface ParameterRange {
  readonly least: number
  readonly most: number
  /** Only whole numbers. */
  readonly whole?: true
}

export type RangeTree<T> = { readonly [K in keyof T]: T[K] extends number ? ParameterRange : RangeTree<T[K]> }

const range = (least: number, most: number): ParameterRange => ({ least, most })
const SHARE = range(0, 1)
const SHIFT = range(-1, 1)
const WEIGHT = range(0, 100)
const POWER = range(0, 10)
/** Log standard deviations: at 3 one in six is twenty times the median or more. */
const SIGMA = range(0, 3)
const LOGIT = range(-20, 20)
const HOURS = range(0.01, 10_000)
const DAYS = range(0.01, 100_000)

const SHIFTS = { sociability: SHIFT, selectivity: SHIFT, engagement: SHIFT }
const TRAIT = { low: SHARE, high: SHARE }
const BY_GENDER = { woman: WEIGHT, man: WEIGHT, nonbinary: WEIGHT }

/** The range of every parameter, as `docs/model.md` states it. The ends are chosen: beyond them a run makes no sense, or no end. */
export const PARAMETER_RANGES: RangeTree<Parameters> = {
  population: {
    gender: BY_GENDER,
    orientation: { same: SHARE, both: SHARE },
    intent: { relationship: SHARE, dating: SHARE, casual: SHARE, friends: SHARE },
    archetype: {
      adventurer: WEIGHT,
      intellectual: WEIGHT,
      social: WEIGHT,
      creative: WEIGHT,
      athletic: WEIGHT,
      casual: WEIGHT,
    },
    traits: { sociability: TRAIT, selectivity: TRAIT, engagement: TRAIT },
    archetypeShift: {
      adventurer: SHIFTS,
      intellectual: SHIFTS,
      social: SHIFTS,
      creative: SHIFTS,
      athletic: SHIFTS,
      casual: SHIFTS,
    },
    genderShift: { woman: SHIFTS, man: SHIFTS, nonbinary: SHIFTS },
    tenure: { meanDays: DAYS, longestDays: range(1, 10_000) },
    appealSigma: SIGMA,
    sessions: { medianPerDay: range(0.001, 50), sigma: SIGMA, engagementPower: POWER },
    posts: {
      medianPerDay: range(0, 50),
      sigma: SIGMA,
      mostPerDay: range(0.01, 100),
      engagementPower: POWER,
      sociabilityPower: POWER,
    },
    sparse: { logit: LOGIT, engagementSlope: range(-100, 0), quiz: SHARE, bio: SHARE, photo: SHARE, posts: SHARE },
    quizFidelity: SHARE,
    warmthSigma: SIGMA,
    lifecycle: {
      activeDays: DAYS,
      dormantDays: DAYS,
      churnedDays: DAYS,
      dormantToChurned: SHARE,
      activeToChurned: SHARE,
      trialShare: SHARE,
      trialDays: DAYS,
      coupleLeaves: SHARE,
      coupledPerDay: SHARE,
    },
    rhythm: { shiftHours: range(0, 12), gapSigma: SIGMA, personality: POWER },
  },
  policy: {
    arrivals: { perDay: range(0, 100_000) },
    burnIn: { days: { ...range(0, 3650), whole: true } },
    session: {
      medianSteps: range(0.1, 400),
      sigma: SIGMA,
      engagementPower: POWER,
      stepMedianSeconds: range(0.01, 3600),
      stepSigma: SIGMA,
    },
    feed: {
      share: SHARE,
      windowHours: HOURS,
      sources: { reach: WEIGHT, popular: WEIGHT, topic: WEIGHT, city: WEIGHT, fresh: WEIGHT },
      reachMedian: WEIGHT,
      reachSigma: SIGMA,
      like: SHARE,
      qualitySigma: SIGMA,
      interestBonus: WEIGHT,
      openProfile: SHARE,
      openOthers: SHARE,
      decideAfterOpen: SHARE,
    },
    deck: {
      near: SHARE,
      wide: SHARE,
      tries: { ...range(1, 1000), whole: true },
      paceDays: DAYS,
      fewest: WEIGHT,
      likerShown: SHARE,
      skipOtherIntent: SHARE,
      skipDormant: SHARE,
      relook: SHARE,
    },
    like: {
      baseLow: POWER,
      baseHigh: POWER,
      quiz: POWER,
      near: POWER,
      far: POWER,
      nearKm: range(0.01, 20_000),
      choosiness: WEIGHT,
      interests: POWER,
      intentMismatch: POWER,
      ageMismatch: POWER,
      cap: SHARE,
      scale: BY_GENDER,
      appealPower: { woman: POWER, man: POWER, nonbinary: POWER },
      fatigue: WEIGHT,
    },
    opening: {
      medianHours: HOURS,
      sigma: SIGMA,
      norm: { woman: range(0.001, 1000), man: range(0.001, 1000), nonbinary: range(0.001, 1000) },
      sociabilityPower: POWER,
      chemistry: POWER,
      patienceHours: HOURS,
    },
    reply: {
      openerLogit: LOGIT,
      laterLogit: LOGIT,
      sociability: WEIGHT,
      chemistry: POWER,
      decay: WEIGHT,
      liveShare: SHARE,
      liveMedianMinutes: range(0.01, 1440),
      liveSigma: SIGMA,
      medianHours: HOURS,
      sigma: SIGMA,
      followUp: SHARE,
      farewell: SHARE,
      afterDate: SHARE,
    },
    flashes: { holidays: WEIGHT, festivals: WEIGHT, trends: WEIGHT },
  },
}

type Tree<Leaf> = { readonly [name: string]: Leaf | Tree<Leaf> }
type AnyRanges = Tree<ParameterRange>

/** Throws `BAD_INPUT` for the first parameter that is out of its range, or a set of them that cannot be together. */
export function checkParameters(parameters: Parameters): void {
  checkRanges(parameters, PARAMETER_RANGES as unknown as AnyRanges, '')
  const { gender, intent, archetype, orientation, traits } = parameters.population
  checkWeights('population.gender', gender)
  checkWeights('population.intent', intent)
  checkWeights('population.archetype', archetype)
  checkWeights('policy.feed.sources', parameters.policy.feed.sources)
  if (orientation.same + orientation.both > 1) {
    throw badInput(
      `population.orientation.same and both are ${orientation.same} and ${orientation.both}; give at most 1 in all.`,
    )
  }
  for (const [name, { low, high }] of Object.entries(traits)) {
    if (low > high)
      throw badInput(`population.traits.${name} goes from ${low} to ${high}; give a low that is at most high.`)
  }
}

function checkRanges(tree: Tree<number>, ranges: AnyRanges, path: string): void {
  for (const [name, value] of Object.entries(tree)) {
    const at = path + name
    if (typeof value === 'object') {
      checkRanges(value, ranges[name] as AnyRanges, `${at}.`)
      continue
    }
    const { least, most, whole } = ranges[name] as ParameterRange
    if (value >= least && value <= most && (!whole || Number.isSafeInteger(value))) continue
    throw badInput(`Parameter ${at} is ${value}; give a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`)
  }
}

function checkWeights(path: string, weights: Readonly<Record<string, number>>): void {
  if (Object.values(weights).some((weight) => weight > 0)) return
  throw badInput(`All of ${path} are 0 (${Object.keys(weights).join(', ')}); give at least one of them more.`)
}

import { drawPerson, emptyPerson, generateProfile, type PersonProfile, Rhythm } from './agents/index.ts'
import type { RunConfig } from './config/index.ts'
import { formatDate, interestsOf, scoreVector, TOPICS, ZONES } from './content/index.ts'
import { badInput, Stream } from './kernel/index.ts'
import { type MarketPlan, outlineMarkets } from './markets.ts'

const DAY_MS = 86_400_000
const HOURS = 24
/** Days after which nobody is expected to join any more. */
const LONGEST_WAIT_DAYS = 36_500

/** One quiz of a person in words. */
export interface QuizReport {
  readonly title: string
  readonly answers: readonly { readonly question: string; readonly answer: string; readonly score: number }[]
}

/** Person k of a run in words and numbers, made again from the seed alone. */
export interface PersonReport {
  readonly k: number
  /** Day of the run on which the person signs up; −1 for those who were there before. */
  readonly joinDay: number
  readonly joined: string
  readonly profile: Omit<PersonProfile, 'quizzes' | 'interests' | 'city' | 'birthDay' | 'joinedAt' | 'k'> & {
    readonly birthdate: string
    readonly city: { readonly name: string; readonly region: string; readonly country: string }
    readonly interests: readonly string[]
  }
  /** Traits 0–1, and what else moves the person's behaviour: factors with median 1. */
  readonly personality: {
    readonly archetype: string
    readonly sociability: number
    readonly selectivity: number
    readonly engagement: number
    readonly appeal: number
    readonly warmth: number
    readonly topics: readonly string[]
  }
  readonly quizzes: readonly QuizReport[]
  readonly rhythm: {
    /** While active. */
    readonly sessionsPerDay: number
    readonly postsPerDay: number
    /** Hours by which the person's day is earlier than the usual one. */
    readonly shiftHours: number
    readonly timeZone: string
    /** Share of the week's activity in each hour of the day from midnight, local time; working days and weekend apart. */
    readonly workday: readonly number[]
    readonly weekend: readonly number[]
    /** Hours of the greatest activity, local time. */
    readonly peak: { readonly workday: number; readonly weekend: number }
  }
}

/**
 * Everything that is settled about person k before anything happens: profile, personality, quiz answers, rhythm.
 * @throws MingleError BAD_INPUT when k is no whole number from 1
 */
export function reportPerson(config: RunConfig, k: number): PersonReport {
  if (!Number.isSafeInteger(k) || k < 1) throw badInput(`a person's number is a whole number from 1, not ${k}`)
  const { population, newcomers } = outlineMarkets(config)
  const joinDay = k <= config.count ? -1 : joinDayOf(newcomers, k)
  const profile = generateProfile(population, k, joinDay)
  const person = emptyPerson()
  drawPerson(population, k, joinDay, new Stream(), person)
  const { birthDay, city, interests, quizzes, joinedAt, k: _, ...words } = profile
  const rows = interestsOf(population.taxonomy)
  const home = population.places.cities[city]!
  const week = hoursOf(person.rhythmShape, person.rhythmShift, population.parameters.rhythm.personality)
  return {
    k,
    joinDay,
    joined: formatDate(config.startDay + Math.floor(joinedAt / DAY_MS)),
    profile: {
      ...words,
      birthdate: formatDate(birthDay),
      city: { name: home.name, region: home.region, country: home.country },
      interests: interests.map((id) => rows[id]!.name),
    },
    personality: {
      archetype: profile.archetype,
      sociability: person.sociability,
      selectivity: person.selectivity,
      engagement: person.engagement,
      appeal: person.appeal,
      warmth: person.warmth,
      topics: [...new Set(interests.map((id) => TOPICS[rows[id]!.topic]!))],
    },
    quizzes: quizzes.map(({ quiz, options }) => {
      const { title, questions } = population.quizzes[quiz]!
      const scores = scoreVector(population.quizzes[quiz]!, options)
      const answers = questions.map(({ prompt, options: labels }, i) => ({
        question: prompt,
        answer: labels[options[i]!]!,
        score: scores[i]!,
      }))
      return { title, answers }
    }),
    rhythm: {
      sessionsPerDay: person.sessionRate,
      postsPerDay: person.postRate,
      shiftHours: person.rhythmShift,
      timeZone: ZONES[home.zone]!.name,
      ...week,
    },
  }
}

/** The day on which a newcomer joins. @throws MingleError BAD_INPUT when so many never do */
function joinDayOf(newcomers: MarketPlan['newcomers'], k: number): number {
  for (let day = 0; day < LONGEST_WAIT_DAYS; day++) {
    const { first, count } = newcomers(day)
    if (k < first + count) return day
  }
  throw badInput(`there is no person ${k}: the run has people 1 to ${newcomers(LONGEST_WAIT_DAYS).first - 1}`)
}

function hoursOf(
  shape: number,
  shift: number,
  depth: number,
): Pick<PersonReport['rhythm'], 'workday' | 'weekend' | 'peak'> {
  const rhythm = new Rhythm(depth)
  const share = (day: number, hour: number) => rhythm.activity(shape, day * HOURS + hour + shift, 1) / (7 * HOURS)
  const curve = (days: readonly number[]) =>
    Array.from({ length: HOURS }, (_, hour) => days.reduce((sum, day) => sum + share(day, hour), 0))
  const workday = curve([1, 2, 3, 4, 5])
  const weekend = curve([0, 6])
  const peakOf = (hours: readonly number[]) => hours.indexOf(Math.max(...hours))
  return { workday, weekend, peak: { workday: peakOf(workday), weekend: peakOf(weekend) } }
}

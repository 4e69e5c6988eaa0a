import { GENDERS } from '../content/index.ts'
import { exp, log } from '../kernel/index.ts'
import type { PolicyParameters } from '../parameters.ts'
import { distanceKm, INTEREST_WORDS, NO_ANSWER, type People, QUIZ_QUESTIONS } from './people.ts'

const DAYS_PER_YEAR = 365.2425

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Interests in common as a share of the shorter list, 0–1. */
export function interestOverlap(people: People, a: number, b: number): number {
  const shorter = Math.min(people.interests[a]!, people.interests[b]!)
  if (shorter === 0) return 0
  let common = 0
  const atA = a * INTEREST_WORDS
  const atB = b * INTEREST_WORDS
  for (let word = 0; word < INTEREST_WORDS; word++) {
    common += bitCount(people.interestBits[atA + word]! & people.interestBits[atB + word]!)
  }
  return common / shorter
}

/** Agreement of quiz answers, 0–1: one less the mean difference of the scores; ½ when either took no quiz. */
export function quizCompatibility(people: People, a: number, b: number): number {
  const quiz = people.quiz
  const atA = a * QUIZ_QUESTIONS
  const atB = b * QUIZ_QUESTIONS
  if (quiz[atA] === NO_ANSWER || quiz[atB] === NO_ANSWER) return 0.5
  let apart = 0
  for (let question = 0; question < QUIZ_QUESTIONS; question++) {
    apart += Math.abs(quiz[atA + question]! - quiz[atB + question]!)
  }
  return 1 - apart / (250 * QUIZ_QUESTIONS)
}

/** Whether the other's age lies outside what someone of this age looks for: half the age plus seven, both ways. */
export function isAgeMismatch(people: People, a: number, b: number): boolean {
  const ageA = -people.birthDay[a]! / DAYS_PER_YEAR
  const ageB = -people.birthDay[b]! / DAYS_PER_YEAR
  return Math.abs(ageA - ageB) > TOLERATED_YEARS
}

/** Years between two people beyond which a pair counts as an age mismatch (chosen). */
const TOLERATED_YEARS = 9

/** Friends and something casual do not go with a relationship; dating goes with everything but friends. */
export function isIntentMismatch(people: People, a: number, b: number): boolean {
  const x = people.intent[a]!
  const y = people.intent[b]!
  if (x === y) return false
  return x === 3 || y === 3 || x + y === 2
}

/**
 * How likely a person is to like the candidate shown. The plan's terms (base by selectivity, quiz, proximity,
 * interests, mismatches) make the affinity; the sender's gender scales it and the candidate's appeal multiplies it.
 */
export class LikeModel {
  private readonly like: PolicyParameters['like']
  private readonly scale: Float64Array
  private readonly appealPower: Float64Array

  constructor(like: PolicyParameters['like']) {
    this.like = like
    this.scale = Float64Array.from(GENDERS, (gender) => like.scale[gender])
    this.appealPower = Float64Array.from(GENDERS, (gender) => like.appealPower[gender])
  }

  /** The plan's sum of terms for a seeing b, before scale, appeal and fatigue: 0 to about 1.3. */
  affinity(people: People, a: number, b: number): number {
    const like = this.like
    const km = distanceKm(people, a, b)
    // Near as a smooth step at `nearKm`, far fading over a thousand kilometres, so that likes fall with every mile.
    const nearness = 1 / (1 + (km / like.nearKm) * (km / like.nearKm))
    const proximity = like.near * nearness + (like.far * (1 - nearness) * 1000) / (1000 + km)
    let affinity =
      like.baseHigh +
      (like.baseLow - like.baseHigh) * people.selectivity[a]! +
      like.quiz * quizCompatibility(people, a, b) +
      proximity +
      like.interests * interestOverlap(people, a, b)
    if (isIntentMismatch(people, a, b)) affinity *= like.intentMismatch
    const years = Math.abs(people.birthDay[a]! - people.birthDay[b]!) / DAYS_PER_YEAR
    if (years > TOLERATED_YEARS) affinity *= like.ageMismatch
    return affinity
  }

  /** Probability of a LIKE, 0 to the cap. @param likes likes given in this session already */
  probability(people: People, a: number, b: number, likes: number): number {
    const gender = people.gender[a]!
    const appeal = exp(this.appealPower[gender]! * log(people.appeal[b]!))
    const raw = this.affinity(people, a, b) * this.scale[gender]! * appeal
    return Math.min(this.like.cap, raw / (1 + this.like.fatigue * likes))
  }
}

import { GENDERS, type PlacePack } from '../../content/index.ts'
import { bitCount, exp, log } from '../../kernel/index.ts'
import type { PolicyParameters } from '../../parameters/index.ts'
import { distanceKm, INTEREST_WORDS, NO_ANSWER, type People, QUIZ_QUESTIONS, wider } from '../people.ts'
import type { Term } from './terms.ts'

const DAYS_PER_YEAR = 365.2425

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
  let question = 0
  // A quiz of one's own may have fewer questions.
  for (; question < QUIZ_QUESTIONS && quiz[atA + question] !== NO_ANSWER; question++) {
    apart += Math.abs(quiz[atA + question]! - quiz[atB + question]!)
  }
  return 1 - apart / (250 * question)
}

/** Distance at which what lies beyond nearness is half gone (chosen). */
const FAR_KM = 400
/** Distance between two homes of one city in the mean, as homes scatter. */
const USUAL_KM_IN_CITY = 7

/** Years between two people beyond which a pair counts as an age mismatch (chosen). */
const TOLERATED_YEARS = 9

/** Whether two people, by their days of birth, are too far apart in age for most. */
export function isAgeMismatch(birthDayA: number, birthDayB: number): boolean {
  return Math.abs(birthDayA - birthDayB) > TOLERATED_YEARS * DAYS_PER_YEAR
}

/** Friends and something casual do not go with a relationship; dating goes with everything but friends. Codes. */
export function isIntentMismatch(a: number, b: number): boolean {
  if (a === b) return false
  return a === 3 || b === 3 || a + b === 2
}

/** 1 next door, half at `nearKm`, falling to 0. */
function nearnessAt(like: PolicyParameters['like'], km: number): number {
  return 1 / (1 + km / like.nearKm)
}

/**
 * The plan's sum of terms for one person seeing another: base by selectivity, quiz, proximity, interests, less for
 * mismatches. 0 to about 1.3; what scales it comes after.
 * @param quiz quiz compatibility, 0–1  @param overlap interest overlap, 0–1  @param km distance of the homes
 */
export function affinity(
  like: PolicyParameters['like'],
  selectivity: number,
  quiz: number,
  overlap: number,
  km: number,
  intentMismatch: boolean,
  ageMismatch: boolean,
): number {
  // Near is half gone at `nearKm`, far fades over hundreds of kilometres: likes fall with every mile from the first on.
  const nearness = nearnessAt(like, km)
  const proximity = like.near * nearness + (like.far * (1 - nearness) * FAR_KM) / (FAR_KM + km)
  const base = like.baseHigh + (like.baseLow - like.baseHigh) * selectivity
  let sum = base + like.quiz * quiz + proximity + like.interests * overlap
  if (intentMismatch) sum *= like.intentMismatch
  if (ageMismatch) sum *= like.ageMismatch
  return sum
}

/**
 * How likely a person is to like the candidate shown. The plan's terms (base by selectivity, quiz, proximity,
 * interests, mismatches) make the affinity; the sender's gender scales it and the candidate's appeal multiplies it.
 */
export class LikeModel {
  private readonly like: PolicyParameters['like']
  private readonly scale: Float64Array
  private readonly appealPower: Float64Array
  /** What the chance is multiplied by for people of a city: those with many people near are choosier. */
  private choosiness = new Float64Array(0)
  /** What a person's appeal does to each gender's chance: one factor a gender and person, for those known so far. */
  private pull = new Float64Array(0)
  private known = 0

  constructor(like: PolicyParameters['like']) {
    this.like = like
    this.scale = Float64Array.from(GENDERS, (gender) => like.scale[gender])
    this.appealPower = Float64Array.from(GENDERS, (gender) => like.appealPower[gender])
  }

  /** Looks at who lives how near to whom; to be called before the first question and whenever people have joined. */
  admit(people: People, places: PlacePack): void {
    this.weighAppeal(people)
    const { near, choosiness } = this.like
    const cities = places.cities.length
    const counts = new Float64Array(cities)
    for (let row = 0; row < people.size; row++) counts[people.city[row]!]!++
    this.choosiness = new Float64Array(cities)
    for (let city = 0; city < cities; city++) {
      if (counts[city] === 0) continue
      let nearness = 0
      for (let other = 0; other < cities; other++) {
        if (counts[other] === 0) continue
        const km = other === city ? USUAL_KM_IN_CITY : places.distanceKm(city, other)
        nearness += counts[other]! * nearnessAt(this.like, km)
      }
      this.choosiness[city] = 1 / (1 + (choosiness * near * nearness) / people.size)
    }
  }

  private weighAppeal(people: People): void {
    const genders = GENDERS.length
    this.pull = wider(this.pull, people.size * genders)
    for (; this.known < people.size; this.known++) {
      const appeal = log(people.appeal[this.known]!)
      for (let gender = 0; gender < genders; gender++) {
        this.pull[this.known * genders + gender] = exp(this.appealPower[gender]! * appeal)
      }
    }
  }

  /** Probability of a LIKE, 0 to the cap. @param likes likes given in this session already */
  probability(people: People, a: number, b: number, likes: number): number {
    const gender = people.gender[a]!
    const sum = affinity(
      this.like,
      people.selectivity[a]!,
      quizCompatibility(people, a, b),
      interestOverlap(people, a, b),
      distanceKm(people, a, b),
      isIntentMismatch(people.intent[a]!, people.intent[b]!),
      isAgeMismatch(people.birthDay[a]!, people.birthDay[b]!),
    )
    const pull = this.pull[b * this.scale.length + gender]!
    const raw = sum * this.scale[gender]! * pull * this.choosiness[people.city[a]!]!
    return Math.min(this.like.cap, raw / (1 + this.like.fatigue * likes))
  }

  /**
   * The terms of `probability`, in the order in which it takes them. Each part of the sum is what `affinity` itself makes
   * of it when all others are left out: a home infinitely far away adds nothing, nor do no agreement and no overlap.
   */
  terms(people: People, a: number, b: number, likes: number): Term[] {
    const { like } = this
    const gender = people.gender[a]!
    const selectivity = people.selectivity[a]!
    const agreement = quizCompatibility(people, a, b)
    const overlap = interestOverlap(people, a, b)
    const km = distanceKm(people, a, b)
    const otherIntent = isIntentMismatch(people.intent[a]!, people.intent[b]!)
    const otherAge = isAgeMismatch(people.birthDay[a]!, people.birthDay[b]!)
    const sum = (quiz: number, shared: number, away: number) =>
      affinity(like, selectivity, quiz, shared, away, false, false)
    const base = sum(0, 0, Infinity)
    const atMost = affinity(like, selectivity, agreement, overlap, km, false, false)
    const intent = affinity(like, selectivity, agreement, overlap, km, otherIntent, false) / atMost
    const age = affinity(like, selectivity, agreement, overlap, km, false, otherAge) / atMost
    const pull = this.pull[b * this.scale.length + gender]!
    const { baseLow, baseHigh, fatigue, cap } = like
    const nearest = sum(0, 0, 0) - base
    const scales: [number, number] = [Math.min(...this.scale), Math.max(...this.scale)]
    return [
      { name: 'base', effect: 'plus', value: base, range: [baseLow, baseHigh], inputs: { selectivity } },
      {
        name: 'quiz',
        effect: 'plus',
        value: sum(agreement, 0, Infinity) - base,
        range: [0, like.quiz],
        inputs: { agreement },
      },
      { name: 'proximity', effect: 'plus', value: sum(0, 0, km) - base, range: [0, nearest], inputs: { km } },
      {
        name: 'interests',
        effect: 'plus',
        value: sum(0, overlap, Infinity) - base,
        range: [0, like.interests],
        inputs: { overlap },
      },
      {
        name: 'intent',
        effect: 'times',
        value: intent,
        range: [like.intentMismatch, 1],
        inputs: { mismatch: otherIntent },
      },
      { name: 'age', effect: 'times', value: age, range: [like.ageMismatch, 1], inputs: { mismatch: otherAge } },
      {
        name: 'gender',
        effect: 'times',
        value: this.scale[gender]!,
        range: scales,
        inputs: { gender: GENDERS[gender]! },
      },
      {
        name: 'appeal',
        effect: 'times',
        value: pull,
        range: [0, null],
        inputs: { appeal: people.appeal[b]!, power: this.appealPower[gender]! },
      },
      {
        name: 'choosiness',
        effect: 'times',
        value: this.choosiness[people.city[a]!]!,
        range: [0, 1],
        inputs: { city: people.city[a]! },
      },
      { name: 'fatigue', effect: 'over', value: 1 + fatigue * likes, range: [1, null], inputs: { likes } },
      { name: 'cap', effect: 'at most', value: cap, range: [cap, cap], inputs: {} },
    ]
  }
}

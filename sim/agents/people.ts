import { INTERESTS, interestBits } from '../content/index.ts'
import { cos, sin } from '../kernel/index.ts'
import type { PersonTraits } from './person/person.ts'

export const QUIZ_QUESTIONS = 10
export const INTEREST_WORDS = 4
/** In a quiz column: the question was not answered. */
export const NO_ANSWER = 255

const EARTH_KM = 6371
// biome-ignore lint/suspicious/noApproximativeNumericConstant: sim/ uses no constants of Math
const RADIANS = 3.141592653589793 / 180

type Column = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Float32Array | Float64Array

/**
 * The people of a market by column; a person's row never changes and newcomers get the next rows. Rows ascend with k.
 * Distances are chords through the earth in km, which differ from the arc by less than 2% below 2,000 km.
 */
export class People {
  size = 0
  k = new Int32Array(0)
  gender = new Uint8Array(0)
  /** Bit g: wants to meet gender g. */
  seeks = new Uint8Array(0)
  /** Both in one number below 24: gender · 8 + seeks. */
  group = new Uint8Array(0)
  intent = new Uint8Array(0)
  city = new Int16Array(0)
  zone = new Int16Array(0)
  latitude = new Float32Array(0)
  longitude = new Float32Array(0)
  /** The home's place in km from the earth's centre. */
  x = new Float32Array(0)
  y = new Float32Array(0)
  z = new Float32Array(0)
  birthDay = new Int32Array(0)
  joinedAt = new Float64Array(0)
  firstName = new Int32Array(0)
  archetype = new Uint8Array(0)
  sociability = new Float32Array(0)
  selectivity = new Float32Array(0)
  engagement = new Float32Array(0)
  /** Number of interests, and the interests as bits: 4 words a person. */
  interests = new Uint8Array(0)
  interestBits = new Int32Array(0)
  /** Number of quizzes taken, and the first quiz's answers on a scale of 0–250: 10 a person, 255 without. */
  quizzes = new Uint8Array(0)
  quiz = new Uint8Array(0)
  flags = new Uint8Array(0)
  appeal = new Float32Array(0)
  sessionRate = new Float32Array(0)
  postRate = new Float32Array(0)
  /** How freely the person likes posts: a factor with median 1. */
  warmth = new Float32Array(0)
  /** Topics of the person's interests as bits. */
  topics = new Int32Array(0)
  rhythmShift = new Float32Array(0)
  rhythmShape = new Uint8Array(0)
  /** Lifecycle code at the start or on joining; the current state belongs to `Lives`. */
  lifecycle = new Uint8Array(0)

  /** Appends a person and returns the row. */
  add(person: PersonTraits, zone: number, quizScores: ArrayLike<number> | null, lifecycle: number): number {
    if (this.size === this.k.length) this.reserve(Math.max(16, this.size * 2))
    const row = this.size++
    this.k[row] = person.k
    this.gender[row] = person.gender
    this.seeks[row] = person.seeks
    this.group[row] = person.gender * 8 + person.seeks
    this.intent[row] = person.intent
    this.city[row] = person.city
    this.zone[row] = zone
    this.latitude[row] = person.latitude
    this.longitude[row] = person.longitude
    const phi = person.latitude * RADIANS
    const lambda = person.longitude * RADIANS
    this.x[row] = EARTH_KM * cos(phi) * cos(lambda)
    this.y[row] = EARTH_KM * cos(phi) * sin(lambda)
    this.z[row] = EARTH_KM * sin(phi)
    this.birthDay[row] = person.birthDay
    this.joinedAt[row] = person.joinedAt
    this.firstName[row] = person.firstName
    this.archetype[row] = person.archetype
    this.sociability[row] = person.sociability
    this.selectivity[row] = person.selectivity
    this.engagement[row] = person.engagement
    this.interests[row] = person.interests.length
    this.interestBits.set(interestBits(person.interests), row * INTEREST_WORDS)
    this.quizzes[row] = quizScores === null ? 0 : 1
    for (let question = 0; question < QUIZ_QUESTIONS; question++) {
      const score = quizScores?.[question]
      const answered = score === undefined ? NO_ANSWER : Math.round(score * 250)
      this.quiz[row * QUIZ_QUESTIONS + question] = answered
    }
    this.flags[row] = person.flags
    this.appeal[row] = person.appeal
    this.sessionRate[row] = person.sessionRate
    this.postRate[row] = person.postRate
    this.warmth[row] = person.warmth
    let topics = 0
    for (const id of person.interests) topics |= 1 << INTERESTS[id]!.topic
    this.topics[row] = topics
    this.rhythmShift[row] = person.rhythmShift
    this.rhythmShape[row] = person.rhythmShape
    this.lifecycle[row] = lifecycle
    return row
  }

  /** Makes room for this many people. */
  reserve(rows: number): void {
    this.k = wider(this.k, rows)
    this.gender = wider(this.gender, rows)
    this.seeks = wider(this.seeks, rows)
    this.group = wider(this.group, rows)
    this.intent = wider(this.intent, rows)
    this.city = wider(this.city, rows)
    this.zone = wider(this.zone, rows)
    this.latitude = wider(this.latitude, rows)
    this.longitude = wider(this.longitude, rows)
    this.x = wider(this.x, rows)
    this.y = wider(this.y, rows)
    this.z = wider(this.z, rows)
    this.birthDay = wider(this.birthDay, rows)
    this.joinedAt = wider(this.joinedAt, rows)
    this.firstName = wider(this.firstName, rows)
    this.archetype = wider(this.archetype, rows)
    this.sociability = wider(this.sociability, rows)
    this.selectivity = wider(this.selectivity, rows)
    this.engagement = wider(this.engagement, rows)
    this.interests = wider(this.interests, rows)
    this.interestBits = wider(this.interestBits, rows * INTEREST_WORDS)
    this.quizzes = wider(this.quizzes, rows)
    this.quiz = wider(this.quiz, rows * QUIZ_QUESTIONS)
    this.flags = wider(this.flags, rows)
    this.appeal = wider(this.appeal, rows)
    this.sessionRate = wider(this.sessionRate, rows)
    this.postRate = wider(this.postRate, rows)
    this.warmth = wider(this.warmth, rows)
    this.topics = wider(this.topics, rows)
    this.rhythmShift = wider(this.rhythmShift, rows)
    this.rhythmShape = wider(this.rhythmShape, rows)
    this.lifecycle = wider(this.lifecycle, rows)
  }

  /** Bytes of all columns. */
  get bytes(): number {
    let bytes = 0
    for (const value of Object.values(this)) if (ArrayBuffer.isView(value)) bytes += value.byteLength
    return bytes
  }
}

/** A longer copy of a column; the new rows are zero. */
export function wider<T extends Column>(column: T, length: number): T {
  const grown = new (column.constructor as new (length: number) => T)(length)
  grown.set(column)
  return grown
}

/** Whether people of two groups (`People.group`) each seek the other's gender. */
export function couldMeet(a: number, b: number): boolean {
  return (a & 7 & (1 << (b >> 3))) !== 0 && (b & 7 & (1 << (a >> 3))) !== 0
}

/** Distance between two homes in km. */
export function distanceKm(people: People, a: number, b: number): number {
  const dx = people.x[a]! - people.x[b]!
  const dy = people.y[a]! - people.y[b]!
  const dz = people.z[a]! - people.z[b]!
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}

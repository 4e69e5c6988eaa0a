import { among, type JobDatabase } from '../database/database.ts'
import { type Buckets, onSphere } from './buckets.ts'

/** People whose details are kept at a time, about. */
const PEOPLE_KEPT = 50_000
/** Trait values are whole millionths, so that sums of them do not depend on their order. */
const STEPS = 1_000_000

/** What a score is made of, of consecutive positions. Lists are flat, with the first place of each person and one more. */
export interface Page {
  readonly age: Int32Array
  readonly intent: readonly string[]
  /** Home on the unit sphere: x, y, z by turns. */
  readonly home: Float64Array
  /** Ids, ascending for each person. */
  readonly interests: Float64Array
  readonly interestsFrom: Int32Array
  /** Numbers of traits, ascending for each person, and their values in millionths. */
  readonly traits: Int32Array
  readonly values: Int32Array
  readonly traitsFrom: Int32Array
}

/** Details of people by pages of positions, the latest ones kept. */
export class Pages {
  readonly size: number
  readonly #database: JobDatabase
  readonly #buckets: Buckets
  readonly #kept = new Map<number, Page>()
  readonly #traits = new Map<string, number>()

  /** @param size people of a page */
  constructor(database: JobDatabase, buckets: Buckets, size: number) {
    this.#database = database
    this.#buckets = buckets
    this.size = size
  }

  /** Reads those of these pages that are not kept; all of them can be had until the next call. */
  async load(pages: ReadonlySet<number>): Promise<void> {
    const most = Math.max(pages.size, Math.ceil(PEOPLE_KEPT / this.size))
    for (const page of pages) {
      const kept = this.#kept.get(page)
      this.#kept.delete(page)
      this.#kept.set(page, kept ?? (await this.#read(page)))
    }
    for (const page of this.#kept.keys()) {
      if (this.#kept.size <= most) break
      this.#kept.delete(page)
    }
  }

  get(page: number): Page {
    return this.#kept.get(page)!
  }

  async #read(page: number): Promise<Page> {
    const ids = this.#buckets.ids.subarray(page * this.size, (page + 1) * this.size)
    const rowOf = new Map(Array.from(ids, (id, row) => [id, row]))
    const database = this.#database
    const people = await database.select(
      { id: 'id', age: 'int', intent: 'text', north: 'float', east: 'float' },
      `SELECT user_id, age, intent, latitude, longitude FROM searchable_users WHERE ${among('user_id', ids)}`,
    )
    const age = new Int32Array(ids.length)
    const intent: string[] = new Array(ids.length).fill('')
    const home = new Float64Array(ids.length * 3)
    for (let i = 0; i < people.size; i++) {
      const row = rowOf.get(people.id[i]!)!
      age[row] = people.age[i]!
      intent[row] = people.intent[i]!
      home.set(onSphere(people.north[i]!, people.east[i]!), row * 3)
    }
    const interests = await database.select(
      { id: 'id', interest: 'id' },
      `SELECT user_id, interest_id FROM user_interests WHERE ${among('user_id', ids)} ORDER BY user_id, interest_id`,
    )
    const traits = await database.select(
      { id: 'id', trait: 'text', value: 'float' },
      `SELECT user_id, trait, value FROM user_traits WHERE ${among('user_id', ids)}`,
    )
    const byPerson = grouped(traits.id, rowOf, ids.length)
    const numbers = traits.trait.map((trait) => this.#numberOf(trait!))
    for (let row = 0; row < ids.length; row++) {
      byPerson.order.subarray(byPerson.from[row], byPerson.from[row + 1]).sort((a, b) => numbers[a]! - numbers[b]!)
    }
    const held = grouped(interests.id, rowOf, ids.length)
    return {
      age,
      intent,
      home,
      interests: Float64Array.from(held.order, (at) => interests.interest[at]!),
      interestsFrom: held.from,
      traits: Int32Array.from(byPerson.order, (at) => numbers[at]!),
      values: Int32Array.from(byPerson.order, (at) => Math.round(traits.value[at]! * STEPS)),
      traitsFrom: byPerson.from,
    }
  }

  #numberOf(trait: string): number {
    const known = this.#traits.get(trait)
    if (known !== undefined) return known
    const number = this.#traits.size
    this.#traits.set(trait, number)
    return number
  }
}

/** Rows of a result by person: their places in it, and where each person's begin. */
function grouped(ids: Float64Array, rowOf: ReadonlyMap<number, number>, people: number) {
  const from = new Int32Array(people + 1)
  const rows = Int32Array.from(ids, (id) => rowOf.get(id)!)
  for (const row of rows) from[row + 1]!++
  for (let row = 0; row < people; row++) from[row + 1]! += from[row]!
  const next = from.slice()
  const order = new Int32Array(rows.length)
  for (let at = 0; at < rows.length; at++) order[next[rows[at]!]++] = at
  return { order, from }
}

/** Agreement of the traits that both have, 0–1: one less the mean difference; ½ where there is none. */
export function agreement(a: Page, rowA: number, b: Page, rowB: number): number {
  let i = a.traitsFrom[rowA]!
  let j = b.traitsFrom[rowB]!
  const endA = a.traitsFrom[rowA + 1]!
  const endB = b.traitsFrom[rowB + 1]!
  let apart = 0
  let both = 0
  while (i < endA && j < endB) {
    const step = a.traits[i]! - b.traits[j]!
    if (step === 0) {
      apart += Math.abs(a.values[i]! - b.values[j]!)
      both++
    }
    if (step <= 0) i++
    if (step >= 0) j++
  }
  return both === 0 ? 0.5 : 1 - apart / (both * STEPS)
}

/** Interests in common as a share of the shorter list, 0–1; 0 where one has none. */
export function overlap(a: Page, rowA: number, b: Page, rowB: number): number {
  let i = a.interestsFrom[rowA]!
  let j = b.interestsFrom[rowB]!
  const endA = a.interestsFrom[rowA + 1]!
  const endB = b.interestsFrom[rowB + 1]!
  const shorter = Math.min(endA - i, endB - j)
  if (shorter === 0) return 0
  let common = 0
  while (i < endA && j < endB) {
    const step = a.interests[i]! - b.interests[j]!
    if (step === 0) common++
    if (step <= 0) i++
    if (step >= 0) j++
  }
  return common / shorter
}

import { cos, Float64Column, Int32Column, sin, Uint8Column } from '../../sim/kernel/index.ts'
import type { JobDatabase } from '../database/database.ts'

const PEOPLE_AT_ONCE = 5000
const GENDERS = ['woman', 'man', 'nonbinary']
/** Gender times the eight sets of wanted genders. */
export const GROUPS = GENDERS.length * 8
/** Bands of five years: 18–22, 23–27, …, 63 and above. */
export const BANDS = 10
const FIRST_AGE = 18
const YEARS = 5
const RADIANS = Math.PI / 180

/** Columns of `size` people whom somebody could meet, by group, city, band of age, then id; 14 bytes each. */
export interface Buckets {
  readonly size: number
  /** Row ids. */
  readonly ids: Float64Array
  readonly city: Int32Array
  readonly group: Uint8Array
  readonly band: Uint8Array
  readonly cities: number
  /** First position of a (group, city, band) at `(group · cities + city) · BANDS + band`, and one more at the end. */
  readonly starts: Int32Array
  /** Middle of each city on the unit sphere: x, y, z by turns. */
  readonly middles: Float64Array
}

/**
 * Reads who can be found, and sorts them as the simulation does, so that "women near me who look for men, within a band of
 * my age" is a few runs of positions. Cities are numbered as they first appear among ascending ids.
 */
export async function readBuckets(database: JobDatabase): Promise<Buckets> {
  const ids = new Float64Column()
  const city = new Int32Column()
  const group = new Uint8Column()
  const band = new Uint8Column()
  const numbers = new Map<string, number>()
  const sums: { north: number; east: number; people: number }[] = []
  for await (const { first, last } of database.ranges('searchable_users', 'user_id', PEOPLE_AT_ONCE)) {
    const people = await database.select(
      {
        id: 'id',
        age: 'int',
        gender: 'text',
        seeks: 'text',
        city: 'text',
        state: 'text',
        country: 'text',
        north: 'float',
        east: 'float',
      },
      `SELECT user_id, age, gender, seeks, city, state, country, latitude, longitude FROM searchable_users
       WHERE user_id BETWEEN ${first} AND ${last} ORDER BY user_id`,
    )
    for (let row = 0; row < people.size; row++) {
      const its = groupOf(people.gender[row]!, people.seeks[row]!)
      if (its < 0) continue
      const name = JSON.stringify([people.country[row], people.state[row], people.city[row]])
      let number = numbers.get(name)
      if (number === undefined) {
        numbers.set(name, (number = numbers.size))
        sums.push({ north: 0, east: 0, people: 0 })
      }
      const sum = sums[number]!
      sum.north += people.north[row]!
      sum.east += people.east[row]!
      sum.people++
      ids.push(people.id[row]!)
      city.push(number)
      group.push(its)
      band.push(Math.max(0, Math.min(BANDS - 1, Math.floor((people.age[row]! - FIRST_AGE) / YEARS))))
    }
  }
  const middles = Float64Array.from(sums.flatMap(({ north, east, people }) => onSphere(north / people, east / people)))
  return sorted(filled(ids), filled(city), filled(group), filled(band), sums.length, middles)
}

/** A place on the unit sphere. */
export function onSphere(latitude: number, longitude: number): [x: number, y: number, z: number] {
  const phi = latitude * RADIANS
  const lambda = longitude * RADIANS
  return [cos(phi) * cos(lambda), cos(phi) * sin(lambda), sin(phi)]
}

/** Whether two groups want each other. */
export function couldMeet(a: number, b: number): boolean {
  return (a & 7 & (1 << (b >> 3))) !== 0 && (b & 7 & (1 << (a >> 3))) !== 0
}

/** Gender · 8 + the set of genders sought as bits; −1 where the words are none that could fit anybody. */
function groupOf(gender: string, seeks: string): number {
  const own = GENDERS.indexOf(gender)
  let wanted = 0
  for (const word of seeks.split(',')) wanted |= (1 << (GENDERS.indexOf(word.trim()) + 1)) >> 1
  return own < 0 ? -1 : own * 8 + wanted
}

/** Counting sort: time and memory linear in the people, and stable, so that ids ascend within a bucket. */
function sorted(
  ids: Float64Array,
  city: Int32Array,
  group: Uint8Array,
  band: Uint8Array,
  cities: number,
  middles: Float64Array,
): Buckets {
  const size = ids.length
  const cellOf = (row: number) => (group[row]! * cities + city[row]!) * BANDS + band[row]!
  const starts = new Int32Array(GROUPS * cities * BANDS + 1)
  for (let row = 0; row < size; row++) starts[cellOf(row) + 1]!++
  for (let cell = 1; cell < starts.length; cell++) starts[cell]! += starts[cell - 1]!
  const next = starts.slice()
  const order = new Int32Array(size)
  for (let row = 0; row < size; row++) order[next[cellOf(row)]!++] = row
  return {
    size,
    ids: Float64Array.from(order, (row) => ids[row]!),
    city: Int32Array.from(order, (row) => city[row]!),
    group: Uint8Array.from(order, (row) => group[row]!),
    band: Uint8Array.from(order, (row) => band[row]!),
    cities,
    starts,
    middles,
  }
}

function filled<T extends Float64Array | Int32Array | Uint8Array>(column: {
  readonly data: T
  readonly length: number
}): T {
  return column.data.subarray(0, column.length) as T
}

import { BANDS, type Buckets, couldMeet, GROUPS } from './buckets.ts'

/** Bands of age on either side of one's own that come first. */
const REACH = 2

export interface PoolSize {
  /** Cities are added, nearest first, until this many people fit. */
  readonly enough: number
  /** No more than these are scored, however large a city is. */
  readonly most: number
}

/**
 * The candidates of one person after another: people who want each other's gender, out of the person's own city, then the
 * next one, and so on; within two bands of age first, and of any age where these are too few. Of a city with more of them
 * than are wanted each bucket gives its share: neighbours in it, beginning at a place that the person's id tells.
 */
export class Pool {
  /** Positions of the candidates found last. */
  readonly found: Int32Array
  size = 0
  readonly #buckets: Buckets
  readonly #wanted: PoolSize
  /** Groups that each group can meet. */
  readonly #matching: readonly (readonly number[])[]
  /** The city for which `#near` holds. */
  #home = -1
  readonly #near: Int32Array
  readonly #distance: Float64Array

  constructor(buckets: Buckets, wanted: PoolSize) {
    this.#buckets = buckets
    this.#wanted = wanted
    this.found = new Int32Array(wanted.most)
    const groups = Array.from({ length: GROUPS }, (_, group) => group)
    const peopled = groups.filter((group) => this.#count(group, 0, buckets.cities * BANDS) > 0)
    this.#matching = groups.map((group) => peopled.filter((other) => couldMeet(group, other)))
    this.#near = new Int32Array(buckets.cities)
    this.#distance = new Float64Array(buckets.cities)
  }

  /** Finds the candidates of the person at a position. */
  find(position: number): void {
    const { city, band } = this.#buckets
    this.size = 0
    this.#goHome(city[position]!)
    const low = Math.max(0, band[position]! - REACH)
    const high = Math.min(BANDS, band[position]! + REACH + 1)
    this.#spread(position, [[low, high]])
    if (this.size < this.#wanted.enough) {
      this.#spread(position, [
        [0, low],
        [high, BANDS],
      ])
    }
  }

  /** Goes from city to city until there are enough. @param bands ranges, the end excluded */
  #spread(position: number, bands: readonly (readonly [number, number])[]): void {
    const { cities, group } = this.#buckets
    const groups = this.#matching[group[position]!]!
    for (let rank = 0; rank < cities && this.size < this.#wanted.enough; rank++) {
      const at = this.#near[rank]! * BANDS
      let total = 0
      for (const other of groups) for (const [low, high] of bands) total += this.#count(other, at + low, at + high)
      const room = this.#wanted.most - this.size
      if (total === 0) continue
      let before = 0
      for (const other of groups) {
        for (const [low, high] of bands) {
          for (let cell = at + low; cell < at + high; cell++) {
            const count = this.#count(other, cell, cell + 1)
            if (count === 0) continue
            const share = total <= room ? count : portion(before, count, total, room)
            this.#take(position, other, cell, count, share)
            before += count
          }
        }
      }
    }
  }

  #take(position: number, group: number, cell: number, count: number, share: number): void {
    const { ids, starts, cities } = this.#buckets
    const first = starts[group * cities * BANDS + cell]!
    const skip = share === count ? 0 : Math.abs(ids[position]!) % count
    for (let i = 0; i < share; i++) {
      const other = first + ((skip + i) % count)
      if (other !== position) this.found[this.size++] = other
    }
  }

  /** People of a group in a run of (city, band). */
  #count(group: number, from: number, to: number): number {
    const { starts, cities } = this.#buckets
    const base = group * cities * BANDS
    return starts[base + to]! - starts[base + from]!
  }

  /** Ranks the cities by their distance from this one. */
  #goHome(city: number): void {
    if (city === this.#home) return
    this.#home = city
    const { middles } = this.#buckets
    const at = city * 3
    for (let other = 0; other < this.#near.length; other++) {
      const dx = middles[other * 3]! - middles[at]!
      const dy = middles[other * 3 + 1]! - middles[at + 1]!
      const dz = middles[other * 3 + 2]! - middles[at + 2]!
      this.#near[other] = other
      this.#distance[other] = other === city ? -1 : dx * dx + dy * dy + dz * dz
    }
    this.#near.sort((a, b) => this.#distance[a]! - this.#distance[b]! || a - b)
  }
}

/** What a bucket gives of `room` places that are shared out among `total` people, `before` of whom stand before it. */
function portion(before: number, count: number, total: number, room: number): number {
  return Math.floor(((before + count) * room) / total) - Math.floor((before * room) / total)
}

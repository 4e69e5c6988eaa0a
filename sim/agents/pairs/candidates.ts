import type { Stream } from '../../kernel/index.ts'
import { couldMeet, type People } from '../people.ts'

const GENDER_COUNT = 3
/** Gender times the eight sets of wanted genders. */
const GROUPS = GENDER_COUNT * 8
/** Age bands of five years: 18–22, 23–27, …, 63 and above. */
const BANDS = 10
const BAND_DAYS = Math.floor(5 * 365.2425)
const FIRST_BAND_DAYS = Math.ceil(18 * 365.2425)

/**
 * Who can be shown to whom: the market's people sorted by scope (each city, then the whole market), gender with the
 * genders sought, and age band, so that "women near me who look for men, within a band of my age" is a handful of
 * contiguous runs. Drawing one is a choice among runs by size and an index: no scan, whatever the population.
 */
export class Candidates {
  private rows = new Int32Array(0)
  /** First position in `rows` of each (scope, group, band); one more at the end. */
  private starts = new Int32Array(1)
  /** City → scope; −1 when nobody of this market lives there. The market is the last scope. */
  private scopeOf: Int16Array
  private scopes = 0
  private band = new Uint8Array(0)
  /** Groups of people whom a person of this gender and these wishes can meet, as lists of 12: −1 ends one. */
  private readonly matching = new Int8Array(GROUPS * 12).fill(-1)
  private readonly cities: number

  constructor(cities: number) {
    this.cities = cities
    this.scopeOf = new Int16Array(cities)
    for (let group = 0; group < GROUPS; group++) {
      let at = group * 12
      for (let other = 0; other < GROUPS; other++) if (couldMeet(group, other)) this.matching[at++] = other
    }
  }

  /**
   * Sorts everyone anew; called when people have joined. Counting sort: time and memory linear in the people.
   * @param today civil days since 1970, for the age bands
   */
  build(people: People, today: number): void {
    const size = people.size
    this.scopeOf.fill(-1)
    for (let row = 0; row < size; row++) this.scopeOf[people.city[row]!] = 0
    this.scopes = 0
    for (let city = 0; city < this.cities; city++) if (this.scopeOf[city] === 0) this.scopeOf[city] = this.scopes++
    const market = this.scopes++
    this.band = new Uint8Array(people.k.length)
    const cells = this.scopes * GROUPS * BANDS
    const starts = new Int32Array(cells + 1)
    const cellOf = (row: number, scope: number) => (scope * GROUPS + people.group[row]!) * BANDS + this.band[row]!
    for (let row = 0; row < size; row++) {
      const band = Math.floor((today - people.birthDay[row]! - FIRST_BAND_DAYS) / BAND_DAYS)
      this.band[row] = Math.max(0, Math.min(BANDS - 1, band))
      starts[cellOf(row, this.scopeOf[people.city[row]!]!) + 1]!++
      starts[cellOf(row, market) + 1]!++
    }
    for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!
    const next = starts.slice()
    this.rows = new Int32Array(size * 2)
    for (let row = 0; row < size; row++) {
      this.rows[next[cellOf(row, this.scopeOf[people.city[row]!]!)]!++] = row
      this.rows[next[cellOf(row, market)]!++] = row
    }
    this.starts = starts
  }

  /**
   * Draws someone whom this person could meet, uniformly among all of the scope and the bands of age.
   * @param near true for the person's own city, false for the whole market
   * @param reach bands of age on either side of the person's own
   * @returns a row, or −1 when nobody fits; one uniform draw
   */
  draw(stream: Stream, people: People, row: number, near: boolean, reach: number): number {
    const scope = near ? this.scopeOf[people.city[row]!]! : this.scopes - 1
    const low = Math.max(0, this.band[row]! - reach)
    const high = Math.min(BANDS - 1, this.band[row]! + reach) + 1
    const base = scope * GROUPS
    const starts = this.starts
    const list = people.group[row]! * 12
    let total = 0
    for (let at = list; at < list + 12; at++) {
      const group = this.matching[at]!
      if (group < 0) break
      const cell = (base + group) * BANDS
      total += starts[cell + high]! - starts[cell + low]!
    }
    if (total === 0) return -1
    let index = (stream.next() * total) | 0
    for (let at = list; ; at++) {
      const cell = (base + this.matching[at]!) * BANDS
      const first = starts[cell + low]!
      const count = starts[cell + high]! - first
      if (index < count) return this.rows[first + index]!
      index -= count
    }
  }

  /** How many people of the whole market this person could meet, with these bands of age on either side. */
  pool(people: People, row: number, reach: number): number {
    const low = Math.max(0, this.band[row]! - reach)
    const high = Math.min(BANDS - 1, this.band[row]! + reach) + 1
    const base = (this.scopes - 1) * GROUPS
    const list = people.group[row]! * 12
    let total = 0
    for (let at = list; at < list + 12 && this.matching[at]! >= 0; at++) {
      const cell = (base + this.matching[at]!) * BANDS
      total += this.starts[cell + high]! - this.starts[cell + low]!
    }
    return total
  }

  get bytes(): number {
    return this.rows.byteLength + this.starts.byteLength + this.band.byteLength
  }
}

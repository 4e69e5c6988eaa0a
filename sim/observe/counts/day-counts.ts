import { wider } from './thread-counts.ts'

/** Columns of the day table. The first six are by gender of the sender (woman, man, nonbinary). */
export const Day = {
  like: 0,
  dislike: 3,
  seen: 6,
  engaged: 7,
  session: 8,
  message: 9,
  account: 10,
  inactive: 11,
  /** Numbers of the day's first post and first match, counted from the first that was observed. */
  firstPost: 12,
  firstMatch: 13,
} as const
const WIDTH = 14

/** What is counted of each day: a table of whole numbers, one row a day. */
export class DayCounts {
  days = 0
  table = new Float64Array(0)

  /** Starts a day and returns the offset of its row in `table`. */
  start(): number {
    const offset = this.days++ * WIDTH
    if (offset + WIDTH > this.table.length) this.table = wider(this.table, Math.max(32 * WIDTH, 2 * offset))
    return offset
  }

  /** One column as a vector with an entry a day. */
  column(column: number): Float64Array {
    const values = new Float64Array(this.days)
    for (let day = 0; day < this.days; day++) values[day] = this.table[day * WIDTH + column]!
    return values
  }

  /** Offset of a day's row. */
  at(day: number): number {
    return day * WIDTH
  }
}

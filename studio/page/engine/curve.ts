import { METRICS, type Tally } from '../../../sim/index.ts'
import { WORDS } from '../worker/protocol.ts'

const DAY_WORDS = METRICS.length * WORDS

/** The rates of one run, day by day, as far as they are known. */
export class Curve {
  readonly days: number
  /** Days that are known. */
  filled = 0
  digest: string | null = null
  /** Time that the run took in its worker. */
  ms = 0
  tally: Tally | null = null
  failure: string | null = null
  /** Grows with what is known: most runs of a slider that moves are overtaken soon. */
  private values = new Float64Array(0)

  constructor(days: number) {
    this.days = days
  }

  /** Days come in order. */
  take(day: number, values: Float64Array): void {
    const end = (day + 1) * DAY_WORDS
    if (this.values.length < end) {
      const longer = new Float64Array(Math.min(this.days, Math.max(8, 2 * (day + 1))) * DAY_WORDS)
      longer.set(this.values)
      this.values = longer
    }
    this.values.set(values, day * DAY_WORDS)
    this.filled = day + 1
  }

  /** @param day one that is known; @param metric position in `METRICS` */
  value(day: number, metric: number): number {
    return this.values[day * DAY_WORDS + metric * WORDS]!
  }

  low(day: number, metric: number): number {
    return this.values[day * DAY_WORDS + metric * WORDS + 1]!
  }

  high(day: number, metric: number): number {
    return this.values[day * DAY_WORDS + metric * WORDS + 2]!
  }

  n(day: number, metric: number): number {
    return this.values[day * DAY_WORDS + metric * WORDS + 3]!
  }

  get complete(): boolean {
    return this.digest !== null
  }
}

import { METRICS, type Tally } from '../../../sim/index.ts'
import { WORDS } from '../worker/protocol.ts'

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
  private readonly values: Float64Array

  constructor(days: number) {
    this.days = days
    this.values = new Float64Array(days * METRICS.length * WORDS).fill(Number.NaN)
  }

  take(day: number, values: Float64Array): void {
    this.values.set(values, day * METRICS.length * WORDS)
    this.filled = day + 1
  }

  /** @param metric position in `METRICS` */
  value(day: number, metric: number): number {
    return this.values[(day * METRICS.length + metric) * WORDS]!
  }

  low(day: number, metric: number): number {
    return this.values[(day * METRICS.length + metric) * WORDS + 1]!
  }

  high(day: number, metric: number): number {
    return this.values[(day * METRICS.length + metric) * WORDS + 2]!
  }

  n(day: number, metric: number): number {
    return this.values[(day * METRICS.length + metric) * WORDS + 3]!
  }

  get complete(): boolean {
    return this.digest !== null
  }

  get bytes(): number {
    return this.values.byteLength
  }
}

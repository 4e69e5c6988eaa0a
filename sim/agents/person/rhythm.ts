import { exp, log } from '../../kernel/index.ts'

const HOURS = 168
const HOUR_MS = 3_600_000
const DAY_HOURS = 24

/**
 * Relative use of such sites by local hour, from midnight, on working days and at the weekend: an evening peak between
 * 20 and 22 h and a trough near 4 h, as activity logs of dating and social sites show (docs/model.md, "rhythm").
 */
const WORKDAY = [
  0.62, 0.4, 0.24, 0.15, 0.14, 0.27, 0.4, 0.56, 0.7, 0.72, 0.74, 0.82, 0.98, 0.94, 0.86, 0.86, 0.94, 1.1, 1.34, 1.62,
  1.86, 1.92, 1.62, 1.08,
]
const WEEKEND = [
  0.86, 0.62, 0.38, 0.22, 0.18, 0.26, 0.33, 0.4, 0.56, 0.78, 0.96, 1.06, 1.12, 1.12, 1.1, 1.1, 1.12, 1.18, 1.3, 1.46,
  1.6, 1.64, 1.5, 1.2,
]

/** Shapes of a person's day: how much sharper than the average it is (a power of the curve), and the weekend's weight. */
const SHAPES = [
  { power: 0.8, weekend: 1.05 },
  { power: 1, weekend: 1.2 },
  { power: 1.25, weekend: 0.95 },
  { power: 1, weekend: 0.85 },
]

/**
 * The personal clock: a week in which time runs fast when people are awake and hardly at all at night. One unit is an
 * hour of average activity, so a week has 168 of either kind. Waiting times drawn in these active hours fall where
 * the person is awake, in local civil time.
 */
export class Rhythm {
  /** Active hours from Sunday midnight to each hour of the week, 169 entries a shape. */
  private readonly passed: Float64Array

  /** @param depth 1 for the daily curves as they are, 0 for a flat week (the null population) */
  constructor(depth: number) {
    this.passed = new Float64Array(SHAPES.length * (HOURS + 1))
    SHAPES.forEach((shape, index) => {
      const rates = Array.from({ length: HOURS }, (_, hour) => {
        const day = Math.floor(hour / DAY_HOURS)
        const weekend = day === 0 || day === 6
        const rate = (weekend ? WEEKEND : WORKDAY)[hour % DAY_HOURS]! * (weekend ? shape.weekend : 1)
        return exp(depth * shape.power * log(rate))
      })
      const scale = HOURS / rates.reduce((sum, rate) => sum + rate, 0)
      const base = index * (HOURS + 1)
      rates.forEach((rate, hour) => {
        this.passed[base + hour + 1] = this.passed[base + hour]! + rate * scale
      })
      this.passed[base + HOURS] = HOURS
    })
  }

  /**
   * How long it takes, in ms of local time, until `active` active hours have passed.
   * @param weekMs local ms since Sunday midnight, shifted by the person's own hours; any non-negative number
   */
  wait(shape: number, weekMs: number, active: number): number {
    const base = shape * (HOURS + 1)
    const passed = this.passed
    const from = (weekMs / HOUR_MS) % HOURS
    const hour = Math.floor(from)
    const before = passed[base + hour]!
    const now = before + (from - hour) * (passed[base + hour + 1]! - before)
    const target = now + active
    const weeks = Math.floor(target / HOURS)
    const rest = target - weeks * HOURS
    let low = 0
    let high = HOURS - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (passed[base + middle]! <= rest) low = middle
      else high = middle - 1
    }
    const start = passed[base + low]!
    const to = low + (rest - start) / (passed[base + low + 1]! - start)
    return (weeks * HOURS + to - from) * HOUR_MS
  }

  /** Active hours that pass in a stretch of the week. @param from hour of the week, any number  @param hours its length */
  activity(shape: number, from: number, hours: number): number {
    return this.#until(shape, from + hours) - this.#until(shape, from)
  }

  /** Active hours from Sunday midnight of the first week until then. */
  #until(shape: number, hour: number): number {
    const base = shape * (HOURS + 1)
    const weeks = Math.floor(hour / HOURS)
    const rest = hour - weeks * HOURS
    const whole = Math.floor(rest)
    const before = this.passed[base + whole]!
    return weeks * HOURS + before + (rest - whole) * (this.passed[base + whole + 1]! - before)
  }
}

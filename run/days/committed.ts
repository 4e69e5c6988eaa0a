import type { Tally } from '../../sim/index.ts'

/** A day that was committed, for those who look on while a run is written. */
export interface CommittedDay {
  readonly day: number
  /** Rows of the day by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Counts of all days so far; null on most days, because counting takes time. */
  readonly tally: Tally | null
}

export type DayListener = (day: CommittedDay) => void

/** Share of a run's time that counting for those who look on may take. */
const SHARE = 0.01
/** Least time between two counts. */
const REST_MS = 250
/** Time to count, by person: measured at 1.6 µs on one core. */
const COUNT_MS = 0.002

/** Says when rates may be counted again: so seldom that counting takes about a hundredth of the run's time. */
export class CountingPace {
  private readonly rest: number
  private readonly now: () => number
  private next: number

  /** @param now ms, ascending */
  constructor(people: number, now: () => number = () => performance.now()) {
    this.rest = Math.max(REST_MS, (people * COUNT_MS) / SHARE)
    this.now = now
    this.next = now() + this.rest
  }

  /** Whether it is time; if so, the next time is later. */
  isDue(): boolean {
    const now = this.now()
    if (now < this.next) return false
    this.next = now + this.rest
    return true
  }
}

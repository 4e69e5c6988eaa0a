/** Where a run is. `done` and `total` count people in `profiles`, days in `replay` and `days`. */
export interface Progress {
  readonly phase: 'profiles' | 'replay' | 'days'
  readonly done: number
  readonly total: number
  /** Rows written by this process so far. */
  readonly rows: number
}

export type ProgressListener = (progress: Progress) => void

/** Seconds of wall clock, by what the driver was doing. */
export interface Seconds {
  /** Making and writing the people. */
  profiles: number
  /** Simulating committed days again, to get back to where the run stood. */
  replay: number
  /** Simulating and writing days. */
  days: number
  /** The part of `days` in which there was no day to write yet: more cores would shorten it. */
  simulating: number
  /** The part of `days` in which a day was being written (the next is simulated meanwhile). */
  writing: number
  /** The part of `writing` in which the day's rows were still being made. */
  rendering: number
  /** The part of `writing` in which commits waited for the disk, and for the log to be copied back. */
  committing: number
  total: number
}

export function noSeconds(): Seconds {
  return { profiles: 0, replay: 0, days: 0, simulating: 0, writing: 0, rendering: 0, committing: 0, total: 0 }
}

export class Stopwatch {
  private readonly start = performance.now()

  get seconds(): number {
    return (performance.now() - this.start) / 1000
  }
}

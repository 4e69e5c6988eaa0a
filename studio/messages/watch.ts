import type { Verdict } from '../../sim/index.ts'

/** What is known of a run before its first day. */
export interface WatchedRun {
  readonly seed: string
  readonly people: number
  readonly days: number
  /** Days that were there before: a resumed or extended run. */
  readonly before: number
  readonly startDate: string
  readonly engineVersion: number
  /** Password left out. */
  readonly database: string
  /** The command line's, if it is this process's run. */
  readonly command: string | null
}

/** A metric as it stands; numbers that are none are null, as JSON has them. */
export interface WatchedRate {
  readonly id: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly verdict: Verdict
}

export interface WatchedDay {
  readonly day: number
  /** Seconds since watching began. */
  readonly at: number
  readonly rows: Readonly<Record<string, number>>
  /** Rates over all days so far; null on days on which they were not counted. */
  readonly rates: readonly WatchedRate[] | null
}

export type WatchedEnd = {
  readonly status: 'finished' | 'stopped' | 'failed'
  readonly digest: string | null
  readonly message: string | null
}

/** What passes to the page, one event each. */
export interface WatchEvents {
  begin: WatchedRun
  day: WatchedDay
  progress: { readonly phase: string; readonly done: number; readonly total: number }
  warning: { readonly line: string }
  end: WatchedEnd
}

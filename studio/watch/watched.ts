import { setTimeout as wait } from 'node:timers/promises'
import { METRICS, type MetricRow, scorecard, type Tally } from '../../sim/index.ts'

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
  readonly verdict: MetricRow['verdict']
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

export type WatchListener = <E extends keyof WatchEvents>(event: E, data: WatchEvents[E]) => void

const orNull = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? null : value)

export function ratesOf(tally: Tally): WatchedRate[] {
  return scorecard(tally).map(({ metric, value, n, interval, verdict }) => ({
    id: metric.id,
    value: orNull(value),
    low: orNull(interval?.[0]),
    high: orNull(interval?.[1]),
    n,
    verdict,
  }))
}

/** Everything that has happened, for whoever comes later, and those who hear what comes next. */
export class WatchLog {
  run: WatchedRun | null = null
  readonly days: WatchedDay[] = []
  readonly warnings: string[] = []
  end: WatchedEnd | null = null
  private readonly listeners = new Set<WatchListener>()
  private readonly start = performance.now()

  get seconds(): number {
    return (performance.now() - this.start) / 1000
  }

  begin(run: WatchedRun): void {
    this.run = run
    this.tell('begin', run)
  }

  day(day: number, rows: Readonly<Record<string, number>>, tally: Tally | null): void {
    const seen: WatchedDay = { day, at: this.seconds, rows, rates: tally && ratesOf(tally) }
    this.days.push(seen)
    this.tell('day', seen)
  }

  progress(phase: string, done: number, total: number): void {
    this.tell('progress', { phase, done, total })
  }

  warn(line: string): void {
    this.warnings.push(line)
    this.tell('warning', { line })
  }

  finish(end: WatchedEnd): void {
    this.end = end
    this.tell('end', end)
  }

  /** Leaves those who listen a moment to be told the last word; none when nobody does. */
  async heard(): Promise<void> {
    if (this.listeners.size > 0) await wait(300)
  }

  /** All that was, then all that comes. @returns ends it */
  follow(listener: WatchListener): () => void {
    if (this.run) listener('begin', this.run)
    for (const day of this.days) listener('day', day)
    for (const line of this.warnings) listener('warning', { line })
    if (this.end) listener('end', this.end)
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell<E extends keyof WatchEvents>(event: E, data: WatchEvents[E]): void {
    for (const listener of this.listeners) listener(event, data)
  }
}

/** The metrics that a glance shows: those that must hold. */
export const GLANCE = METRICS.filter(
  ({ status, id }) => status === 'mandated' && !['10', '11.range', '11.mode'].includes(id),
)

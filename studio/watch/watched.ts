import { setTimeout as wait } from 'node:timers/promises'
import { METRICS, scorecard, type Tally } from '../../sim/index.ts'
import type { WatchEvents, WatchedDay, WatchedEnd, WatchedRate, WatchedRun } from '../messages/index.ts'

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

/** A page that has begun to listen asks for the rest of its files within this time. */
const COMING_MS = 300

/** Everything that has happened, for whoever comes later, and those who hear what comes next. */
export class WatchLog {
  run: WatchedRun | null = null
  readonly days: WatchedDay[] = []
  readonly warnings: string[] = []
  end: WatchedEnd | null = null
  private readonly listeners = new Set<WatchListener>()
  private listenedAt: number | null = null
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

  /**
   * Waits until those who came last have what they came for.
   *
   * @param expectedMs how long a page that was opened is waited for when none has listened yet
   */
  async heard(expectedMs = 0): Promise<void> {
    const begun = performance.now()
    while (this.listenedAt === null && performance.now() < begun + expectedMs) await wait(50)
    if (this.listenedAt !== null) await wait(Math.max(0, this.listenedAt + COMING_MS - performance.now()))
  }

  /** All that was, then all that comes. @returns ends it */
  follow(listener: WatchListener): () => void {
    if (this.run) listener('begin', this.run)
    for (const day of this.days) listener('day', day)
    for (const line of this.warnings) listener('warning', { line })
    if (this.end) listener('end', this.end)
    this.listeners.add(listener)
    this.listenedAt = performance.now()
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

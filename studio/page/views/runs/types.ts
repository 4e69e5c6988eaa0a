import type { RunInput } from '../../../../sim/index.ts'

/** A run of a database in a list (as the server sends it). */
export interface RunLine {
  readonly seed: string
  readonly people: number
  readonly startDate: string
  readonly days: number
  readonly planned: number
  readonly status: string
  readonly digest: string | null
  readonly engineVersion: number
  readonly sameEngine: boolean
}

export interface OpenedRun extends RunLine {
  readonly database: string
  readonly input: RunInput
  readonly toldDays: number
  readonly digests: readonly string[]
  readonly rows: Readonly<Record<string, number>>
}

export interface WatchedRate {
  readonly id: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly verdict: 'pass' | 'fail' | 'not asserted'
}

export interface WatchedDay {
  readonly day: number
  readonly at: number
  readonly rows: Readonly<Record<string, number>>
  readonly rates: readonly WatchedRate[] | null
}

export interface WatchedRun {
  readonly seed: string
  readonly people: number
  readonly days: number
  readonly before: number
  readonly startDate: string
  readonly engineVersion: number
  readonly database: string
  readonly command: string | null
}

export interface WatchState {
  readonly run: WatchedRun | null
  readonly days: readonly WatchedDay[]
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null
  readonly warnings: readonly string[]
  readonly end: {
    readonly status: 'finished' | 'stopped' | 'failed'
    readonly digest: string | null
    readonly message: string | null
  } | null
  readonly connected: boolean
}

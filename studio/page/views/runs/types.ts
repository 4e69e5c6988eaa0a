import type { WatchedDay, WatchedEnd, WatchedRun } from '../../../messages/index.ts'

/** All that has been heard of a run that is being written. */
export interface WatchState {
  readonly run: WatchedRun | null
  readonly days: readonly WatchedDay[]
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null
  readonly warnings: readonly string[]
  readonly end: WatchedEnd | null
  readonly connected: boolean
}

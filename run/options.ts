import type { RunRecord } from '../persist/index.ts'
import type { RunConfig } from '../sim/index.ts'
import type { DayListener } from './days/committed.ts'
import type { LoadedExtension } from './extension/index.ts'
import type { MetricLine } from './metrics.ts'
import type { ProgressListener, Seconds } from './progress.ts'

export interface RunOptions {
  /** Worker threads that simulate; default: the cores. 0 simulates on the calling thread. */
  readonly workers?: number
  /** Stops after the commit that is under way; the run can then be resumed. */
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressListener
  /** Told once, before anything is written. @param before days committed already  @param days those that shall be there */
  readonly onBegin?: (config: RunConfig, before: number, days: number) => void
  /** Told of each committed day; rates are counted for it so seldom that they cost about a hundredth of the run's time. */
  readonly onDay?: DayListener
  /** Whether metrics are counted while simulating; default true. A snapshot without them has none to go on from. */
  readonly metrics?: boolean
  /** Where states are kept that save a replay; default: nowhere. */
  readonly snapshotFolder?: string
  /** Seconds between two snapshots, beside the one at the end; default 30. */
  readonly snapshotSeconds?: number
  /**
   * Whether V8's inlining budget may be raised for the whole process, for good, when the run is of half a million
   * person-days or more; default true. It compiles everything else of your process with that budget too; false leaves its
   * flags alone, and such runs take 5 to 13 % longer. Rows and digests are the same.
   */
  readonly raiseCompilerBudget?: boolean
  /**
   * More that can happen (docs/extending.md); later drives of the run need it no more while its file is there. Null: none, whatever the
   * ledger names, which is refused where a run lives by one.
   */
  readonly extension?: LoadedExtension | null
  /** Told in one line of what went wrong without doing harm. */
  readonly onWarning?: (line: string) => void
}

export interface RunResult {
  /** `stopped`: the signal came first; `resumeRun` goes on. */
  readonly status: 'finished' | 'stopped'
  readonly run: RunRecord
  /** The run digest: over the facts of all days since the run's start. Null when days are outstanding or none was asked for. */
  readonly digest: string | null
  /** Rows by table that the run holds, of this process and of those before. */
  readonly rows: Readonly<Record<string, number>>
  /** Rates over all days since the run's start; null when none were counted, or days are outstanding. */
  readonly metrics: readonly MetricLine[] | null
  readonly seconds: Readonly<Seconds>
}

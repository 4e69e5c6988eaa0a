import type { RunRecord, RunStore } from '../../persist/index.ts'
import type { RunConfig, RunDigest } from '../../sim/index.ts'
import type { Crew } from '../crew/crew.ts'
import type { SnapshotKeeper } from '../snapshots/snapshots.ts'
import type { RunProgress } from '../state.ts'
import type { DayListener } from './committed.ts'

/** What the days of one run are driven with. */
export interface DayDrive {
  readonly crew: Crew
  /** Chained up to the crew's next day. */
  readonly digest: RunDigest
  readonly store: RunStore
  readonly run: RunRecord
  readonly config: RunConfig
  readonly progress: RunProgress
  readonly snapshots: SnapshotKeeper | undefined
  /** Looks on. */
  readonly onDay: DayListener | undefined
}

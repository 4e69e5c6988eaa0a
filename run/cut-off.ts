import { MingleError } from '../sim/kernel/index.ts'

/** A run that ended because a worker did, or the place that it is written to. What was committed stays: `resumeRun` goes on. */
export class CutOff extends MingleError {
  readonly seed: string

  constructor(seed: string, cause: MingleError) {
    super(cause.code, cause.message)
    this.seed = seed
    this.cause = cause
    if (cause.stack !== undefined) this.stack = cause.stack
  }
}

/** Of a worker, or of what it simulated; of the disk, the database or the bucket, or of the patience with others that write there. */
const ENDS: ReadonlySet<string> = new Set([
  'WORKER_FAILED',
  'SIMULATION_FAILED',
  'DISK_FULL',
  'CONNECTION_LOST',
  'STORE_UNREACHABLE',
  'DATABASE_LOCKED',
  'IDS_TAKEN',
])

/** Whether a run can go on when what ended it is well again: nothing was wrong with the run, or with its past. */
export function isCutOff(error: unknown): error is MingleError {
  return error instanceof MingleError && ENDS.has(error.code)
}

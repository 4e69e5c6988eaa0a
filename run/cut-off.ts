import { MingleError } from '../sim/kernel/index.ts'

/** A run that ended because a worker did. What was committed stays: `resumeRun` goes on. */
export class CutOff extends MingleError {
  readonly seed: string

  constructor(seed: string, cause: MingleError) {
    super(cause.code, cause.message)
    this.seed = seed
    this.cause = cause
    if (cause.stack !== undefined) this.stack = cause.stack
  }
}

/** Whether it is the end of a worker, or of what it simulated, and no word of the store's or the replay's. */
export function isCrash(error: unknown): error is MingleError {
  return error instanceof MingleError && (error.code === 'WORKER_FAILED' || error.code === 'SIMULATION_FAILED')
}

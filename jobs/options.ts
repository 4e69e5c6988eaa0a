export interface JobOptions {
  /** `match-scores`: people whose scores are written in one transaction. */
  readonly userBatchSize: number
  /** `match-scores`: candidates whose details are read at a time. */
  readonly candidateBatchSize: number
  /** Milliseconds between two transactions; by default 50 on a server, 0 in a file. */
  readonly pauseMs: number
  /** `match-scores`: candidates kept of each person. */
  readonly top: number
  /** `trending`: hours in which what happened loses half its weight. */
  readonly halfLifeHours: number
}

export const JOB_DEFAULTS: Omit<JobOptions, 'pauseMs'> = {
  userBatchSize: 100,
  candidateBatchSize: 500,
  top: 50,
  halfLifeHours: 24,
}

/** A server that others use, too, gets its breath; a file has nobody to wait for. */
export const SERVER_PAUSE_MS = 50

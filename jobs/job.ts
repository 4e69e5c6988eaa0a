import type { DerivedTable } from '../persist/index.ts'
import type { JobWork } from './work.ts'

export const JOB_NAMES = [
  'interest-relationships',
  'searchable-user',
  'build-user-traits',
  'match-scores',
  'quiz-stats',
  'trending',
] as const
export type JobName = (typeof JOB_NAMES)[number]

/** A computation of derived rows from the database alone. */
export interface Job {
  readonly name: JobName
  /** What it computes, in one line. */
  readonly summary: string
  /** Tables that it reads. */
  readonly inputs: readonly string[]
  /** Tables whose rows it takes away when it has worked on them. */
  readonly consumes?: readonly string[]
  /** Tables that it alone writes. */
  readonly outputs: readonly DerivedTable[]
  /** Jobs whose outputs it reads. */
  readonly after: readonly JobName[]
  /** Computes everything as of `work.asOf`, batch by batch; what it committed before it was cut off is found again. */
  run(work: JobWork): Promise<void>
}

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

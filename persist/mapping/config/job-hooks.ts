/** What a job of the user's own is told. */
export interface HookCall {
  /** The job whose place it takes. */
  readonly job: string
  /** URL of the database, password included. */
  readonly databaseUrl: string
  /** The moment to compute as of. */
  readonly asOf: Date
}

/** A command line, or a function, which may return (a promise of) the number of rows it wrote. */
export type JobHook = string | ((call: HookCall) => unknown)

/** The user's own jobs, by the job that each replaces. */
export interface JobHooks {
  readonly 'interest-relationships'?: JobHook
  readonly 'searchable-user'?: JobHook
  readonly 'build-user-traits'?: JobHook
  readonly 'match-scores'?: JobHook
  readonly 'quiz-stats'?: JobHook
  readonly trending?: JobHook
}

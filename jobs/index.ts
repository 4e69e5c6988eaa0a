/** Derived data, computed from the database alone. */
export { endOfLastDay, parseAsOf } from './as-of.ts'
export type { HookCall, JobHook, JobHooks } from './hooks.ts'
export { JOB_DEFAULTS, JOB_NAMES, type Job, type JobName, type JobOptions } from './job.ts'
export { type JobReport, type JobsRequest, type JobsResult, runJobs } from './run-jobs.ts'
export { JOBS, jobsNamed } from './table.ts'

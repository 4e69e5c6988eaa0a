/** Derived data, computed from the database alone. */
export { endOfLastDay, parseAsOf } from './as-of.ts'
export { checkedHooks, type HookCall, type JobHook, type JobHooks } from './hooks.ts'
export type { Job } from './job.ts'
export { JOB_NAMES, type JobName } from './names.ts'
export { JOB_DEFAULTS, type JobOptions } from './options.ts'
export { type JobReport, type JobsRequest, type JobsResult, runJobs } from './run-jobs.ts'
export { JOBS, jobsNamed } from './table.ts'
export { isDerivedOutstanding } from './under-way.ts'

import type { CAC } from 'cac'
import { registerJob } from './job.ts'
import { registerJobs } from './jobs.ts'

/** What is computed from the rows of a run. */
export function derivedCommands(cli: CAC): void {
  registerJobs(cli)
  registerJob(cli)
}

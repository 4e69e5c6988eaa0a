import type { CAC } from 'cac'
import type { RunChoice, RunStore } from '../../../persist/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { SCRATCH, scratchMegabytes } from '../../cluster/scratch.ts'
import type { MappedDatabase } from '../../mapping.ts'
import {
  databaseOptions,
  databaseUrl,
  drive,
  driveOptions,
  type Flags,
  runChoice,
  runOption,
  skipJobsOption,
} from '../../options/flags.ts'
import { hasDerived, withStore } from '../../session.ts'

export function registerResume(cli: CAC): void {
  const command = cli.command('resume', 'Continue a run that was cut off, to the rows it would have had')
  runOption(command, 'The run (default: the only unfinished one in the database)')
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.option('--scratch <MB>', `Of a run in tasks: ${SCRATCH.charAt(0).toLowerCase()}${SCRATCH.slice(1)}`)
  command.example('  $ mingle resume')
  command.example('  $ mingle resume --run-seed demo-2024 --database-url file:./mingle.db')
  command.action(resume)
}

async function resume(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const scratch = scratchMegabytes(flags)
  const { completeRun, resumeRun } = await import('../../../run/index.ts')
  const { planSession } = await import('../../cluster/resume.ts')
  const planned = await planSession(flags, driving, choice, scratch)
  if (planned !== undefined) return planned
  if (scratch !== undefined) {
    throw new MingleError('BAD_INPUT', '--scratch is for a run in tasks, and none is meant here; leave it out')
  }
  return withStore(databaseUrl(flags), driving, undefined, false, async (store, options, database) => {
    const complete = driving.jobs ? await withoutDerived(store, choice, database) : undefined
    if (complete === undefined) return resumeRun(store, choice, options)
    options.onWarning?.(`run '${complete.seed}' is complete, its derived tables are not: the jobs go on`)
    return completeRun(store, complete)
  })
}

/** The run that is meant, when all of it is written but what derives from it: `run` was cut off in its jobs. */
async function withoutDerived(store: RunStore, choice: RunChoice, database: MappedDatabase) {
  const { runsMeant } = await import('../../../persist/index.ts')
  const { isUnfinished } = await import('../../../run/index.ts')
  const { isDerivedOutstanding } = await import('../../../jobs/index.ts')
  const runs = runsMeant(await store.listRuns(), choice)
  const last = runs.at(-1)
  if (last === undefined || runs.some(isUnfinished)) return undefined
  if (!hasDerived(database.url)) return undefined
  return (await isDerivedOutstanding(database.url, database.hooks, database.mapping)) ? last : undefined
}

import type { Command } from 'cac'
import type { JobsRequest } from '../../jobs/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { typed } from './arguments.ts'
import { databaseOptions, type Flags } from './flags.ts'
import { wholeNumber } from './values.ts'

const MOST_HOURS = 24 * 3650

/** Options of every command that runs jobs. */
export function jobOptions(command: Command): Command {
  return databaseOptions(command)
    .option('--as-of <date|time>', 'The moment to compute as of (default: the end of the last committed day)')
    .option('--top <n>', 'match-scores: candidates kept of each person (default: 50)')
    .option('--user-batch-size <n>', 'match-scores: people written in one transaction (default: 100)')
    .option('--candidate-batch-size <n>', 'match-scores: candidates read at a time (default: 500)')
    .option('--pause-ms <n>', 'Milliseconds between two transactions (default: 50 on a server, 0 in a file)')
    .option('--half-life-hours <n>', 'trending: hours in which what happened loses half its weight (default: 24)')
    .option('--allow-production', 'Write even where this looks like production')
    .option('--json', 'Print one JSON object on stdout, and nothing else there')
}

/** Options of one job alone. */
const OF_A_JOB = {
  '--top': ['top', 'match-scores'],
  '--user-batch-size': ['userBatchSize', 'match-scores'],
  '--candidate-batch-size': ['candidateBatchSize', 'match-scores'],
  '--half-life-hours': ['halfLifeHours', 'trending'],
} as const

/**
 * What the options ask for.
 * @param names of the jobs that are computed; all when undefined
 * @throws MingleError BAD_INPUT for an option of a job that is not among them too
 */
export async function jobsRequest(flags: Flags, names?: readonly string[]): Promise<JobsRequest> {
  const { jobsNamed, parseAsOf } = await import('../../jobs/index.ts')
  const jobs = jobsNamed(names)
  for (const [flag, [name, job]] of Object.entries(OF_A_JOB)) {
    if (flags[name] === undefined || jobs.some((each) => each.name === job)) continue
    throw new MingleError('BAD_INPUT', `${flag} is for the job ${job} alone, which is not computed; leave it out`)
  }
  const number = (name: string, flag: string, least: number, most: number) => {
    const text = typed(flags[name], flag)
    return text === undefined ? undefined : wholeNumber(text, flag, least, most)
  }
  const options = {
    top: number('top', '--top', 1, 1000),
    userBatchSize: number('userBatchSize', '--user-batch-size', 1, 10_000),
    candidateBatchSize: number('candidateBatchSize', '--candidate-batch-size', 1, 10_000),
    pauseMs: number('pauseMs', '--pause-ms', 0, 600_000),
    halfLifeHours: number('halfLifeHours', '--half-life-hours', 1, MOST_HOURS),
  }
  const asOf = typed(flags.asOf, '--as-of')
  return { jobs, options, asOf: asOf === undefined ? undefined : parseAsOf(asOf) }
}

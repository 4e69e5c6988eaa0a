import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { SCRATCH, scratchMegabytes } from '../../cluster/scratch.ts'
import { keepSecret } from '../../failure.ts'
import { typed } from '../../options/arguments.ts'
import type { Flags } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

export function registerWorker(cli: CAC): void {
  const command = cli.command('worker', 'Take tasks of runs from a queue and carry them out, until stopped')
  command.option(
    '--queue <url>',
    'The queue: redis://host:6379 or postgresql://host/database (or the environment variable MINGLE_QUEUE)',
  )
  command.option('--threads <n>', 'Tasks at once (default: 1)')
  command.option('--lock <seconds>', 'How long a task stays with a worker that gives no sign of life (default: 30)')
  command.option('--scratch <MB>', SCRATCH)
  command.option('--idle <seconds>', 'End after so long without a task (default: never)')
  command.option(
    '--database-url <url>',
    'A database with its password, for runs that are written into it (or DATABASE_URL)',
  )
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle worker --queue redis://broker:6379')
  command.example('  $ mingle worker --queue redis://broker:6379 --threads 8 --idle 600')
  command.action(work)
}

async function work(flags: Flags): Promise<number> {
  const queue = queueUrl(typed(flags.queue, '--queue'), '--queue')
  const number = (name: string, most: number): number | undefined => {
    const text = typed(flags[name], `--${name}`)
    return text === undefined ? undefined : wholeNumber(text, `--${name}`, 1, most)
  }
  const [threads, lockSeconds, idleSeconds] = [
    number('threads', 256),
    number('lock', 86_400),
    number('idle', 10_000_000),
  ]
  const scratch = scratchMegabytes(flags)
  const databaseUrl = (await databaseOfRuns(flags)) ?? process.env.DATABASE_URL
  const { workOn } = await import('../../../cluster/index.ts')
  const { Interrupt } = await import('../../interrupt.ts')
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const interrupt = new Interrupt(() => say('Stopping after the tasks under way; Ctrl-C again ends at once.'))
  try {
    if (databaseUrl !== undefined) keepSecret(databaseUrl)
    const result = await workOn(queue, {
      threads,
      databaseUrl,
      lockSeconds,
      scratchMegabytes: scratch,
      idleSeconds,
      signal: interrupt.signal,
      onLine: say,
    })
    if (flags.json === true) console.log(JSON.stringify(result))
    else console.log(`${result.carriedOut} tasks carried out, ${result.failed} failed; ${result.rows} rows written`)
    return 0
  } finally {
    interrupt.release()
  }
}

/** @throws MingleError BAD_INPUT for a place that takes no tasks by its URL: files lie where their plan says */
async function databaseOfRuns(flags: Flags): Promise<string | undefined> {
  const given = typed(flags.databaseUrl, '--database-url')
  if (given === undefined) return undefined
  const { isPostgres, parseDatabaseUrl, redactUrl } = await import('../../../persist/index.ts')
  parseDatabaseUrl(given)
  if (isPostgres(given)) return given
  throw new MingleError(
    'BAD_INPUT',
    `--database-url is for runs that are written into PostgreSQL, got '${redactUrl(given)}'; leave it out, as files are written where their plan says, or name postgresql://user:password@host/database`,
  )
}

/** @throws MingleError BAD_INPUT when there is none */
export function queueUrl(given: string | undefined, flag: string): string {
  const url = given ?? process.env.MINGLE_QUEUE
  if (!url) {
    throw new MingleError('BAD_INPUT', `${flag} is missing: name the queue, such as ${flag} redis://localhost:6379`)
  }
  keepSecret(url)
  return url
}

import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import { type Asked, askedExtensionOption, withAskedRun } from '../../options/asked.ts'
import { givenAmong } from '../../options/beside.ts'
import { databaseOptions, type Flags, MOST_DAYS, MOST_PEOPLE, personOptions, seedOption } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

export function registerDebug(cli: CAC): void {
  const command = cli.command(
    'debug user [number]',
    'Make one person again from the seed: profile, personality, quiz, rhythm, and days of theirs',
  )
  seedOption(command, 'The run (default: the only one in the database)')
  command.option('--user-id <k>', 'Number of the person within the run, from 1: the same as the number')
  command.option('--id <id>', "The person by the id of the user's row; needs the database")
  command.option('--email <address>', 'The person by email; needs the database')
  command.option('--days <from..to>', 'Tell what the person did on these days of the run, such as 3..10, and with whom')
  command.option('--count <n>', 'People of the run (only for --days without a database; default: 100)')
  command.option('--market <level>', 'Who can meet (only for --days without a database)')
  askedExtensionOption(command)
  personOptions(databaseOptions(command))
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle debug user 123 --run-seed demo-2024                        # needs no database')
  command.example('  $ mingle debug user 123 --run-seed demo-2024 --count 1000 --days 3..10')
  command.example('  $ mingle debug user --email test.user123@example.com --database-url file:./mingle.db --days 0..6')
  command.action(debug)
}

async function debug(number: string | undefined, flags: Flags): Promise<number> {
  const who = whoOf(number, flags)
  const span = daysOf(flags)
  const idle = span === undefined ? givenAmong(flags, ['count', 'market']) : undefined
  if (idle !== undefined) {
    throw new MingleError(
      'BAD_INPUT',
      `nobody's profile depends on ${idle}, their days do: leave it out, or add --days`,
    )
  }
  const { checkMoment, reportPerson, timelineOf } = await import('../../../sim/index.ts')
  // The days of the run are the timeline's own business.
  const { days: _, ...about } = flags
  // Nobody's profile depends on how many others there are.
  const people = 'k' in who ? Math.max(100, who.k) : 100
  const found = await withAskedRun(
    about,
    async (asked) => {
      const k = await personOf(asked, who)
      // A run of settings alone has as many days as are asked for.
      if (span && asked.ledger) checkMoment(asked.run, { day: span[1] })
      const report = reportPerson(asked.run.config, k)
      return { run: asked.words, report, timeline: span && timelineOf(asked.run, k, ...span) }
    },
    { people, withoutDays: true },
  )
  if (flags.json === true) {
    console.log(
      JSON.stringify({ run: found.run, ...found.report, ...(found.timeline && { timeline: found.timeline }) }),
    )
    return 0
  }
  const { personLines, timelineLines } = await import('../../reports/person-report.ts')
  console.log(personLines(found.report).join('\n'))
  if (found.timeline) console.log(`\n${timelineLines(found.timeline).join('\n')}`)
  return 0
}

type Who = { readonly k: number } | { readonly id: number } | { readonly email: string }

function whoOf(number: string | undefined, flags: Flags): Who {
  const userId = typed(flags.userId, '--user-id')
  const id = typed(flags.id, '--id')
  const email = typed(flags.email, '--email')
  const given = [number, userId, id, email].filter((each) => each !== undefined)
  if (given.length !== 1) {
    throw new MingleError(
      'BAD_INPUT',
      `debug user needs one person, by number, --id or --email, got ${given.length}: mingle debug user 123 --run-seed demo-2024`,
    )
  }
  if (email !== undefined) return { email }
  if (id !== undefined) return { id: wholeNumber(id, '--id', 1, Number.MAX_SAFE_INTEGER) }
  return { k: wholeNumber((number ?? userId)!, number === undefined ? '--user-id' : 'debug user', 1, MOST_PEOPLE) }
}

function daysOf(flags: Flags): [number, number] | undefined {
  const text = typed(flags.days, '--days')
  if (text === undefined) return undefined
  const [, from, to = from] = /^(\d{1,6})(?:\.\.(\d{1,6}))?$/.exec(text) ?? []
  if (from === undefined || Number(to) < Number(from) || Number(to) > MOST_DAYS) {
    throw new MingleError(
      'BAD_INPUT',
      `--days expects days of the run counted from 0, such as 3..10 or 5, got '${text}'`,
    )
  }
  return [Number(from), Number(to)]
}

async function personOf({ ledger }: Asked, who: Who): Promise<number> {
  if ('k' in who) return who.k
  const flag = 'id' in who ? '--id' : '--email'
  if (!ledger) throw new MingleError('BAD_INPUT', `${flag} is looked up in a database; name it with --database-url`)
  const { userOfEmail } = await import('../../../persist/index.ts')
  const { personOfRow } = await import('../../../run/index.ts')
  const { store, record, database } = ledger
  if ('id' in who) return personOfRow(store, record, who.id)
  if (database.mapping) {
    throw new MingleError('BAD_INPUT', '--email is looked up in the reference schema; under a mapping give --id')
  }
  return personOfRow(store, record, await userOfEmail(database.url, who.email))
}

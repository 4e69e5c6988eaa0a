import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { mappedDatabase } from '../../mapping.ts'
import { typed, typedList } from '../../options/arguments.ts'
import { configured } from '../../options/configured.ts'
import {
  configFile,
  databaseOptions,
  databaseUrl,
  type Flags,
  runChoice,
  runOption,
  startDate,
} from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

const MOST_ADOPTED = 100_000

export function registerAdopt(cli: CAC): void {
  const command = cli.command('adopt', 'Give activity to users whom Mingle did not make: they join a run')
  runOption(command, 'The run that they join on its next day, or the name of a new one')
  command.option('--where <condition>', 'Whom: "city = Austin", "id >= 100", "birthdate < 1990-01-01"; may be repeated')
  command.option('--limit <n>', 'At most this many, those with the least ids (default: 100000, the most)')
  command.option('--start-date <YYYY-MM-DD>', 'First day of a new run (default: 2024-01-01)')
  command.option('--allow-production', 'Write even where this looks like production')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  databaseOptions(command)
  command.example('  $ mingle adopt --run-seed staff --where "city = Austin" --limit 50   # a run of their own')
  command.example(
    '  $ mingle adopt --run-seed demo-2024                                 # among the people of demo-2024',
  )
  command.example('  $ mingle activity --run-seed staff --days 30')
  command.action(adopt)
}

async function adopt(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const where = typedList(flags.where, '--where')
  const limit = wholeNumber(typed(flags.limit, '--limit') ?? String(MOST_ADOPTED), '--limit', 1, MOST_ADOPTED)
  const start = startDate(flags)
  const { openStore, refuseProduction } = await import('../../../persist/index.ts')
  const { adoptPeople, configFromSettings } = await import('../../../run/index.ts')
  const { url, ...mapped } = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const allowProduction = flags.allowProduction === true
  refuseProduction(url, allowProduction)
  const store = await openStore(url, { create: false, intoExisting: true, allowProduction, ...mapped })
  try {
    const said = await configured(flags)
    const isNew = typeof choice === 'string' && (await store.findRun(choice)) === null
    if (!isNew && start !== undefined) {
      throw new MingleError('BAD_INPUT', 'the run that they join has its first day already; leave --start-date out')
    }
    const create = isNew
      ? (count: number) => configFromSettings({ seed: choice, count, startDate: start, configured: said })
      : undefined
    const { run, people, userIds } = await adoptPeople(store, choice, { where, limit }, create)
    if (flags.json === true) console.log(JSON.stringify({ seed: run.seed, created: isNew, people, userIds }))
    else {
      const what = isNew ? `run '${run.seed}', which is new` : `run '${run.seed}', from its next day on`
      console.log(`${people} of the site's own people live in ${what}; mingle activity or mingle extend adds days`)
    }
    return 0
  } finally {
    await store.close()
  }
}

import { existsSync } from 'node:fs'
import type { Command } from 'cac'
import type { RunRecord, RunStore } from '../../persist/index.ts'
import { DEFAULT_URL } from '../../run/advice/index.ts'
import type { AskedRun } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { configuredExtension, type MappedDatabase, mappedDatabase } from '../mapping.ts'
import { chosenExtension } from '../session.ts'
import { typed } from './arguments.ts'
import { givenAmong } from './beside.ts'
import { runSettings } from './configured.ts'
import { withOwnContent } from './content.ts'
import {
  configFile,
  databaseOptions,
  databaseUrl,
  daysOption,
  extensionFile,
  type Flags,
  MOST_DAYS,
  runSeed,
  seedOption,
  settingOptions,
} from './flags.ts'
import { wholeNumber } from './values.ts'

export interface AskedDefaults {
  /** People of a run without a database, where --count does not say; default 100. */
  readonly people?: number
  /** Whether a run without days will do. */
  readonly withoutDays?: boolean
}

/** What says which run a question is about. */
export function askedOptions(command: Command): Command {
  seedOption(command, 'The run (default: the only one in the database)')
  askedExtensionOption(command)
  settingOptions(daysOption(command, 'Days to live through (default: all that the database has, else 30)'))
  return databaseOptions(command).option('--json', 'Print one JSON object on stdout, and nothing else there')
}

export function askedExtensionOption(command: Command): Command {
  return command.option(
    '--extension <file>',
    "The run's extension (default: the file that its ledger names; without a database the configuration's; off: none)",
  )
}

/** The run that a question is about, and where it was found. */
export interface Asked {
  readonly run: AskedRun
  /** Absent when the run was made of settings alone. */
  readonly ledger?: { readonly store: RunStore; readonly record: RunRecord; readonly database: MappedDatabase }
  /** `run demo-2024 in file:./mingle.db`, or the settings that it was made of. */
  readonly words: string
}

const SETTINGS = [
  'count',
  'startDate',
  'population',
  'preset',
  'women',
  'places',
  'market',
  'set',
  'queue',
  'arm',
  'armSet',
  'scenario',
  'personas',
  'words',
  'quizzes',
  'taxonomy',
] as const

/**
 * Finds the run and carries out the work with it. A database that is given is asked; settings such as --count describe a run
 * without one; with neither, the default database is asked where it holds the run.
 */
export async function withAskedRun<T>(
  flags: Flags,
  work: (asked: Asked) => Promise<T>,
  options: AskedDefaults = {},
): Promise<T> {
  const seed = runSeed(flags)
  const given = flags.databaseUrl !== undefined
  const described = givenAmong(flags, SETTINGS)
  if (given && described !== undefined) {
    throw new MingleError(
      'BAD_INPUT',
      `the run's settings are in its database; leave ${described} out, or --database-url to ask about a run without one`,
    )
  }
  if (given || (described === undefined && (await isThere(flags)))) {
    const found = await fromLedger(flags, seed, given, work, options)
    if (found !== NOT_THERE) return found
  }
  if (seed === undefined) {
    throw new MingleError(
      'BAD_INPUT',
      'say which run: --run-seed demo-2024 (with --count, --days, … as it was made), or --database-url with its database',
    )
  }
  const { configFromSettings, scenarioNamed } = await import('../../run/index.ts')
  const chosen = await withOwnContent(flags, await runSettings(flags, seed))
  const scenario = chosen.scenario === undefined ? undefined : scenarioNamed(chosen.scenario)
  const config = configFromSettings({ ...chosen, count: chosen.count ?? scenario?.count ?? options.people ?? 100 })
  const days = daysOf(flags) ?? scenario?.days ?? 30
  const loaded = await chosenExtension(extensionFile(flags) ?? (await configuredExtension(configFile(flags))))
  const extension = loaded && { extension: loaded.extension }
  return work({
    run: { config, days, ...extension },
    words: `run ${seed}, ${config.count} people, ${days} days, no database`,
  })
}

const NOT_THERE = Symbol('the run is not in the default database')

function daysOf(flags: Flags): number | undefined {
  const text = typed(flags.days, '--days')
  return text === undefined ? undefined : wholeNumber(text, '--days', 1, MOST_DAYS)
}

/** Whether there is a database that nobody had to name. */
async function isThere(flags: Flags): Promise<boolean> {
  const { url } = await mappedDatabase(databaseUrl(flags), configFile(flags))
  return url !== DEFAULT_URL || existsSync(DEFAULT_URL.slice('file:'.length))
}

async function fromLedger<T>(
  flags: Flags,
  seed: string | undefined,
  given: boolean,
  work: (asked: Asked) => Promise<T>,
  { withoutDays = false }: AskedDefaults,
): Promise<T | typeof NOT_THERE> {
  const { openStore } = await import('../../persist/index.ts')
  const { askedRunOf, chooseRun } = await import('../../run/index.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  const { url, ...mapped } = database
  const store = await openStore(url, { create: false, ...mapped })
  try {
    if (!given && seed !== undefined && (await store.findRun(seed)) === null) return NOT_THERE
    const record = await chooseRun(store, seed, () => true, 'run')
    const asked = await askedRunOf(record, await chosenExtension(extensionFile(flags)))
    const days = Math.min(asked.days, daysOf(flags) ?? asked.days)
    if (days < 1 && !withoutDays) {
      throw new MingleError('BAD_INPUT', `run '${record.seed}' has no days yet; 'mingle activity' adds some`)
    }
    return await work({
      run: { ...asked, days },
      ledger: { store, record, database },
      words: `run ${record.seed} in ${store.url}${days > 0 ? `, its days 0 to ${days - 1}` : ''}`,
    })
  } finally {
    await store.close()
  }
}

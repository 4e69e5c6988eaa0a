import type { Command } from 'cac'
import type { RunChoice } from '../../persist/index.ts'
import { DEFAULT_URL } from '../../run/advice/index.ts'
import type { RunSettings } from '../../run/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { typed, typedList } from './arguments.ts'
import { refuseBeside } from './beside.ts'
import { seedText, share, wholeNumber } from './values.ts'

/** What cac hands to a command. */
export type Flags = Readonly<Record<string, unknown>>

export const MOST_PEOPLE = 10_000_000
export const MOST_DAYS = 36_500

const text = (flags: Flags, name: string, flag: string) => typed(flags[name], flag)

function optional<T>(value: string | undefined, read: (value: string) => T): T | undefined {
  return value === undefined ? undefined : read(value)
}

export function databaseOptions(command: Command): Command {
  return command
    .option(
      '--database-url <url>',
      'Database to fill (default: the environment variable DATABASE_URL, else file:./mingle.db)',
    )
    .option(
      '--config <file>',
      'Mapping onto your own schema (default: mingle.config.ts in this folder, if any; off: none)',
    )
}

/** For commands without a database: what the site's configuration says of the model holds for them too. */
export function configOption(command: Command): Command {
  return command.option(
    '--config <file>',
    'Whose preset and set hold where no --preset is given (default: mingle.config.ts in this folder, if any; off: none)',
  )
}

export function configFile(flags: Flags): string | undefined {
  return text(flags, 'config', '--config')
}

export function databaseUrl(flags: Flags): string {
  return text(flags, 'databaseUrl', '--database-url') ?? (process.env.DATABASE_URL || DEFAULT_URL)
}

export function seedOption(command: Command, description: string): Command {
  return command.option('--run-seed <text>', description)
}

export function runSeed(flags: Flags): string | undefined {
  return optional(text(flags, 'runSeed', '--run-seed'), (value) => seedText(value, '--run-seed'))
}

/** The options that name a run which is there already: by its seed, or by its seed or id. */
export function runOption(command: Command, description: string): Command {
  return seedOption(command, description).option(
    '--run <seed|id>',
    'The same by seed or id, as mingle runs lists them; needed only when several runs fit',
  )
}

/** Which run of a database is meant; undefined: the only one that fits. @throws MingleError BAD_INPUT when both are given */
export function runChoice(flags: Flags): RunChoice {
  const seed = runSeed(flags)
  const run = optional(text(flags, 'run', '--run'), (value) => seedText(value, '--run'))
  if (seed !== undefined && run !== undefined) {
    throw new MingleError('BAD_INPUT', 'both --run-seed and --run were given; one of them names the run')
  }
  return run === undefined ? seed : { run }
}

/** Options that say who lives in a run, where all live by the same rules. @param people where `--count` does not say */
export function siteOptions(command: Command, people: number): Command {
  return personOptions(command.option('--count <n>', `People (default: ${people})`))
    .option('--scenario <name|file>', "A named situation, which the other options can still change: 'mingle scenarios'")
    .option('--market <level>', 'Who can meet: country, area, division, metro or pool (default: by size)')
    .option('--queue <name>', 'Event queue; all give the same digest')
}

/** Options that say who lives in the run, and by what rules. */
export function settingOptions(command: Command): Command {
  return siteOptions(command, 100)
    .option('--arm <name=share>', 'An arm of a test, such as treatment=0.5; may be repeated (docs/export.md)')
    .option(
      '--arm-set <name:path=value>',
      'The policy of an arm, such as treatment:policy.like.fatigue=0; may be repeated',
    )
}

/** Options that say what values the parameters of the model have. */
export function parameterOptions(command: Command): Command {
  return command
    .option('--population <name>', 'default, or null: nobody has a personality, and the scorecard fails')
    .option('--preset <name|file>', 'Values of parameters: default, null, or a file (docs/experiments.md)')
    .option('--women <share>', 'Share of women, 0 to 1 (default: 0.49)')
    .option('--set <path=value>', 'Set a parameter of the model, such as policy.like.nearKm=30; may be repeated')
}

/** Options that a single person's profile hangs on. */
export function personOptions(command: Command): Command {
  return parameterOptions(command.option('--start-date <YYYY-MM-DD>', 'First day of the run (default: 2024-01-01)'))
    .option('--places <pack>', 'Where they live: us or world (default: us)')
    .option('--personas <name|file>', 'Hand-written people as persons 1, 2, …: feed-demo, or a file (docs/content.md)')
    .option('--words <file>', 'Names, bios and posts of your own (docs/content.md)')
    .option('--quizzes <file>', 'Quizzes of your own, in the place of all others (docs/content.md)')
    .option('--taxonomy <file>', 'Interests of your own, in the place of all others (docs/content.md)')
}

export function settings(flags: Flags, seed: string): RunSettings {
  const count = optional(text(flags, 'count', '--count'), (value) => wholeNumber(value, '--count', 1, MOST_PEOPLE))
  const women = optional(text(flags, 'women', '--women'), (value) => share(value, '--women'))
  const population = text(flags, 'population', '--population')
  const preset = text(flags, 'preset', '--preset')
  const places = text(flags, 'places', '--places')
  const market = text(flags, 'market', '--market')
  const queue = text(flags, 'queue', '--queue')
  const personas = text(flags, 'personas', '--personas')
  const words = text(flags, 'words', '--words')
  const set = typedList(flags.set, '--set')
  const scenario = scenarioName(flags)
  const quizzes = text(flags, 'quizzes', '--quizzes')
  const taxonomy = text(flags, 'taxonomy', '--taxonomy')
  const own = { personas, words, quizzes, taxonomy }
  const arm = typedList(flags.arm, '--arm')
  const armSet = typedList(flags.armSet, '--arm-set')
  return {
    seed,
    scenario,
    count,
    startDate: startDate(flags),
    population,
    preset,
    women,
    places,
    market,
    queue,
    set,
    arm,
    armSet,
    ...own,
  }
}

export function scenarioName(flags: Flags): string | undefined {
  return text(flags, 'scenario', '--scenario')
}

/** A date as it was given; whether it is one is checked where dates are understood. */
export function startDate(flags: Flags): string | undefined {
  return text(flags, 'startDate', '--start-date')
}

export function join(flags: Flags): number {
  return wholeNumber(text(flags, 'join', '--join') ?? '0', '--join', 0, MOST_PEOPLE)
}

export function seeds(flags: Flags): number {
  return wholeNumber(text(flags, 'seeds', '--seeds') ?? '10', '--seeds', 1, 10_000)
}

export function daysOption(command: Command, description: string): Command {
  return command.option('--days <n>', description)
}

export function days(flags: Flags): number {
  return wholeNumber(text(flags, 'days', '--days') ?? '30', '--days', 1, MOST_DAYS)
}

/** `--days`, or `--activity-days`, which is the same. @throws MingleError BAD_INPUT when both are given */
export function activityDays(flags: Flags): number {
  const given = text(flags, 'activityDays', '--activity-days')
  if (given === undefined) return days(flags)
  if (flags.days !== undefined) {
    throw new MingleError('BAD_INPUT', '--activity-days is another word for --days; give one of them')
  }
  return wholeNumber(given, '--activity-days', 1, MOST_DAYS)
}

/** Options of every command that simulates days. */
export function driveOptions(command: Command): Command {
  return writeOptions(command).option(
    '--snapshot-dir <folder>',
    'States that save a replay (default: beside an SQLite file; off: none)',
  )
}

/** Options of every command that writes people or days. */
export function writeOptions(command: Command): Command {
  return command
    .option('--workers <n>', 'Threads that simulate (default: the cores; 0: none but the main thread)')
    .option('--writer <name>', 'bulk (the default), prisma (createMany in batches), or none (metrics only)')
    .option('--batch-size <n>', 'prisma writer: rows per createMany (default: by table)')
    .option('--pause-ms <n>', 'prisma writer: milliseconds between batches (default: 20)')
    .option('--allow-production', 'Write even where this looks like production')
    .option(
      '--extension <file>',
      'More that can happen, with facts and tables of its own (off: none, though mingle.config.ts names one; docs/extending.md)',
    )
    .option('--watch', 'Show it while it is written: in a page, whose address is printed, and on the terminal')
    .option('--json', 'Print one JSON object on stdout, and nothing else there')
}

function knownWriter(name: string): string {
  if (['bulk', 'prisma', 'none'].includes(name)) return name
  throw new MingleError(
    'BAD_INPUT',
    `there is no writer '${name}': expected bulk, prisma or none; files are written by their URL, such as ` +
      '--database-url csv:./folder (ndjson:, csv: or parquet:)',
  )
}

/** Of commands that create a run. */
export function newRunOptions(command: Command): Command {
  return command
    .option('--into-existing', 'Write beside rows that no run of Mingle made')
    .option(
      '--partition <on|off>',
      'PostgreSQL: keep the tables of days in partitions by day (default: on from 25 million person-days)',
    )
}

export function partition(flags: Flags): boolean | undefined {
  const given = text(flags, 'partition', '--partition')
  if (given === undefined) return undefined
  if (given === 'on' || given === 'off') return given === 'on'
  throw new MingleError('BAD_INPUT', `--partition expects on or off, got '${given}'`)
}

export function snapshotDirectory(flags: Flags): string | undefined {
  return text(flags, 'snapshotDir', '--snapshot-dir')
}

export function extensionFile(flags: Flags): string | undefined {
  return text(flags, 'extension', '--extension')
}

/** For commands that end with the jobs. */
export function skipJobsOption(command: Command): Command {
  return command.option('--skip-jobs', 'Leave the derived tables to mingle jobs')
}

export interface Drive {
  /** Whether the derived tables are computed when the run is complete; default false. */
  readonly jobs?: boolean
  readonly workers: number | undefined
  readonly writer: string | undefined
  readonly config: string | undefined
  readonly batchSize: number | undefined
  readonly pauseMs: number | undefined
  readonly allowProduction: boolean
  readonly intoExisting: boolean
  readonly partition: boolean | undefined
  readonly snapshotDir: string | undefined
  readonly extension: string | undefined
  readonly watch: boolean
  readonly json: boolean
}

export function drive(flags: Flags): Drive {
  const workers = optional(text(flags, 'workers', '--workers'), (value) => wholeNumber(value, '--workers', 0, 256))
  const writer = optional(text(flags, 'writer', '--writer'), knownWriter)
  if (writer === 'none') {
    refuseBeside(flags, '--writer none', 'opens no database', ['databaseUrl'])
    refuseBeside(flags, '--writer none', 'writes nothing', ['allowProduction', 'intoExisting', 'partition', 'skipJobs'])
  }
  const snapshotDir = snapshotDirectory(flags)
  const batchSize = optional(text(flags, 'batchSize', '--batch-size'), (value) =>
    wholeNumber(value, '--batch-size', 1, 100_000),
  )
  const pauseMs = optional(text(flags, 'pauseMs', '--pause-ms'), (value) =>
    wholeNumber(value, '--pause-ms', 0, 600_000),
  )
  const allowProduction = flags.allowProduction === true
  const intoExisting = flags.intoExisting === true
  const config = configFile(flags)
  const extension = extensionFile(flags)
  const watch = flags.watch === true
  const json = flags.json === true
  return {
    workers,
    writer,
    config,
    batchSize,
    pauseMs,
    allowProduction,
    intoExisting,
    partition: partition(flags),
    snapshotDir,
    extension,
    watch,
    json,
  }
}

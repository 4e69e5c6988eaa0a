import type { Command } from 'cac'
import type { Setting } from '../../experiments/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { refuseExtension } from '../cluster/options.ts'
import { typed, typedList } from '../options/arguments.ts'
import { runSettings } from '../options/configured.ts'
import {
  configOption,
  days,
  daysOption,
  type Flags,
  runSeed,
  seedOption,
  settings,
  siteOptions,
} from '../options/flags.ts'
import { wholeNumber } from '../options/values.ts'

/** People where `--count` does not say. */
const PEOPLE = 1000
/** Most seeds, tests or pasts of an experiment. */
export const MOST_SEEDS = 100_000

/**
 * Options of every experiment.
 *
 * @param seeds what `--seeds` is there; null: there is none
 * @param length days where `--days` does not say
 */
export function experimentOptions(command: Command, seeds: string | null, length = 30): Command {
  if (seeds !== null) command.option('--seeds <n>', seeds)
  seedOption(command, "What the seeds begin with: exp gives exp-1, exp-2, … (default: the experiment's name)")
  configOption(siteOptions(command, PEOPLE))
  daysOption(command, `Days to simulate (default: ${length})`)
  return command
    .option('--workers <n>', 'Threads (default: the cores; 0: none but the main thread)')
    .option(
      '--cluster <queue>',
      'Have the runs carried out by the workers of a queue (mingle worker): redis://… or postgresql://…',
    )
    .option('--extension <file>', 'off leaves out the one that mingle.config.ts names; experiments know none')
    .option('--out <folder>', 'Keep every run in a folder, and go on from what is there')
    .option('--json', 'Print one JSON object on stdout, and nothing else there')
}

export interface SettingDefaults {
  /** The values of `--set` that are no axes. */
  readonly set?: readonly string[]
  /** Days where `--days` does not say. */
  readonly length?: number
  /** Whether presets are words of their own: the site's configuration then sets no parameter. */
  readonly ownPresets?: boolean
}

/** What all runs have in common, checked. */
export async function settingOf(
  flags: Flags,
  { set = typedList(flags.set, '--set'), length = 30, ownPresets = false }: SettingDefaults = {},
): Promise<Setting> {
  await wantNoExtension(flags)
  const { configFromSettings, scenarioNamed } = await import('../../run/index.ts')
  const given = ownPresets ? settings(flags, 'experiment') : await runSettings(flags, 'experiment')
  const scenario = given.scenario === undefined ? undefined : scenarioNamed(given.scenario)
  const config = configFromSettings({ ...given, set, count: given.count ?? scenario?.count ?? PEOPLE })
  return settingFrom(config, flags.days === undefined ? (scenario?.days ?? length) : days(flags))
}

async function settingFrom(config: RunConfig, length: number): Promise<Setting> {
  const { checkCalendar, startDate } = await import('../../sim/index.ts')
  checkCalendar(config.startDay, length)
  const { count, places, market, poolSize, queue, parameters, minorities, people, words, quizzes, taxonomy } = config
  const who = {
    ...(minorities && { minorities }),
    ...(people && { people }),
    ...(words && { words }),
    ...(quizzes && { quizzes }),
    ...(taxonomy && { taxonomy }),
  }
  return {
    input: { count, places, market, poolSize, queue, startDate: startDate(config), ...who },
    parameters,
    days: length,
  }
}

/** @throws MingleError BAD_INPUT when an extension is named, by which no run of an experiment lives */
export function wantNoExtension(flags: Flags): Promise<void> {
  return refuseExtension(
    flags,
    (file) =>
      `runs of experiments live by no extension, and one is named (${file}); --extension off has them made without`,
  )
}

export function seedBase(flags: Flags, experiment: string): string {
  return runSeed(flags) ?? experiment
}

export function whole(flags: Flags, name: string, flag: string, fallback: number, least: number, most: number): number {
  const given = typed(flags[name], flag)
  return given === undefined ? fallback : wholeNumber(given, flag, least, most)
}

export function workersOf(flags: Flags): number | undefined {
  const given = typed(flags.workers, '--workers')
  return given === undefined ? undefined : wholeNumber(given, '--workers', 0, 256)
}

/** `name=value` pairs, each name of a measure: their text by key. */
export async function byMeasure(flags: Flags, name: string, flag: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const text of typedList(flags[name], flag)) {
    if (!text.includes('='))
      throw new MingleError('BAD_INPUT', `${flag} expects a metric and a value such as match_rate=…, got '${text}'`)
    const [given, value] = [text.slice(0, Math.max(0, text.indexOf('='))), text.slice(text.indexOf('=') + 1)]
    const { key } = await measure(given, flag)
    if (found.has(key)) throw new MingleError('BAD_INPUT', `${flag} was given twice for ${key}; give it once`)
    found.set(key, value)
  }
  return found
}

/** A measure by name. @throws MingleError BAD_INPUT naming those that are like it */
export async function measure(given: string, flag: string) {
  const { MEASURES, measureNamed } = await import('../../experiments/index.ts')
  const found = measureNamed(given)
  if (found) return found
  const word = given.toLowerCase().replaceAll(/[^a-z]+/g, '_')
  const close = MEASURES.filter(({ key }) => word !== '' && (key.includes(word) || word.includes(key)))
  const names = (close.length > 0 ? close : MEASURES).map(({ key }) => key).join(', ')
  throw new MingleError('BAD_INPUT', `${flag} names no metric: '${given}'; there is ${names}`)
}

/** A number above 0. */
export function positive(text: string, flag: string): number {
  const value = /^(\d+(\.\d*)?|\.\d+)(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (value > 0 && Number.isFinite(value)) return value
  throw new MingleError('BAD_INPUT', `${flag} expects a number above 0, got '${text}'`)
}

/** `a,b` and repeated options as one list. */
export function pathList(flags: Flags, name: string, flag: string): string[] {
  return typedList(flags[name], flag).flatMap((text) => {
    const paths = text.split(',').filter((path) => path !== '')
    if (paths.length > 0) return paths
    throw new MingleError('BAD_INPUT', `${flag} is empty; name parameters such as policy.like, or leave it out`)
  })
}

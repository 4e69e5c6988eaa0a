import type { Command } from 'cac'
import type { Setting } from '../../experiments/index.ts'
import type { RunConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { typed, typedList } from '../arguments.ts'
import { days, daysOption, type Flags, runSeed, seedOption, settingOptions, settings } from '../flags.ts'
import { wholeNumber } from '../values.ts'

/** Options of every experiment. */
/** @param seeds what `--seeds` is there; null: there is none */
export function experimentOptions(command: Command, seeds: string | null): Command {
  if (seeds !== null) command.option('--seeds <n>', seeds)
  seedOption(command, "What the seeds begin with: exp gives exp-1, exp-2, … (default: the experiment's name)")
  settingOptions(command)
  daysOption(command, 'Days to simulate (default: 30)')
  return command
    .option('--workers <n>', 'Threads (default: the cores; 0: none but the main thread)')
    .option('--out <folder>', 'Keep every run in a folder, and go on from what is there')
    .option('--json', 'Print one JSON object on stdout, and nothing else there')
}

/** What all runs have in common, checked. @param set the values of `--set` that are no axes */
export async function settingOf(
  flags: Flags,
  set: readonly string[] = typedList(flags.set, '--set'),
): Promise<Setting> {
  const { configFromSettings } = await import('../../run/index.ts')
  const given = settings({ ...flags, set: undefined }, 'experiment')
  return settingFrom(configFromSettings({ ...given, set, count: given.count ?? 1000 }), days(flags))
}

async function settingFrom(config: RunConfig, length: number): Promise<Setting> {
  const { checkCalendar, startDate } = await import('../../sim/index.ts')
  checkCalendar(config.startDay, length)
  const { count, places, market, poolSize, queue, parameters } = config
  return { input: { count, places, market, poolSize, queue, startDate: startDate(config) }, parameters, days: length }
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
  return typedList(flags[name], flag).flatMap((text) => text.split(',').filter((path) => path !== ''))
}

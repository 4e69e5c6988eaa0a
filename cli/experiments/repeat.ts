import type { Point, Setting, Trial } from '../../experiments/index.ts'
import { optionWords, quoted } from '../../run/advice/index.ts'
import { configuredExtension } from '../mapping.ts'
import { typed } from '../options/arguments.ts'
import { configured } from '../options/configured.ts'
import { configFile, type Flags } from '../options/flags.ts'

/** Gives the commands that make parts of an experiment again, each by itself. */
export interface Repeat {
  /** One run, without a database: its metrics are the experiment's. */
  run(trial: Trial): string
  /** Another experiment with the same people. @param options its own, such as `--seeds 10` */
  experiment(name: string, base: string, options: readonly string[], point?: Point): string
}

/** @param flags the experiment's own, of which some say who the people are */
export async function repeatOf(setting: Setting, flags: Flags): Promise<Repeat> {
  const { changesOf, valueAt } = await import('../../experiments/index.ts')
  const { words, paths } = await peopleWords(flags)
  const { count, startDate, places, market } = setting.input
  const whole = (point: Point): string[] => {
    // What the words above set is spelled out even where it has its default.
    const own = Object.fromEntries(paths.map((path) => [path, valueAt(setting, point, path)]))
    return [
      `--count ${count} --days ${setting.days} --start-date ${startDate} --places ${places} --market ${market}`,
      ...words,
      ...Object.entries({ ...own, ...changesOf(setting, point) }).map(([path, value]) => `--set ${path}=${value}`),
    ]
  }
  return {
    run: ({ seed, point }) =>
      ['mingle run --writer none --json', optionWords('--run-seed', seed), ...whole(point)].join(' '),
    experiment: (name, base, options, point = {}) =>
      [`mingle ${name}`, optionWords('--run-seed', base), ...options, ...whole(point)].join(' '),
  }
}

/** Options that say who the people are beside the usual ones, and the parameters that they change. */
async function peopleWords(flags: Flags): Promise<{ words: string[]; paths: string[] }> {
  const words: string[] = []
  const paths: string[] = []
  // Parameters are spelled out: nothing is left for the site's configuration to say.
  if (configFile(flags) === 'off' || (await configured(flags)) !== undefined) words.push('--config off')
  else if ((await configuredExtension(configFile(flags))) !== undefined) words.push('--extension off')
  const scenario = typed(flags.scenario, '--scenario')
  if (scenario !== undefined) {
    const { scenarioNamed } = await import('../../run/index.ts')
    const { PARAMETERS } = await import('../../sim/index.ts')
    const { set = {}, women } = scenarioNamed(scenario)
    words.push(optionWords('--scenario', scenario))
    const gender = PARAMETERS.filter(({ path }) => path.startsWith('population.gender.'))
    paths.push(...Object.keys(set), ...(women === undefined ? [] : gender.map(({ path }) => path)))
  }
  for (const [flag, name] of [
    ['--personas', 'personas'],
    ['--words', 'words'],
  ] as const) {
    const value = typed(flags[name], flag)
    if (value !== undefined) words.push(optionWords(flag, value))
  }
  return { words, paths }
}

/** This command as it was given, without what changes no number. */
export function commandGiven(): string {
  const words = ['mingle']
  const given = process.argv.slice(2)
  for (let i = 0; i < given.length; i++) {
    const word = given[i]!
    if (word === '--json' || word === '--plot' || word === '--debug') continue
    if (word === '--workers' || word === '--out' || word === '--cluster') i++
    else if (!/^--(workers|out|cluster)=/.test(word)) words.push(quoted(word))
  }
  return words.join(' ')
}

import { optionWords } from '../run/advice/index.ts'
import type { RunSettings } from '../run/index.ts'
import {
  DEFAULT_PARAMETERS,
  DEFAULTS,
  flatParameters,
  formatDate,
  type NumberTree,
  type RunConfig,
  startDate,
} from '../sim/index.ts'

/**
 * The command that makes this run again, with every default spelled out that could change.
 *
 * @param configured parameters that the site's configuration sets, by path
 */
export function repeatCommand(
  command: 'run' | 'profiles',
  settings: RunSettings,
  days: number | undefined,
  configured: Readonly<Record<string, number>> = {},
): string {
  const { scenario } = settings
  const words = ['mingle', command, optionWords('--run-seed', settings.seed)]
  if (scenario !== undefined) words.push(optionWords('--scenario', scenario))
  if (scenario === undefined || settings.count !== undefined) words.push(`--count ${settings.count ?? 100}`)
  if (days !== undefined) words.push(`--days ${days}`)
  if (scenario === undefined || settings.startDate !== undefined) {
    words.push(optionWords('--start-date', settings.startDate ?? '2024-01-01'))
  }
  if (settings.population !== undefined) words.push(optionWords('--population', settings.population))
  if (settings.preset !== undefined) words.push(optionWords('--preset', settings.preset))
  if (settings.women !== undefined) words.push(optionWords('--women', String(settings.women)))
  if (settings.places !== undefined) words.push(optionWords('--places', settings.places))
  if (settings.market !== undefined) words.push(optionWords('--market', settings.market))
  if (settings.personas !== undefined) words.push(optionWords('--personas', settings.personas))
  if (settings.words !== undefined) words.push(optionWords('--words', settings.words))
  for (const [path, value] of Object.entries(configured)) words.push(`--set ${path}=${value}`)
  for (const setting of settings.set ?? []) words.push(optionWords('--set', setting))
  for (const arm of settings.arm ?? []) words.push(optionWords('--arm', arm))
  for (const setting of settings.armSet ?? []) words.push(optionWords('--arm-set', setting))
  return words.join(' ')
}

/**
 * The commands that make a run again, from its configuration: one for the start, one for each later segment.
 *
 * @param days all that were told
 */
export function runCommands(config: RunConfig, days: number): string[] {
  const { seed, count, places, market, parameters, cohorts, pauses, policies = [] } = config
  const words = ['mingle run', optionWords('--run-seed', seed), `--count ${count}`]
  const later = [
    ...new Set([...cohorts.map(({ day }) => day), ...pauses.map(({ to }) => to), ...policies.map(({ day }) => day)]),
  ]
    .filter((day) => day > 0)
    .sort((a, b) => a - b)
  const untold = (until: number) => pauses.reduce((sum, { from, to }) => (from < until ? sum + to - from : sum), 0)
  const toldBefore = later.map((day) => day - untold(day))
  words.push(
    `--days ${toldBefore[0] ?? days}`,
    optionWords('--start-date', startDate(config)),
    optionWords('--market', market),
  )
  if (places !== DEFAULTS.places) words.push(optionWords('--places', places))
  const standard = flatParameters(DEFAULT_PARAMETERS)
  let so = flatParameters(parameters)
  for (const [path, value] of Object.entries(so)) if (value !== standard[path]) words.push(`--set ${path}=${value}`)
  const commands = [words.join(' ')]
  later.forEach((day, i) => {
    const next = [
      'mingle extend',
      optionWords('--run-seed', seed),
      `--days ${(toldBefore[i + 1] ?? days) - toldBefore[i]!}`,
    ]
    const pause = pauses.find(({ to }) => to === day)
    if (pause) next[0] = 'mingle activity'
    if (pause) next.push(`--start-date ${formatDate(config.startDay + day)}`)
    const joined = cohorts.filter((cohort) => cohort.day === day).reduce((sum, cohort) => sum + cohort.count, 0)
    if (joined > 0) next.push(`--join ${joined}`)
    const policy = policies.find((change) => change.day === day)?.policy
    if (policy) {
      const changed = { ...so, ...flatParameters({ policy } as unknown as NumberTree) }
      for (const [path, value] of Object.entries(changed)) if (value !== so[path]) next.push(`--set ${path}=${value}`)
      so = changed
    }
    commands.push(next.join(' '))
  })
  return commands
}

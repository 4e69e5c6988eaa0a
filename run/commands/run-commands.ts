import {
  DEFAULT_PARAMETERS,
  DEFAULTS,
  flatParameters,
  formatDate,
  POPULATIONS,
  type RunConfig,
  startDate,
} from '../../sim/index.ts'
import { optionWords } from '../advice/index.ts'

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
  const { population, own } = namedPopulation(so)
  if (population !== 'default') words.push(`--population ${population}`)
  for (const [path, value] of Object.entries(so)) {
    if (value !== standard[path] && !own.has(path)) words.push(`--set ${path}=${value}`)
  }
  for (const { name, share, policy } of config.arms ?? []) {
    words.push(optionWords('--arm', `${name}=${share}`))
    for (const [path, value] of Object.entries(flatParameters({ policy })))
      if (value !== so[path]) words.push(optionWords('--arm-set', `${name}:${path}=${value}`))
  }
  for (const [name, share] of Object.entries(config.minorities ?? {})) words.push(`--set minorities.${name}=${share}`)
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
      const changed = { ...so, ...flatParameters({ policy }) }
      for (const [path, value] of Object.entries(changed)) if (value !== so[path]) next.push(`--set ${path}=${value}`)
      so = changed
    }
    commands.push(next.join(' '))
  })
  return commands
}

/** The named population that parameters have, and the paths that its name says already. */
function namedPopulation(parameters: Readonly<Record<string, number>>): { population: string; own: Set<string> } {
  for (const [name, tree] of Object.entries(POPULATIONS)) {
    const leaves = Object.entries(flatParameters(tree))
    if (leaves.length > 0 && leaves.every(([path, value]) => parameters[path] === value))
      return { population: name, own: new Set(leaves.map(([path]) => path)) }
  }
  return { population: 'default', own: new Set() }
}

import {
  type Cohort,
  DEFAULTS,
  type Parameters,
  type PartialTree,
  type Pause,
  POPULATIONS,
  type RunInput,
} from '../../../sim/index.ts'

/** Parameters that differ from the defaults, by path (`policy.like.nearKm`). */
export type Changes = Readonly<Record<string, number>>

/** All that a run in the page hangs on: what the address holds of it. */
export interface Scenario {
  readonly seed: string
  readonly count: number
  readonly days: number
  /** `YYYY-MM-DD` */
  readonly startDate: string
  readonly places: string
  /** Empty: chosen by size. */
  readonly market: string
  readonly changes: Changes
  /** Day from which the changed policy holds; 0: from the start. */
  readonly forkDay: number
  /** People who join together at the beginning of a day. */
  readonly joins: readonly Cohort[]
  /** Days that are lived but not told. */
  readonly pauses: readonly Pause[]
  readonly poolSize: number
  /** Changes of policy that a run of a database has behind it. */
  readonly policies: NonNullable<RunInput['policies']>
}

export const INITIAL: Scenario = {
  seed: 'demo-2024',
  count: 1000,
  days: 30,
  startDate: DEFAULTS.startDate,
  places: DEFAULTS.places,
  market: '',
  changes: {},
  forkDay: 0,
  joins: [],
  pauses: [],
  poolSize: DEFAULTS.poolSize,
  policies: [],
}

type Tree = { [name: string]: number | Tree }

/** Changes as the nested tree that a run takes. */
export function treeOf(changes: Changes): PartialTree<Parameters> {
  const root: Tree = {}
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const leaf = names.pop()!
    let branch = root
    for (const name of names) branch = (branch[name] ??= {}) as Tree
    branch[leaf] = value
  }
  return root as PartialTree<Parameters>
}

/** The leaves of a tree by path, in its order. */
export function leavesOf(tree: object, prefix = ''): Record<string, number> {
  const leaves: Record<string, number> = {}
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'number') leaves[prefix + name] = value
    else Object.assign(leaves, leavesOf(value as object, `${prefix}${name}.`))
  }
  return leaves
}

/** What `createSimulation` takes. @param seed another seed than the scenario's, for replications */
export function inputOf(scenario: Scenario, seed = scenario.seed): RunInput {
  const { count, startDate, places, market, changes, joins, pauses, poolSize, policies } = scenario
  return {
    seed,
    count,
    startDate,
    places,
    ...(market !== '' && { market }),
    cohorts: joins,
    pauses,
    poolSize,
    ...(policies.length > 0 && { policies }),
    parameters: treeOf(changes),
  }
}

/** Two scenarios with equal keys give equal facts, seed by seed. */
export function keyOf(scenario: Scenario): string {
  const { count, days, startDate, places, market, changes, forkDay, joins, pauses, poolSize, policies } = scenario
  const sorted = Object.entries(changes).sort(([a], [b]) => (a < b ? -1 : 1))
  const forks = forkDay > 0 && sorted.some(([path]) => path.startsWith('policy.'))
  return JSON.stringify([
    count,
    days,
    startDate,
    places,
    market,
    sorted,
    forks ? forkDay : 0,
    joins,
    pauses,
    poolSize,
    policies,
  ])
}

const quoted = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** A flag and a value that may begin with a dash. */
const option = (name: string, value: string) =>
  value.startsWith('-') ? `${name}=${quoted(value)}` : `${name} ${quoted(value)}`

/** The command lines that make the same run: two when it forks. */
export function commandLines(scenario: Scenario, database = 'file:./mingle.db'): string[] {
  const { seed, count, days, startDate, places, market, changes, forkDay } = scenario
  const forks = forkDay > 0 && forkDay < days && Object.keys(changes).some((path) => path.startsWith('policy.'))
  const early = forks
    ? Object.fromEntries(Object.entries(changes).filter(([path]) => !path.startsWith('policy.')))
    : changes
  const { population, rest } = namedPopulation(early)
  const words = ['mingle run', option('--run-seed', seed), `--count ${count}`, `--days ${forks ? forkDay : days}`]
  words.push(`--start-date ${startDate}`)
  if (population !== 'default') words.push(`--population ${population}`)
  if (places !== DEFAULTS.places) words.push(`--places ${places}`)
  if (market !== '') words.push(`--market ${market}`)
  for (const [path, value] of Object.entries(rest)) words.push(`--set ${path}=${value}`)
  words.push(option('--database-url', database))
  if (!forks) return [words.join(' ')]
  const late = Object.entries(changes).filter(([path]) => path.startsWith('policy.'))
  const sets = late.map(([path, value]) => `--set ${path}=${value}`).join(' ')
  return [
    words.join(' '),
    `mingle extend ${option('--run-seed', seed)} --days ${days - forkDay} ${sets} ${option('--database-url', database)}`,
  ]
}

/** The named population that the changes contain, and what they change beyond it. */
function namedPopulation(changes: Changes): { population: string; rest: Changes } {
  for (const [name, tree] of Object.entries(POPULATIONS)) {
    const leaves = Object.entries(leavesOf(tree))
    if (leaves.length === 0 || !leaves.every(([path, value]) => changes[path] === value)) continue
    const own = new Set(leaves.map(([path]) => path))
    return { population: name, rest: Object.fromEntries(Object.entries(changes).filter(([path]) => !own.has(path))) }
  }
  return { population: 'default', rest: changes }
}

import {
  type Cohort,
  DEFAULTS,
  type Parameters,
  type PartialTree,
  type Pause,
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
  /** Changes of policy that the run has behind it, ascending by day. */
  readonly policies: readonly PolicyStep[]
  /** The run of a database that this began as. */
  readonly source: Source | null
}

/** What of the policy is another from a day on: paths with their values. */
export interface PolicyStep {
  readonly day: number
  readonly changes: Changes
}

/** What of a run is too much for an address: its database holds it. */
export type Given = Pick<RunInput, 'arms' | 'minorities' | 'people' | 'words' | 'quizzes' | 'taxonomy'>

export interface Source {
  /** Seed of the run in the database. */
  readonly run: string
  /** null while the server has not been asked. */
  readonly given: Given | null
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
  source: null,
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
  const { count, startDate, places, market, changes, joins, pauses, poolSize, policies, source } = scenario
  return {
    seed,
    count,
    startDate,
    places,
    ...(market !== '' && { market }),
    cohorts: joins,
    pauses,
    poolSize,
    policies: policies.map(({ day, changes }) => ({ day, policy: treeOf(changes).policy ?? {} })),
    ...source?.given,
    parameters: treeOf(changes),
  }
}

/** Two scenarios with equal keys give equal facts, seed by seed. */
export function keyOf(scenario: Scenario): string {
  const { count, days, startDate, places, market, changes, forkDay, joins, pauses, poolSize, policies, source } =
    scenario
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
    source?.given && Object.keys(source.given).length > 0 ? source.run : '',
  ])
}

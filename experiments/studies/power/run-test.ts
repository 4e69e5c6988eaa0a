import { armOf, createSimulation, type RunConfig, type RunInput, type SimulationRun } from '../../../sim/index.ts'
import { addSums, type RatioSums } from '../../statistics/index.ts'
import { policyTree } from '../run-fork.ts'
import { inputOf, type Point, type Setting } from '../setting.ts'
import { PersonMetrics } from './person-metrics.ts'

/** One test, lived through: the people in two arms. */
export interface TestTask {
  readonly seed: string
  /** What all people live by. */
  readonly point: Point
  /** Share of the people in the treated arm, and what it alone lives by. */
  readonly share: number
  readonly treatment: Point
  /** Who is there, where that is not the setting's. */
  readonly people?: { readonly count: number; readonly market: string }
  readonly metric: string
  /** Days after which the arms are looked at, ascending. */
  readonly days: readonly number[]
}

/** What the arms look like after some days. */
export interface TestLook {
  readonly day: number
  readonly control: RatioSums
  readonly treated: RatioSums
}

export interface TestOutcome {
  readonly looks: readonly TestLook[]
  readonly digest: string
}

const NONE: RatioSums = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 }

/** What the arm of the treated is called in a run's configuration. */
export const TREATED = 'treatment'

/** The input of a test's run. */
export function testInput(setting: Setting, { seed, point, share, treatment, people }: TestTask): RunInput {
  const { count, market } = people ?? setting.input
  const own = { ...inputOf(setting, { seed, point }), ...(count && { count }), ...(market && { market }) }
  return { ...own, arms: [{ name: TREATED, share, policy: policyTree(treatment) }] }
}

/** Lives through one test. */
export function runTest(setting: Setting, task: TestTask): TestOutcome {
  const run = createSimulation(testInput(setting, task))
  const metrics = run.markets.map((market) => new PersonMetrics(market.people(), run.config.startDay))
  const arms = run.markets.map(() => [] as number[])
  const looks = task.days.map((day): TestLook => {
    run.passDays(day - run.day, (market) => metrics[run.markets.indexOf(market)]!)
    const sums = [NONE, NONE]
    for (const [at, own] of metrics.entries()) {
      divide(run, at, arms[at]!, own.people.size)
      const { x, y } = own.contributions(task.metric)
      for (const arm of [0, 1]) sums[arm] = addSums(sums[arm]!, sumsOf(x, y, arms[at]!, arm))
    }
    return { day, control: sums[0]!, treated: sums[1]! }
  })
  return { looks, digest: run.digest }
}

/** The arm of every row of a market: those there at the start, then who joined, day by day. */
function divide(run: SimulationRun, at: number, arms: number[], size: number): void {
  const { plan, config } = run
  if (arms.length >= size) return
  const id = plan.ids[at]!
  arms.length = 0
  const add = (k: number) => arms.push(armOf(plan.population.keys, (config as RunConfig).arms, k))
  for (const k of plan.members(id)) add(k)
  for (let day = 0; day < run.day && arms.length < size; day++) for (const k of plan.joining(id, day)) add(k)
}

function sumsOf(x: Float64Array, y: Float64Array, arms: readonly number[], arm: number): RatioSums {
  const sums = { ...NONE }
  for (let row = 0; row < x.length; row++) {
    if (arms[row] !== arm) continue
    const [a, b] = [x[row]!, y[row]!]
    sums.n++
    sums.x += a
    sums.y += b
    sums.xx += a * a
    sums.xy += a * b
    sums.yy += b * b
  }
  return sums
}

import { CmaEs } from '../../../experiments/statistics/index.ts'
import { METRICS, makeRng } from '../../../sim/index.ts'
import { seedsOf } from '../engine/rates.ts'
import { atShare, type Shown, shareOf } from '../model/parameters.ts'
import { type Changes, inputOf, type Scenario } from '../model/scenario.ts'
import { WORDS } from '../worker/protocol.ts'
import type { Evaluator } from './evaluator.ts'

export interface Goal {
  /** Id of a metric. */
  readonly metric: string
  readonly target: number
  /** How near is near enough. */
  readonly tolerance: number
}

export interface Step {
  readonly run: number
  /** The best so far: what the metric is there, and the parameters. */
  readonly value: number
  readonly changes: Changes
  readonly reached: boolean
}

/** Seeds that a point is judged by. */
const SEEDS = 2
const MOST_RUNS = 160
/** What moving a parameter across all that is worth trying costs, in tolerances: of equal points the nearer is better. */
const PULL = 0.6

/**
 * Looks for parameters that bring a metric to a target: covariance matrix adaptation over the free ones, each between the
 * ends worth trying, from where they stand. Every point is judged with the same seeds, so that what differs is the point.
 */
export async function* seek(
  scenario: Scenario,
  goal: Goal,
  free: readonly Shown[],
  evaluator: Evaluator,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const position = METRICS.findIndex(({ id }) => id === goal.metric)
  const start = free.map((parameter) => shareOf(parameter, scenario.changes[parameter.path] ?? parameter.default))
  const stream = makeRng(`goal ${goal.metric} ${goal.target}`)
  const search = new CmaEs({ mean: start, sigma: 0.18, ...(free.length === 1 && { lambda: 6 }) })
  const seeds = seedsOf(scenario.seed, SEEDS)
  const changesAt = (point: readonly number[]): Changes => ({
    ...scenario.changes,
    ...Object.fromEntries(free.map((parameter, i) => [parameter.path, atShare(parameter, clamp(point[i]!))])),
  })
  const valueAt = async (changes: Changes) => {
    const values = await Promise.all(
      seeds.map((seed) => evaluator.run(inputOf({ ...scenario, changes, forkDay: 0 }, seed), scenario.days)),
    )
    return values.reduce((sum, one) => sum + one[position * WORDS]!, 0) / values.length
  }
  let best = { cost: Number.POSITIVE_INFINITY, value: Number.NaN, changes: scenario.changes }
  let run = 0
  while (run < MOST_RUNS && !signal.aborted) {
    const points = search.ask(() => stream.normal())
    const costs: number[] = []
    for (const point of points) {
      const changes = changesAt(point)
      const value = await valueAt(changes).catch(() => Number.NaN)
      if (signal.aborted) return
      run += SEEDS
      const outside = point.reduce((sum, share) => sum + Math.abs(share - clamp(share)), 0)
      const away = point.reduce((sum, share, i) => sum + (clamp(share) - start[i]!) ** 2, 0)
      const miss = Number.isNaN(value) ? 1e6 : ((value - goal.target) / goal.tolerance) ** 2
      const cost = miss + PULL * away + 100 * outside * outside
      costs.push(cost)
      if (cost < best.cost) best = { cost, value, changes }
      const reached = Math.abs(best.value - goal.target) <= goal.tolerance
      yield { run, value: best.value, changes: best.changes, reached }
      if (reached) return
    }
    search.tell(costs)
  }
}

const clamp = (share: number) => Math.max(0, Math.min(1, share))

import { morrisEffects, morrisTrajectories } from '../../../experiments/statistics/index.ts'
import { METRICS, makeRng } from '../../../sim/index.ts'
import { seedsOf } from '../engine/rates.ts'
import { atShare, type Shown } from '../model/parameters.ts'
import { inputOf, type Scenario } from '../model/scenario.ts'
import { WORDS } from '../worker/protocol.ts'
import type { Evaluator } from './evaluator.ts'

/** What a parameter does to a metric over the range worth trying. */
export interface Effect {
  readonly path: string
  /** Mean change of the metric when the parameter goes from its lower end to its upper. */
  readonly mean: number
  /** Mean absolute change, the whole of what it does in whatever direction, and its 95% interval. */
  readonly total: number
  readonly low: number
  readonly high: number
  /** Whether it can be told from nothing: from what another seed does. */
  readonly told: boolean
}

/** Walks through the cube; each takes a run for every parameter and one more. */
const TRAJECTORIES = 6

/** Screens parameters by Morris’s design, all other things as they are set. @param onRun told of every run */
export async function effectsOf(
  scenario: Scenario,
  metric: string,
  parameters: readonly Shown[],
  evaluator: Evaluator,
  signal: AbortSignal,
  onRun: (done: number, all: number) => void,
): Promise<readonly Effect[]> {
  const position = METRICS.findIndex(({ id }) => id === metric)
  const stream = makeRng(`effects ${metric}`)
  // One more factor on which nothing hangs but the seed: what it moves is noise.
  const groups = [...parameters.map((_, i) => i), parameters.length]
  const trajectories = morrisTrajectories(groups, TRAJECTORIES, stream)
  const all = trajectories.reduce((sum, { points }) => sum + points.length, 0)
  let done = 0
  const results = await Promise.all(
    trajectories.map(({ points }, t) =>
      Promise.all(
        points.map(async (point) => {
          const changes = {
            ...scenario.changes,
            ...Object.fromEntries(parameters.map((parameter, i) => [parameter.path, atShare(parameter, point[i]!)])),
          }
          const seed = seedsOf(scenario.seed, 2)[point.at(-1)! > 0.5 ? 1 : 0]!
          const values = await evaluator
            .run(inputOf({ ...scenario, changes, forkDay: 0 }, `${seed}${t > 0 ? `/${t}` : ''}`), scenario.days)
            .catch(() => null)
          if (!signal.aborted) onRun(++done, all)
          return values ? values[position * WORDS]! : Number.NaN
        }),
      ),
    ),
  )
  const effects = morrisEffects(trajectories, results)
  const noise = effects[parameters.length]!
  return parameters.map(({ path }, i) => {
    const { mu, muStar, low, high } = effects[i]!
    return { path, mean: mu, total: muStar, low, high, told: low > noise.muStar }
  })
}

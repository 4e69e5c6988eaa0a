import { makeRng, type Parameter } from '../../../sim/index.ts'
import { CmaEs, type Summary, summarize } from '../../statistics/index.ts'
import { pointAt } from '../factors.ts'
import type { Outcome } from '../run-trial.ts'
import { failuresOf, isStopped, type Runner, valuesOf } from '../runner.ts'
import { type Point, seedNames } from '../setting.ts'
import { chosenAmong } from './choice.ts'
import { evaluate, inside } from './evaluate.ts'
import { type Conflict, conflicts, determined, placeOf, type TunedParameter } from './findings.ts'
import { bestTowards, linearStep, type Slopes, slopesAt } from './jacobian.ts'
import { isMet, lossOf, type Target, withNoise } from './targets.ts'

export interface TuneOptions {
  readonly targets: readonly Target[]
  /** Free parameters, and their values before. */
  readonly parameters: readonly Parameter[]
  readonly before: readonly number[]
  readonly base: string
  /** Seeds of a point during the search, the same for all points of a generation, others in the next. */
  readonly seeds: number
  /** Seeds that the search did not see, on which the result is reported. */
  readonly held: number
  /** Greatest number of parameters that are searched at a time: those that move the targets most. */
  readonly most: number
  /** Runs after which the search ends. */
  readonly atMost: number
  /** Told where the search stands. */
  readonly onStep?: (what: string, loss: number) => void
}

export interface Tuned {
  /** By target, on seeds that the search did not see. */
  readonly results: readonly (Summary & { readonly target: Target; readonly met: boolean })[]
  /** Of the parameters searched last. */
  readonly parameters: readonly TunedParameter[]
  /** All that was free and is now another than before. */
  readonly point: Point
  readonly conflicts: readonly Conflict[]
  readonly seeds: readonly string[]
  readonly runs: number
  readonly outcomes: readonly (Outcome | null)[]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

/** Seeds with which a generation's middle is checked before the search may end. */
const CHECKED = 6
const MOST_STEPS = 5
/** Choices of the parameters that are searched. */
const MOST_ROUNDS = 3

/**
 * Searches parameters that meet targets. Slopes of all free parameters first, and steps along them; then CMA-ES over the
 * described scales among those that move the targets most, with common random numbers within a generation, fresh ones in
 * each, and its middle checked on more. What comes out is measured on seeds of its own.
 */
export async function tune(runner: Runner, options: TuneOptions): Promise<Tuned> {
  const search = new Search(runner, options)
  const place = await search.find()
  return search.report(place)
}

type Failure = { readonly error: string; readonly times: number }

function joined(known: readonly Failure[], more: readonly Failure[]): Failure[] {
  const times = new Map(known.map((each) => [each.error, each.times]))
  for (const each of more) times.set(each.error, (times.get(each.error) ?? 0) + each.times)
  return [...times].map(([error, count]) => ({ error, times: count }))
}

class Search {
  private readonly options: TuneOptions
  private readonly runner: Runner
  private readonly start: readonly number[]
  private used = 0
  private runs = 0
  private stopped = false
  private failures: readonly Failure[] = []
  /** Positions of the parameters that are searched, and how far the search may still be from its end. */
  private chosen: number[]
  private spread: number[]
  /** The targets, in units that are no smaller than the noise. */
  private targets: readonly Target[]

  constructor(runner: Runner, options: TuneOptions) {
    this.options = options
    this.start = options.parameters.map((parameter, i) => placeOf(parameter, options.before[i]!))
    this.chosen = options.parameters.map((_, i) => i)
    this.spread = options.parameters.map(() => 0)
    this.targets = options.targets
    this.runner = async (trials) => {
      const outcomes = await runner(trials)
      this.runs += outcomes.filter((outcome) => outcome !== null).length
      this.stopped ||= isStopped(outcomes)
      this.failures = joined(this.failures, failuresOf(outcomes))
      return outcomes
    }
  }

  /** Seeds not used before. */
  private fresh(count: number): string[] {
    const names = seedNames(this.options.base, count, this.used + 1)
    this.used += count
    return names
  }

  async find(): Promise<readonly number[]> {
    const { parameters, seeds, onStep } = this.options
    let place = this.start
    const first = await this.runner(this.fresh(CHECKED).map((seed) => ({ seed, point: pointAt(parameters, place) })))
    const deviations = this.options.targets.map(({ measure: { key } }) => summarize(valuesOf(first, key)).deviation)
    this.targets = withNoise(this.options.targets, deviations, Math.max(2, seeds))
    let loss = Number.POSITIVE_INFINITY
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const slopes = await this.slopes(place, true)
      if (slopes === null) return place
      if (round === 0) onStep?.('where it begins', lossOf(this.targets, slopes.values))
      this.chosen = chosenAmong(slopes, this.targets, this.start, this.options.most)
      const walked = await this.walk(place, this.restricted(slopes))
      place = walked.place
      if (walked.arrived || this.stopped) return place
      // Other parameters may do what these could not, unless a round brought little, or takes what the search may.
      if (walked.loss > 0.8 * loss || this.runs + 3 * parameters.length > this.options.atMost) break
      loss = walked.loss
    }
    return this.evolve(place)
  }

  /** Steps along the slopes of the searched parameters, as long as they bring something. */
  private async walk(from: readonly number[], first: Slopes) {
    const { parameters, seeds, onStep } = this.options
    let place = from
    let loss = Number.POSITIVE_INFINITY
    for (let step = 0; step < MOST_STEPS; step++) {
      const own = step === 0 ? first : await this.slopes(place, false)
      if (own === null) break
      const steps = [0.05, 0.5, 4].map((ridge) => this.whole(place, linearStep(own, this.targets, ridge)))
      const here = { ...own, place }
      const best = await bestTowards(this.runner, parameters, here, steps, this.fresh(Math.max(3, seeds)), this.targets)
      if (best === null) break
      place = best.place
      onStep?.(`step ${step + 1} along the slopes`, best.loss)
      if (best.loss < 0.02 * this.targets.length && (await this.holds(place))) return { place, loss, arrived: true }
      const stalled = best.loss > 0.8 * loss
      loss = Math.min(loss, best.loss)
      if (stalled) break
    }
    return { place, loss, arrived: false }
  }

  /** Slopes of all free parameters, or of those that are searched, the others as they are. */
  private slopes(place: readonly number[], all: boolean): Promise<Slopes | null> {
    const { parameters, seeds } = this.options
    const names = this.fresh(Math.max(2, seeds))
    if (all) return slopesAt(this.runner, parameters, place, names, this.targets)
    const own = this.chosen.map((i) => parameters[i]!)
    const rest = pointAt(parameters, place)
    const fixed: Runner = (trials) =>
      this.runner(trials.map((trial) => ({ ...trial, point: { ...rest, ...trial.point } })))
    return slopesAt(
      fixed,
      own,
      this.chosen.map((i) => place[i]!),
      names,
      this.targets,
    )
  }

  /** A place of the searched parameters among the others. */
  private whole(place: readonly number[], own: readonly number[]): number[] {
    return place.map((value, i) => (this.chosen.includes(i) ? inside(own[this.chosen.indexOf(i)]!) : value))
  }

  private restricted({ place, values, slopes }: Slopes): Slopes {
    const pick = (row: readonly number[]) => this.chosen.map((i) => row[i]!)
    return { place: pick(place), values, slopes: slopes.map(pick) }
  }

  private async evolve(from: readonly number[]): Promise<readonly number[]> {
    const { parameters, seeds, atMost, base, onStep } = this.options
    const { targets } = this
    const stream = makeRng(`tune ${base}`)
    const cma = new CmaEs({ mean: this.chosen.map((i) => from[i]!), sigma: 0.08 })
    const whole = (own: readonly number[]) => this.whole(from, own)
    let checked = from
    let least = Number.POSITIVE_INFINITY
    for (let generation = 1; this.runs + cma.lambda * seeds <= atMost; generation++) {
      const asked = cma.ask(() => stream.normal())
      const means = await evaluate(this.runner, parameters, asked.map(whole), this.fresh(seeds), targets)
      if (means === null) break
      // Outside the cube a point is evaluated at its border, and pays for the way back.
      const losses = means.map((values, i) => {
        const out = asked[i]!.reduce((sum, value) => sum + (value - inside(value)) ** 2, 0)
        return lossOf(targets, values) + 100 * out
      })
      cma.tell(losses)
      const sorted = [...losses].sort((a, b) => a - b)
      onStep?.(`generation ${generation}`, sorted[Math.floor(sorted.length / 2)]!)
      this.spread = this.start.map((_, i) => {
        const at = this.chosen.indexOf(i)
        return at < 0 ? 0 : cma.sigma * Math.sqrt(cma.covariance[at]![at]! / cma.lambda)
      })
      const due = generation % 8 === 0 || sorted[Math.floor(sorted.length / 2)]! < targets.length * 0.02
      if (!due && cma.sigma > 0.004) continue
      const middle = whole(cma.mean)
      const again = await evaluate(this.runner, parameters, [middle, checked], this.fresh(CHECKED), targets)
      if (again === null) break
      const [now, before] = again.map((values) => lossOf(targets, values)) as [number, number]
      if (now <= before) checked = middle
      least = Math.min(now, before)
      if ((least < 0.05 * targets.length && (await this.holds(checked))) || cma.sigma <= 0.004) break
    }
    return checked
  }

  /** Whether a place meets all targets on seeds that were not used before; those that count less may be missed by chance. */
  private async holds(place: readonly number[]): Promise<boolean> {
    const { parameters, targets } = this.options
    const point = pointAt(parameters, place)
    const outcomes = await this.runner(this.fresh(CHECKED).map((seed) => ({ seed, point })))
    return targets.every((target) => {
      const values = summarize(valuesOf(outcomes, target.measure.key))
      if (values.n === 0) return target.weight < 1
      const error = values.deviation / Math.sqrt(values.n)
      if (target.low === target.high) return isMet(target, values)
      const [low, high] =
        target.weight < 1 ? [target.low - error, target.high + error] : [target.low + error, target.high - error]
      return low <= values.mean && values.mean <= high
    })
  }

  async report(place: readonly number[]): Promise<Tuned> {
    const { parameters, targets, held, base, before } = this.options
    const own = this.chosen.map((i) => parameters[i]!)
    const all = pointAt(parameters, place)
    // A parameter that was not moved keeps its value, which may lie outside what is worth trying.
    const point = Object.fromEntries(
      Object.entries(all).filter(([path]) => {
        const i = parameters.findIndex((parameter) => parameter.path === path)
        return Math.abs(place[i]! - this.start[i]!) > 1e-9
      }),
    )
    const names = seedNames(`${base}-held`, held)
    const outcomes = await this.runner(names.map((seed) => ({ seed, point })))
    const summaries = targets.map(({ measure: { key } }) => summarize(valuesOf(outcomes, key)))
    // Of a search that was stopped there is no more to say than how far it came.
    const slopes = await this.slopes(place, false)
    // The search ended on few seeds, the result is known from the held ones, and a value may be missed by a little.
    const errors = summaries.map(({ deviation, mean, n }, t) => {
      const { low, high } = targets[t]!
      const missed = low === high ? mean - low : 0
      return n < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(deviation * deviation * (1 / n + 1 / 3) + missed * missed)
    })
    return {
      results: summaries.map((summary, t) => ({
        ...summary,
        target: targets[t]!,
        met: summary.n > 0 && isMet(targets[t]!, summary),
      })),
      parameters:
        slopes === null
          ? []
          : determined(
              own,
              this.chosen.map((i) => before[i]!),
              slopes,
              this.targets,
              errors,
              this.chosen.map((i) => this.spread[i]!),
            ),
      point,
      conflicts: slopes === null || this.stopped ? [] : conflicts(slopes, this.targets, summaries),
      seeds: names,
      runs: this.runs,
      outcomes,
      failures: this.failures,
      stopped: this.stopped,
    }
  }
}

import { makeRng } from '../../sim/index.ts'
import {
  type Index,
  type MorrisEffect,
  morrisEffects,
  morrisTrajectories,
  saltelliPoints,
  sobolIndices,
} from '../statistics/index.ts'
import { DUMMY, type Factor, isRange, pointAt, SEED } from './factors.ts'
import type { Measure } from './measures.ts'
import type { Outcome } from './run-trial.ts'
import { failuresOf, isStopped, measured, type Runner } from './runner.ts'
import { seedNames, type Trial } from './setting.ts'

/** What a factor does to a measure, by screening. */
export interface ScreenedFactor extends MorrisEffect {
  readonly factor: string
  /** +1 or −1 where the effect has one direction within its interval; 0 where it has both, or is of a group that is no range. */
  readonly direction: -1 | 0 | 1
  /** Whether it moves the measure more than another seed does. */
  readonly told: boolean
  /** The same in words. */
  readonly verdict: string
}

/** What a leading factor explains of a measure's variance. */
export interface LeaderIndex {
  readonly factor: string
  readonly first: Index
  readonly total: Index
  readonly verdict: string
}

export interface MeasureSensitivity {
  readonly measure: Measure
  /** Most important first; the dummy and the seed are among them. */
  readonly screened: readonly ScreenedFactor[]
  /** Of the leaders, most important first; the seed's part is noise. Empty without a second stage. */
  readonly indices: readonly LeaderIndex[]
}

export interface Sensitivity {
  readonly measures: readonly MeasureSensitivity[]
  readonly leaders: readonly string[]
  readonly seeds: readonly string[]
  readonly runs: number
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

export interface SensitivityOptions {
  readonly factors: readonly Factor[]
  readonly measures: readonly Measure[]
  readonly base: string
  /** Walks through the cube: each takes a run for every factor. 0: no screening. */
  readonly trajectories: number
  /** Factors for the second stage: how many of those that screening finds, or their names; 0 for none. */
  readonly leaders: number | readonly string[]
  /** Rows of its design. */
  readonly rows: number
  readonly onStage?: (stage: 'screening' | 'indices', runs: number) => void
}

/**
 * Morris screening of all factors in one go, then Sobol indices of those that lead. The seed is a factor of its own in
 * both: what it moves is noise. So is a dummy that nothing hangs on.
 */
export async function sensitivity(run: Runner, options: SensitivityOptions): Promise<Sensitivity> {
  const { factors, measures, base } = options
  const screened = options.trajectories === 0 ? NOT_SCREENED : await screen(run, options)
  const wanted = typeof options.leaders === 'number' ? leadersOf(screened.byMeasure, options.leaders) : options.leaders
  const leaders = screened.stopped ? [] : wanted
  const chosen = factors.filter(({ name }) => leaders.includes(name))
  const second = chosen.length > 0 ? await explain(run, chosen, options) : undefined
  return {
    measures: measures.map((measure, i) => ({
      measure,
      screened: screened.byMeasure[i] ?? [],
      indices: second?.byMeasure[i] ?? [],
    })),
    leaders: chosen.map(({ name }) => name),
    seeds: [...new Set([...screened.seeds, ...(second?.seeds ?? [])])].sort(
      (a, b) => numbered(a, base) - numbered(b, base),
    ),
    runs: [...screened.outcomes, ...(second?.outcomes ?? [])].filter((outcome) => outcome !== null).length,
    failures: failuresOf([...screened.outcomes, ...(second?.outcomes ?? [])]),
    stopped: screened.stopped || (second?.stopped ?? false),
  }
}

function numbered(seed: string, base: string): number {
  return Number(seed.slice(base.length + 1))
}

interface Stage<Row> {
  readonly byMeasure: readonly (readonly Row[])[]
  readonly outcomes: readonly (Outcome | null)[]
  readonly seeds: readonly string[]
  readonly stopped: boolean
}

const NOT_SCREENED: Stage<ScreenedFactor> = { byMeasure: [], outcomes: [], seeds: [], stopped: false }

/** A walk's two seeds: the one that it begins with, and the one that a step of the seed leads to. */
async function screen(run: Runner, options: SensitivityOptions): Promise<Stage<ScreenedFactor>> {
  const { factors, measures, base, trajectories: count } = options
  const parameters = factors.flatMap((factor) => factor.parameters)
  const groups = factors.flatMap((factor, group) => factor.parameters.map(() => group))
  const [dummy, seed] = [factors.length, factors.length + 1]
  const ranges = new Set(factors.flatMap((factor, group) => (isRange(factor) ? [group] : [])))
  const trajectories = morrisTrajectories([...groups, dummy, seed], count, makeRng(`morris ${base}`), 4, ranges)
  const trials = trajectories.flatMap(({ points }, t): Trial[] => {
    const seeds = seedNames(base, 2, 2 * t + 1)
    const start = points[0]!.at(-1)
    return points.map((place) => ({
      seed: place.at(-1) === start ? seeds[0]! : seeds[1]!,
      point: pointAt(parameters, place.slice(0, parameters.length)),
    }))
  })
  options.onStage?.('screening', trials.length)
  const outcomes = await run(trials)
  const names = [...factors.map(({ name }) => name), DUMMY, SEED]
  const width = names.length + 1
  const byMeasure = measures.map(({ key }) => {
    const results = trajectories.map((_, t) =>
      outcomes.slice(t * width, (t + 1) * width).map((outcome) => measured(outcome, key)),
    )
    const effects = morrisEffects(trajectories, results)
    const noise = effects[seed]!
    return effects
      .map((effect, i) => judged(names[i]!, effect, noise, factors[i]))
      .sort((a, b) => b.muStar - a.muStar || (a.factor < b.factor ? -1 : 1))
  })
  return { byMeasure, outcomes, seeds: [...new Set(trials.map((trial) => trial.seed))], stopped: isStopped(outcomes) }
}

function judged(factor: string, effect: MorrisEffect, noise: MorrisEffect, of: Factor | undefined): ScreenedFactor {
  const directed = of !== undefined && (of.parameters.length === 1 || isRange(of))
  const direction = !directed ? 0 : effect.muLow > 0 ? 1 : effect.muHigh < 0 ? -1 : 0
  const told = factor !== SEED && effect.largest > 0 && effect.low > noise.muStar
  const verdict =
    factor === SEED
      ? 'noise of the seed'
      : effect.largest === 0
        ? 'nothing at all'
        : told
          ? direction > 0
            ? 'raises it'
            : direction < 0
              ? 'lowers it'
              : 'moves it'
          : direction !== 0
            ? `${direction > 0 ? 'raises' : 'lowers'} it, ${effect.muStar > noise.muStar ? 'perhaps ' : ''}by no more than another seed does`
            : 'cannot be told from 0'
  return { factor, ...effect, direction, told, verdict }
}

/** The factors that lead somewhere: in turn the most important of every measure, until there are enough. */
function leadersOf(byMeasure: readonly (readonly ScreenedFactor[])[], count: number): string[] {
  const leaders = new Set<string>()
  const lists = byMeasure.map((rows) => rows.filter(({ told }) => told).map(({ factor }) => factor))
  for (let rank = 0; lists.some((list) => rank < list.length); rank++)
    for (const list of lists) if (list[rank] !== undefined && leaders.size < count) leaders.add(list[rank])
  return [...leaders]
}

/** Sobol indices of some factors, the rest as the setting has them. */
async function explain(
  run: Runner,
  factors: readonly Factor[],
  options: SensitivityOptions,
): Promise<Stage<LeaderIndex>> {
  const { measures, base, rows } = options
  const parameters = factors.flatMap((factor) => factor.parameters)
  const names = [...factors.map(({ name }) => name), DUMMY, SEED]
  const width = names.length + 2
  // One coordinate a factor: the parameters of a group are drawn from a stream that the coordinate names.
  const trials = saltelliPoints(rows, names.length).map((place, at): Trial => {
    const row = Math.floor(at / width)
    const own = factors.flatMap((factor, i) =>
      factor.parameters.length === 1 ? [place[i]!] : spreadOver(place[i]!, factor.parameters.length),
    )
    // The seed's coordinate says which of the row's two seeds: that of A, or that of B.
    const isB = at % width === width - 1 || at % width === names.length
    return { seed: `${base}-${2 * row + (isB ? 2 : 1)}`, point: pointAt(parameters, own) }
  })
  options.onStage?.('indices', trials.length)
  const outcomes = await run(trials)
  const byMeasure = measures.map(({ key }) => {
    const results = outcomes.map((outcome) => measured(outcome, key))
    const { first, total } = sobolIndices(results, names.length, makeRng(`bootstrap ${base} ${key}`))
    return names
      .map((factor, i): LeaderIndex => {
        return { factor, first: first[i]!, total: total[i]!, verdict: indexVerdict(factor, total[i]!) }
      })
      .sort((a, b) => b.total.value - a.total.value || (a.factor < b.factor ? -1 : 1))
  })
  return { byMeasure, outcomes, seeds: [...new Set(trials.map((trial) => trial.seed))], stopped: isStopped(outcomes) }
}

function indexVerdict(factor: string, total: Index): string {
  if (factor === SEED) return 'noise of the seed, with what it does to the others'
  if (total.value === 0 && total.high === 0) return 'nothing at all'
  return total.low > 0 ? 'explains a part' : 'cannot be told from 0'
}

/** Places of a group's parameters, from one coordinate. */
function spreadOver(coordinate: number, count: number): number[] {
  const stream = makeRng(`group ${coordinate}`)
  return Array.from({ length: count }, () => stream.next())
}

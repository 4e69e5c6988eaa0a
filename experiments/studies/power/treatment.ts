import { badInput, type Parameter } from '../../../sim/index.ts'
import { type Summary, summarize } from '../../statistics/index.ts'
import type { Measure } from '../measures.ts'
import { measured, type Runner } from '../runner.ts'
import { fromUnit } from '../scales.ts'
import { type Point, seedNames } from '../setting.ts'
import { inside } from '../tune/evaluate.ts'
import { placeOf } from '../tune/findings.ts'
import { type Effect, sizeOf } from './effect.ts'

/** A policy that makes the effect when everybody lives by it. */
export interface Treatment {
  readonly path: string
  readonly before: number
  readonly value: number
}

export interface TreatmentOptions {
  readonly measure: Measure
  readonly effect: Effect
  /** Parameters of which one shall make it, and their values before. */
  readonly candidates: readonly Parameter[]
  readonly before: readonly number[]
  readonly base: string
  readonly onStep?: (text: string) => void
}

/** Seeds by which the candidates are told apart, and by which the value is found. */
const PROBES = 3
const SEEDS = 10
/** How far the candidates are moved to see what they do: a part of their span. */
const PROBED = 0.15
const MOST_ROUNDS = 5
/** Candidates that are tried in turn where the first does not reach. */
const MOST_TRIED = 3

/**
 * Finds a parameter and its value such that the metric changes by the effect when everybody lives by it. Seeds are in
 * common, so what a value does is told apart from chance.
 *
 * @returns null when the experiment was stopped
 * @throws MingleError BAD_INPUT when no candidate reaches the effect between the ends worth trying
 */
export async function findTreatment(run: Runner, options: TreatmentOptions): Promise<Treatment | null> {
  const { measure, effect, candidates, before, base, onStep } = options
  const seeds = seedNames(`${base}-find`, SEEDS)
  /** Mean change of the metric, by value; null when stopped. */
  const changes = async (points: readonly Point[], count: number): Promise<Summary[] | null> => {
    const own = seeds.slice(0, count)
    const outcomes = await run([{}, ...points].flatMap((point) => own.map((seed) => ({ seed, point }))))
    if (outcomes.includes(null)) return null
    const at = (i: number, s: number) => measured(outcomes[i * count + s], measure.key)
    return points.map((_, i) =>
      summarize(own.map((__, s) => at(i + 1, s) - at(0, s)).filter((value) => !Number.isNaN(value))),
    )
  }
  const without = await run(seeds.map((seed) => ({ seed, point: {} })))
  if (without.includes(null)) return null
  const known = without.map((outcome) => measured(outcome, measure.key)).filter((value) => !Number.isNaN(value))
  if (known.length === 0)
    throw badInput(`there is no ${measure.key} to measure in so few people and days; give more --count or --days`)
  const wanted = sizeOf(effect, summarize(known).mean)
  const moves = candidates.flatMap((parameter, i) =>
    [-PROBED, PROBED].map((step) => ({ parameter, from: placeOf(parameter, before[i]!), step, i })),
  )
  const open = moves.filter(({ from, step }) => inside(from + step) !== from)
  const probed = await changes(
    open.map(({ parameter, from, step }) => ({ [parameter.path]: fromUnit(parameter, inside(from + step)) })),
    PROBES,
  )
  if (probed === null) return null
  const ways = open
    .map((move, m) => ({ ...move, slope: probed[m]!.mean / (inside(move.from + move.step) - move.from) }))
    .filter(({ slope, step }) => slope * step * wanted > 0)
    .sort((a, b) => Math.abs(b.slope) - Math.abs(a.slope) || a.i - b.i)
  let most = { path: '', mean: 0 }
  for (const { parameter, from, step, slope, i } of ways.slice(0, MOST_TRIED)) {
    let place = inside(from + wanted / slope)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const value = fromUnit(parameter, place)
      const found = await changes([{ [parameter.path]: value }], SEEDS)
      if (found === null) return null
      const { mean, deviation, n } = found[0]!
      onStep?.(`${parameter.path}=${value} changes ${measure.key} by ${mean.toPrecision(3)}`)
      if (Math.abs(mean) > Math.abs(most.mean) && mean * wanted > 0) most = { path: parameter.path, mean }
      const near = Math.max(0.05 * Math.abs(wanted), (0.7 * deviation) / Math.sqrt(n))
      if (Math.abs(mean - wanted) <= near && mean * wanted > 0)
        return { path: parameter.path, before: before[i]!, value }
      const reached = mean * wanted > 0 ? wanted / mean : 2
      const next = inside(from + (place - from) * Math.min(4, Math.max(0.2, reached)))
      // At the end of what is worth trying, and more would be needed.
      if (next === place || fromUnit(parameter, next) === value) break
      place = next === from ? inside(from + step / 4) : next
    }
  }
  const who = candidates.length === 1 ? `${candidates[0]!.path} does not move` : 'no policy of one person moves'
  const far = most.path === '' ? '' : ` (the most is ${most.mean.toPrecision(2)} by ${most.path})`
  throw badInput(`${who} ${measure.key} by ${effect.text}${far}; ask for another effect, or name a parameter with --by`)
}

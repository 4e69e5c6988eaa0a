import { badInput } from '../../../sim/index.ts'
import { MEASURES, type Measure } from '../measures.ts'

/** What a measure shall be: a value (both ends equal), or anything within a band. An end may be infinite. */
export interface Target {
  readonly measure: Measure
  readonly low: number
  readonly high: number
  /** What counts as one unit of missing it. */
  readonly scale: number
  /** How much missing it counts: less for bands that are not mandated. */
  readonly weight: number
}

const NUMBER = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?`
const TARGET = new RegExp(`^(${NUMBER})(?:\\.\\.(${NUMBER}))?$`, 'i')

/** A target from its text, `0.10` or `0.08..0.12`. @throws MingleError BAD_INPUT */
export function parseTarget(measure: Measure, text: string): Target {
  const found = TARGET.exec(text)
  if (found === null)
    throw badInput(
      `--target ${measure.key}=${text} is no target; give a value such as ${measure.key}=0.1, or a band as 0.08..0.12`,
    )
  const [low, high] = [Number(found[1]), Number(found[2] ?? found[1])]
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw badInput(`--target ${measure.key}=${text} is beyond all numbers; give a smaller one`)
  if (low > high)
    throw badInput(`--target ${measure.key}: the band goes from ${low} to ${high}; give its lower end first`)
  return target(measure, low, high)
}

/** A target at all bands of the scorecard, the mandated and those from the literature, but for what nobody can tune. */
export function bandTargets(): Target[] {
  return MEASURES.filter(({ status, low, high }) => (status === 'mandated' || status === 'banded') && low !== high).map(
    (measure) => ({
      ...target(measure, measure.low, measure.high),
      weight: measure.status === 'mandated' ? 1 : 0.3,
    }),
  )
}

/** Targets whose units are no smaller than what another seed does: of what a run cannot tell, nothing is made. */
export function withNoise(targets: readonly Target[], deviations: readonly number[], seeds: number): Target[] {
  return targets.map((each, t) => {
    const noise = (Number.isFinite(deviations[t]!) ? deviations[t]! : 0) / Math.sqrt(seeds)
    return { ...each, scale: Math.sqrt(each.scale * each.scale + 4 * noise * noise) }
  })
}

/** A value is missed by a unit when it is off by a tenth of the metric's band, or a twentieth of itself without one. */
function target(measure: Measure, low: number, high: number): Target {
  const half = (high - low) / 2
  const band = measure.high - measure.low
  const own = Number.isFinite(low) ? low : high
  const whole = { measure, low, high, weight: 1 }
  if (half > 0 && Number.isFinite(half)) return { ...whole, scale: half }
  if (half === 0 && Number.isFinite(band) && band > 0 && measure.status !== 'volume')
    return { ...whole, scale: band / 10 }
  return { ...whole, scale: Math.max(Math.abs(own) / (half === 0 ? 20 : 4), 1e-6) }
}

/** How far a value is from its target, in units, with its sign; a band is aimed at its inner part, so as to stay inside. */
export function missedBy({ low, high, scale }: Target, value: number): number {
  if (low === high) return (value - low) / scale
  // The outer fifth of a band on either side is not aimed at.
  const inset = Number.isFinite(high - low) ? 0.2 * (high - low) : 0.5 * scale
  if (value < low + inset) return (value - (low + inset)) / scale
  if (value > high - inset) return (value - (high - inset)) / scale
  return 0
}

/** What a value that cannot be measured counts as. */
const UNKNOWN = 10

/** Sum of squared misses over targets. @param values by target */
export function lossOf(targets: readonly Target[], values: readonly number[]): number {
  let loss = 0
  for (const [i, each] of targets.entries()) {
    const missed = Number.isFinite(values[i]!) ? missedBy(each, values[i]!) : UNKNOWN
    loss += each.weight * missed * missed
  }
  return loss
}

/** Whether a mean with its interval meets a target: a band holds the mean, a value lies in the interval or within half a unit. */
export function isMet({ low, high, scale }: Target, mean: { mean: number; low: number; high: number }): boolean {
  if (low !== high) return mean.mean >= low && mean.mean <= high
  return (mean.low <= low && low <= mean.high) || Math.abs(mean.mean - low) <= scale / 2
}

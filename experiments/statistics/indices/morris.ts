import type { Stream } from '../../../sim/kernel/index.ts'
import { summarize } from '../intervals/mean.ts'

/** A walk through the cube in which one group after another moves. */
export interface Trajectory {
  /** groups + 1 points of numbers in 0–1. */
  readonly points: readonly (readonly number[])[]
  /** Which group moved on the way to each next point, and by how much: for a group whose members go both ways, up. */
  readonly moved: readonly { readonly group: number; readonly by: number }[]
}

export interface MorrisEffect {
  /** Mean of the elementary effects; 0 where effects of either sign cancel. Without meaning for groups of several. */
  readonly mu: number
  /** 95% interval of `mu`. */
  readonly muLow: number
  readonly muHigh: number
  /** Mean of their absolute values: how much the factor matters. F. Campolongo et al. 2007. */
  readonly muStar: number
  /** 95% interval of `muStar`. */
  readonly low: number
  readonly high: number
  /** Standard deviation of the effects: large where they depend on the other factors. */
  readonly sigma: number
  /** Largest absolute effect: exactly 0 for what changes nothing. */
  readonly largest: number
}

/**
 * Trajectories of Morris's design: M. D. Morris, "Factorial sampling plans for preliminary computational experiments",
 * Technometrics 33 (1991) 161–174, with groups of factors that move together.
 *
 * @param groups the group of each factor, 0 … g − 1
 * @param levels of the grid in each dimension, even; steps are levels / (2 (levels − 1)) of the range
 * @param together groups whose members all go the same way, such as the two ends of a range: their effect has a direction
 */
export function morrisTrajectories(
  groups: readonly number[],
  count: number,
  stream: Stream,
  levels = 4,
  together: ReadonlySet<number> = new Set(),
): Trajectory[] {
  const delta = levels / (2 * (levels - 1))
  const many = Math.max(...groups) + 1
  const sizes = Array.from({ length: many }, (_, group) => groups.filter((each) => each === group).length)
  return Array.from({ length: count }, () => {
    // The lower half of the grid, from which a step up stays in; half of the factors go the other way.
    const low = groups.map(() => stream.nextInt(levels / 2) / (levels - 1))
    const each = groups.map(() => stream.chance(0.5))
    const up = groups.map((group, i) => each[together.has(group) ? groups.indexOf(group) : i]!)
    const order = stream.shuffle(sizes.map((_, group) => group))
    let point = low.map((value, i) => (up[i] ? value : value + delta))
    const points = [point]
    const moved = order.map((group) => {
      point = point.map((value, i) => (groups[i] !== group ? value : up[i] ? low[i]! + delta : low[i]!))
      points.push(point)
      const first = groups.indexOf(group)
      const directed = sizes[group] === 1 || together.has(group)
      return { group, by: directed && !up[first] ? -delta : delta }
    })
    return { points, moved }
  })
}

/**
 * Effects of every group, from the results at the trajectories' points.
 *
 * @param results by trajectory, one a point; an effect with a result that is no number is left out
 */
export function morrisEffects(
  trajectories: readonly Trajectory[],
  results: readonly (readonly number[])[],
): MorrisEffect[] {
  const effects: number[][] = []
  for (const [t, { moved }] of trajectories.entries()) {
    for (const [step, { group, by }] of moved.entries()) {
      const effect = (results[t]![step + 1]! - results[t]![step]!) / by
      effects[group] ??= []
      if (Number.isFinite(effect)) effects[group].push(effect)
    }
  }
  return effects.map((own) => {
    const { mean: mu, low: muLow, high: muHigh, deviation: sigma } = summarize(own)
    const absolute = own.map(Math.abs)
    const { mean: muStar, low, high } = summarize(absolute)
    return { mu, muLow, muHigh, muStar, low: Math.max(0, low), high, sigma, largest: Math.max(0, ...absolute) }
  })
}

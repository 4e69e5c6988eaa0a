import { type Summary, summarize } from '../statistics/index.ts'
import { MEASURES, type Measure } from './measures.ts'
import type { Outcome } from './run-trial.ts'
import { failuresOf, isStopped, type Runner, valuesOf } from './runner.ts'
import { type Point, seedNames, type Trial } from './setting.ts'

/** A measure at a point. */
export interface SweepRow extends Summary {
  readonly point: number
  readonly measure: Measure
}

export interface Sweep {
  readonly points: readonly Point[]
  readonly seeds: readonly string[]
  /** By point, then by measure. */
  readonly rows: readonly SweepRow[]
  /** By point, then by seed. */
  readonly outcomes: readonly (readonly (Outcome | null)[])[]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

/**
 * The runs of a sweep in the order in which they are made: the first seed at all points, then the second, so that a sweep
 * that is stopped has nearly the same seeds everywhere; and the points of a seed in an order that is spread over the
 * design (indices with their bits turned round), so that even its first half is.
 */
export function sweepTrials(points: readonly Point[], seeds: readonly string[]): Trial[] {
  const order = spread(points.length)
  return seeds.flatMap((seed) => order.map((i) => ({ seed, point: points[i]! })))
}

/** Runs every point with the same seeds. */
export async function sweep(
  run: Runner,
  points: readonly Point[],
  options: { readonly base: string; readonly seeds: number },
): Promise<Sweep> {
  const seeds = seedNames(options.base, options.seeds)
  const flat = await run(sweepTrials(points, seeds))
  const outcomes = points.map(() => [] as (Outcome | null)[])
  const order = spread(points.length)
  for (const [at, outcome] of flat.entries()) outcomes[order[at % points.length]!]!.push(outcome)
  const rows = points.flatMap((_, point) =>
    MEASURES.map((measure) => ({ point, measure, ...summarize(valuesOf(outcomes[point]!, measure.key)) })),
  )
  return { points, seeds, rows, outcomes, failures: failuresOf(flat), stopped: isStopped(flat) }
}

/** 0 … n − 1 in the order of their reversed bits. */
function spread(n: number): number[] {
  let bits = 0
  while (1 << bits < n) bits++
  const order: number[] = []
  for (let i = 0; i < 1 << bits; i++) {
    let turned = 0
    for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) turned |= 1 << (bits - 1 - bit)
    if (turned < n) order.push(turned)
  }
  return order
}

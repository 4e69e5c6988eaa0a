import type { Slopes } from './jacobian.ts'
import { lossOf, missedBy, type Target } from './targets.ts'

/** How far a parameter must have been moved, as a part of its span, to stay among those that are searched. */
const MOVED = 0.02

/**
 * Positions of the parameters that matter, ascending: by what they can do, up to their ends, to what is missed, and by
 * what they do to all targets. Those that the search has moved already stay among them.
 *
 * @param start where the search began
 * @param most how many at most
 */
export function chosenAmong(
  { place, slopes, values }: Slopes,
  targets: readonly Target[],
  start: readonly number[],
  most: number,
): number[] {
  const away = targets.map((target, t) => (Number.isFinite(values[t]!) ? missedBy(target, values[t]!) : 0))
  const missed = targets.map((target, t) => Math.sqrt(lossOf([target], [values[t]!])))
  /** By how much a parameter can bring a target nearer, in the target's units. */
  const reach = (t: number, i: number): number => {
    const slope = slopes[t]![i]!
    return Math.abs(slope) * (slope * away[t]! > 0 ? place[i]! : 1 - place[i]!)
  }
  // A step helps a target by at most what it is missed by; what would go beyond that is no merit.
  const scores = place.map((_, i) =>
    slopes.reduce(
      (sum, row, t) => sum + Math.min(reach(t, i), 3) * missed[t]! + 0.02 * Math.min(Math.abs(row[i]!), 3),
      0,
    ),
  )
  const byScore = scores.map((score, i) => ({ score, i })).sort((a, b) => b.score - a.score || a.i - b.i)
  // First the two that can do most for each missed target, the target missed most first; then whatever does most for all.
  const first = missed
    .map((by, t) => ({ by, t }))
    .filter(({ by }) => by > 0.1)
    .sort((a, b) => b.by - a.by || a.t - b.t)
    .flatMap(({ t }) =>
      place
        .map((_, i) => ({ size: reach(t, i), i }))
        .filter(({ size }) => size > 0.2)
        .sort((a, b) => b.size - a.size || a.i - b.i)
        .slice(0, 2),
    )
  const moved = byScore.filter(({ i }) => Math.abs(place[i]! - start[i]!) > MOVED)
  const all = [...new Set([...first, ...moved, ...byScore].map(({ i }) => i))]
  return all.slice(0, most).sort((a, b) => a - b)
}

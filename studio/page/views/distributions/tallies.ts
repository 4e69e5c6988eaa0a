import {
  DELAY_BINS,
  delayEdge,
  GENDERS,
  POST_RATE_BINS,
  POST_RATE_PER_WEEK,
  type Tally,
} from '../../../../sim/index.ts'
import type { Bar } from '../../charts/Bars.tsx'

const none = new Float64Array(0)
export const vectorOf = (tally: Tally | null, name: string) => tally?.vectors[name] ?? none

const total = (counts: ArrayLike<number>) => {
  let sum = 0
  for (let i = 0; i < counts.length; i++) sum += counts[i]!
  return sum
}

/** Shares of a whole, place by place. */
const shares = (counts: ArrayLike<number>) => {
  const whole = total(counts)
  return Array.from(counts as ArrayLike<number>, (count) => (whole > 0 ? count / whole : 0))
}

/** Joins places into bars, the last of which holds all beyond. */
function binned(counts: ArrayLike<number>, edges: readonly number[]): number[] {
  const bins = edges.map(() => 0)
  for (let value = 0; value < counts.length; value++) {
    let bin = 0
    while (bin + 1 < edges.length && value >= edges[bin + 1]!) bin++
    if (value >= edges[0]!) bins[bin]! += counts[value]!
  }
  return bins
}

const paired = (labels: readonly string[], now: readonly number[], base: readonly number[] | null): Bar[] =>
  labels.map((label, i) => ({ label, now: now[i] ?? 0, base: base ? (base[i] ?? 0) : undefined }))

const labelsOf = (edges: readonly number[]) =>
  edges.map((from, i) =>
    i === edges.length - 1 ? `${from}+` : edges[i + 1]! - from === 1 ? `${from}` : `${from}–${edges[i + 1]! - 1}`,
  )

const RECEIVED = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]
const LENGTHS = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70]
const POST_LIKES = [0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22]

export function likesReceived(now: Tally, base: Tally | null, gender: string): Bar[] {
  const of = (tally: Tally) => shares(binned(vectorOf(tally, `received.${gender}`), RECEIVED))
  return paired(labelsOf(RECEIVED), of(now), base && of(base))
}

export function threadLengths(now: Tally, base: Tally | null): Bar[] {
  const of = (tally: Tally) => shares(binned(vectorOf(tally, 'thread.length'), LENGTHS))
  return paired(labelsOf(LENGTHS), of(now), base && of(base))
}

export function likesPerPost(now: Tally, base: Tally | null): Bar[] {
  const of = (tally: Tally) => shares(binned(vectorOf(tally, 'post.likes'), POST_LIKES))
  return paired(labelsOf(POST_LIKES), of(now), base && of(base))
}

/** Bars of equal width on a logarithmic axis: from a minute to a month, about four to a factor of ten. */
export function replyDelays(now: Tally, base: Tally | null): Bar[] {
  const edges = Array.from({ length: 21 }, (_, i) => 60 * 10 ** (i / 4.3))
  const of = (tally: Tally) => {
    const bins = edges.map(() => 0)
    const counts = vectorOf(tally, 'delay')
    for (let bin = 0; bin < Math.min(counts.length, DELAY_BINS); bin++) {
      const middle = (delayEdge(bin) + delayEdge(bin + 1)) / 2
      let at = 0
      while (at + 1 < edges.length && middle >= edges[at + 1]!) at++
      bins[at]! += counts[bin]!
    }
    return shares(bins)
  }
  return paired(edges.map(duration), of(now), base && of(base))
}

function duration(seconds: number): string {
  if (seconds < 3600) return `${Math.round(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.round(seconds / 3600)}h`
  return `${Math.round(seconds / 86_400)}d`
}

export function postsAWeek(now: Tally, base: Tally | null): Bar[] {
  const width = 0.5
  const bars = 20
  const of = (tally: Tally) => {
    const bins = Array.from({ length: bars }, () => 0)
    const counts = vectorOf(tally, 'posting.rate')
    for (let bin = 0; bin < Math.min(counts.length, POST_RATE_BINS); bin++)
      bins[Math.min(bars - 1, Math.floor(bin / POST_RATE_PER_WEEK / width))]! += counts[bin]!
    return shares(bins)
  }
  return paired(
    Array.from({ length: bars }, (_, i) => (i === bars - 1 ? `${i * width}+` : `${i * width}`)),
    of(now),
    base && of(base),
  )
}

/** @param weekend weekends in place of weekdays */
export function hoursOfDay(now: Tally, base: Tally | null, weekend: boolean): Bar[] {
  const of = (tally: Tally) => shares(vectorOf(tally, 'hour').subarray(weekend ? 24 : 0, weekend ? 48 : 24))
  return paired(
    Array.from({ length: 24 }, (_, hour) => `${hour}`),
    of(now),
    base && of(base),
  )
}

/** Cumulated share of likes (in hundredths of the people, ascending): the Lorenz curve. */
export function lorenz(tally: Tally | null, gender: string): number[] {
  const counts = vectorOf(tally, `received.${gender}`)
  const people = total(counts)
  let likes = 0
  for (let value = 0; value < counts.length; value++) likes += value * counts[value]!
  const curve: number[] = []
  if (people === 0 || likes === 0) return Array.from({ length: 101 }, () => Number.NaN)
  let value = 0
  let before = 0
  let gathered = 0
  for (let percent = 0; percent <= 100; percent++) {
    const rank = (percent / 100) * people
    while (value < counts.length && before + counts[value]! < rank) {
      gathered += value * counts[value]!
      before += counts[value]!
      value++
    }
    curve.push((gathered + (rank - before) * value) / likes)
  }
  return curve
}

export { GENDERS }

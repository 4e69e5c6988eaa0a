import { type Interval, type Measure, wilson } from '../../sim/observe/index.ts'

export const NOTHING: Measure = { value: Number.NaN, n: 0, interval: null }

export function share(count: number, n: number): Measure {
  return { value: count / n, n, interval: wilson(count, n) }
}

export function plain(value: number, n: number, interval: Interval | null = null): Measure {
  return { value, n, interval }
}

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

/** Sample standard deviation. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(sum(values.map((x) => (x - centre) ** 2)) / (values.length - 1))
}

export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const centreX = mean(pairs.map(([x]) => x))
  const centreY = mean(pairs.map(([, y]) => y))
  let xx = 0
  let xy = 0
  let yy = 0
  for (const [x, y] of pairs) {
    xx += (x - centreX) ** 2
    xy += (x - centreX) * (y - centreY)
    yy += (y - centreY) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

/** Values and how often each occurs; the bins of a quantile are [value, value + width). */
export type Frequencies = ReadonlyMap<number, number>

export function frequencies(values: Iterable<number>): Map<number, number> {
  const found = new Map<number, number>()
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1)
  return found
}

/** Where the cumulated share reaches q: the bin's lower edge and how far into it, 0–1. */
export function reach(counts: Frequencies, q: number): { readonly value: number; readonly within: number } | null {
  const sorted = [...counts].filter(([, count]) => count > 0).sort((a, b) => a[0] - b[0])
  const target = q * sum(sorted.map(([, count]) => count))
  let passed = 0
  for (const [value, count] of sorted) {
    if (passed + count >= target) return { value, within: Math.max(0, (target - passed) / count) }
    passed += count
  }
  return null
}

/** Gini coefficient by the mean absolute difference of the sorted values. */
export function giniOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const weighted = sum(sorted.map((x, i) => (2 * (i + 1) - n - 1) * x))
  return weighted / (n * sum(sorted))
}

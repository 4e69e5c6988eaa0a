import type { Metric } from '../bands.ts'
import { type Tally, vector } from '../tally.ts'
import { deriveWindow } from './derive.ts'

/** Days and profile counts named per metric. */
const NAMED = 3

/**
 * What stands behind a metric's value, in words: for metrics filed by day the days farthest outside the band, for
 * profiles what is missing, else nothing. For the reader of a failed scorecard.
 */
export function behind(tally: Tally, metric: Metric): string[] {
  if (metric.id === '8') {
    const counts = vector(tally, 'profile')
    return [`no quiz ${counts[3]}`, `no bio ${counts[4]}`, `no photo ${counts[5]}`, `never posts ${counts[6]}`]
  }
  if (metric.id === '5' || !(metric.id in deriveWindow(tally, { from: 0, to: tally.days }))) return []
  const days: { day: number; value: number; n: number; miss: number }[] = []
  for (let day = 0; day < tally.days; day++) {
    const { value, n } = deriveWindow(tally, { from: day, to: day + 1 })[metric.id]!
    if (n === 0) continue
    const miss = Math.max(metric.low - value, value - metric.high)
    if (miss > 0) days.push({ day, value, n, miss: miss * Math.sqrt(n) })
  }
  days.sort((a, b) => b.miss - a.miss || a.day - b.day)
  return days.slice(0, NAMED).map(({ day, value, n }) => `day ${day}: ${value.toFixed(3)} of ${n} ${metric.of}`)
}

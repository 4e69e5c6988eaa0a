import type { Scorecard } from '../../run/index.ts'
import { amount, band, verdictWord } from './bands.ts'
import { printTable } from './table.ts'

export function printSeeds({ rows, drift, holds }: Scorecard): void {
  printTable(
    ['metric', 'mean', '95% interval', 'seeds from – to', 'band', 'status', ''],
    rows.map(({ metric: { name, unit, low, high, status }, mean, interval, least, greatest, verdict }) => [
      name,
      amount(mean, unit),
      interval ? `${amount(interval[0], unit)} – ${amount(interval[1], unit)}` : '',
      `${amount(least, unit)} – ${amount(greatest, unit)}`,
      band(low, high, unit),
      status,
      verdictWord(verdict),
    ]),
  )
  const moved = drift.filter(({ verdict }) => verdict !== 'not asserted')
  if (moved.length > 0) {
    console.log('')
    printTable(
      ['drift, days 60–90 less 10–30', 'mean', '95% interval', 'limit', ''],
      moved.map(({ metric: { name, unit }, mean, interval, limit, verdict }) => [
        name,
        amount(mean, unit),
        interval ? `${amount(interval[0], unit)} – ${amount(interval[1], unit)}` : '',
        `± ${amount(limit, unit)}`,
        verdictWord(verdict),
      ]),
    )
  }
  console.log('')
  console.log(
    holds ? 'No mandated metric is outside its band or drifts.' : 'A mandated metric is outside its band or drifts.',
  )
}

/** The same as plain data; open ends of bands and unknown values are null. */
export function seedsJson({ rows, drift, holds }: Scorecard): {
  holds: boolean
  metrics: Record<string, unknown>
  drift: Record<string, unknown>
} {
  const metrics = rows.map(({ metric: { id, name, unit, low, high, status }, ...row }) => {
    return [id, { name, unit, low, high, status, ...row }] as const
  })
  const moved = drift.map(({ metric: { id }, ...row }) => [id, row] as const)
  return { holds, metrics: Object.fromEntries(metrics), drift: Object.fromEntries(moved) }
}

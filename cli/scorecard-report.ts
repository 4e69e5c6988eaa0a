import type { Scorecard } from '../run/index.ts'
import { amount, band, verdictWord } from './bands.ts'
import { printTable } from './table.ts'

export function printSeeds({ rows, holds }: Scorecard): void {
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
  console.log('')
  console.log(holds ? 'No mandated metric is outside its band.' : 'A mandated metric is outside its band.')
}

/** The same as plain data; open ends of bands and unknown values are null. */
export function seedsJson({ rows, holds }: Scorecard): { holds: boolean; metrics: Record<string, unknown> } {
  const metrics = rows.map(({ metric: { id, name, unit, low, high, status }, ...row }) => {
    return [id, { name, unit, low, high, status, ...row }] as const
  })
  return { holds, metrics: Object.fromEntries(metrics) }
}

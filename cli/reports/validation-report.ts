import type { Validation } from '../../persist/index.ts'
import { amount, band, verdictWord } from './bands.ts'
import { grouped, printTable } from './table.ts'

export function printValidation({ run, checks, metrics, drift, unchecked, passed }: Validation): void {
  console.log(`run '${run.seed}': ${grouped(run.people)} people, ${run.days} days`)
  console.log('')
  printTable(
    ['check', 'found', 'expected', ''],
    checks.map((check) => [check.name, rounded(check.value), check.expected, okWord(check.ok)]),
  )
  for (const { name, ok, detail } of checks) if (ok === false && detail !== '') console.log(`${name}: ${detail}`)
  console.log('')
  const shown = metrics.filter(({ metric }) => metric.status !== 'reported')
  printTable(
    ['metric', 'value', '95% interval', 'band', 'of', ''],
    shown.map(({ metric: { name, unit, low, high }, value, interval, n, verdict }) => [
      name,
      amount(value, unit),
      interval ? `${amount(interval[0], unit)} – ${amount(interval[1], unit)}` : '',
      band(low, high, unit),
      n,
      verdictWord(verdict),
    ]),
  )
  for (const { metric, behind } of shown) if (behind.length > 0) console.log(`${metric.name}: ${behind.join('; ')}`)
  if (drift.some(({ verdict }) => verdict !== 'not asserted')) {
    console.log('')
    printTable(
      ['drift', 'early', 'late', 'at most', ''],
      drift.map(({ metric: { name, unit }, early, late, limit, verdict }) => [
        name,
        amount(early.value, unit),
        amount(late.value, unit),
        amount(limit, unit),
        verdictWord(verdict),
      ]),
    )
  }
  if (unchecked.length > 0) {
    console.log('')
    printTable(
      ['not checked', 'your models do not hold'],
      unchecked.map(({ name, missing }) => [name, missing.join(', ')]),
    )
  }
  console.log('')
  console.log(passed ? 'Everything holds that must.' : 'Something that must hold does not.')
}

/** The same as plain data; open ends of bands and unknown values are null. */
export function validationJson({
  run,
  checks,
  metrics,
  drift,
  unchecked,
  passed,
}: Validation): Record<string, unknown> {
  const lines = metrics.map(({ metric: { id, name, unit, low, high, status }, ...row }) => {
    return [id, { name, unit, low, high, status, ...row }] as const
  })
  const drifts = drift.map(({ metric: { id, name }, ...row }) => [id, { name, ...row }] as const)
  return { run, passed, checks, metrics: Object.fromEntries(lines), drift: Object.fromEntries(drifts), unchecked }
}

function rounded(value: number): string {
  return grouped(Math.round(value * 1000) / 1000)
}

function okWord(ok: boolean | null): string {
  return ok === null ? 'not asserted' : ok ? 'ok' : 'WRONG'
}

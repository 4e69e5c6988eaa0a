import type { RunResult } from '../run/index.ts'
import { summaryOf } from '../run/index.ts'
import { printTable } from './table.ts'

/** The one object of `--json`. */
export function printJson(result: RunResult): void {
  const { seed, people, days, startDate } = summaryOf(result.run)
  const { status, digest, rows, seconds } = result
  console.log(
    JSON.stringify({ seed, status, people, days, startDate, digest, rows, metrics: {}, seconds: rounded(seconds) }),
  )
}

/** What a person wants to see at the end of a run. */
export function printReport(result: RunResult, storeUrl: string): void {
  const run = summaryOf(result.run)
  const { seconds } = result
  const total = Object.values(result.rows).reduce((sum, rows) => sum + rows, 0)
  console.log('')
  printTable(['table', 'rows'], [...Object.entries(result.rows), ['all', total]])
  console.log('')
  printTable(
    ['phase', 'seconds'],
    Object.entries(rounded(seconds)).map(([phase, value]) => [phase, value.toFixed(2)]),
  )
  console.log('')
  console.log(`${run.people} people, ${run.days} days from ${run.startDate}, in ${storeUrl}`)
  console.log(`run seed  ${run.seed}`)
  if (result.digest !== null) console.log(`digest    ${result.digest}`)
}

function rounded<T extends object>(seconds: T): Record<string, number> {
  return Object.fromEntries(Object.entries(seconds).map(([phase, value]) => [phase, Math.round(value * 1000) / 1000]))
}

import type { JobsResult } from '../../jobs/index.ts'
import { type MetricLine, type RunResult, summaryOf } from '../../run/index.ts'
import { amount, band, verdictWord } from './bands.ts'
import { jobsJson, printJobs } from './jobs-report.ts'
import { grouped, printTable } from './table.ts'
import { phasesOf, printWaits } from './waits.ts'

/** The one object of `--json`: everything a script may ask. */
export function printJson(result: RunResult, jobs?: JobsResult): void {
  const { seed, people, days, startDate, engineVersion } = summaryOf(result.run)
  const { status, digest, rows } = result
  const metrics = result.metrics && Object.fromEntries(result.metrics.map(({ id, ...line }) => [id, line]))
  const rates = result.metrics && Object.fromEntries(result.metrics.map(({ name, value }) => [name, value]))
  const seconds = rounded(secondsOf({ ...result.seconds }, jobs))
  const run = { seed, status, people, days, startDate, engineVersion, digest, rows, rates, metrics, seconds }
  console.log(JSON.stringify({ ...run, ...(jobs && { jobs: jobsJson(jobs) }) }))
}

/** What a person wants to see at the end of a run. */
export function printReport(result: RunResult, storeUrl: string, jobs?: JobsResult): void {
  const run = summaryOf(result.run)
  if (result.metrics) {
    console.log('')
    printTable(
      ['metric', 'value', 'band', 'of', ''],
      result.metrics.filter(({ status }) => status !== 'reported').map(metricRow),
    )
  }
  const total = Object.values(result.rows).reduce((sum, rows) => sum + rows, 0)
  console.log('')
  printTable(['table', 'rows'], [...Object.entries(result.rows), ['all', total]])
  console.log('')
  if (jobs) {
    printJobs(jobs)
    console.log('')
  }
  const phases = Object.entries(rounded(secondsOf({ ...phasesOf(result.seconds) }, jobs))).filter(
    ([phase, value]) => value > 0 || phase === 'total',
  )
  printTable(
    ['phase', 'seconds'],
    phases.map(([phase, value]) => [phase, value.toFixed(2)]),
  )
  printWaits(result.seconds)
  console.log('')
  console.log(`${grouped(run.people)} people, ${run.days} days from ${run.startDate}, in ${storeUrl}`)
  console.log(`run seed  ${run.seed}`)
  if (result.digest !== null) console.log(`digest    ${result.digest}`)
}

function metricRow({ name, unit, value, low, high, n, verdict }: MetricLine): (string | number)[] {
  return [name, amount(value, unit), band(low, high, unit), n, verdictWord(verdict)]
}

function secondsOf(seconds: Record<string, number>, jobs: JobsResult | undefined): object {
  const { total, ...phases } = seconds
  return jobs ? { ...phases, jobs: jobs.seconds, total: total! + jobs.seconds } : seconds
}

function rounded(seconds: object): Record<string, number> {
  return Object.fromEntries(Object.entries(seconds).map(([phase, value]) => [phase, Math.round(value * 1000) / 1000]))
}

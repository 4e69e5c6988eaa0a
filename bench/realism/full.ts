/**
 * The whole scorecard: every setting over many seeds, on all cores. Prints a table a setting, ends with exit code 1 when
 * a mandated metric fails or drifts.
 *
 *     npm run scorecard:full                      the usual settings, 10 seeds
 *     npm run scorecard:full -- --seeds 20 --only 90 --large
 *
 * `--only TEXT` takes the settings whose name holds it, `--large` those too that take many minutes, `--from NAME` the
 * word that the seeds begin with.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import {
  createSimulation,
  type DriftRow,
  drift,
  LIMITS,
  type Market,
  MarketMetrics,
  type MetricRow,
  mergeTallies,
  scorecard,
  seedDrift,
  seedVerdict,
} from '../../sim/index.ts'
import { SETTINGS, type Setting } from './settings.ts'

/** What a worker does and answers: one seed of one setting. */
interface Task {
  readonly setting: number
  readonly seed: string
}
interface Result {
  readonly rows: readonly MetricRow[]
  readonly drifts: readonly DriftRow[]
  /** Facts per person and day. */
  readonly facts: number
}

function simulate({ setting, seed }: Task): Result {
  const { input, days, only } = SETTINGS[setting]!
  const run = createSimulation({ ...input, seed })
  const observers = new Map<Market, MarketMetrics>()
  for (const market of run.markets) observers.set(market, new MarketMetrics(market.people(), run.config.startDay))
  let facts = 0
  for (let day = 0; day < days; day++) {
    for (const { tables } of run.runDay((market) => observers.get(market)).markets) {
      for (const table of Object.values(tables)) facts += table.rows
    }
  }
  const tally = mergeTallies([...observers.values()].map((metrics) => metrics.tally()))
  // What is asked for of fewer people is judged all the same.
  const limits = only ? { people: 1, days: 1, observations: 1 } : LIMITS
  return { rows: scorecard(tally, limits), drifts: drift(tally), facts: facts / run.config.count / days }
}

async function score(setting: number, seeds: readonly string[]): Promise<Result[]> {
  const results: Result[] = []
  const waiting = seeds.map((seed, i) => ({ seed, i }))
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { seed, i } = next
      results[i] = await new Promise<Result>((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { setting, seed } satisfies Task })
        worker.once('message', resolve)
        worker.once('error', reject)
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(seeds.length, availableParallelism()) }, serve))
  return results
}

const short = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : '')

/** Prints a setting's table; returns whether it holds. */
function print({ name, only }: Setting, results: readonly Result[], seeds: number): boolean {
  const facts = results.reduce((sum, result) => sum + result.facts, 0) / results.length
  console.log(`\n${name}: ${seeds} seeds, ${facts.toFixed(1)} facts per person and day`)
  let holds = true
  for (const row of seedVerdict(
    results.map((result) => result.rows),
    Math.min(seeds, 10),
  )) {
    const { id, name: metric, low, high, status } = row.metric
    if (only && !only.includes(id)) continue
    if (status !== 'reported' && row.verdict === 'fail') holds = false
    const interval = row.interval ? `${short(row.interval[0])} – ${short(row.interval[1])}` : ''
    const range = `${short(row.least)} – ${short(row.greatest)}`
    const band = `${Number.isFinite(low) ? low : ''} – ${Number.isFinite(high) ? high : ''}`
    const cells = [id.padEnd(22), metric.padEnd(48), short(row.mean).padStart(8), interval.padEnd(15), range.padEnd(15)]
    console.log([...cells, band.padEnd(12), row.verdict].join('  '))
  }
  for (const row of only ? [] : seedDrift(results.map((result) => result.drifts))) {
    if (row.seeds === 0) continue
    if (row.verdict === 'fail') holds = false
    const interval = row.interval ? `${short(row.interval[0])} – ${short(row.interval[1])}` : ''
    const cells = [`drift of ${row.metric.id}`.padEnd(22), row.metric.name.padEnd(48), short(row.mean).padStart(8)]
    console.log(
      [...cells, interval.padEnd(15), `within ±${short(row.limit)}`.padEnd(15), ''.padEnd(12), row.verdict].join('  '),
    )
  }
  return holds
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10' },
      from: { type: 'string', default: 'full' },
      only: { type: 'string', default: '' },
      large: { type: 'boolean', default: false },
    },
  })
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => `${values.from}-${i + 1}`)
  const failed: string[] = []
  for (const [index, setting] of SETTINGS.entries()) {
    if ((setting.large && !values.large) || !setting.name.includes(values.only)) continue
    if (!print(setting, await score(index, seeds), seeds.length)) failed.push(setting.name)
  }
  console.log(failed.length === 0 ? '\nEvery setting holds.' : `\nFailed: ${failed.join('; ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

if (isMainThread) await main()
else parentPort!.postMessage(simulate(workerData as Task))

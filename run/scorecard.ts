import { availableParallelism } from 'node:os'
import type { RunConfig } from '../sim/index.ts'
import { type MetricRow, mandatedHold, type SeedRow, scorecard, seedVerdict, type Tally } from '../sim/observe/index.ts'
import { Crew } from './crew.ts'

export interface Scorecard {
  readonly rows: readonly SeedRow[]
  /** Whether no mandated metric failed. */
  readonly holds: boolean
}

export interface ScorecardOptions {
  /** Runs at a time; default: the cores. */
  readonly workers?: number
  readonly signal?: AbortSignal
  readonly onSeed?: (done: number, total: number) => void
}

/**
 * Simulates runs that differ in their seed alone, without a database, and judges their rates together.
 *
 * @param configs one a seed
 * @returns null when it was stopped
 */
export async function scoreSeeds(
  configs: readonly RunConfig[],
  days: number,
  options: ScorecardOptions = {},
): Promise<Scorecard | null> {
  const results: MetricRow[][] = []
  const waiting = configs.map((config, i) => ({ config, i }))
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !options.signal?.aborted; next = waiting.shift()) {
      results[next.i] = scorecard(await simulate(next.config, days))
      options.onSeed?.(Object.keys(results).length, configs.length)
    }
  }
  const lanes = Math.min(configs.length, options.workers ?? availableParallelism())
  await Promise.all(Array.from({ length: lanes }, serve))
  if (options.signal?.aborted) return null
  const rows = seedVerdict(results)
  return { rows, holds: mandatedHold(rows) }
}

/** One run on one thread: seeds are spread over the threads, not markets. */
async function simulate(config: RunConfig, days: number): Promise<Tally> {
  const crew = Crew.hire(config, { workers: 1, metrics: true })
  try {
    for (let day = 0; day < days; day++) await crew.summary()
    return (await crew.tally())!
  } finally {
    await crew.dismiss()
  }
}

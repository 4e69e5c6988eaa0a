import { availableParallelism } from 'node:os'
import { checkCalendar, type RunConfig } from '../sim/index.ts'
import {
  type DriftRow,
  drift,
  type MetricRow,
  mandatedHold,
  type SeedDriftRow,
  type SeedRow,
  scorecard,
  seedDrift,
  seedVerdict,
  type Tally,
} from '../sim/observe/index.ts'
import { raiseCompilerBudgetFor } from './compiler-budget.ts'
import { Crew } from './crew/crew.ts'
import { stretchOf } from './days/stretch.ts'

export interface Scorecard {
  readonly rows: readonly SeedRow[]
  /** What moved between days 10–30 and 60–90; nothing is asserted of shorter runs. */
  readonly drift: readonly SeedDriftRow[]
  /** Whether no mandated metric failed, in its band or by drifting. */
  readonly holds: boolean
}

export interface ScorecardOptions {
  /** Runs at a time; default: the cores. */
  readonly workers?: number
  readonly signal?: AbortSignal
  readonly onSeed?: (done: number, total: number) => void
  /** Whether V8's inlining budget may be raised for the whole process; default true. @see RunOptions */
  readonly raiseCompilerBudget?: boolean
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
  for (const { startDay } of configs) checkCalendar(startDay, days)
  const results: MetricRow[][] = []
  const drifts: DriftRow[][] = []
  const waiting = configs.map((config, i) => ({ config, i }))
  const serve = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !options.signal?.aborted; next = waiting.shift()) {
      if (options.raiseCompilerBudget ?? true) raiseCompilerBudgetFor(next.config.count, days)
      const tally = await simulate(next.config, days)
      results[next.i] = scorecard(tally)
      drifts[next.i] = drift(tally)
      options.onSeed?.(Object.keys(results).length, configs.length)
    }
  }
  const lanes = Math.min(configs.length, options.workers ?? availableParallelism())
  await Promise.all(Array.from({ length: lanes }, serve))
  if (options.signal?.aborted) return null
  const rows = seedVerdict(results)
  const moved = seedDrift(drifts)
  return { rows, drift: moved, holds: mandatedHold(rows) && mandatedHold(moved) }
}

/** One run on one thread: seeds are spread over the threads, not markets. */
async function simulate(config: RunConfig, days: number): Promise<Tally> {
  const crew = Crew.hire(config, { workers: 1, metrics: true })
  try {
    for (let day = 0; day < days; ) day += (await crew.pass(stretchOf(config.count, days - day))).length
    return (await crew.tally())!
  } finally {
    await crew.dismiss()
  }
}

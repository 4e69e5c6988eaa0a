import { availableParallelism, cpus, totalmem } from 'node:os'
import { RunDigest, resolveConfig, runIdentity } from '../sim/index.ts'
import { raiseCompilerBudgetFor } from './compiler-budget.ts'
import { Crew } from './crew/crew.ts'
import { stretchOf } from './days/stretch.ts'
import { Stopwatch } from './progress.ts'

/** The machine that figures belong to. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly platform: string
}

export function machine(): Machine {
  const memoryGb = Math.round((totalmem() / 2 ** 30) * 10) / 10
  const cpu = cpus()[0]?.model.trim() ?? 'unknown'
  return {
    cpu,
    cores: availableParallelism(),
    memoryGb,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
}

export interface BenchmarkCase {
  readonly people: number
  /** Days simulated first, while the compiler gets to know the loop; not timed. */
  readonly warmUp: number
  readonly days: number
  readonly workers: number
}

/** One case carried out: the digest tells whether another machine simulated the same. */
export interface BenchmarkFigure extends BenchmarkCase {
  readonly facts: number
  /** Of wall clock, and of all threads' processor time. */
  readonly seconds: number
  readonly cpuSeconds: number
  readonly factsPerSecond: number
  /** Of the run up to the last day. */
  readonly digest: string
}

/** The full model with digest and metrics, nothing written: small, large on one thread, large on all. */
export function benchmarkCases(): BenchmarkCase[] {
  const cores = availableParallelism()
  const cases = [
    { people: 1_000, warmUp: 30, days: 60, workers: 1 },
    { people: 10_000, warmUp: 30, days: 20, workers: 1 },
  ]
  return cores > 1 ? [...cases, { people: 10_000, warmUp: 30, days: 20, workers: cores }] : cases
}

/** Carries out one case. Setting up the threads and the population, and the first days, are not timed. */
export async function runBenchmark(given: BenchmarkCase): Promise<BenchmarkFigure> {
  const config = resolveConfig({ seed: 'bench', count: given.people })
  raiseCompilerBudgetFor(given.people, given.warmUp + given.days)
  const crew = Crew.hire(config, { workers: given.workers, metrics: true })
  const digest = new RunDigest(runIdentity(config))
  const simulate = async (from: number, to: number): Promise<number> => {
    let facts = 0
    for (let day = from; day < to; ) {
      for (const markets of await crew.pass(stretchOf(given.people, to - day))) {
        digest.addSummaries(day++, markets)
        for (const { rows } of markets) facts += rows.reduce((sum, count) => sum + count, 0)
      }
    }
    return facts
  }
  try {
    await simulate(0, given.warmUp)
    const watch = new Stopwatch()
    const before = process.cpuUsage()
    const facts = await simulate(given.warmUp, given.warmUp + given.days)
    const { seconds } = watch
    const { user, system } = process.cpuUsage(before)
    const cpuSeconds = (user + system) / 1e6
    return { ...given, facts, seconds, cpuSeconds, factsPerSecond: Math.round(facts / seconds), digest: digest.hex }
  } finally {
    await crew.dismiss()
  }
}

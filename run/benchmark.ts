import { availableParallelism, cpus, totalmem } from 'node:os'
import { RunDigest, resolveConfig } from '../sim/index.ts'
import { Crew } from './crew.ts'
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
  readonly days: number
  readonly workers: number
}

/** One case carried out: the digest tells whether another machine simulated the same. */
export interface BenchmarkFigure extends BenchmarkCase {
  readonly facts: number
  readonly seconds: number
  readonly factsPerSecond: number
  readonly digest: string
}

/** The full model with digest and metrics, nothing written: small, large on one thread, large on all. */
export function benchmarkCases(): BenchmarkCase[] {
  const cores = availableParallelism()
  const cases = [
    { people: 1_000, days: 30, workers: 1 },
    { people: 10_000, days: 30, workers: 1 },
  ]
  return cores > 1 ? [...cases, { people: 10_000, days: 30, workers: cores }] : cases
}

/** Carries out one case. Setting up the threads and the population is not timed. */
export async function runBenchmark(given: BenchmarkCase): Promise<BenchmarkFigure> {
  const config = resolveConfig({ seed: 'bench', count: given.people })
  const crew = Crew.hire(config, { workers: given.workers, metrics: true })
  try {
    await crew.tally()
    const watch = new Stopwatch()
    const digest = new RunDigest()
    let facts = 0
    for (let day = 0; day < given.days; day++) {
      const markets = await crew.day()
      for (const market of markets) facts += market.order.length
      digest.addDay({ day, markets })
    }
    const { seconds } = watch
    return { ...given, facts, seconds, factsPerSecond: Math.round(facts / seconds), digest: digest.hex }
  } finally {
    await crew.dismiss()
  }
}

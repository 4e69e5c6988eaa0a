/**
 * npm run bench:scale [-- PEOPLE DAYS]: how cost grows with people and days. Every point is a SINGLE SHOT in a process of
 * its own: set-up, warm-up and all days counted. Those over a minute (a million people) run when named, or with --million.
 */
import { spawnSync } from 'node:child_process'
import { argv, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { raiseCompilerBudgetFor } from '../../run/compiler-budget.ts'
import { cpuNs, report } from '../record.ts'
import { ObservedRun } from './observed.ts'

const CURVE = [
  [1_000, 10],
  [1_000, 30],
  [1_000, 90],
  [10_000, 10],
  [10_000, 30],
  [10_000, 90],
  [100_000, 3],
  [100_000, 10],
] as const

const given = argv.slice(2).filter((word) => word !== '--million')
if (given.length === 0) {
  const points = argv.includes('--million') ? [...CURVE, [1_000_000, 3] as const] : CURVE
  for (const point of points) {
    spawnSync(execPath, [fileURLToPath(import.meta.url), ...point.map(String)], { stdio: 'inherit' })
  }
} else {
  const [people, days] = given.map(Number) as [number, number]
  const start = cpuNs()
  raiseCompilerBudgetFor(people, days)
  const run = new ObservedRun({ seed: 'bench', count: people })
  const setUp = cpuNs() - start
  const wall = performance.now()
  run.days(days)
  const cpu = cpuNs() - start - setUp
  const perFact = cpu / run.facts
  report({
    name: `${people} people × ${days} days`,
    value: perFact,
    low: perFact,
    high: perFact,
    unit: 'CPU ns/fact',
    method: 'single shot',
    'facts/s': Math.round(1e9 / perFact),
    facts: run.facts,
    'set-up': `${(setUp / people / 1000).toFixed(1)}µs/person`,
    wall: `${((performance.now() - wall) / 1000).toFixed(1)}s`,
    level: run.level,
    markets: run.markets,
    'bytes/person': Math.round(run.bytes / people),
    'rss/person': Math.round(process.memoryUsage().rss / people),
    hash: run.digest,
  })
}

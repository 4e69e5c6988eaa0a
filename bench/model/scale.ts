/**
 * npm run bench:scale -- [--million | PEOPLE DAYS]: how cost grows with people and days, the table of docs/performance.md.
 * Every point is a SINGLE SHOT in a process of its own: set-up, warm-up and all days counted. A million people take a
 * minute and 3.5 GB, and run with --million, or when named.
 */
import { spawnSync } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { raiseCompilerBudgetFor } from '../../run/compiler-budget.ts'
import { Misuse, parse, program, whole } from '../options.ts'
import { cpuNs, report } from '../record.ts'
import { ObservedRun } from './observed.ts'

type Point = readonly [people: number, days: number]

const CURVE: readonly Point[] = [
  [1_000, 10],
  [1_000, 30],
  [1_000, 90],
  [10_000, 10],
  [10_000, 30],
  [10_000, 90],
  [100_000, 10],
]
const MILLION: Point = [1_000_000, 2]

/** The points to measure: the curve, or the one named. @throws Misuse before anything is measured */
export function pointsOf(args: readonly string[]): readonly Point[] {
  const { values, words } = parse(args, { million: { type: 'boolean' } }, 2)
  if (words.length === 0) return values.million ? [...CURVE, MILLION] : CURVE
  if (values.million) throw new Misuse('--million and PEOPLE are both given, expected one of them')
  return [[whole('PEOPLE', words[0], 1), whole('DAYS', words[1], 1)]]
}

await program(import.meta.url, 'npm run bench:scale -- [--million | PEOPLE DAYS]', (args) => {
  const points = pointsOf(args)
  if (points.length === 1) return shoot(...points[0]!)
  let failures = 0
  for (const point of points) {
    const words = [fileURLToPath(import.meta.url), ...point.map(String)]
    if (spawnSync(execPath, words, { stdio: 'inherit' }).status !== 0) failures++
  }
  return failures > 0 ? 1 : 0
})

function shoot(people: number, days: number): void {
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

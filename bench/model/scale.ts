/**
 * npm run bench:scale -- [--million | PEOPLE DAYS]: how cost grows with people and days, the table of docs/performance.md.
 * Every point is a whole run in a process of its own, set-up apart, all days counted: three times under mitata, the first of
 * them cold, which is told beside the middle; points of more than a minute are a SINGLE SHOT, cold, and say so. A million
 * people take a minute and 2.3 GB, and run with --million, or when named.
 */
import { spawnSync } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { measure } from 'mitata'
import { raiseCompilerBudgetFor } from '../../run/compiler-budget.ts'
import { Misuse, parse, program, whole } from '../options.ts'
import { cpuNs, quarters, report } from '../record.ts'
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

/** Person-days of a point that is run but once: three of them would take minutes. */
const SINGLE_SHOT = 2_000_000
const SAMPLES = 3

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

async function shoot(people: number, days: number): Promise<void> {
  raiseCompilerBudgetFor(people, days)
  const perFact: number[] = []
  const setUps: number[] = []
  let last: ObservedRun | undefined
  const wholeRun = () => {
    const start = cpuNs()
    last = new ObservedRun({ seed: 'bench', count: people })
    setUps.push((cpuNs() - start) / people / 1000)
    const begin = cpuNs()
    last.days(days)
    perFact.push((cpuNs() - begin) / last.facts)
  }
  const single = people * days > SINGLE_SHOT
  if (single) wholeRun()
  else {
    const bounds = {
      min_samples: SAMPLES,
      max_samples: SAMPLES,
      min_cpu_time: 0,
      warmup_threshold: 0,
      batch_threshold: 0,
    }
    await measure(wholeRun, { now: cpuNs, ...bounds })
  }
  const run = last!
  const figures = quarters(perFact)
  report({
    name: `${people} people × ${days} days`,
    ...figures,
    unit: 'CPU ns/fact',
    method: single ? 'single shot' : 'mitata',
    cold: perFact[0]!.toFixed(0),
    'facts/s': Math.round(1e9 / figures.value),
    facts: run.facts,
    'set-up': `${quarters(setUps).value.toFixed(1)}µs/person`,
    level: run.level,
    markets: run.markets,
    'bytes/person': Math.round(run.bytes / people),
    'rss/person': Math.round(process.memoryUsage().rss / people),
    hash: run.digest,
  })
}

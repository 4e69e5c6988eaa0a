/**
 * A/B test on a site whose people meet: `npm run example:ab-test`. The treatment makes people quicker to like. Within one run
 * half of the people have it; beside that stand the two worlds that nobody can see at once, in which all have it and
 * nobody has it. Then A/A: 200 seeds in which the arms differ in name alone.
 */
import { fileURLToPath } from 'node:url'
import { armOf, createSimulation, planMarkets, type RunInput, resolveConfig } from '../../sim/index.ts'

const DAYS = 14
const TREATMENT = { like: { scale: { woman: 0.6 } } }
/** Two-sided 5% point of the normal distribution. */
const Z95 = 1.959964

interface Outcome {
  /** Matches of each person, by arm: control, treatment. */
  readonly matches: readonly [number[], number[]]
}

/** Lives through one run and counts everybody's matches. */
export function liveThrough(input: RunInput, days: number): Outcome {
  const config = resolveConfig(input)
  const { population } = planMarkets(config)
  const run = createSimulation(input)
  const matches = new Float64Array(config.count + 1)
  for (let day = 0; day < days; day++) {
    for (const { tables } of run.runDay().markets) {
      for (let i = 0; i < tables.match.rows; i++) {
        matches[tables.match.k[i]!]!++
        matches[tables.match.other[i]!]!++
      }
    }
  }
  const byArm: [number[], number[]] = [[], []]
  for (let k = 1; k <= config.count; k++) byArm[armOf(population.keys, config.arms, k)]!.push(matches[k]!)
  return { matches: byArm }
}

export interface Estimate {
  readonly difference: number
  readonly standardError: number
}

/** Difference of means, treatment less control, with Welch's standard error. */
export function naiveEstimate({ matches: [control, treatment] }: Outcome): Estimate {
  const [a, b] = [moments(control), moments(treatment)]
  return {
    difference: b.mean - a.mean,
    standardError: Math.sqrt(a.variance / control.length + b.variance / treatment.length),
  }
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, variance }
}

/** Whether an estimate differs from 0 at the 5% level. */
export function isSignificant({ difference, standardError }: Estimate): boolean {
  return Math.abs(difference) > Z95 * standardError
}

/** The naive estimate, and the true effect: all treated against nobody treated, over the same people. */
export function compareEffects(seed: string, count: number, days: number) {
  const arm = (share: number): RunInput => ({ seed, count, arms: [{ name: 'treatment', share, policy: TREATMENT }] })
  const naive = naiveEstimate(liveThrough(arm(0.5), days))
  const all = moments(liveThrough(arm(1), days).matches[1]).mean
  const none = moments(liveThrough({ seed, count }, days).matches[0]).mean
  return { naive, all, none, effect: all - none }
}

/** How many of so many A/A tests are significant, which is 5% when the test is honest. */
export function countFalseAlarms(seeds: number, count: number, days: number): number {
  let alarms = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const input = { seed: `aa-${seed}`, count, arms: [{ name: 'treatment', share: 0.5 }] }
    if (isSignificant(naiveEstimate(liveThrough(input, days)))) alarms++
  }
  return alarms
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { naive, all, none, effect } = compareEffects('ab-2024', 1000, DAYS)
  const range = `± ${(Z95 * naive.standardError).toFixed(3)}`
  console.log(
    `matches a person in ${DAYS} days: ${none.toFixed(3)} when nobody is treated, ${all.toFixed(3)} when all are`,
  )
  console.log(`true effect of treating everybody: ${effect.toFixed(3)}`)
  console.log(`naive estimate from half and half:  ${naive.difference.toFixed(3)} ${range}`)
  console.log(
    'The arms meet: a like of the treated is half of a match of the control, so the difference between them misses',
  )
  console.log('what the treatment does to everybody.')
  const alarms = countFalseAlarms(200, 100, 7)
  console.log(`A/A over 200 seeds: ${200 - alarms} show nothing (${((200 - alarms) / 2).toFixed(1)}%)`)
}

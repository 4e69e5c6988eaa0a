import { makeRng, normalQuantile, wilson } from '../../../sim/index.ts'
import {
  type ArmDifference,
  addSums,
  percentileInterval,
  ratioDifference,
  ratioOf,
  type Summary,
  summarize,
} from '../../statistics/index.ts'
import { seedNames } from '../setting.ts'
import type { TestLook, TestOutcome, TestTask } from './run-test.ts'
import type { Treatment } from './treatment.ts'

/** Carries out tests; null for one that was not run any more. */
export type TestRunner = (tasks: readonly TestTask[]) => Promise<readonly (TestOutcome | { error: string } | null)[]>

/** How many of some tests. */
export interface Part {
  readonly mean: number
  /** 95% interval (Wilson). */
  readonly low: number
  readonly high: number
  readonly n: number
}

/** People that a test needs, both arms together; infinite where they cannot be told. */
export interface Needed {
  readonly people: number
  readonly low: number
  readonly high: number
}

/** What tests show that are looked at after some days. */
export interface PowerRow {
  readonly days: number
  /** The metric when nobody is treated, and how it changes when everybody is. */
  readonly untreated: Summary
  readonly effect: Summary
  /** Treated arm less control, in tests whose arms differ in name alone taken away: what is left of chance is smaller. */
  readonly between: Summary
  /** Part of the effect that the arms show. */
  readonly shown: { readonly mean: number; readonly low: number; readonly high: number; readonly n: number }
  /** How the control differs from the same people where nobody is treated, and the treated from where everybody is. */
  readonly control: Summary
  readonly treated: Summary
  /** Tests that see a difference of the right sign (5%, both sides), and tests of arms alike that see any. */
  readonly seen: Part
  readonly falseAlarms: Part
  readonly needed: Needed
}

export interface PowerOptions {
  readonly metric: string
  readonly treatment: Treatment
  readonly share: number
  /** People of a test. */
  readonly count: number
  /** Days after which it is looked at, ascending. */
  readonly days: readonly number[]
  readonly base: string
  /** Tests. */
  readonly tests: number
  /** Chance of seeing it that is asked for. */
  readonly power: number
  /** Tests of as many people as are needed are simulated too, unless these are more. */
  readonly mostPeople: number
  readonly confirmations: number
  /** Who can meet whom among so many. */
  readonly marketOf: (people: number) => string
  readonly onStage?: (text: string) => void
}

export interface PowerStudy {
  readonly rows: readonly PowerRow[]
  /** Tests of as many people as the longest test needs; null where those are too many, or unknown. */
  readonly confirmed: { readonly people: number; readonly days: number; readonly seen: Part } | null
  readonly seeds: readonly string[]
  readonly failures: readonly { readonly error: string; readonly times: number }[]
  readonly stopped: boolean
}

type Triple = readonly [none: TestOutcome, half: TestOutcome, all: TestOutcome]

/**
 * Tests of a treatment by simulation. Each seed is lived through three times: with arms that differ in name alone, with the
 * one arm treated, and with everybody treated; the same people are in the same arms.
 */
export async function power(run: TestRunner, options: PowerOptions): Promise<PowerStudy> {
  const { base, tests, days, metric, share, treatment, count } = options
  const seeds = seedNames(base, tests)
  const changed = { [treatment.path]: treatment.value }
  const task = (seed: string): Omit<TestTask, 'point' | 'treatment'> => ({ seed, share, metric, days })
  options.onStage?.(`${tests} tests of ${count} people, each beside nobody and everybody treated: ${3 * tests} runs.`)
  const flat = await run(
    seeds.flatMap((seed) => [
      { ...task(seed), point: {}, treatment: {} },
      { ...task(seed), point: {}, treatment: changed },
      { ...task(seed), point: changed, treatment: {} },
    ]),
  )
  const triples = seeds
    .map((_, i) => flat.slice(3 * i, 3 * i + 3))
    .filter((each): each is TestOutcome[] => each.every((outcome) => outcome !== null && 'looks' in outcome))
    .map((each) => each as unknown as Triple)
  const rows = days.flatMap((day, at) => {
    const row = rowOf(
      day,
      triples.map((triple) => triple.map(({ looks }) => looks[at]!) as unknown as [TestLook, TestLook, TestLook]),
      options,
    )
    return row.untreated.n > 1 ? [row] : []
  })
  const stopped = flat.includes(null)
  const confirmed = stopped ? null : await confirm(run, rows.at(-1), options)
  const failed = [...flat, ...(confirmed?.outcomes ?? [])].flatMap((each) =>
    each && 'error' in each ? [each.error] : [],
  )
  return {
    rows,
    confirmed: confirmed?.result ?? null,
    seeds,
    failures: [...new Set(failed)].map((error) => ({ error, times: failed.filter((each) => each === error).length })),
    stopped: stopped || (confirmed?.outcomes.includes(null) ?? false),
  }
}

function rowOf(days: number, looks: readonly [TestLook, TestLook, TestLook][], options: PowerOptions): PowerRow {
  const told = looks
    .map(([none, half, all]) => {
      const whole = (look: TestLook) => ratioOf(addSums(look.control, look.treated)).value
      const [alike, test] = [none, half].map(({ control, treated }) => ratioDifference(control, treated)) as [
        ArmDifference,
        ArmDifference,
      ]
      return {
        untreated: whole(none),
        effect: whole(all) - whole(none),
        between: test.difference - alike.difference,
        test,
        alike,
        control: ratioOf(half.control).value - ratioOf(none.control).value,
        treated: ratioOf(half.treated).value - ratioOf(all.treated).value,
      }
    })
    .filter(({ untreated, effect, between, test }) => [untreated, effect, between, test.p].every(Number.isFinite))
  const of = (read: (each: (typeof told)[number]) => number) => summarize(told.map(read))
  const [effect, between] = [of((each) => each.effect), of((each) => each.between)]
  const right = Math.sign(effect.mean)
  const spread = of(({ test }) => test.difference).deviation
  const error = of(({ test }) => test.error).mean
  return {
    days,
    untreated: of((each) => each.untreated),
    effect,
    between,
    shown: { ...shownOf(told, options.base), n: told.length },
    control: of((each) => each.control),
    treated: of((each) => each.treated),
    seen: partOf(told.map(({ test }) => isSeen(test, right))),
    falseAlarms: partOf(told.map(({ alike }) => alike.p < 0.05)),
    needed: neededOf(between, right, spread, error, options),
  }
}

function isSeen({ difference, p }: ArmDifference, right: number): boolean {
  return p < 0.05 && Math.sign(difference) === right
}

/** Ratio of means, with an interval by resampling the seeds. */
function shownOf(told: readonly { readonly effect: number; readonly between: number }[], base: string) {
  if (told.length < 2) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN }
  const ratio = (chosen: ArrayLike<number>) => {
    let [over, under] = [0, 0]
    for (let i = 0; i < chosen.length; i++) {
      over += told[chosen[i]!]!.between
      under += told[chosen[i]!]!.effect
    }
    return over / under
  }
  const [low, high] = percentileInterval(told.length, ratio, makeRng(`shown ${base}`))
  return { mean: ratio(told.map((_, i) => i)), low, high }
}

function partOf(found: readonly boolean[]): Part {
  const n = found.length
  const count = found.filter((each) => each).length
  const [low, high] = wilson(count, n) ?? [0, 1]
  return { mean: count / n, low, high, n }
}

/**
 * The people with whom a difference of that size is seen so often: the spread of the arms' difference over tests, and the
 * error that a test finds for itself, both shrink by the root of the people.
 */
function neededOf(between: Summary, right: number, spread: number, error: number, options: PowerOptions): Needed {
  const reach = normalQuantile(0.975) * error + normalQuantile(options.power) * spread
  const people = (difference: number) => {
    if (!(difference * right > 0)) return Number.POSITIVE_INFINITY
    const ratio = reach / difference
    return rounded(options.count * ratio * ratio)
  }
  const [near, far] = right > 0 ? [between.high, between.low] : [between.low, between.high]
  return { people: people(between.mean), low: people(near), high: people(far) }
}

/** Upwards, to two digits. */
function rounded(people: number): number {
  if (!Number.isFinite(people)) return people
  let unit = 1
  while (people / unit > 100) unit *= 10
  return Math.max(10, Math.ceil(people / unit) * unit)
}

async function confirm(run: TestRunner, row: PowerRow | undefined, options: PowerOptions) {
  const { base, confirmations, days, metric, share, treatment, mostPeople, marketOf } = options
  const people = row?.needed.people ?? Number.POSITIVE_INFINITY
  if (row === undefined || confirmations === 0 || people > mostPeople) return null
  options.onStage?.(`${confirmations} tests of ${people} people, to see whether those are enough.`)
  const outcomes = await run(
    seedNames(`${base}-large`, confirmations).map((seed) => ({
      ...{ seed, share, metric, days: [days.at(-1)!], point: {} },
      treatment: { [treatment.path]: treatment.value },
      people: { count: people, market: marketOf(people) },
    })),
  )
  const seen = outcomes
    .filter((outcome): outcome is TestOutcome => outcome !== null && 'looks' in outcome)
    .map(({ looks }) => isSeen(ratioDifference(looks[0]!.control, looks[0]!.treated), Math.sign(row.effect.mean)))
  return { outcomes, result: { people, days: row.days, seen: partOf(seen) } }
}

import { describe, expect, it } from 'vitest'
import {
  addSums,
  findTreatment,
  measureNamed,
  type Outcome,
  PERSONAL_METRICS,
  type PowerOptions,
  parseEffect,
  power,
  type RatioSums,
  type Runner,
  ratioDifference,
  ratioOf,
  runTest,
  runTrial,
  type TestRunner,
  toUnit,
} from '../../experiments/index.ts'
import { makeRng, parameterAt } from '../../sim/index.ts'
import { small } from './setting.ts'

const measure = (key: string) => measureNamed(key)!

describe('an effect', () => {
  it.each([
    ['match_rate', '+5%', 'relative', 0.05],
    ['match_rate', '5%', 'relative', 0.05],
    ['match_rate', '-.5pp', 'absolute', -0.005],
    ['messages', '+0.2', 'absolute', 0.2],
  ] as const)('%s %s', (key, text, kind, size) => expect(parseEffect(measure(key), text)).toEqual({ kind, size, text }))

  it.each([
    ['match_rate', '0.1', 'does not say whether more or less'],
    ['match_rate', '+5 %', 'is no change'],
    ['match_rate', '', 'is no change'],
    ['match_rate', '+0%', 'changes nothing'],
    ['match_rate', '-100%', 'leaves nothing'],
    ['messages', '+1pp', 'is no share'],
  ])('%s %s is refused: it %s', (key, text, says) => expect(() => parseEffect(measure(key), text)).toThrow(says))
})

describe('metrics told person by person', () => {
  const setting = small(80, 16)
  const test = { seed: 'p', point: {}, share: 0.3, treatment: {} }

  it('the arms add up to the metrics of the run', () => {
    const outcome = runTrial(setting, { seed: 'p', point: {} }) as Extract<Outcome, { digest: string }>
    for (const metric of PERSONAL_METRICS.map(({ key }) => key)) {
      const { control, treated } = runTest(setting, { ...test, metric, days: [9, 16] }).looks[1]!
      expect(ratioOf(addSums(control, treated)).value, metric).toBeCloseTo(outcome.values[metric]!, 10)
      expect(control.n + treated.n).toBe(setting.input.count)
      expect(Math.abs(treated.n - 24)).toBeLessThan(14)
    }
  })

  it('newcomers have arms too, and a look hangs on no later day', () => {
    const arriving = { ...setting, parameters: structuredClone(setting.parameters) }
    arriving.parameters.policy.arrivals.perDay = 3
    const [early, late] = runTest(arriving, { ...test, metric: 'likes', days: [4, 16] }).looks
    expect(late!.control.n + late!.treated.n).toBeGreaterThan(80 + 25)
    expect(runTest(arriving, { ...test, metric: 'likes', days: [4] }).looks[0]).toEqual(early)
  })
})

describe('a ratio of sums', () => {
  const sumsOf = (pairs: readonly (readonly [number, number])[]): RatioSums =>
    pairs
      .map(([x, y]) => ({ n: 1, x, y, xx: x * x, xy: x * y, yy: y * y }))
      .reduce(addSums, { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 })

  it('of people who all have 1 below it is their mean, with its usual error', () => {
    const { value, error } = ratioOf(sumsOf([2, 4, 4, 6].map((x) => [x, 1])))
    expect(value).toBe(4)
    expect(error).toBeCloseTo(Math.sqrt(8 / 3 / 4), 12)
  })

  it('two alike are told apart in 5 of 100 tests', () => {
    const stream = makeRng('alike')
    const people = () =>
      sumsOf(
        Array.from({ length: 150 }, () => {
          const y = 1 + stream.nextInt(20)
          return [Array.from({ length: y }, () => (stream.next() < 0.2 ? 1 : 0) as number).reduce((a, b) => a + b), y]
        }),
      )
    let alarms = 0
    for (let i = 0; i < 600; i++) if (ratioDifference(people(), people()).p < 0.05) alarms++
    expect(alarms).toBeGreaterThan(15)
    expect(alarms).toBeLessThan(48)
  })
})

/** Arms of people with normal values of spread 1: the treated show `shown` of the effect, all that is spilled goes to the control. */
function tests(effect: number, shown: number): TestRunner {
  return async (tasks) =>
    tasks.map(({ seed, point, treatment, people, share, days }) => {
      const count = people?.count ?? 400
      const sums = (arm: string, mean: number, n: number): RatioSums => {
        // The same people, whoever is treated.
        const stream = makeRng(`${seed} ${arm}`)
        const own = mean + stream.normal() / Math.sqrt(n)
        return { n, x: n * own, y: n, xx: n * (own * own + 1), xy: n * own, yy: n }
      }
      const all = Object.keys(point).length > 0 ? effect : 0
      const spill = Object.keys(treatment).length > 0 ? effect * (1 - shown) * 0.5 : 0
      const treated = Object.keys(treatment).length > 0 ? effect * shown + spill : 0
      const control = sums('control', 10 + all + spill, count * (1 - share))
      const own = sums('treated', 10 + all + treated, count * share)
      return { looks: days.map((day) => ({ day, control, treated: own })), digest: '' }
    })
}

const OPTIONS: PowerOptions = {
  metric: 'likes',
  treatment: { path: 'policy.deck.likerShown', before: 0.1, value: 0.2 },
  share: 0.5,
  count: 400,
  days: [14],
  base: 'x',
  tests: 200,
  power: 0.8,
  mostPeople: 100_000,
  confirmations: 200,
  marketOf: () => 'country',
}

describe('power', () => {
  it('finds the people that theory says, what the arms show of the effect, and confirms it', async () => {
    const { rows, confirmed } = await power(tests(0.25, 0.5), OPTIONS)
    const { effect, between, shown, control, falseAlarms, needed } = rows[0]!
    expect(effect.mean).toBeCloseTo(0.25, 6)
    expect(between.mean).toBeCloseTo(0.125, 6)
    expect(shown.mean).toBeCloseTo(0.5, 6)
    expect(control.mean).toBeCloseTo(0.0625, 6)
    expect(falseAlarms.low).toBeLessThan(0.05)
    expect(falseAlarms.high).toBeGreaterThan(0.05)
    // 4 (z₀.₉₇₅ + z₀.₈)² σ² / δ², both arms together.
    const theory = (4 * (1.95996 + 0.84162) ** 2) / 0.125 ** 2
    expect(Math.abs(needed.people / theory - 1)).toBeLessThan(0.12)
    expect(confirmed!.people).toBe(needed.people)
    expect(confirmed!.seen.low).toBeLessThan(0.8)
    expect(confirmed!.seen.high).toBeGreaterThan(0.78)
  })

  it('says that it cannot tell where the arms show nothing', async () => {
    const { rows, confirmed } = await power(tests(0.25, 0), { ...OPTIONS, tests: 50 })
    expect(rows[0]!.needed.high).toBe(Number.POSITIVE_INFINITY)
    expect(confirmed).toBeNull()
  })

  it('keeps what is known when it is stopped', async () => {
    const run = tests(0.25, 0.5)
    const { rows, stopped } = await power(
      async (tasks) => (await run(tasks)).map((each, i) => (i < 31 ? each : null)),
      OPTIONS,
    )
    expect(stopped).toBe(true)
    expect(rows[0]!.effect.n).toBe(10)
  })
})

describe('a treatment', () => {
  const candidates = ['policy.deck.likerShown', 'policy.reply.openerLogit'].map((path) => parameterAt(path)!)
  const model: Runner = async (trials) =>
    trials.map(({ seed, point }): Outcome => {
      const [liker, opener] = candidates.map((each) => toUnit(each, point[each.path] ?? each.default))
      const noise = 0.001 * makeRng(seed).normal()
      return { values: { match_rate: 0.05 + 0.2 * liker! * liker! + 0.01 * opener! + noise }, digest: '' }
    })
  const options = (text: string) => ({
    measure: measure('match_rate'),
    effect: parseEffect(measure('match_rate'), text),
    candidates,
    before: candidates.map((each) => each.default),
    base: 't',
  })

  it.each(['+20%', '-5%', '+1pp'])('makes an effect of %s', async (text) => {
    const found = (await findTreatment(model, options(text)))!
    const at = async (value?: number) => {
      const point: Record<string, number> = value === undefined ? {} : { [found.path]: value }
      const [outcome] = await model([{ seed: 'own', point }])
      return (outcome as Extract<Outcome, { digest: string }>).values.match_rate!
    }
    const [without, all] = [await at(), await at(found.value)]
    const wanted = text === '+1pp' ? 0.01 : (Number.parseFloat(text) / 100) * without
    expect(found.path).toBe('policy.deck.likerShown')
    expect(Math.abs((all - without) / wanted - 1)).toBeLessThan(0.1)
  })

  it('is not found where the policies do not reach: what they reach is said', async () => {
    await expect(findTreatment(model, options('+900%'))).rejects.toThrow('the most is')
  })
})

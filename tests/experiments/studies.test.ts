import { describe, expect, it } from 'vitest'
import {
  designPoints,
  type Factor,
  factorsOf,
  firstDifference,
  fromUnit,
  measureNamed,
  type Outcome,
  parseAxis,
  type Runner,
  sensitivity,
  sweepTrials,
  toUnit,
} from '../../experiments/index.ts'
import { makeRng, PARAMETERS, parameterAt } from '../../sim/index.ts'
import { small } from './setting.ts'

describe('axes', () => {
  it.each([
    ['policy.like.nearKm=5..50:4', [5, 20, 35, 50]],
    ['policy.like.nearKm=1..100:3:log', [1, 10, 100]],
    ['policy.like.near=0.2..0.8:7', [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]],
    ['policy.deck.tries=1,2,4', [1, 2, 4]],
    ['policy.deck.tries=1..4:4', [1, 2, 3, 4]],
    ['policy.like.near=0.1,0.1,0.2', [0.1, 0.2]],
  ])('%s', (text, values) => expect(parseAxis(text)!.values).toEqual(values))

  it('a single value is none', () => expect(parseAxis('policy.like.near=0.3')).toBeNull())

  it.each([
    ['policy.like.nearkm=1..2:3', 'no parameter'],
    ['policy.like.near=5..1:3', 'give a lower end first'],
    ['policy.like.near=0..11:3', 'give values from 0 to 10'],
    ['policy.like.near=0..1:1', 'give 2 to 10000'],
    ['policy.like.near=a,b', 'is no axis'],
    ['policy.like.near=', 'is no axis'],
    ['policy.like.near=0..1:3:log', 'begin above 0'],
    ['policy.deck.tries=1,1.5', 'is a whole number'],
  ])('%s is refused: %s', (text, says) => expect(() => parseAxis(text)).toThrow(says))
})

describe('designs', () => {
  const grid = [parseAxis('policy.like.near=0,1')!, parseAxis('policy.deck.tries=1,2,3')!]
  const ranges = [parseAxis('policy.like.near=0..1')!, parseAxis('policy.like.nearKm=1..100:log')!]

  it('a grid has all combinations; others as many points as asked for', () => {
    expect(designPoints(grid, 'grid', undefined, 'x')).toHaveLength(6)
    expect(designPoints(ranges, 'sobol', 8, 'x')[1]).toEqual({ 'policy.like.near': 0.5, 'policy.like.nearKm': 10 })
    expect(designPoints(ranges, 'lhs', 8, 'x')).toHaveLength(8)
    expect(designPoints(ranges, 'lhs', 8, 'x')).toEqual(designPoints(ranges, 'lhs', 8, 'x'))
  })

  it('say what does not go together', () => {
    expect(() => designPoints(ranges, 'grid', undefined, 'x')).toThrow('a grid needs the number of values')
    expect(() => designPoints(grid, 'grid', 8, 'x')).toThrow('--points is for')
    expect(() => designPoints(grid, 'lhs', 8, 'x')).toThrow('draws in ranges')
  })

  it('are interleaved: a stopped sweep has every point, and its first half is spread', () => {
    const points = designPoints([parseAxis('policy.like.near=0..1:8')!], 'grid', undefined, 'x')
    const trials = sweepTrials(points, ['a', 'b'])
    expect(trials).toHaveLength(16)
    expect(trials.slice(0, 8).every(({ seed }) => seed === 'a')).toBe(true)
    const early = trials.slice(0, 4).map(({ point }) => points.indexOf(point))
    expect(early.sort()).toEqual([0, 2, 4, 6])
  })
})

describe('scales', () => {
  it.each(PARAMETERS)('$path: from 0 and 1 to its ends and back', (parameter) => {
    expect(toUnit(parameter, parameter.low)).toBeCloseTo(0, 12)
    expect(toUnit(parameter, parameter.high)).toBeCloseTo(1, 12)
    expect(fromUnit(parameter, 0)).toBe(Number(parameter.low.toPrecision(6)))
    expect(Math.abs(fromUnit(parameter, toUnit(parameter, parameter.default)) - parameter.default)).toBeLessThan(
      parameter.whole ? 0.5 : 1e-4 * (parameter.high - parameter.low),
    )
  })
})

/** A model that is known: `silent_matches` falls with patience, hangs on nothing else, and has the seed's noise. */
const known: Runner = async (trials) =>
  trials.map(({ seed, point }): Outcome => {
    const patience = toUnit(parameterAt('policy.opening.patienceHours')!, point['policy.opening.patienceHours'] ?? 71)
    const gender = point['population.gender.woman'] ?? 0.5
    return {
      values: { silent_matches: 0.3 - 0.2 * patience + 0.1 * gender + 0.01 * makeRng(seed).normal(), match_rate: 0.1 },
      digest: '',
    }
  })

describe('sensitivity', () => {
  const factors = factorsOf(['policy.opening', 'population.gender', 'policy.feed.like'])
  const measures = ['silent_matches', 'match_rate'].map((name) => measureNamed(name)!)
  const asked = () => sensitivity(known, { factors, measures, base: 's', trajectories: 20, leaders: 3, rows: 64 })

  it('finds what there is, and nothing else', async () => {
    const result = await asked()
    const [silent, match] = result.measures
    expect(silent!.screened[0]).toMatchObject({
      factor: 'policy.opening.patienceHours',
      direction: -1,
      told: true,
      verdict: 'lowers it',
    })
    expect(silent!.screened[1]).toMatchObject({ factor: 'population.gender', told: true, verdict: 'moves it' })
    expect(silent!.screened.filter(({ told }) => told)).toHaveLength(2)
    expect(silent!.screened.find(({ factor }) => factor === 'dummy')).toMatchObject({
      muStar: 0,
      verdict: 'nothing at all',
    })
    expect(match!.screened.every(({ verdict, factor }) => verdict === 'nothing at all' || factor === 'seed')).toBe(true)
    expect(result.leaders).toEqual(['population.gender', 'policy.opening.patienceHours'])
    const index = (name: string) => silent!.indices.find(({ factor }) => factor === name)!
    expect(index('policy.opening.patienceHours').total.value).toBeGreaterThan(0.6)
    expect(index('dummy')).toMatchObject({ verdict: 'nothing at all', total: { value: 0, low: 0, high: 0 } })
    // The seed's own part: 0.01² of about 0.2² / 12 + 0.06² / 12 · 0.1² + 0.01².
    expect(index('seed').total.value).toBeGreaterThan(0.005)
    expect(index('seed').total.value).toBeLessThan(0.08)
  })

  it('prints the same numbers again', async () => expect(await asked()).toEqual(await asked()))

  it('moves the two ends of a range together, so that it has a direction', async () => {
    const path = 'population.traits.selectivity'
    const ranged: Runner = async (trials) =>
      trials.map(({ point }): Outcome => {
        const [low, high] = ['low', 'high'].map((end) => point[`${path}.${end}`]!)
        return { values: { like_rate: 0.6 - 0.2 * low! - 0.1 * high! }, digest: '' }
      })
    const options = { factors: factorsOf([path]), measures: [measureNamed('like_rate')!], base: 's', rows: 8 }
    const { measures } = await sensitivity(ranged, { ...options, trajectories: 8, leaders: 0 })
    expect(measures[0]!.screened[0]).toMatchObject({ factor: path, direction: -1, told: true, verdict: 'lowers it' })
  })

  // Few walks, an effect that varies with another parameter: its interval reaches down to the noise, its mean does not.
  it('says of a direction only what the seed leaves sure', async () => {
    const noisy =
      (size: number): Runner =>
      async (trials) =>
        trials.map(({ seed, point }): Outcome => {
          const at = (path: string) => toUnit(parameterAt(path)!, point[path]!)
          const slope = size * (0.1 + at('policy.feed.like'))
          return {
            values: { like_rate: slope * at('policy.opening.patienceHours') + 0.02 * makeRng(seed).normal() },
            digest: '',
          }
        })
    const said = async (size: number) => {
      const factors = factorsOf(['policy.opening.patienceHours', 'policy.feed.like'])
      const options = {
        factors,
        measures: [measureNamed('like_rate')!],
        base: 'n',
        rows: 8,
        trajectories: 6,
        leaders: 0,
      }
      const { measures } = await sensitivity(noisy(size), options)
      const of = (name: string) => measures[0]!.screened.find(({ factor }) => factor === name)!
      return { own: of('policy.opening.patienceHours'), noise: of('seed') }
    }
    const verdicts = new Set<string>()
    for (const size of [0.005, 0.02, 0.04, 0.06, 0.1, 1]) {
      const { own, noise } = await said(size)
      verdicts.add(own.verdict)
      expect(own.direction).toBe(1)
      const sure = own.low > noise.muStar
      const more = own.muStar > noise.muStar
      expect(own.verdict).toBe(
        sure ? 'raises it' : `raises it, ${more ? 'perhaps ' : ''}by no more than another seed does`,
      )
    }
    expect([...verdicts]).toEqual([
      'raises it, by no more than another seed does',
      'raises it, perhaps by no more than another seed does',
      'raises it',
    ])
  })

  it('takes parts of paths, groups what is one thing, and refuses what is none', () => {
    const names = (some: readonly Factor[]) => some.map(({ name }) => name)
    expect(names(factorsOf(['population.gender', 'policy.like.scale']))).toEqual([
      'population.gender',
      'policy.like.scale.woman',
      'policy.like.scale.man',
      'policy.like.scale.nonbinary',
    ])
    expect(names(factorsOf(['policy.opening'], ['policy.opening.norm', 'policy.opening.sigma']))).not.toContain(
      'policy.opening.sigma',
    )
    expect(factorsOf([]).length).toBeGreaterThan(70)
    expect(() => factorsOf(['policy.nothing'])).toThrow("no parameter 'policy.nothing'")
  })
})

describe('the first difference', () => {
  it('is the first event in which two runs part, and none of a setting and itself', () => {
    const setting = small(60, 6)
    expect(firstDifference(setting, 'a', [{}, {}])).toBeNull()
    const parted = firstDifference(setting, 'a', [{}, { 'policy.feed.like': 0.2 }])!
    expect(parted.day).toBe(0)
    expect(parted.first).not.toEqual(parted.second)
    expect([parted.first?.kind, parted.second?.kind]).toContain('liked_post')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  bandTargets,
  measureNamed,
  type Outcome,
  parseTarget,
  type Runner,
  type TuneOptions,
  toUnit,
  tune,
} from '../../experiments/index.ts'
import { ENGINE_VERSION, makeRng, parameterAt, parsePreset } from '../../sim/index.ts'

const PATHS = [
  'policy.deck.likerShown',
  'policy.reply.openerLogit',
  'policy.opening.patienceHours',
  'policy.opening.medianHours',
]
const parameters = PATHS.map((path) => parameterAt(path)!)

/** A model whose targets are known functions of the parameters' places, with the seed's noise. */
const model: Runner = async (trials) =>
  trials.map(({ seed, point }): Outcome => {
    const [liker, opener, patience, median] = parameters.map((parameter) =>
      toUnit(parameter, point[parameter.path] ?? parameter.default),
    )
    const stream = makeRng(seed)
    const noise = () => 0.002 * stream.normal()
    const reply = 0.4 + 0.45 * opener! + noise()
    return {
      values: {
        match_rate: 0.02 + 0.3 * liker! * liker! + noise(),
        reply_rate: reply,
        one_sided: 1 - reply,
        silent_matches: 0.3 - 0.25 * patience! + 0.1 * median! + noise(),
      },
      digest: '',
    }
  })

function options(targets: Record<string, string>, change: Partial<TuneOptions> = {}): TuneOptions {
  return {
    targets: Object.entries(targets).map(([name, text]) => parseTarget(measureNamed(name)!, text)),
    parameters,
    before: [0.45, -0.8, 20, 30],
    base: 't',
    seeds: 1,
    held: 10,
    most: 12,
    atMost: 2000,
    ...change,
  }
}

describe('tune', () => {
  it('meets values and bands from far off, on seeds that it did not see, the same again', async () => {
    const given = options({ match_rate: '0.10', reply_rate: '0.72', silent_matches: '0.07..0.13' })
    const result = await tune(model, given)
    expect(result.results.map(({ met }) => met)).toEqual([true, true, true])
    expect(result.conflicts).toEqual([])
    expect(result.seeds.every((seed) => seed.startsWith('t-held-'))).toBe(true)
    const { parameters: again, point } = await tune(model, given)
    expect({ again, point }).toEqual({ again: result.parameters, point: result.point })
  })

  it('finds planted values within their intervals, or says that they are not determined', async () => {
    const planted = {
      'policy.deck.likerShown': 0.25,
      'policy.reply.openerLogit': 2,
      'policy.opening.patienceHours': 60,
    }
    const truth = (await model(
      Array.from({ length: 200 }, (_, i) => ({
        seed: `truth ${i}`,
        point: { ...planted, 'policy.opening.medianHours': 9 },
      })),
    )) as unknown as readonly { values: Record<string, number> }[]
    const mean = (key: string) => truth.reduce((sum, { values }) => sum + values[key]!, 0) / truth.length
    const targets = Object.fromEntries(
      ['match_rate', 'reply_rate', 'silent_matches'].map((key) => [key, mean(key).toFixed(6)]),
    )
    const { parameters: found } = await tune(model, options(targets))
    for (const { path, value, low, high, determined } of found) {
      const wanted = (planted as Record<string, number>)[path] ?? 9
      if (determined) {
        expect(low, path).toBeLessThanOrEqual(wanted)
        expect(high, path).toBeGreaterThanOrEqual(wanted)
        expect(value).toBeGreaterThanOrEqual(low)
      }
    }
    const named = (path: string) => found.find((each) => each.path === path)!.determined
    expect(named('policy.deck.likerShown')).toBe(true)
    expect(named('policy.reply.openerLogit')).toBe(true)
    // Patience and the median wait do the same to the one target that they move.
    expect(named('policy.opening.medianHours')).toBe(false)
  })

  it('names targets that cannot be met together, and those that nothing moves', async () => {
    const { results, conflicts } = await tune(
      model,
      options({ reply_rate: '0.80', one_sided: '0.40' }, { atMost: 600 }),
    )
    expect(results.some(({ met }) => !met)).toBe(true)
    const missed = conflicts[0]!
    expect(['reply_rate', 'one_sided']).toContain(missed.target)
    expect([...missed.against, missed.target].sort()).toEqual(['one_sided', 'reply_rate'])
    const beyond = await tune(model, options({ match_rate: '0.9' }, { atMost: 300 }))
    expect(beyond.conflicts[0]).toMatchObject({
      target: 'match_rate',
      against: [],
      why: expect.stringContaining('at their ends'),
    })
  })
})

describe('targets', () => {
  it('are values or bands, and all bands at once', () => {
    expect(parseTarget(measureNamed('match_rate')!, '0.1')).toMatchObject({ low: 0.1, high: 0.1 })
    expect(() => parseTarget(measureNamed('match_rate')!, 'high')).toThrow('is no target')
    expect(() => parseTarget(measureNamed('match_rate')!, '0.2..0.1')).toThrow('lower end first')
    const bands = bandTargets()
    expect(bands.filter(({ weight }) => weight === 1).length).toBeGreaterThanOrEqual(11)
    expect(bands.every(({ low, high }) => low < high)).toBe(true)
  })
})

describe('the bad presets', () => {
  const folder = new URL('../fixtures/presets/', import.meta.url)
  it.each(readdirSync(folder))('%s is a preset', (file) => {
    const preset = parsePreset(readFileSync(new URL(file, folder), 'utf8'), file, ENGINE_VERSION)
    expect(Object.keys(preset.set).length).toBeGreaterThanOrEqual(5)
  })
})

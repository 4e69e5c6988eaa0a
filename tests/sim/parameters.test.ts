import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withParameters } from '../../docs/generate/parameters/tables.ts'
import {
  DEFAULT_PARAMETERS,
  defaultParameters,
  ENGINE_VERSION,
  flatParameters,
  METRICS,
  metricNamed,
  metricsMovedBy,
  PARAMETERS,
  PRESETS,
  parameterAt,
  parameterValue,
  parsePreset,
  presetText,
  putParameter,
  resolveConfig,
} from '../../sim/index.ts'

describe('the described tree', () => {
  it('lists every parameter once, with its default', () => {
    const listed = Object.fromEntries(PARAMETERS.map((parameter) => [parameter.path, parameter.default]))
    expect(Object.keys(listed)).toHaveLength(PARAMETERS.length)
    expect(listed).toEqual(flatParameters(DEFAULT_PARAMETERS))
  })

  it.each(PARAMETERS)('$path says what it is, and what is worth trying', (parameter) => {
    const { path, part, group, factor, least, most, low, high, scale, step, what, source, moves, also } = parameter
    expect(path.startsWith(`${part}.`)).toBe(true)
    expect(path.startsWith(group)).toBe(true)
    expect(path.startsWith(factor)).toBe(true)
    expect([least, low, parameter.default, high, most]).toEqual(
      [least, low, parameter.default, high, most].toSorted((a, b) => a - b),
    )
    expect(low).toBeLessThan(high)
    expect(what).toMatch(/^[A-Z].{8,}[^.]$/)
    expect(source).not.toBe('')
    expect(moves.length > 0 || also !== undefined).toBe(true)
    for (const named of moves) expect(metricsMovedBy({ moves: [named] }), named).not.toEqual([])
    if (scale === 'log') {
      expect(low).toBeGreaterThan(0)
      expect(step).toBeGreaterThan(1)
    } else expect(step).toBeLessThanOrEqual(Math.max(1, (high - low) / 10))
  })

  it('keeps what is one thing together', () => {
    const factorOf = (path: string) => parameterAt(path)?.factor
    expect(factorOf('population.gender.man')).toBe('population.gender')
    expect(factorOf('policy.feed.sources.topic')).toBe('policy.feed.sources')
    expect(factorOf('population.traits.sociability.low')).toBe('population.traits.sociability')
    expect(factorOf('policy.like.scale.man')).toBe('policy.like.scale.man')
  })

  it('changes a tree by path, and no other', () => {
    const tree = defaultParameters()
    putParameter(tree, 'policy.like.nearKm', 30)
    expect(parameterValue(tree, 'policy.like.nearKm')).toBe(30)
    expect(DEFAULT_PARAMETERS.policy.like.nearKm).toBe(15)
  })
})

describe('metrics', () => {
  it('have a word each, and are found by it, by their id and by their name', () => {
    expect(new Set(METRICS.map(({ key }) => key)).size).toBe(METRICS.length)
    for (const metric of METRICS) {
      expect(metric.key).toMatch(/^[a-z][a-z0-9_]+$/)
      for (const text of [metric.key, metric.id, metric.name]) expect(metricNamed(text), text).toBe(metric)
    }
    expect(metricNamed('reply_rate')).toBe(metricNamed('opener_reply_rate'))
    expect(metricNamed('nonsense')).toBeUndefined()
  })
})

describe('docs/model.md', () => {
  it('has the tables of the tree (npm run docs:parameters)', () => {
    const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')
    expect(page).toContain('<!-- parameters: policy -->')
    expect(withParameters(page)).toBe(page)
    expect(withParameters(page.replace('| 0.0112 |', '| 0.5 |'))).toBe(page)
  })
})

describe('presets', () => {
  const good = { name: 'shy', reason: 'What if few wrote first?', engine: 1, set: { 'policy.opening.medianHours': 20 } }
  const read = (preset: unknown) => parsePreset(JSON.stringify(preset), 'shy.json', ENGINE_VERSION)

  it('come from a text and go back to one', () => {
    expect(read(good)).toEqual(good)
    expect(parsePreset(presetText(good), 'shy.json', ENGINE_VERSION)).toEqual(good)
  })

  it.each(PRESETS)('$name is one that a run takes', (preset) => {
    expect(read(preset)).toEqual(preset)
    const parameters = defaultParameters()
    for (const [path, value] of Object.entries(preset.set)) putParameter(parameters, path, value)
    expect(resolveConfig({ seed: 'x', parameters }).parameters).toEqual(parameters)
  })

  it.each([
    [[], 'is no object'],
    [{ ...good, note: 'x' }, 'has "note"; what it can have is name, reason, engine, set'],
    [{ ...good, name: '' }, 'has no name'],
    [{ ...good, reason: 5 }, 'has no reason'],
    [{ ...good, engine: undefined }, 'does not say for which engine'],
    [{ ...good, engine: 999 }, `was made for engine 999, and this is engine ${ENGINE_VERSION}`],
    [{ ...good, set: undefined }, 'sets nothing'],
    [{ ...good, set: { 'policy.like': 5 } }, 'sets policy.like, and there is no such parameter'],
    [{ ...good, set: { __proto__x: 5 } }, 'there is no such parameter'],
    [{ ...good, set: { 'policy.like.nearKm': '5' } }, 'sets policy.like.nearKm to "5"; give a number'],
  ])('%j is refused: %s', (preset, says) => {
    expect(() => read(preset)).toThrow(says)
  })

  it('is refused when it is no JSON', () => {
    expect(() => parsePreset('{ name: shy }', 'shy.json', 3)).toThrow('Preset shy.json is no JSON')
  })
})

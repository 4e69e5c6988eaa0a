import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  checkCalendar,
  createSimulation,
  DEFAULT_PARAMETERS,
  generateProfiles,
  NULL_PARAMETERS,
  PARAMETER_RANGES,
  type ParameterRange,
  type RunInput,
  resolveConfig,
  runIdentity,
} from '../../sim/index.ts'

type Tree<Leaf> = { readonly [name: string]: Leaf | Tree<Leaf> }

function leaves(tree: Tree<number>, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'number' ? [prefix + name] : leaves(value, `${prefix}${name}.`),
  )
}

function at(path: string): ParameterRange {
  const step = (tree: unknown, name: string) => (tree as Record<string, unknown>)[name]
  return path.split('.').reduce(step, PARAMETER_RANGES) as ParameterRange
}

/** Part of a parameter tree with one leaf set. */
function only(path: string, value: number): NonNullable<RunInput['parameters']> {
  const wrap = (inner: unknown, name: string) => ({ [name]: inner })
  return path.split('.').reduceRight(wrap, value as unknown) as NonNullable<RunInput['parameters']>
}

const PATHS = leaves(DEFAULT_PARAMETERS)

describe('ranges of parameters', () => {
  it.each(PATHS)('%s: its ends are known, and beyond them a run is refused', (path) => {
    const { least, most } = at(path)
    expect(least).toBeLessThan(most)
    for (const value of [least - 0.5, most + 1]) {
      expect(() => resolveConfig({ seed: 'x', parameters: only(path, value) })).toThrow(
        `Parameter ${path} is ${value}; give a `,
      )
    }
  })

  it('hold the defaults and the null population', () => {
    resolveConfig({ seed: 'x' })
    resolveConfig({ seed: 'x', parameters: NULL_PARAMETERS })
  })

  it('are those of docs/model.md', () => {
    const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')
    const stated = new Set<string>()
    for (const [, path, unit] of page.matchAll(/^\| `((?:population|policy)\.[^`]+)` \|[^|]*\| ([^|]*) \|/gm)) {
      const ends = /(−?[\d,.]+)[–…](−?[\d,.]+)$/.exec(unit === 'share' ? '0–1' : unit!)
      const [least, most] = ends!.slice(1).map((end) => Number(end.replace('−', '-').replaceAll(',', '')))
      const [, before, names, after] = /^(.*)\{(.*)\}(.*)$/.exec(path!) ?? [path, path, '', '']
      for (const name of names!.split(',')) {
        const leaf = before! + name + after
        expect({ leaf, least, most, whole: unit!.startsWith('whole') }).toEqual({ leaf, whole: false, ...at(leaf) })
        stated.add(leaf)
      }
    }
    expect([...stated].sort()).toEqual([...PATHS].sort())
  })

  it('refuse weights that are all 0, and what cannot be together', () => {
    const refused = (population: object) => () => resolveConfig({ seed: 'x', parameters: { population } })
    expect(refused({ gender: { woman: 0, man: 0, nonbinary: 0 } })).toThrow('All of population.gender are 0')
    expect(refused({ orientation: { same: 0.6, both: 0.6 } })).toThrow('at most 1 in all')
    expect(refused({ traits: { sociability: { low: 0.9 } } })).toThrow('population.traits.sociability goes from 0.9 to')
    expect(() => resolveConfig({ seed: 'x', parameters: { policy: { deck: { tries: 1.5 } } } })).toThrow('whole number')
  })
})

describe('what the library refuses', () => {
  it('a key that a run does not have', () => {
    expect(() => createSimulation({ seed: 'x', persons: 5 } as never)).toThrow('A run has no "persons"')
    expect(() => createSimulation({ seed: 'x', people: 5 } as never)).toThrow('a list of persons, not 5')
    expect(() => resolveConfig({ seed: 'x', startdate: '2024-01-01' } as never)).toThrow('A run has no "startdate"')
  })

  it('people who are given, but whom neither the start nor a cohort brings', () => {
    const of = (k: number, more: object = {}) => {
      const cohorts = [{ day: 2, count: 3 }]
      return resolveConfig({ seed: 'x', count: 10, cohorts, people: [{ k, day: 2, traits: {} }], ...more }).people
    }
    expect(of(13)).toHaveLength(1)
    expect(() => of(14)).toThrow('There is a person 14 given, but the run has people 1 to 13.')
    expect(() => of(13, { cohorts: [] })).toThrow('people 1 to 10')
    // Who arrives by chance comes before the cohort.
    expect(of(14, { policies: [{ day: 1, policy: { arrivals: { perDay: 2 } } }] })).toHaveLength(1)
  })

  it('profiles of nobody, of no seed, from nowhere', () => {
    expect(() => generateProfiles('x', 0)).toThrow('count of people is 0')
    expect(() => generateProfiles('x', 1.5)).toThrow('count of people is 1.5')
    expect(() => generateProfiles('', 1)).toThrow('seed is empty')
    expect(() => generateProfiles('x', 1, { places: 'mars' as never })).toThrow('"mars"')
    expect(() => generateProfiles('x', 1, { startDate: '2024-02-30' })).toThrow('2024-02-30')
    expect(() => generateProfiles('x', 1, { pack: 'us' } as never)).toThrow('no option "pack"')
    expect(generateProfiles('x', 3, { places: 'world' })).not.toEqual(generateProfiles('x', 3))
  })

  it('days beyond those of which local times are known', () => {
    const { startDay } = resolveConfig({ seed: 'x', startDate: '2099-12-01' })
    checkCalendar(startDay, 31)
    expect(() => checkCalendar(startDay, 32)).toThrow('give at most 31 days in all')
    const run = createSimulation({ seed: 'x', count: 2, startDate: '2099-12-31' })
    run.runDay()
    expect(() => run.runDay()).toThrow('2099-12-31')
    expect(() => run.passDays(1)).toThrow('2099-12-31')
  })
})

describe('the run digest', () => {
  const before = (input: Partial<RunInput>) => createSimulation({ seed: 'a', count: 3, ...input }).digest

  it('tells runs without facts apart by seed and configuration', () => {
    const others: Partial<RunInput>[] = [
      {},
      { seed: 'b' },
      { count: 4 },
      { places: 'world' },
      { market: 'metro' },
      { startDate: '2024-01-02' },
      { parameters: { policy: { like: { cap: 0.9 } } } },
    ]
    expect(new Set(others.map(before)).size).toBe(others.length)
  })

  it('does not hang on the queue, nor on who joins later', () => {
    expect(before({ queue: 'calendar' })).toBe(before({ queue: 'heap' }))
    const config = resolveConfig({ seed: 'a' })
    expect(runIdentity({ ...config, cohorts: [{ day: 3, count: 2 }] } as never)).toBe(runIdentity(config))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delayBin, derive, MarketMetrics, mergeTallies, type Tally } from '../../../sim/observe/index.ts'
import { daysOf, type Happening, type InventedPerson, peopleOf, START_DAY } from './invented-market.ts'
import { bruteForce, trimmed } from './oracle.ts'
import { randomMarket } from './random-market.ts'

function tallyOf(persons: readonly InventedPerson[], happenings: readonly Happening[], days: number): Tally {
  const metrics = new MarketMetrics(peopleOf(persons), START_DAY)
  daysOf(happenings, days).forEach((facts, day) => {
    metrics.observe(day, facts)
  })
  return metrics.tally()
}

const market = fc.record({ seed: fc.integer(), days: fc.integer({ min: 1, max: 45 }) })

describe('incremental counts', () => {
  it('equal a search through the whole history', () => {
    fc.assert(
      fc.property(market, ({ seed, days }) => {
        const { persons, happenings } = randomMarket(seed, days)
        const tally = tallyOf(persons, happenings, days)
        const { vectors, delays } = bruteForce(persons, happenings, days)
        const counted = trimmed(tally.vectors)
        expect(counted).toMatchObject(vectors)
        const bins: number[] = []
        for (const delay of delays) bins[delayBin(delay)] = (bins[delayBin(delay)] ?? 0) + 1
        expect(counted.delay).toEqual(Array.from(bins, (count) => count ?? 0))
      }),
      { numRuns: 60 },
    )
  })

  it('of two markets merge, in either order, into those of both', () => {
    fc.assert(
      fc.property(market, fc.integer(), ({ seed, days }, other) => {
        const [a, b] = [randomMarket(seed, days), randomMarket(other, days)]
        const tallies = [a, b].map(({ persons, happenings }) => tallyOf(persons, happenings, days))
        const whole = tallyOf(...together(a, b), days)
        expect(trimmed(mergeTallies(tallies).vectors)).toEqual(trimmed(whole.vectors))
        expect(mergeTallies([...tallies].reverse())).toEqual(mergeTallies(tallies))
        expect(derive(mergeTallies(tallies))).toEqual(derive(whole))
      }),
      { numRuns: 25 },
    )
  })

  it('go on after a save and a restore as if nothing had been', () => {
    fc.assert(
      fc.property(market, fc.nat(44), ({ seed, days }, cut) => {
        const { persons, happenings } = randomMarket(seed, days)
        const facts = daysOf(happenings, days)
        const before = new MarketMetrics(peopleOf(persons), START_DAY)
        for (let day = 0; day < Math.min(cut, days); day++) before.observe(day, facts[day]!)
        const after = new MarketMetrics(peopleOf(persons), START_DAY)
        after.restore(structuredClone(before.save()))
        for (let day = after.days; day < days; day++) after.observe(day, facts[day]!)
        expect(after.tally()).toEqual(tallyOf(persons, happenings, days))
      }),
      { numRuns: 25 },
    )
  })

  it('keep to their budget of memory: 125 bytes a person, 27 a match and 2 a post', () => {
    const persons = new Array<InventedPerson>(20_000).fill({})
    const metrics = new MarketMetrics(peopleOf(persons), START_DAY)
    metrics.observe(0, daysOf([], 1)[0]!)
    expect(metrics.bytes / persons.length).toBeLessThan(126)
    expect(metrics.threads.bytes + metrics.posts.bytes).toBe(0)
    metrics.posts.add(10_000)
    for (let match = 0; match < 8192; match++) metrics.threads.add(0, 1)
    expect(metrics.threads.bytes).toBe(27 * 8192)
    expect(metrics.posts.bytes).toBeLessThanOrEqual(4 * 10_000)
  })

  it('take left-out days as days without facts', () => {
    const { persons, happenings } = randomMarket(7, 30)
    const quiet = happenings.filter(({ at }) => at < 5 * 86_400_000 || at >= 20 * 86_400_000)
    const facts = daysOf(quiet, 30)
    const metrics = new MarketMetrics(peopleOf(persons), START_DAY)
    facts.forEach((each, day) => {
      if (day < 5 || day >= 20) metrics.observe(day, each)
    })
    expect(metrics.tally()).toEqual(tallyOf(persons, quiet, 30))
    expect(() => metrics.observe(29, facts[29]!)).toThrow(/day 30 or a later one/)
  })
})

/** Two markets as one: the second's people, posts and matches get the next numbers. */
function together(
  a: ReturnType<typeof randomMarket>,
  b: ReturnType<typeof randomMarket>,
): [InventedPerson[], Happening[]] {
  const shift = a.persons.length
  const merged = [
    ...a.happenings.map((happening, i) => ({ happening, from: 0, i })),
    ...b.happenings.map((happening, i) => ({ happening, from: 1, i })),
  ].sort((x, y) => x.happening.at - y.happening.at || x.from - y.from || x.i - y.i)
  const numbers = { post: [[], []] as number[][], match: [[], []] as number[][] }
  const next = { post: 0, match: 0 }
  for (const { happening, from } of merged)
    if (happening.kind === 'post' || happening.kind === 'match')
      numbers[happening.kind][from]!.push(next[happening.kind]++)
  const happenings = merged.map(({ happening, from }) => {
    const copy = { ...happening } as Record<string, unknown>
    for (const person of ['k', 'to', 'other', 'viewed'])
      if (from === 1 && person in copy) copy[person] = (copy[person] as number) + shift
    for (const object of ['post', 'match'] as const)
      if (object in copy && (copy[object] as number) >= 0) copy[object] = numbers[object][from]![copy[object] as number]
    return copy as unknown as Happening
  })
  return [[...a.persons, ...b.persons], happenings]
}

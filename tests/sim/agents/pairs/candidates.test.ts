import { describe, expect, it } from 'vitest'
import {
  Candidates,
  createPopulation,
  drawPerson,
  emptyPerson,
  makeRng,
  People,
  placePack,
  resolveConfig,
} from '../../../../sim/index.ts'

const { startDay, parameters } = resolveConfig({ seed: 'candidates' })
const places = placePack('us')

function marketOf(count: number): People {
  const population = createPopulation({ seed: 'candidates', startDay, places, parameters: parameters.population })
  const people = new People()
  const person = emptyPerson()
  const stream = makeRng('unused')
  for (let k = 1; k <= count; k++) {
    drawPerson(population, k, -1, stream, person)
    people.add(person, 0, null, 1)
  }
  return people
}

/** Band of five years by age at the start, as the buckets cut them. */
function bandOf(people: People, row: number): number {
  const days = startDay - people.birthDay[row]! - Math.ceil(18 * 365.2425)
  return Math.max(0, Math.min(9, Math.floor(days / Math.floor(5 * 365.2425))))
}

function fits(people: People, a: number, b: number, near: boolean, reach: number): boolean {
  return (
    (people.seeks[a]! & (1 << people.gender[b]!)) !== 0 &&
    (people.seeks[b]! & (1 << people.gender[a]!)) !== 0 &&
    Math.abs(bandOf(people, a) - bandOf(people, b)) <= reach &&
    (!near || people.city[a] === people.city[b])
  )
}

describe('Candidates', () => {
  const people = marketOf(400)
  const candidates = new Candidates(places.cities.length)
  candidates.build(people, startDay)

  it.each([
    { near: false, reach: 1 },
    { near: false, reach: 9 },
    { near: true, reach: 2 },
  ])('draws everyone who fits and nobody else: $near, $reach bands', ({ near, reach }) => {
    const stream = makeRng(`draws ${near} ${reach}`)
    for (const row of [0, 7, 50, 133, 399]) {
      const expected = new Set<number>()
      for (let other = 0; other < people.size; other++) if (fits(people, row, other, near, reach)) expected.add(other)
      const drawn = new Map<number, number>()
      const draws = 60 * Math.max(1, expected.size)
      for (let i = 0; i < draws; i++) {
        const found = candidates.draw(stream, people, row, near, reach)
        drawn.set(found, (drawn.get(found) ?? 0) + 1)
      }
      if (expected.size === 0) expect([...drawn.keys()]).toEqual([-1])
      else expect([...drawn.keys()].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b))
      // Uniform: each about 60 times; eight standard deviations leave no room for chance.
      if (expected.size > 0)
        for (const count of drawn.values()) expect(Math.abs(count - 60)).toBeLessThan(8 * Math.sqrt(60))
    }
  })

  it('draws cost the same in a market of fifty times the people', () => {
    const large = marketOf(20_000)
    const wide = new Candidates(places.cities.length)
    wide.build(large, startDay)
    const time = (over: Candidates, of: People) => {
      const stream = makeRng('cost')
      let best = Number.POSITIVE_INFINITY
      for (let round = 0; round < 5; round++) {
        const from = process.hrtime.bigint()
        for (let i = 0; i < 50_000; i++) over.draw(stream, of, i % 400, false, 2)
        best = Math.min(best, Number(process.hrtime.bigint() - from))
      }
      return best
    }
    time(candidates, people)
    // A scan would take fifty times as long; caches alone may cost some.
    expect(time(wide, large)).toBeLessThan(10 * time(candidates, people))
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ARCHETYPES,
  archetypeTopics,
  drawInterests,
  generateInterests,
  INTERESTS,
  interestBits,
  preferredTopics,
  SUBJECTS,
  TOPICS,
} from '../../../sim/content/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'

describe('the taxonomy', () => {
  test('96–128 interests, so that a set fits four words', () => {
    expect(INTERESTS.length).toBeGreaterThanOrEqual(96)
    expect(INTERESTS.length).toBeLessThanOrEqual(128)
    expect(INTERESTS.map(({ id }) => id)).toEqual(INTERESTS.map((_, position) => position))
  })

  test('every name is there once; every subject and topic has some', () => {
    expect(new Set(INTERESTS.map(({ name }) => name)).size).toBe(INTERESTS.length)
    const subjects = new Set(INTERESTS.map(({ subject }) => subject))
    const topics = new Set(INTERESTS.map(({ topic }) => topic))
    expect([...subjects].sort((a, b) => a - b)).toEqual(SUBJECTS.map((_, code) => code))
    expect([...topics].sort((a, b) => a - b)).toEqual(TOPICS.map((_, code) => code))
  })

  test.each(INTERESTS)('$name: forms that fit their sentences', ({ name, noun, doing, do: verb, popularity }) => {
    expect(name).toMatch(/^[A-Z0-9]/)
    // “I love …”: a gerund first.
    expect(doing.split(' ')[0]).toMatch(/ing$/)
    // “We should …”: no gerund, no “to”.
    expect(verb.split(' ')[0]).not.toMatch(/ing$|^to$/)
    for (const form of [noun, doing, verb]) expect(form).not.toMatch(/^[A-Z][a-z]|\.$|\s$|^\s/)
    expect([1, 2, 3, 4, 5]).toContain(popularity)
  })
})

describe('drawInterests', () => {
  test('distinct ascending ids, as many as asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(ARCHETYPES.length - 1), fc.integer({ min: 3, max: 8 }), (seed, who, count) => {
        const ids = drawInterests(makeRng(seed), who, count)
        expect(ids.length).toBe(count)
        expect(ids.every((id, i) => INTERESTS[id] !== undefined && (i === 0 || id > ids[i - 1]!))).toBe(true)
        expect(drawInterests(makeRng(seed), who, count)).toEqual(ids)
      }),
    )
  })

  test('refuses a number it cannot draw', () => {
    for (const count of [-1, 1000, Number.NaN]) {
      expect(() => drawInterests(makeRng('x'), 0, count)).toThrow(/interests wanted/)
    }
  })

  test('an archetype draws its own topics at least twice as often as the others do', () => {
    const people = 3000
    const share = ARCHETYPES.map((archetype, code) => {
      const stream = makeRng(`correlated ${archetype}`)
      const byTopic = new Float64Array(TOPICS.length)
      for (let i = 0; i < people; i++) for (const id of drawInterests(stream, code, 5)) byTopic[INTERESTS[id]!.topic]!++
      return byTopic.map((count) => count / (people * 5))
    })
    for (const [code, archetype] of ARCHETYPES.entries()) {
      const topic = TOPICS.indexOf(preferredTopics(archetype)[0]!)
      const others = share.filter((_, other) => other !== code)
      const mean = others.reduce((sum, other) => sum + other[topic]!, 0) / others.length
      expect(share[code]![topic]! / mean).toBeGreaterThan(2)
    }
  })

  test('every interest is drawn by somebody', () => {
    const stream = makeRng('all')
    const seen = new Set<number>()
    for (let i = 0; i < 6000; i++) for (const id of drawInterests(stream, i % ARCHETYPES.length, 5)) seen.add(id)
    expect(seen.size).toBe(INTERESTS.length)
  })

  test('generateInterests: 3–8 names, all numbers reached', () => {
    const stream = makeRng('names')
    const sizes = new Set<number>()
    for (let i = 0; i < 300; i++) {
      const names = generateInterests(stream, ARCHETYPES[i % ARCHETYPES.length]!)
      expect(new Set(names).size).toBe(names.length)
      sizes.add(names.length)
    }
    expect([...sizes].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8])
  })
})

test('topic weights: one a topic, all positive, and archetypes differ', () => {
  for (let code = 0; code < ARCHETYPES.length; code++) {
    expect(archetypeTopics(code).length).toBe(TOPICS.length)
    expect(archetypeTopics(code).every((weight) => weight > 0)).toBe(true)
  }
  expect(new Set(ARCHETYPES.map((archetype) => preferredTopics(archetype)[0])).size).toBeGreaterThanOrEqual(5)
})

test('interestBits sets one bit an interest', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(127), { maxLength: 8 }), (ids) => {
      const words = interestBits(ids)
      const back = Array.from({ length: 128 }, (_, id) => id).filter((id) => (words[id >> 5]! >>> (id & 31)) & 1)
      expect(back).toEqual([...ids].sort((a, b) => a - b))
    }),
  )
})

import { describe, expect, it } from 'vitest'
import { drawInterests, generateBio, INTERESTS } from '../../../../sim/content/index.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { commonest, complaints } from './prose.ts'

/** St. Louis. */
const CITY = 74

function bios(seed: string, people: number): string[] {
  const stream = makeRng(seed)
  return Array.from({ length: people }, () => {
    const archetype = stream.nextInt(6)
    return generateBio(stream, {
      archetype,
      interests: drawInterests(stream, archetype, 3 + stream.nextInt(6)),
      engagement: 0.4 + 0.4 * stream.next(),
      city: CITY,
      intent: stream.nextInt(4),
    })
  })
}

describe('bios', () => {
  it('read well: 3,000 of them', () => {
    expect(complaints(bios('bios', 3000))).toEqual([])
  })

  it('vary: of 1,000 people no bio stands more than twice', () => {
    for (let i = 0; i < 5; i++) {
      const { text, count } = commonest(bios(`variety-${i}`, 1000))
      expect(count, text).toBeLessThanOrEqual(2)
    }
  })

  it('come in three lengths, longer for the engaged', () => {
    const stream = makeRng('lengths')
    const mean = (engagement: number) => {
      let sum = 0
      for (let i = 0; i < 500; i++)
        sum += generateBio(stream, { archetype: 1, interests: [1, 5, 9], engagement }).length
      return sum / 500
    }
    expect(mean(0.9)).toBeGreaterThan(mean(0.1) + 25)
  })

  it('name interests of their writer, and no city when none is known', () => {
    const stream = makeRng('named')
    const texts = Array.from({ length: 300 }, () =>
      generateBio(stream, { archetype: 3, interests: [2, 12, 30], engagement: 0.9 }),
    )
    const forms = [2, 12, 30].flatMap((id) => [INTERESTS[id]!.noun, INTERESTS[id]!.doing, INTERESTS[id]!.do])
    const naming = texts.filter((text) => forms.some((form) => text.toLowerCase().includes(form.toLowerCase())))
    expect(naming.length / texts.length).toBeGreaterThan(0.75)
    expect(texts.join(' ')).not.toMatch(/undefined|in town/)
  })

  it('need interests alone, or not even these', () => {
    const stream = makeRng('alone')
    for (let i = 0; i < 200; i++) {
      expect(complaints([generateBio(stream, [3, 40]), generateBio(stream, [])])).toEqual([])
    }
  })

  it('are the same for the same stream', () => {
    expect(bios('same', 50)).toEqual(bios('same', 50))
    expect(bios('same', 50)).not.toEqual(bios('other', 50))
  })
})

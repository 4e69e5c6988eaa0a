import { describe, expect, it } from 'vitest'
import { WORDS } from '../../../../sim/content/text/en/words/dictionaries.ts'
import { expand, mix } from '../../../../sim/content/text/en/words/expand.ts'
import { article, polish } from '../../../../sim/content/text/en/words/polish.ts'
import { archetypeOf, inVoice, livelinessOf, Voice, voiced } from '../../../../sim/content/text/en/words/voice.ts'
import { problems } from './prose.ts'

const nothing = () => undefined

describe('expand', () => {
  it('fills slots from the caller first, then from the dictionaries', () => {
    expect(expand('{noun}!', 1, (slot) => (slot === 'noun' ? 'chess' : undefined))).toBe('chess!')
    expect(WORDS.weekday).toContain(expand('{weekday}', 1, nothing))
  })

  it('chooses among alternatives, empty and nested ones too', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, seed) => expand('a[ b| c[ d|]|]', seed, nothing)))
    expect(seen).toEqual(new Set(['a', 'a b', 'a c', 'a c d']))
  })

  it('gives no dictionary word twice in one text', () => {
    for (let seed = 0; seed < 200; seed++) {
      const days = expand('{weekday} {weekday} {weekday} {weekday} {weekday} {weekday} {weekday}', seed, nothing).split(
        ' ',
      )
      expect(new Set(days).size).toBe(7)
    }
  })

  it('refuses an unknown dictionary and an open bracket', () => {
    expect(() => expand('{nowhere}', 1, nothing)).toThrow('no dictionary')
    expect(() => expand('[a|b', 1, nothing)).toThrow('not closed')
  })

  it('mixes evenly: chi-square of 16 cells over 16,000 seeds', () => {
    const cells = new Array<number>(16).fill(0)
    for (let seed = 0; seed < 16000; seed++) cells[mix(seed << 5, 3) % 16]!++
    const chi = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chi).toBeLessThan(45)
  })
})

describe('polish', () => {
  it('puts the article that the next word asks for', () => {
    const words = [
      'apple',
      'hour',
      'university',
      'one-way ticket',
      'honest friend',
      'umbrella',
      'ukulele',
      'old map',
      'x-ray',
    ]
    expect(words.map(article)).toEqual(['an', 'an', 'a', 'a', 'an', 'an', 'a', 'an', 'an'])
    expect(polish('a/an owl and a/an fox. a/an egg.')).toBe('An owl and a fox. An egg.')
  })

  it('starts sentences with a capital', () => {
    expect(polish('yes! no? well. “so.” ok')).toBe('Yes! No? Well. “So.” ok')
  })
})

describe('voice', () => {
  it('travels in the low bits of the variant', () => {
    for (let archetype = 0; archetype < 6; archetype++) {
      const variant = voiced(0xdeadbeef, archetype, 0.6)
      expect([archetypeOf(variant), livelinessOf(variant)]).toEqual([archetype, 2])
    }
    expect(livelinessOf(voiced(7, 0, 1))).toBe(3)
    expect(livelinessOf(voiced(7, 0, 0))).toBe(0)
  })

  it('differs: the casual write small, the adventurous exclaim, the social add emoji', () => {
    const share = (archetype: number, test: (text: string) => boolean) => {
      let hits = 0
      for (let i = 0; i < 2000; i++)
        if (test(inVoice('I went to Rome.', voiced(i << 5, archetype, 0.5), 'emoji:chat'))) hits++
      return hits / 2000
    }
    expect(share(Voice.casual, (text) => text.startsWith('i'))).toBeGreaterThan(0.7)
    expect(share(Voice.intellectual, (text) => text === 'I went to Rome.')).toBeGreaterThan(0.9)
    expect(share(Voice.adventurer, (text) => text.includes('!'))).toBeGreaterThan(0.35)
    expect(share(Voice.social, (text) => /\p{Extended_Pictographic}/u.test(text))).toBeGreaterThan(0.4)
  })
})

describe("the reader's eye", () => {
  it('sees what it should see', () => {
    expect(problems('A good day. I had an apple.')).toEqual([])
    expect(problems('went to rome, i did')).toEqual([])
    for (const bad of [
      'I have {noun}.',
      'The the cat.',
      'An cat.',
      'A apple.',
      'Two  spaces.',
      'What?.',
      'Yes. no I.',
      '',
      'Rome , really.',
    ]) {
      expect(problems(bad), bad).not.toEqual([])
    }
  })
})

import { describe, expect, it } from 'vitest'
import { writerWord } from '../../../../sim/content/index.ts'
import { cased } from '../../../../sim/content/text/en/words/cased.ts'
import { contracted, expanded } from '../../../../sim/content/text/en/words/contractions.ts'
import { expand, mix } from '../../../../sim/content/text/en/words/expand.ts'
import { article, polish } from '../../../../sim/content/text/en/words/polish.ts'
import { inVoice, Tone } from '../../../../sim/content/text/en/words/voice.ts'
import { problems } from './prose.ts'

const nothing = () => undefined

describe('expand', () => {
  it('fills slots', () => {
    expect(expand('{noun}!', 1, (slot) => (slot === 'noun' ? 'chess' : undefined))).toBe('chess!')
  })

  it('chooses among alternatives, empty and nested ones too', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, seed) => expand('a[ b| c[ d|]|]', seed, nothing)))
    expect(seen).toEqual(new Set(['a', 'a b', 'a c', 'a c d']))
  })

  it('refuses a slot that nobody fills and an open bracket', () => {
    expect(() => expand('{nowhere}', 1, nothing)).toThrow('nothing fills')
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

describe('a slot in the other case', () => {
  const flipped = (text: string) => cased('a^', () => text)

  it('leaves names and "I" as they are', () => {
    expect(flipped('A dog ran next to me')).toBe('a dog ran next to me')
    for (const text of ['Hank, and he thinks I live on noodles', 'Ray, and he knows', 'Kevin is a dog', "I'm late"])
      expect(flipped(text)).toBe(text)
  })
})

describe('contractions', () => {
  it('come and go', () => {
    const spelled = 'I am not sure that it is true. You are right, we do not know. I cannot say. Let us see.'
    const short = "I'm not sure that it's true. You're right, we don't know. I can't say. Let's see."
    expect(contracted(spelled)).toBe(short)
    expect(expanded(short)).toBe(spelled.replace('Let us', "Let's"))
  })

  it('stay away where the verb is stressed', () => {
    for (const text of ['That is who I am.', "So it's bigger than I am now.", 'What is it that you like?']) {
      expect(contracted(text)).not.toMatch(/who I'm|than I'm|What's it that/)
    }
  })

  it('stay away from a "there" that is a place, and from what two do', () => {
    for (const text of [
      'The way there is what counts.',
      'The quiet down there is nice.',
      'My aunt and I have been talking.',
    ])
      expect(contracted(text)).toBe(text)
    expect(contracted('Green, and I will do it again, so there is a way.')).toBe(
      "Green, and I'll do it again, so there's a way.",
    )
  })
})

describe('voice', () => {
  const said = (archetype: number, draw: number, salt: number) =>
    inVoice('I went to Rome.', writerWord(draw, archetype, 0.6, 1, false), salt, Tone.glad)
  const share = (archetype: number, test: (text: string) => boolean) => {
    let hits = 0
    for (let i = 0; i < 2000; i++) if (test(said(archetype, i << 8, i))) hits++
    return hits / 2000
  }

  it('differs: the casual write small, the social add emoji, intellectuals keep their stops', () => {
    expect(share(5, (text) => text.startsWith('i'))).toBeGreaterThan(0.6)
    expect(share(1, (text) => text.startsWith('i'))).toBe(0)
    const emoji = (text: string) => /\p{Extended_Pictographic}/u.test(text)
    expect(share(2, emoji)).toBeGreaterThan(share(1, emoji) + 0.05)
    expect(share(2, (text) => text.includes('!'))).toBeGreaterThan(0.08)
    expect(share(1, (text) => text.includes('!'))).toBe(0)
  })

  it("is the person's: one case, whatever is said", () => {
    for (let draw = 0; draw < 200; draw++) {
      const small = new Set(Array.from({ length: 20 }, (_, salt) => said(5, draw << 8, salt).startsWith('i')))
      expect(small.size).toBe(1)
    }
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
      'How was your the Fourth?',
    ]) {
      expect(problems(bad), bad).not.toEqual([])
    }
  })
})

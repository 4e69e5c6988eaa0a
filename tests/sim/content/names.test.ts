import { describe, expect, test } from 'vitest'
import {
  displayName,
  drawFirstName,
  FIRST_NAMES,
  firstName,
  GENDERS,
  generateName,
  LAST_NAMES,
} from '../../../sim/content/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'

const [women, men, neutral] = FIRST_NAMES as [string[], string[], string[]]

describe('the lists', () => {
  test('are as long as the plan asks', () => {
    expect(women.length).toBeGreaterThanOrEqual(150)
    expect(men.length).toBeGreaterThanOrEqual(150)
    expect(neutral.length).toBeGreaterThanOrEqual(60)
    expect(LAST_NAMES.length).toBeGreaterThanOrEqual(150)
  })

  test('hold no name twice, in any pool', () => {
    const all = FIRST_NAMES.flat()
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([])
    expect(new Set(LAST_NAMES).size).toBe(LAST_NAMES.length)
  })

  test('are written as names are, in composed letters', () => {
    for (const name of [...FIRST_NAMES.flat(), ...LAST_NAMES]) {
      expect(name).toMatch(/^\p{Lu}\p{L}+(-\p{L}+)?$/u)
      expect(name.normalize('NFC')).toBe(name)
    }
  })
})

describe('drawing', () => {
  const draws = 20_000

  test('stays in the gender’s pool, but for the neutral names', () => {
    const stream = makeRng('pools')
    const share = GENDERS.map((_, gender) => {
      const counts = [0, 0, 0]
      for (let i = 0; i < draws; i++) {
        const name = firstName(drawFirstName(stream, gender))
        counts[FIRST_NAMES.findIndex((pool) => pool.includes(name))]!++
      }
      return counts.map((count) => count / draws)
    })
    expect(share[0]![0]).toBeGreaterThan(0.9)
    expect(share[0]![1]).toBe(0)
    expect(share[1]![1]).toBeGreaterThan(0.9)
    expect(share[1]![0]).toBe(0)
    expect(share[2]![2]).toBeGreaterThan(0.7)
  })

  test('reaches every name, and the head of a list more often than its end', () => {
    const stream = makeRng('every name')
    const seen = new Map<string, number>()
    for (let i = 0; i < draws; i++) {
      const name = firstName(drawFirstName(stream, 0))
      seen.set(name, (seen.get(name) ?? 0) + 1)
    }
    expect(women.filter((name) => !seen.has(name))).toEqual([])
    const times = (names: string[]) => names.reduce((sum, name) => sum + seen.get(name)!, 0)
    expect(times(women.slice(0, 20))).toBeGreaterThan(2 * times(women.slice(-20)))
  })

  test('an index that is none gives the empty string', () => {
    expect([-1, 3 * 10_000, 1.5].map(firstName)).toEqual(['', '', ''])
  })

  test('a display name is a first name, with an initial or a last name at times', () => {
    const stream = makeRng('display')
    const forms = { alone: 0, initial: 0, last: 0 }
    for (let i = 0; i < 5000; i++) {
      const index = drawFirstName(stream, 2)
      const [first, rest] = displayName(stream, index).split(' ') as [string, string?]
      expect(first).toBe(firstName(index))
      if (rest === undefined) forms.alone++
      else if (/^[A-Z]\.$/.test(rest)) forms.initial++
      else {
        expect(LAST_NAMES).toContain(rest)
        forms.last++
      }
    }
    expect(forms.alone).toBeGreaterThan(forms.initial)
    expect(forms.initial).toBeGreaterThan(forms.last)
    expect(forms.last).toBeGreaterThan(0)
  })

  test('the same seed gives the same name', () => {
    for (const gender of GENDERS) {
      expect(generateName(makeRng(gender), gender)).toBe(generateName(makeRng(gender), gender))
    }
  })
})

import { expect, test } from 'vitest'
import { generateAge, MAX_AGE, MIN_AGE } from '../../../sim/content/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'

const PEOPLE = 100_000
const stream = makeRng('ages')
const counts = new Float64Array(MAX_AGE + 6)
for (let i = 0; i < PEOPLE; i++) counts[generateAge(stream)]!++

const band = (from: number) => counts.slice(from, from + 5).reduce((sum, n) => sum + n, 0)

test('18–65 and both ends reached', () => {
  expect(counts.slice(MIN_AGE, MAX_AGE + 1).reduce((sum, n) => sum + n, 0)).toBe(PEOPLE)
  expect(counts[MIN_AGE]).toBeGreaterThan(0)
  expect(counts[MAX_AGE]).toBeGreaterThan(0)
})

test.each([0, 1, 2, 3, 4])(
  'the modal five-year band lies in 25–35 (bands begin at %d past a multiple of 5)',
  (shift) => {
    let modal = -1
    for (let from = 10 + shift; from <= MAX_AGE; from += 5) if (modal < 0 || band(from) > band(modal)) modal = from
    // A band that straddles the edge of 25–35 cannot be inside; those two alignments only have to touch it.
    const inside = [25, 26, 27, 28, 29, 30, 31]
    expect(inside).toContain(modal)
  },
)

test('the right tail is the longer', () => {
  const over = (age: number) => counts.slice(age).reduce((sum, n) => sum + n, 0) / PEOPLE
  expect(over(41)).toBeGreaterThan(0.15)
  expect(over(41)).toBeLessThan(0.35)
})

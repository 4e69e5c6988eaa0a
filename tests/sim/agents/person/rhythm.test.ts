import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rhythm } from '../../../../sim/index.ts'

const HOUR = 3_600_000
const WEEK = 168 * HOUR
const SHAPES = [0, 1, 2, 3]

describe('Rhythm', () => {
  const rhythm = new Rhythm(1)
  const shape = fc.constantFrom(...SHAPES)
  const moment = fc.double({ min: 0, max: WEEK - 1, noNaN: true })
  const active = fc.double({ min: 0, max: 400, noNaN: true })

  it('a week of active hours takes a week', () => {
    fc.assert(
      fc.property(shape, moment, (s, from) => {
        expect(rhythm.wait(s, from, 168)).toBeCloseTo(WEEK, -1)
      }),
    )
  })

  it('waits add up: a and then b is a + b', () => {
    fc.assert(
      fc.property(shape, moment, active, active, (s, from, a, b) => {
        const first = rhythm.wait(s, from, a)
        const then = rhythm.wait(s, (from + first) % WEEK, b)
        expect(Math.abs(first + then - rhythm.wait(s, from, a + b))).toBeLessThan(1)
      }),
    )
  })

  it('longer takes longer, and nothing takes nothing', () => {
    fc.assert(
      fc.property(shape, moment, active, (s, from, a) => {
        expect(rhythm.wait(s, from, 0)).toBeCloseTo(0, 3)
        expect(rhythm.wait(s, from, a + 0.01)).toBeGreaterThan(rhythm.wait(s, from, a))
      }),
    )
  })

  it('an active hour is short in the evening and long before dawn; a flat week has none of it', () => {
    const wednesday = 3 * 24 * HOUR
    for (const s of SHAPES) {
      expect(rhythm.wait(s, wednesday + 21 * HOUR, 0.5)).toBeLessThan(0.4 * HOUR)
      expect(rhythm.wait(s, wednesday + 4 * HOUR, 0.5)).toBeGreaterThan(1.2 * HOUR)
      expect(new Rhythm(0).wait(s, wednesday + 4 * HOUR, 0.5)).toBeCloseTo(0.5 * HOUR, 0)
    }
  })
})

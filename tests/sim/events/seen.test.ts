import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeenPosts } from '../../../sim/events/seen.ts'

describe('SeenPosts', () => {
  it('agrees with a Set over the posts still shown, while the window slides and grows', () => {
    // Bursts of thousands make the window leave the table for sets.
    const step = fc.record({
      published: fc.oneof({ weight: 9, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(20_000) }),
      expired: fc.nat(80),
      looks: fc.array(fc.tuple(fc.nat(6), fc.nat(18_000)), { maxLength: 30 }),
      joins: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const seen = new SeenPosts()
        let rows = 4
        seen.resize(rows)
        const oracle = new Set<string>()
        let floor = 0
        let next = 0
        for (const { published, expired, looks, joins } of steps) {
          if (joins && rows < 7) seen.resize(++rows)
          for (let post = 0; post < published; post++) seen.advance(floor, ++next)
          floor = Math.min(next, floor + expired)
          for (const [person, back] of looks) {
            const row = person % rows
            const post = next - 1 - back
            if (post < floor) continue
            expect(seen.has(row, post)).toBe(oracle.has(`${row}:${post}`))
            if (oracle.has(`${row}:${post}`)) continue
            seen.add(row, post, floor)
            oracle.add(`${row}:${post}`)
          }
        }
        for (let row = 0; row < rows; row++) {
          for (let post = floor; post < next; post += 7) expect(seen.has(row, post)).toBe(oracle.has(`${row}:${post}`))
        }
      }),
    )
  })
})

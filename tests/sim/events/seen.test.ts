import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeenPosts } from '../../../sim/events/feed/seen.ts'

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

  it('has room for more people than 32 bits can number the bits of', () => {
    const seen = new SeenPosts()
    const rows = [0, 131_071, 131_072, 131_079]
    const posts = [40, 5000]
    seen.resize(131_080)
    const agree = () =>
      rows.every((row) =>
        [39, 40, 41, 4999, 5000, 5001, 16_383].every((post) => seen.has(row, post) === posts.includes(post)),
      )
    for (let next = 1; next <= 9000; next++) seen.advance(0, next)
    for (const row of rows) for (const post of posts) seen.add(row, post, 0)
    expect(agree()).toBe(true)
    for (let next = 9001; next <= 16_385; next++) seen.advance(0, next)
    expect(agree()).toBe(true)
  })
})

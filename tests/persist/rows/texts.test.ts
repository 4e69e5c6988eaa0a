import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textsOf } from '../../../persist/texts.ts'
import { TOPICS } from '../../../sim/index.ts'

const int32 = fc.integer({ min: -2147483648, max: 2147483647 })
const ELSEWHERE = { post: () => 'of the pack', message: () => 'a message' }

it("a post of a run's own pool is always one of the pool, whatever the numbers that choose it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      int32,
      int32,
      fc.integer({ min: 1, max: 9 }),
      (template, variant, operand, size) => {
        const own = Array.from({ length: size }, (_, i) => `own ${i}`)
        const posts = Object.fromEntries(TOPICS.map((topic) => [topic, own]))
        const texts = textsOf(ELSEWHERE, posts, 'us')
        expect([...own, 'of the pack']).toContain(texts.post(template, variant, operand))
      },
    ),
  )
})

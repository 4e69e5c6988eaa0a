import { describe, expect, it } from 'vitest'
import { generateMessageThread, generatePostText } from '../../../../sim/content/index.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { complaints } from './prose.ts'

describe("the plan's names", () => {
  it('generatePostText takes an archetype by name or code', () => {
    const byName = generatePostText(makeRng('post'), { archetype: 'creative', interests: [3, 20] })
    expect(generatePostText(makeRng('post'), { archetype: 3, interests: [3, 20] })).toBe(byName)
    expect(complaints([byName])).toEqual([])
  })

  it('generateMessageThread gives as many messages as asked for, in turns', () => {
    const a = { archetype: 'social', interests: [1, 5, 30], sociability: 0.8 } as const
    const b = { archetype: 'casual', interests: [5, 60], city: 4, name: 12 } as const
    const thread = generateMessageThread(makeRng('thread'), a, b, 9)
    expect(thread.map(({ sender }) => sender)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0])
    expect(complaints(thread.map(({ text }) => text))).toEqual([])
    expect(generateMessageThread(makeRng('thread'), a, b, 9)).toEqual(thread)
    expect(generateMessageThread(makeRng('thread'), a, b, 5)).toEqual(thread.slice(0, 5))
    expect(generateMessageThread(makeRng('thread'), a, b, 0)).toEqual([])
  })
})

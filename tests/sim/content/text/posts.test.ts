import { describe, expect, it } from 'vitest'
import {
  daysFromCivil,
  drawFlashPost,
  drawInterests,
  drawPost,
  FESTIVAL_BASE,
  flashTopic,
  HOLIDAYS,
  INTERESTS,
  type PostDraft,
  postTopic,
  renderPost,
  TOPICS,
  TREND_BASE,
  writerWord,
} from '../../../../sim/content/index.ts'
import { subjectOf } from '../../../../sim/content/text/en/post/pack.ts'
import { INTEREST_GROUP, postPart } from '../../../../sim/content/text/en/post/parts.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { drawSpeaker, TOPIC_TABLES } from './people.ts'
import { commonest, complaints } from './prose.ts'

/** A Wednesday in May. */
const MOMENT = { day: 20_223, minute: 800 }
/** Christmas 2025 in civil days. */
const CHRISTMAS = 20_447

function draftPosts(seed: string, people: number, each: number): { draft: PostDraft; topic: number }[] {
  const stream = makeRng(seed)
  const posts: { draft: PostDraft; topic: number }[] = []
  for (let k = 0; k < people; k++) {
    const archetype = stream.nextInt(6)
    const interests = drawInterests(stream, archetype, 3 + stream.nextInt(6))
    const writer = writerWord(stream.nextUint32(), archetype, stream.next(), stream.nextInt(4), stream.chance(0.5))
    for (let i = 0; i < each; i++) {
      const draft = { template: 0, variant: 0, operand: -1 }
      const topic = TOPIC_TABLES[archetype]!.draw(stream)
      drawPost(stream, { interests, city: stream.nextInt(80), writer }, topic, MOMENT, draft)
      posts.push({ draft, topic })
    }
  }
  return posts
}

const write = ({ draft }: { draft: PostDraft }) => renderPost(draft.template, draft.variant, draft.operand)

describe('posts', () => {
  it('reads well: 10,000 of them', () => {
    expect(complaints(draftPosts('posts', 1000, 10).map(write))).toEqual([])
  })

  it('keeps to its topic, and speaks of an interest of that topic alone', () => {
    for (const { draft, topic } of draftPosts('topics', 500, 6)) {
      expect(postTopic(draft.template, draft.operand)).toBe(topic)
      const subject = subjectOf(draft.operand)
      if (subject >= 0) expect(INTERESTS[subject]!.topic).toBe(topic)
    }
  })

  it('is a function of three integers, whatever was rendered before', () => {
    const posts = draftPosts('pure', 100, 4)
    const forward = posts.map(write)
    expect(posts.slice().reverse().map(write).reverse()).toEqual(forward)
  })

  it('has the breadth of the plan: 200 lines and more, a dozen for each topic', () => {
    const counts = TOPICS.map((_, topic) => postPart().from[topic + 1]! - postPart().from[topic]!)
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(200)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(12)
    expect(postPart().from[INTEREST_GROUP + 1]! - postPart().from[INTEREST_GROUP]!).toBeGreaterThan(30)
  })

  it('refuses a template that does not exist', () => {
    expect(() => renderPost(9999, 1, 0)).toThrow('no post template 9999')
  })
})

describe('flash posts', () => {
  const flashes = [
    ...Array.from({ length: 40 }, (_, n) => FESTIVAL_BASE + n),
    ...Array.from({ length: 40 }, (_, n) => TREND_BASE + n),
  ]

  it('read well and know their topic', () => {
    const stream = makeRng('flash')
    const texts: string[] = []
    for (const flash of flashes) {
      for (let i = 0; i < 60; i++) {
        const draft = { template: 0, variant: 0, operand: 0 }
        drawFlashPost(stream, drawSpeaker(stream), flash, MOMENT, draft)
        expect(postTopic(draft.template, draft.operand)).toBe(flashTopic(flash))
        texts.push(renderPost(draft.template, draft.variant, draft.operand))
      }
    }
    expect(complaints(texts)).toEqual([])
  })

  it('read well on a holiday, the day before and the day after', () => {
    const stream = makeRng('holidays')
    const texts: string[] = []
    for (const { name, month, day } of HOLIDAYS) {
      const date = daysFromCivil(2024, month, name === 'Thanksgiving' ? 28 : day)
      const flash = HOLIDAYS.findIndex((holiday) => holiday.name === name)
      for (let i = 0; i < 300; i++) {
        const draft = { template: 0, variant: 0, operand: 0 }
        const moment = { day: date - 1 + (i % 3), minute: 600 + (i % 5) * 180 }
        drawFlashPost(stream, drawSpeaker(stream), flash, moment, draft)
        texts.push(renderPost(draft.template, draft.variant, draft.operand))
      }
    }
    expect(complaints(texts)).toEqual([])
  })

  it('wish a merry Christmas on the day, look forward before and back after', () => {
    const stream = makeRng('christmas')
    const christmas = HOLIDAYS.findIndex(({ name }) => name === 'Christmas')
    const on = (day: number) =>
      Array.from({ length: 200 }, () => {
        const draft = { template: 0, variant: 0, operand: 0 }
        drawFlashPost(stream, drawSpeaker(stream), christmas, { day, minute: 1200 }, draft)
        return renderPost(draft.template, draft.variant, draft.operand)
      })
    expect(on(CHRISTMAS).join(' ')).toMatch(/merry christmas/i)
    expect(on(CHRISTMAS - 1).join(' ')).toMatch(/tomorrow|sleep until/i)
    expect(on(CHRISTMAS - 1).join(' ')).not.toMatch(/merry christmas/i)
    expect(on(CHRISTMAS + 1).join(' ')).toMatch(/the day after christmas|leftover/i)
    const { text, count } = commonest(on(CHRISTMAS))
    expect(count, text).toBeLessThanOrEqual(15)
  })

  it('leave a holiday of one country to that country', () => {
    const stream = makeRng('fourth')
    const fourth = HOLIDAYS.findIndex(({ name }) => name === 'Independence Day')
    const berlin = 106
    for (let i = 0; i < 100; i++) {
      const draft = { template: 0, variant: 0, operand: 0 }
      drawFlashPost(stream, { ...drawSpeaker(stream), city: berlin }, fourth, { day: 20_273, minute: 800 }, draft)
      expect(renderPost(draft.template, draft.variant, draft.operand)).not.toMatch(/fourth|fireworks/i)
    }
  })
})

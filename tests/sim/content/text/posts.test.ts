import { describe, expect, it } from 'vitest'
import {
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
} from '../../../../sim/content/index.ts'
import { POST_TEMPLATES } from '../../../../sim/content/text/en/post/templates.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { drawSpeaker, TOPIC_TABLES } from './people.ts'
import { commonest, complaints } from './prose.ts'

function draftPosts(seed: string, people: number, each: number): { draft: PostDraft; topic: number }[] {
  const stream = makeRng(seed)
  const posts: { draft: PostDraft; topic: number }[] = []
  for (let k = 0; k < people; k++) {
    const archetype = stream.nextInt(6)
    const who = { archetype, interests: drawInterests(stream, archetype, 3 + stream.nextInt(6)), city: 0 }
    for (let i = 0; i < each; i++) {
      const draft = { template: 0, variant: 0, operand: -1 }
      const topic = TOPIC_TABLES[archetype]!.draw(stream)
      drawPost(stream, who, topic, draft)
      posts.push({ draft, topic })
    }
  }
  return posts
}

const write = ({ draft }: { draft: PostDraft }) => renderPost(draft.template, draft.variant, draft.operand)

describe('posts', () => {
  it('reads well: 20,000 of them', () => {
    expect(complaints(draftPosts('posts', 2000, 10).map(write))).toEqual([])
  })

  it('varies: of the posts of 1,000 people in 30 days no text stands in more than 1 of 1,000', () => {
    for (const seed of ['variety-1', 'variety-2', 'variety-3']) {
      const texts = draftPosts(seed, 1000, 6).map(write)
      const { text, count } = commonest(texts)
      expect(count / texts.length, text).toBeLessThanOrEqual(0.001)
    }
  })

  it('keeps to its topic, and names an interest of that topic alone', () => {
    for (const { draft, topic } of draftPosts('topics', 500, 6)) {
      expect(postTopic(draft.template, draft.operand)).toBe(topic)
      if (draft.operand >= 0) expect(INTERESTS[draft.operand]!.topic).toBe(topic)
    }
  })

  it('is a function of three integers, whatever was rendered before', () => {
    const posts = draftPosts('pure', 100, 4)
    const forward = posts.map(write)
    expect(posts.slice().reverse().map(write).reverse()).toEqual(forward)
  })

  it('renders any variant of any template', () => {
    const stream = makeRng('any')
    const texts: string[] = []
    TOPICS.forEach((topic, code) => {
      const interests = INTERESTS.filter((interest) => interest.topic === code)
      POST_TEMPLATES[topic].forEach((_, at) => {
        for (const interest of interests) texts.push(renderPost(code * 256 + at, stream.nextUint32() | 0, interest.id))
      })
    })
    expect(complaints(texts)).toEqual([])
  })

  it('has the breadth of the plan: 200 templates and more, a dozen for each topic', () => {
    const counts = TOPICS.map((topic) => POST_TEMPLATES[topic].length)
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(280)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(12)
    expect(Math.max(...counts)).toBeLessThanOrEqual(256)
  })

  it('refuses a template that does not exist', () => {
    expect(() => renderPost(255, 1, -1)).toThrow('no post template 255')
  })
})

describe('flash posts', () => {
  const flashes = [
    ...HOLIDAYS.map((_, code) => code),
    ...Array.from({ length: 40 }, (_, n) => FESTIVAL_BASE + n),
    ...Array.from({ length: 40 }, (_, n) => TREND_BASE + n),
  ]

  it('read well and know their topic', () => {
    const stream = makeRng('flash')
    const texts: string[] = []
    for (const flash of flashes) {
      for (let i = 0; i < 60; i++) {
        const draft = { template: 0, variant: 0, operand: 0 }
        drawFlashPost(stream, drawSpeaker(stream), flash, draft)
        expect(postTopic(draft.template, draft.operand)).toBe(flashTopic(flash))
        texts.push(renderPost(draft.template, draft.variant, draft.operand))
      }
    }
    expect(complaints(texts)).toEqual([])
  })

  it('vary within one holiday', () => {
    const stream = makeRng('holiday')
    for (let flash = 0; flash < HOLIDAYS.length; flash++) {
      const texts = Array.from({ length: 300 }, () => {
        const draft = { template: 0, variant: 0, operand: 0 }
        drawFlashPost(stream, drawSpeaker(stream), flash, draft)
        return renderPost(draft.template, draft.variant, draft.operand)
      })
      const { text, count } = commonest(texts)
      expect(count, text).toBeLessThanOrEqual(15)
    }
  })
})

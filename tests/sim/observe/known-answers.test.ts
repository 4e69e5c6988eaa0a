import { describe, expect, it } from 'vitest'
import {
  behind,
  derive,
  MarketMetrics,
  METRIC_BY_ID,
  type Measures,
  scorecard,
  type Tally,
} from '../../../sim/observe/index.ts'
import {
  DAY,
  daysOf,
  type Happening,
  HOUR,
  type InventedPerson,
  MINUTE,
  peopleOf,
  START_DAY,
} from './invented-market.ts'

function tallyOf(persons: readonly InventedPerson[], happenings: readonly Happening[], days: number): Tally {
  const metrics = new MarketMetrics(peopleOf(persons), START_DAY)
  const sorted = [...happenings].sort((a, b) => a.at - b.at)
  daysOf(sorted, days).forEach((facts, day) => {
    metrics.observe(day, facts)
  })
  return metrics.tally()
}

function measure(persons: readonly InventedPerson[], happenings: readonly Happening[], days: number): Measures {
  return derive(tallyOf(persons, happenings, days))
}

const WOMAN = { gender: 0 }
const MAN = { gender: 1 }

describe('matches and conversations', () => {
  const like = (k: number, to: number, at: number, action = 1): Happening => ({ kind: 'like', k, to, at, action })
  const message = (k: number, match: number, at: number): Happening => ({ kind: 'message', k, match, at })
  const match = (k: number, other: number, at: number): Happening => ({ kind: 'match', k, other, at })

  it('match rate counts LIKEs alone', () => {
    const happenings = [
      like(0, 1, 10),
      like(1, 0, 20),
      match(0, 1, 21),
      like(0, 2, 30),
      like(0, 3, 40, 0),
      like(2, 3, 50),
    ]
    const measures = measure([WOMAN, MAN, MAN, MAN], happenings, 2)
    expect(measures['1']).toMatchObject({ value: 1 / 4, n: 4 })
    expect(measures['13.women']).toMatchObject({ value: 2 / 3, n: 3 })
    expect(measures['13.men']).toMatchObject({ value: 1, n: 2 })
  })

  it('an answer after 7 days makes a conversation two-sided but not answered; late openers are not counted', () => {
    const happenings = [
      match(0, 1, 0),
      message(0, 0, HOUR),
      message(0, 0, 2 * HOUR),
      message(1, 0, HOUR + 7 * DAY + 1),
      match(0, 2, 5),
      message(2, 1, DAY),
      message(0, 1, DAY + HOUR),
      match(1, 3, 7),
      message(1, 2, 4 * DAY + HOUR),
      match(2, 3, 9),
      match(0, 3, 4 * DAY - 1),
      match(1, 2, 4 * DAY),
    ]
    const measures = measure([WOMAN, MAN, MAN, WOMAN], happenings, 11)
    expect(measures['2']).toMatchObject({ value: 1 / 2, n: 2 })
    expect(measures['3']).toMatchObject({ value: 0, n: 2 })
    expect(measures['4']).toMatchObject({ value: 2 / 5, n: 5 })
    expect(measures['17.mean']).toMatchObject({ value: 2.5, n: 2 })
  })

  it('an answer 7 days after the opener is in time', () => {
    const happenings = [match(0, 1, 0), message(0, 0, 10), message(1, 0, 10 + 7 * DAY)]
    expect(measure([WOMAN, MAN], happenings, 9)['2']).toMatchObject({ value: 1, n: 1 })
  })

  it('who opens: by gender and by sociability', () => {
    const persons = [
      { gender: 0, sociability: 0.2 },
      { gender: 1, sociability: 0.8 },
      { gender: 0, sociability: 0.9 },
      { gender: 2, sociability: 0.2 },
    ]
    const happenings = [
      match(0, 1, 0),
      message(1, 0, 10),
      match(1, 2, 20),
      message(1, 1, 30),
      match(0, 2, 40),
      message(0, 2, 50),
      match(0, 3, 60),
      message(0, 3, 70),
    ]
    const measures = measure(persons, happenings, 1)
    expect(measures['15.men']).toMatchObject({ value: 1, n: 2 })
    expect(measures['15.same']).toMatchObject({ value: 0, n: 1 })
    expect(measures['15.all']).toMatchObject({ value: 1 / 3, n: 3 })
  })

  it('a reply delay runs from the last message of the other', () => {
    const happenings = [
      match(0, 1, 0),
      message(0, 0, 10),
      message(0, 0, HOUR),
      message(1, 0, HOUR + 40_999),
      message(0, 0, 3 * HOUR),
    ]
    const { vectors } = tallyOf([WOMAN, MAN], happenings, 1)
    expect([...vectors.delay!].reduce((sum, count) => sum + count, 0)).toBe(2)
    expect(vectors.delay![40]).toBe(1)
  })
})

describe('feed and posts', () => {
  it('liking and opening one item is one engagement, a dislike none', () => {
    const happenings: Happening[] = [
      { kind: 'post', k: 0, at: 0 },
      { kind: 'post', k: 0, at: 1 },
      { kind: 'feed_seen', k: 1, post: 0, at: 10 },
      { kind: 'liked_post', k: 1, post: 0, at: 20 },
      { kind: 'profile_view', k: 1, viewed: 0, post: 0, at: 30 },
      { kind: 'feed_seen', k: 1, post: 1, at: 40 },
      { kind: 'profile_view', k: 1, viewed: 0, post: -1, at: 50 },
      { kind: 'like', k: 1, to: 0, action: 0, at: 60 },
      { kind: 'feed_seen', k: 2, post: 0, at: DAY - 5 },
      { kind: 'profile_view', k: 2, viewed: 0, post: 0, at: DAY + 5 },
    ]
    const tally = tallyOf([WOMAN, MAN, MAN], happenings, 2)
    expect(derive(tally)['6']).toMatchObject({ value: 2 / 3, n: 3 })
    expect([...tally.vectors['day.engaged']!]).toEqual([2, 0])
    expect(tally.vectors.stray![0]).toBe(0)
  })

  it('unliked posts: those with 72 hours after them', () => {
    const happenings: Happening[] = [
      { kind: 'post', k: 0, at: 0 },
      { kind: 'post', k: 0, at: DAY },
      { kind: 'post', k: 0, at: 2 * DAY },
      { kind: 'liked_post', k: 1, post: 1, at: 3 * DAY },
    ]
    const measures = measure([WOMAN, MAN], happenings, 5)
    expect(measures['7']).toMatchObject({ value: 1 / 2, n: 2 })
    expect(measures['r.likes.mean']).toMatchObject({ value: 1 / 2, n: 2 })
  })

  it('posting: exposed weeks alone, and people with posts in two of them', () => {
    const session = (k: number, day: number): Happening => ({
      kind: 'session',
      k,
      start: day * DAY,
      at: day * DAY + HOUR,
    })
    const post = (k: number, day: number): Happening => ({ kind: 'post', k, at: day * DAY + 60_000 })
    const happenings = [
      ...[0, 7, 14, 21].map((day) => session(0, day)),
      ...[0, 1, 7, 21].map((day) => post(0, day)),
      ...[0, 7].map((day) => session(1, day)),
      ...[0, 2, 3].map((day) => post(1, day)),
      ...[3, 8, 21].map((day) => session(2, day)),
      ...[3, 8, 9, 10, 21, 27, 28].map((day) => post(2, day)),
    ]
    const tally = tallyOf([WOMAN, WOMAN, { joinedAt: 2 * DAY }], happenings, 29)
    expect([...tally.vectors.posting!]).toEqual([2, 4 + 5, 4 + 2])
    expect(tally.vectors['posting.rate']![20]).toBe(1)
    expect(tally.vectors['posting.rate']![50]).toBe(1)
    expect([...tally.vectors['posting.10-30']!]).toEqual([2, 1 + 2, 2 + 1])
  })

  it('a session that ends in the next week exposes the week it began in', () => {
    const happenings: Happening[] = [
      { kind: 'session', k: 0, start: 7 * DAY - HOUR, at: 7 * DAY + HOUR },
      { kind: 'post', k: 0, at: 7 * DAY - MINUTE },
      { kind: 'post', k: 0, at: 7 * DAY + MINUTE },
      { kind: 'session', k: 0, start: 15 * DAY, at: 15 * DAY + HOUR },
      { kind: 'post', k: 0, at: 15 * DAY + MINUTE },
    ]
    expect([...tallyOf([WOMAN], happenings, 28).vectors.posting!]).toEqual([1, 2, 2])
    expect([...tallyOf([WOMAN], happenings, 21).vectors.posting!]).toEqual([1, 2, 2])
    expect([...tallyOf([WOMAN], happenings, 20).vectors.posting!]).toEqual([0, 0, 0])
  })
})

describe('people', () => {
  it('profiles', () => {
    const persons = [{ flags: 0 }, { flags: 2, quizzes: 0 }, { flags: 1 }, { flags: 0, interests: 9 }]
    const tally = tallyOf(persons, [], 1)
    const measures = derive(tally)
    expect(measures['8']).toMatchObject({ value: 1 / 2, n: 4 })
    expect(measures['9']).toMatchObject({ value: 3 / 4, n: 4 })
    expect(measures['10']).toMatchObject({ value: 1 / 2, n: 2 })
    expect(behind(tally, METRIC_BY_ID.get('8')!)).toEqual(['no quiz 1', 'no bio 0', 'no photo 0', 'never posts 1'])
  })

  it('age is that of the first day, or of the day of joining', () => {
    const birthday18 = START_DAY - 6574
    const persons = [
      { birthDay: birthday18 },
      { birthDay: birthday18 + 1 },
      { birthDay: birthday18 + 1, joinedAt: DAY },
      { birthDay: START_DAY - 27 * 366 },
      { birthDay: START_DAY - 28 * 366 },
    ]
    const measures = measure(persons, [], 3)
    expect(measures['11.range']).toMatchObject({ value: 4 / 5, n: 5 })
    expect(measures['11.mode']!.value).toBe(17.5)
  })

  it('inactive: by the last session begun, among accounts of 14 days', () => {
    const session = (k: number, start: number): Happening => ({ kind: 'session', k, start, at: start + MINUTE })
    const persons = [{}, {}, {}, { joinedAt: DAY }, { joinedAt: DAY + 1 }]
    const measures = measure(persons, [session(0, DAY), session(1, DAY - 1)], 15)
    expect(measures['12']).toMatchObject({ value: 3 / 4, n: 4 })
  })

  it('retention: newcomers with a session on the very day', () => {
    const session = (k: number, start: number): Happening => ({ kind: 'session', k, start, at: start + MINUTE })
    const persons = [{ joinedAt: 100 }, { joinedAt: DAY }, { joinedAt: -5 }]
    const measures = measure(persons, [session(0, DAY + 99), session(0, DAY + 100), session(1, 2 * DAY - 1)], 3)
    expect(measures['r.retention.1']).toMatchObject({ value: 1 / 2, n: 2 })
    expect(measures['r.retention.7']!.n).toBe(0)
  })

  it('likes received: Gini with zeros', () => {
    const likes = [1, 1, 1, 2].map((to, i): Happening => ({ kind: 'like', k: 0, to, action: 1, at: i }))
    // 0, 1, 3 among three men: mean absolute difference 4/3 over twice the mean 8/3.
    expect(measure([WOMAN, MAN, MAN, MAN], likes, 1)['14.men']!.value).toBeCloseTo(1 / 2, 12)
  })
})

describe('rhythm', () => {
  it('local hours, over midnight and over a change of the clocks', () => {
    const post = (k: number, at: number): Happening => ({ kind: 'post', k, at })
    const persons = [{ zone: 0 }, { zone: 1 }, { zone: 2 }]
    const happenings = [
      post(0, 5 * HOUR),
      post(1, 4 * DAY + 14 * HOUR + 29 * MINUTE),
      post(1, 4 * DAY + 14 * HOUR + 30 * MINUTE),
      post(2, 3 * DAY + 10 * HOUR - 1),
      post(2, 3 * DAY + 10 * HOUR),
      post(2, 7 * DAY),
    ]
    const { hour } = tallyOf(persons, happenings, 8).vectors
    const found = [...hour!].flatMap((count, slot) => (count > 0 ? [[slot, count]] : []))
    expect(found).toEqual([
      [1, 1],
      [3, 1],
      [5, 1],
      [23, 1],
      [24, 1],
      [41, 1],
    ])
  })

  it('bursts: regular sessions give −1, and memory is not defined for them', () => {
    const sessions = Array.from({ length: 31 }, (_, i): Happening => {
      return { kind: 'session', k: 0, start: i * HOUR, at: i * HOUR + MINUTE }
    })
    const measures = measure([WOMAN], sessions, 2)
    expect(measures['18.sessions']).toMatchObject({ n: 1 })
    expect(measures['18.sessions']!.value).toBeCloseTo(-1, 9)
    expect(measures['18.memory']!.n).toBe(0)
    expect(measure([WOMAN], sessions.slice(0, 29), 2)['18.sessions']!.n).toBe(0)
  })

  it('memory: long gaps that alternate with short ones give −1', () => {
    const starts = Array.from({ length: 31 }, (_, i) => Math.floor(i / 2) * 5 * HOUR + (i % 2) * HOUR)
    const sessions = starts.map((start): Happening => ({ kind: 'session', k: 0, start, at: start + MINUTE }))
    expect(measure([WOMAN], sessions, 4)['18.memory']!.value).toBeCloseTo(-1, 6)
  })
})

describe('scorecard', () => {
  it('asserts nothing about a small run', () => {
    const rows = scorecard(tallyOf([WOMAN, MAN], [], 2))
    expect(rows).toHaveLength(METRIC_BY_ID.size)
    expect(new Set(rows.map((row) => row.verdict))).toEqual(new Set(['not asserted']))
  })

  it('names the worst days', () => {
    const likes = [0, 0, 0, 1].map((day, i): Happening => ({ kind: 'like', k: 0, to: 1, action: 1, at: day * DAY + i }))
    expect(behind(tallyOf([WOMAN, MAN], likes, 2), METRIC_BY_ID.get('1')!)).toEqual([
      'day 0: 0.000 of 3 likes',
      'day 1: 0.000 of 1 likes',
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeCounts,
  encodeCounts,
  type GroupCounts,
  groupMarkets,
  isSameDatabase,
  type Plan,
  placesOf,
  type Task,
} from '../../cluster/index.ts'
import { peopleOfGroups } from '../../cluster/plan/groups.ts'
import { largestFirst, shareOf } from '../../cluster/plan/shares.ts'
import { DAY_TABLES, type TaskIds } from '../../persist/index.ts'
import { FACT_KINDS } from '../../sim/index.ts'

const first = Object.fromEntries([...DAY_TABLES, 'users', 'profile_media'].map((table) => [table, 1])) as TaskIds

describe('groups of markets', () => {
  const alike = (markets: number, people: number) => ({
    ids: Array.from({ length: markets }, (_, i) => i),
    sizes: new Array<number>(markets).fill(people),
  })

  it('hold each market once, in order, and none is empty', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 4000 }), (given, days) => {
        const ids = given.map((_, i) => i * 3)
        const groups = groupMarkets(ids, given, days)
        expect(groups.flat()).toEqual(ids)
        expect(groups.every(({ length }) => length > 0)).toBe(true)
      }),
    )
  })

  it('are as many as a run of a million people gives work for, and never make more than a million files', () => {
    const million = alike(530, 1900)
    expect(groupMarkets(million.ids, million.sizes, 90)).toHaveLength(37)
    const most = alike(5300, 1900)
    const chunks = (5300 * 1900) / 1000
    for (const days of [90, 365, 3650, 36_500]) {
      const groups = groupMarkets(most.ids, most.sizes, days, chunks)
      expect(groups.length * days * DAY_TABLES.length + 6 * chunks).toBeLessThanOrEqual(1_000_000)
    }
  })
})

describe('shares of tasks', () => {
  const tasksOf = (people: readonly number[]) => people.map((_, group) => ({ id: `${group}`, pass: 1, group }) as Task)
  const planOf = (people: readonly number[]) =>
    ({ people, groups: people.map((_, group) => [group]) }) as unknown as Plan

  it('are all tasks together, each once, and differ by one group at most', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 70 }), (people, parts) => {
        const tasks = tasksOf(people)
        const shares = Array.from({ length: parts }, (_, part) => shareOf(tasks, planOf(people), part, parts))
        expect(shares.flat().toSorted((a, b) => a.group - b.group)).toEqual(tasks)
        const loads = shares.map((share) => share.reduce((sum, { group }) => sum + people[group]! + 1, 0))
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...people) + 1)
      }),
    )
  })

  it('halve a run with a metropolis, whose tasks are begun first', () => {
    const people = [2000, 1800, 4800, 2100, 1900, 2000]
    const halves = [0, 1].map((part) => shareOf(tasksOf(people), planOf(people), part, 2))
    const loads = halves.map((half) => half.reduce((sum, { group }) => sum + people[group]!, 0))
    expect(Math.abs(loads[0]! - loads[1]!)).toBeLessThan(1500)
    expect(largestFirst(tasksOf(people), planOf(people)).map(({ group }) => group)).toEqual([2, 3, 0, 5, 4, 1])
  })

  it('go by the people of each group', () => {
    expect(peopleOfGroups([[7, 9], [4]], [7, 9, 4], [10, 20, 5])).toEqual([30, 5])
  })
})

describe('ids', () => {
  const day = (rows: number) => ({ rows: DAY_TABLES.map(() => rows), arrivals: 1, pictures: 2 })

  it('follow one another, day by day, group after group', () => {
    const { groups, days, end } = placesOf(
      [
        [day(5), day(2)],
        [day(3), day(4)],
      ],
      first,
    )
    expect(groups.map((own) => own.map(({ likes, users }) => [likes, users]))).toEqual([
      [
        [1, 1],
        [9, 3],
      ],
      [
        [6, 2],
        [11, 4],
      ],
    ])
    expect(days).toEqual(groups[0])
    expect([end.likes, end.users, end.profile_media]).toEqual([15, 5, 9])
  })

  it('beyond 2^31 are as good as others; those that a double does not tell apart are refused in words', () => {
    const far = { ...first, feed_seen: 2 ** 31 }
    expect(placesOf([[day(2 ** 33), day(1)]], far).groups[0]![1]!.feed_seen).toBe(2 ** 31 + 2 ** 33)
    const last = { ...first, likes: Number.MAX_SAFE_INTEGER - 9 }
    expect(placesOf([[day(10)]], last).groups).toHaveLength(1)
    expect(() => placesOf([[day(10), day(1)]], last)).toThrow(
      /likes has no ids left: it holds rows up to id 9007199254740991.*take another database/,
    )
  })
})

describe('counts', () => {
  it('come out of their columns a day at a time as they went in', () => {
    const market = (id: number, on: number) => ({
      counts: {
        market: id,
        rows: Object.fromEntries(DAY_TABLES.map((table, i) => [table, id + on + i])) as never,
        firstPost: 10 * on,
        firstMatch: 20 * on,
        arrivals: Array.from({ length: (id + on) % 3 }, (_, i) => 100 * id + i),
      },
      summary: {
        market: id,
        rows: Uint32Array.from(FACT_KINDS, (_, i) => i + on),
        digests: Uint32Array.from({ length: FACT_KINDS.length * 4 }, (_, i) => i * id),
      },
    })
    const days = [0, 1, 2].map((on) => [7, 8].map((id) => market(id, on)))
    const counts: GroupCounts = { days, tally: { days: 3, startDay: 19_000, vectors: { one: Float64Array.of(1, 2) } } }
    const group = decodeCounts(encodeCounts(counts))
    expect(group.market).toBe(7)
    expect(group.tally).toEqual(counts.tally)
    for (const on of [2, 0, 1, 1]) expect(group.day(on)).toEqual(days[on])
  })
})

describe('two URLs are of one database', () => {
  const url = 'postgresql://me@host/site'
  it.each([
    ['postgres://you:secret@host:5432/site?schema=public', true],
    ['postgresql://me@host/site?schema=other', false],
    ['postgresql://me@host/site2', false],
    ['file:./site.db', false],
    // As an environment may have it.
    ['postgresql://me@host:port/site', false],
    ['', false],
  ])('%s: %s', (other, same) => {
    expect(isSameDatabase(other, url)).toBe(same)
    expect(isSameDatabase(url, other)).toBe(same)
  })
})

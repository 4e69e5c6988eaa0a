import { deserialize, serialize } from 'node:v8'
import { describe, expect, it, vi } from 'vitest'
import { Crew } from '../../../run/crew/crew.ts'
import { MarketGroup } from '../../../run/crew/group.ts'
import type { MarketTask } from '../../../run/crew/task.ts'
import { WorkerThread } from '../../../run/crew/thread.ts'
import {
  createSimulation,
  Purpose,
  planMarkets,
  RunDigest,
  resolveConfig,
  runIdentity,
  StreamKeys,
} from '../../../sim/index.ts'

const config = resolveConfig({ seed: 'crew', count: 240, market: 'division' })
const DAYS = 6

async function digestWith(workers: number): Promise<string> {
  const crew = Crew.hire(config, { workers, metrics: false })
  const digest = new RunDigest(runIdentity(config))
  try {
    for (let day = 0; day < DAYS; day++) digest.addDay({ day, markets: await crew.day() })
  } finally {
    await crew.dismiss()
  }
  return digest.hex
}

describe('a crew', () => {
  it('gives the facts of the library door, with any number of workers', async () => {
    const alone = createSimulation({ seed: 'crew', count: 240, market: 'division' })
    for (let day = 0; day < DAYS; day++) alone.runDay()
    expect(await Promise.all([0, 1, 2, 3, 8].map(digestWith))).toEqual(Array(5).fill(alone.digest))
  })

  it('gives digests and counts alone of days that are passed', async () => {
    const alone = createSimulation({ seed: 'crew', count: 240, market: 'division' })
    const days = Array.from({ length: DAYS }, () => alone.runDay())
    for (const workers of [0, 2]) {
      const crew = Crew.hire(config, { workers, metrics: true })
      const digest = new RunDigest(runIdentity(config))
      // In stretches of a few days and of one.
      const passed = [...(await crew.pass(3)), ...(await crew.pass(1)), ...(await crew.pass(DAYS - 4))]
      for (const { day, markets } of days) {
        const summaries = passed[day]!
        digest.addSummaries(day, summaries)
        expect(summaries.map(({ rows }) => rows.reduce((a, b) => a + b))).toEqual(
          markets.map(({ order }) => order.length),
        )
      }
      await crew.dismiss()
      expect(digest.hex).toBe(alone.digest)
    }
  })

  it('starts no more workers than there are markets', async () => {
    const crew = Crew.hire(resolveConfig({ seed: 'crew', count: 50, market: 'country' }), {
      workers: 5,
      metrics: false,
    })
    expect(crew.workers).toBe(1)
    await crew.dismiss()
  })

  it('counts the same metrics with any number of workers', async () => {
    const tallies = await Promise.all(
      [0, 2, 3].map(async (workers) => {
        const crew = Crew.hire(config, { workers, metrics: true })
        for (let day = 0; day < DAYS; day++) await crew.day()
        const tally = await crew.tally()
        await crew.dismiss()
        return tally
      }),
    )
    expect(tallies[0]!.days).toBe(DAYS)
    expect(tallies[1]).toEqual(tallies[0])
    expect(tallies[2]).toEqual(tallies[0])
  })

  it('keeps no metrics when none are wanted', async () => {
    const crew = Crew.hire(config, { workers: 1, metrics: false })
    await crew.day()
    expect(await crew.tally()).toBeNull()
    await crew.dismiss()
  })
})

/** A run of very many people is planned once; what a worker needs of the plan comes with its task. */
describe('the task of a worker', () => {
  const many = resolveConfig({ seed: 'crew', count: 240, market: 'division', cohorts: [{ day: 1, count: 50 }] })

  it('holds who belongs to its markets, and makes them without a look at anybody else', async () => {
    const plan = planMarkets(many)
    const markets = [plan.ids[1]!, plan.ids[4]!]
    const members = markets.map((id) => plan.members(id).slice())
    const homes = vi.spyOn(StreamKeys.prototype, 'person')
    try {
      new MarketGroup({ config: many, markets, members, metrics: false })
      const drawn = new Set(homes.mock.calls.map(([, , k]) => k))
      expect([...drawn].sort((a, b) => a - b)).toEqual(members.flatMap((ks) => [...ks]).sort((a, b) => a - b))
    } finally {
      homes.mockRestore()
    }
  })

  it('is plain data, of a few bytes a person', async () => {
    const plan = planMarkets(many)
    const members = plan.ids.map((id) => plan.members(id).slice())
    const task: MarketTask = { config: many, markets: plan.ids, members, metrics: false }
    expect(serialize(task).length).toBeLessThan(serialize(many).length + 240 * 4 + plan.ids.length * 40)
    const sent = deserialize(serialize(task)) as MarketTask
    const [here, there] = [new MarketGroup(task), new MarketGroup(sent)]
    for (let day = 0; day < 2; day++) expect(there.answer({ order: 'day' })).toEqual(here.answer({ order: 'day' }))
  })

  it('draws where the newcomers of a day live once, for all its markets', async () => {
    const plan = planMarkets(many)
    const group = new MarketGroup({
      config: many,
      markets: plan.ids,
      members: plan.ids.map((id) => plan.members(id)),
      metrics: false,
    })
    const homes = vi.spyOn(StreamKeys.prototype, 'person')
    try {
      group.answer({ order: 'pass', days: 2 })
      const { first, count } = plan.newcomers(1)
      expect(count).toBeGreaterThanOrEqual(50)
      // Once to sort them by market, once as part of the person.
      const draws = homes.mock.calls.filter(([, purpose, k]) => purpose === Purpose.location && k >= first)
      expect(draws).toHaveLength(2 * count)
    } finally {
      homes.mockRestore()
    }
  })
})

describe('a worker thread', () => {
  const task = { config, markets: [0], metrics: false, members: [planMarkets(config).members(0).slice()] }

  it('reports what went wrong in it', async () => {
    const thread = new WorkerThread({ ...task, markets: [12345], members: [new Int32Array(0)] })
    await expect(thread.answer({ order: 'day' })).rejects.toThrow('there is no market 12345')
    await expect(thread.answer({ order: 'day' })).rejects.toThrow('there is no market 12345')
    await thread.dismiss()
  })

  it('that dies fails the orders it had, and those that follow', async () => {
    const thread = new WorkerThread(task)
    const orders = [thread.answer({ order: 'day' }), thread.answer({ order: 'day' })]
    const dismissed = thread.dismiss()
    for (const order of orders) await expect(order).rejects.toMatchObject({ code: 'WORKER_FAILED' })
    await dismissed
    await expect(thread.answer({ order: 'day' })).rejects.toMatchObject({ code: 'WORKER_FAILED' })
  })
})

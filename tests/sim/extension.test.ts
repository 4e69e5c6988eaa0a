import { describe, expect, it } from 'vitest'
import { blockAndReport } from '../../examples/block-and-report.ts'
import {
  createMarket,
  createSimulation,
  type EventExtension,
  FIRST_EXTENSION_KIND,
  type OwnTable,
  planMarkets,
  QUEUE_NAMES,
  type RunInput,
  resolveConfig,
} from '../../sim/index.ts'

const INPUT: RunInput = { seed: 'extension', count: 400, market: 'area' }
const DAYS = 8

function digestOf(input: RunInput, extension?: EventExtension): string {
  const run = createSimulation(input, extension)
  for (let day = 0; day < DAYS; day++) run.runDay()
  return run.digest
}

describe('an extension', () => {
  it('that does nothing changes nothing', () => {
    const idle: EventExtension = {
      name: 'idle',
      purposes: ['nothing'],
      facts: [{ kind: 'nothing', columns: ['k'] }],
      attach: () => ({ handle() {}, endDay() {} }),
    }
    expect(digestOf(INPUT, idle)).toBe(digestOf(INPUT))
  })

  it('handles its own kinds, draws on its own streams and adds its facts to the digest', () => {
    const seen: [number, number][] = []
    const clock: EventExtension = {
      name: 'clock',
      facts: [{ kind: 'tick', columns: ['k', 'at'] }],
      attach: (world) => ({
        endDay: (day) => void world.schedule(world.now + 1000 + day, FIRST_EXTENSION_KIND + 9, 3, day, 0),
        handle(kind, row, day) {
          seen.push([kind, day])
          world.record(0, world.people.k[row]!, world.now - world.dayStart)
        },
      }),
    }
    const run = createSimulation({ ...INPUT, market: 'country' }, clock)
    const ticks: OwnTable[] = []
    for (let day = 0; day < 3; day++) ticks.push(run.runDay().markets[0]!.own![0]!)
    expect(seen).toEqual([
      [FIRST_EXTENSION_KIND + 9, 0],
      [FIRST_EXTENSION_KIND + 9, 1],
    ])
    expect(ticks.map(({ rows, first }) => [rows, first])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ])
    expect(Array.from(ticks[2]!.columns.at!)).toEqual([1001])
    expect(digestOf({ ...INPUT, market: 'country' }, clock)).not.toBe(digestOf({ ...INPUT, market: 'country' }))
  })

  it('may not schedule the kinds of the model', () => {
    const wrong: EventExtension = {
      name: 'wrong',
      attach: (world) => ({ handle() {}, endDay: () => void world.schedule(world.now + 1, 3, 0, 0, 0) }),
    }
    expect(() => createSimulation(INPUT, wrong).runDay()).toThrow(/event kind 3 is not an extension's/)
  })
})

describe('block and report', () => {
  const reference = digestOf(INPUT, blockAndReport)

  it('is the same on every queue, and alone in a market', () => {
    for (const queue of QUEUE_NAMES) expect(digestOf({ ...INPUT, queue }, blockAndReport)).toBe(reference)
    const config = resolveConfig(INPUT)
    const plan = planMarkets(config)
    const together = createSimulation(INPUT, blockAndReport)
    const alone = [...plan.ids].reverse().map((id) => createMarket(config, plan, id, blockAndReport))
    for (let day = 0; day < DAYS; day++) {
      const among = together.runDay().markets
      for (const market of alone) {
        const { own, digests } = market.runDay()
        const other = among.find((facts) => facts.market === market.id)!
        expect(own).toEqual(other.own)
        expect(digests).toEqual(other.digests)
      }
    }
  })

  it('goes on from a snapshot as if nothing had happened, and does not fit a run without it', () => {
    const config = resolveConfig({ ...INPUT, market: 'country' })
    const plan = planMarkets(config)
    const whole = createMarket(config, plan, plan.ids[0]!, blockAndReport)
    for (let day = 0; day < 4; day++) whole.runDay()
    const saved = whole.save()
    const resumed = createMarket(config, plan, plan.ids[0]!, blockAndReport)
    resumed.restore(saved)
    for (let day = 4; day < 8; day++) expect(resumed.runDay()).toEqual(whole.runDay())
    expect(() => createMarket(config, plan, plan.ids[0]!).restore(saved)).toThrow(/extension/)
  })

  it('blocks after a message of the blocked, once a thread, and silence follows', () => {
    const run = createSimulation({ ...INPUT, count: 600, market: 'country' }, blockAndReport)
    const messages: { match: number; k: number; time: number }[] = []
    const blocks: { match: number; k: number; blocked: number; time: number }[] = []
    let reports = 0
    for (let day = 0; day < 20; day++) {
      const { tables, own } = run.runDay().markets[0]!
      const { message } = tables
      const dayMs = day * 86_400_000
      for (let i = 0; i < message.rows; i++) {
        messages.push({ match: message.match[i]!, k: message.k[i]!, time: dayMs + message.at[i]! })
      }
      const { columns, rows } = own![0]!
      for (let i = 0; i < rows; i++) {
        const { k, blocked, match, at } = columns
        blocks.push({ match: match![i]!, k: k![i]!, blocked: blocked![i]!, time: dayMs + at![i]! })
      }
      reports += own![1]!.rows
    }
    expect(blocks.length).toBeGreaterThan(5)
    expect(reports).toBeGreaterThan(0)
    expect(new Set(blocks.map(({ match }) => match)).size).toBe(blocks.length)
    for (const block of blocks) {
      const thread = messages.filter(({ match }) => match === block.match)
      expect(thread.some(({ k, time }) => k === block.blocked && time < block.time)).toBe(true)
      expect(thread.every(({ time }) => time < block.time)).toBe(true)
    }
  })
})

describe('a day without rows', () => {
  it('has the digests and the counts of a day with them', () => {
    const config = resolveConfig({ ...INPUT, market: 'country' })
    const plan = planMarkets(config)
    const kept = createMarket(config, plan, plan.ids[0]!, blockAndReport)
    const passed = createMarket(config, plan, plan.ids[0]!, blockAndReport)
    for (let day = 0; day < 4; day++) {
      const { tables, digests, own } = kept.runDay()
      const summary = passed.passDays(1)[0]!
      expect(Array.from(summary.rows)).toEqual(Object.values(tables).map(({ rows }) => rows))
      expect(summary.digests).toEqual(digests)
      expect(summary.own).toEqual(own)
    }
    const run = createSimulation(INPUT)
    run.passDays(3)
    run.passDays(0)
    for (const days of [-1, 2.5, Infinity]) expect(() => run.passDays(days)).toThrow('a whole number of days')
    run.passDays(DAYS - 3)
    expect(run.day).toBe(DAYS)
    expect(run.digest).toBe(digestOf(INPUT))
  })
})

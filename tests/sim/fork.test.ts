import { describe, expect, it } from 'vitest'
import { blockAndReport } from '../../examples/block-and-report.ts'
import {
  createSimulation,
  type EventExtension,
  RunDigest,
  type RunInput,
  restoreSimulation,
  type SimulationRun,
} from '../../sim/index.ts'

const INPUT: RunInput = {
  seed: 'fork',
  count: 300,
  market: 'area',
  cohorts: [{ day: 4, count: 20 }],
  pauses: [{ from: 3, to: 5 }],
  parameters: { policy: { arrivals: { perDay: 4 }, burnIn: { days: 2 } } },
}

/** Likes of the next days. */
function likes(run: SimulationRun, days: number): number {
  let likes = 0
  for (let day = 0; day < days; day++) {
    for (const { tables } of run.runDay().markets) {
      for (let row = 0; row < tables.like.rows; row++) likes += tables.like.action[row]!
    }
  }
  return likes
}

describe('a saved run', () => {
  it.each([['without an extension'], ['with one']])(
    'goes on in another process as if nothing had happened, %s',
    (which) => {
      const extension = which === 'with one' ? blockAndReport : undefined
      const whole = createSimulation(INPUT, extension)
      whole.passDays(6)
      const saved = structuredClone(whole.save())
      const rest = [whole.runDay(), whole.runDay()]
      const again = restoreSimulation(saved, { ...(extension && { extension }) })
      expect([again.day, again.digest]).toEqual([saved.day, saved.digest])
      expect([again.runDay(), again.runDay()]).toEqual(rest)
      expect([again.day, again.digest]).toEqual([whole.day, whole.digest])
    },
  )

  it('forks with its extension, whose state and facts go on; without it a fork is refused in words', () => {
    // Counts the days in its state.
    const counting: EventExtension = {
      name: 'counting',
      facts: [{ kind: 'count', columns: ['k', 'times'] }],
      attach: (world) => {
        // Restoring puts other columns into it.
        const state = { times: new Int32Array(1) }
        return {
          state,
          endDay() {
            world.record(0, world.people.k[0]!, ++state.times[0]!)
          },
          handle() {},
        }
      },
    }
    const counts = (run: SimulationRun) => run.runDay().markets.flatMap(({ own = [] }) => [...own[0]!.columns.times!])
    const before = createSimulation(INPUT, counting)
    before.passDays(6)
    const saved = structuredClone(before.save())
    const policy = { like: { baseHigh: 0.6, baseLow: 0.3 } }
    const bolder = restoreSimulation(saved, { policy, extension: counting })
    const expected = counts(before)
    expect(expected.length).toBeGreaterThan(0)
    expect(Math.min(...expected)).toBeGreaterThan(1)
    expect(counts(bolder)).toEqual(expected)
    expect(bolder.digest).not.toBe(before.digest)
    expect(() => restoreSimulation(saved, { policy })).toThrow(
      "the snapshot's extension is 'counting', but this run's is none: give it the same one",
    )
  })

  it('forks: one past, as many futures as there are policies', () => {
    const before = createSimulation(INPUT)
    before.passDays(6)
    const saved = before.save()
    const same = restoreSimulation(saved, { policy: {} })
    const bolder = restoreSimulation(saved, { policy: { like: { baseHigh: 0.6, baseLow: 0.3 } } })
    const again = restoreSimulation(saved, { policy: { like: { baseHigh: 0.6, baseLow: 0.3 } } })
    expect(same.digest).toBe(before.digest)
    expect(bolder.digest).not.toBe(before.digest)
    const made = [before, same, bolder, again].map((run) => likes(run, 8))
    expect(made[1]).toBe(made[0])
    expect(made[2]).toBe(made[3])
    expect(made[2]).toBeGreaterThan(1.2 * made[0]!)
    expect(same.digest).toBe(before.digest)
    expect(bolder.digest).toBe(again.digest)
    // What is worked out from the policy beforehand is the fork's own too.
    const shown = [{}, { sources: { fresh: 5 } }].map((feed) => {
      const { markets } = restoreSimulation(saved, { policy: { feed } }).runDay()
      return markets.map(({ tables }) => Array.from(tables.feed_seen.post).join())
    })
    expect(shown[1]).not.toEqual(shown[0])
    // A fork is saved and goes on like any other run.
    const later = restoreSimulation(bolder.save())
    expect(likes(later, 2)).toBe(likes(bolder, 2))
    expect(later.digest).toBe(bolder.digest)
  })

  it('is refused when it does not fit, with what is wrong', () => {
    const run = createSimulation(INPUT)
    run.passDays(2)
    const saved = run.save()
    expect(() => restoreSimulation(saved, { policy: { arrivals: { perDay: 5 } } })).toThrow(
      /arrivals.perDay was 4 and shall be 5/,
    )
    expect(() => restoreSimulation(saved, { policy: { burnIn: { days: 0 } } })).toThrow(/burnIn.days/)
    expect(() => restoreSimulation(saved, { policy: { feed: { windowHours: 24 } } })).toThrow(/windowHours/)
    expect(() => restoreSimulation(saved, { policy: { likes: {} } as never })).toThrow(/no parameter policy.likes/)
    expect(() => restoreSimulation({ ...saved, markets: saved.markets.slice(1) })).toThrow(/markets/)
    expect(() => restoreSimulation({ ...saved, digest: 'x' })).toThrow(/digest/)
    expect(() => restoreSimulation(saved, { extension: blockAndReport })).toThrow(
      "the snapshot's extension is none, but this run's is 'block-and-report': give it the same one",
    )
    expect(() => restoreSimulation({ ...saved, config: { ...saved.config, seed: 'other' } })).toThrow(/seed/)
    const other = createSimulation({
      ...INPUT,
      parameters: { population: { appealSigma: 0.5 }, policy: { arrivals: { perDay: 4 } } },
    })
    expect(() => restoreSimulation({ ...saved, config: other.config })).toThrow(/config/)
    const markets = saved.markets.map((state) => state.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))
    expect(() => restoreSimulation({ ...saved, markets })).toThrow(expect.objectContaining({ code: 'BAD_SNAPSHOT' }))
    expect(RunDigest.from(run.digest).hex).toBe(run.digest)
  })
})

it.each([Number.NaN, 63, 64.5, 256, '64' as never])('an extension cannot schedule an event of kind %s', (kind) => {
  const extension: EventExtension = {
    name: 'odd',
    attach: (world) => ({ handle() {}, endDay: () => void world.schedule(world.now + 1, kind, 0, 0, 0) }),
  }
  expect(() => createSimulation({ seed: 'odd', count: 20 }, extension).runDay()).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT' }),
  )
})

it.each([
  [1, [1, 2], /no kind of fact 1/],
  [0, [1], /1 values/],
  [0, [1, 2.5e9], /at = 2500000000/],
  [0, [1, 0.5], /at = 0.5/],
])('an extension cannot record fact %s with %s', (kind, values, error) => {
  const extension: EventExtension = {
    name: 'odd',
    facts: [{ kind: 'odd', columns: ['k', 'at'] }],
    attach: (world) => ({ handle() {}, endDay: () => void world.record(kind, ...values) }),
  }
  expect(() => createSimulation({ seed: 'odd', count: 20 }, extension).runDay()).toThrow(error)
})

import { describe, expect, it } from 'vitest'
import { createSimulation, policyOn, type RunInput, restoreSimulation, type SimulationRun } from '../../sim/index.ts'

const INPUT: RunInput = {
  seed: 'policy',
  count: 200,
  market: 'area',
  parameters: { policy: { arrivals: { perDay: 2 } } },
}
const BOLDER = {
  like: { baseHigh: 0.6, nearKm: 90 },
  session: { medianSteps: 20 },
  reply: { medianHours: 1 },
  flashes: { trends: 3 },
  feed: { sources: { fresh: 5 } },
}

const days = (run: SimulationRun, count: number) => Array.from({ length: count }, () => run.runDay())

describe('a policy that changes on a day', () => {
  const whole = createSimulation({ ...INPUT, policies: [{ day: 3, policy: BOLDER }] })
  const before = days(whole, 3)
  const saved = whole.save()
  const after = days(whole, 3)

  it('leaves the days before as they were', () => {
    const plain = createSimulation(INPUT)
    expect(days(plain, 3)).toEqual(before)
    expect(days(plain, 1)).not.toEqual(after.slice(0, 1))
  })

  it('is from then on the fork of that day', () => {
    const plain = createSimulation(INPUT)
    plain.passDays(3)
    expect(days(restoreSimulation(plain.save(), { policy: BOLDER }), 3)).toEqual(after)
  })

  it('goes on from a saved state, before and after the change', () => {
    expect(days(restoreSimulation(saved), 3)).toEqual(after)
    const later = restoreSimulation(saved)
    later.passDays(1)
    expect(days(restoreSimulation(later.save()), 2)).toEqual(after.slice(1))
  })

  it('may change how many join, of whom the earlier days know nothing', () => {
    const growing = createSimulation({ ...INPUT, policies: [{ day: 3, policy: { arrivals: { perDay: 30 } } }] })
    expect(days(growing, 3)).toEqual(before)
    const joined = days(growing, 3).flatMap(({ markets }) => markets.map(({ tables }) => tables.arrival.rows))
    expect(joined.reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(50)
  })

  it('is the last that was said by then', () => {
    const { config } = createSimulation({
      ...INPUT,
      policies: [
        { day: 3, policy: { like: { nearKm: 40 } } },
        { day: 5, policy: { like: { cap: 0.5 } } },
      ],
    })
    expect([2, 3, 4, 5].map((day) => policyOn(config, day).like.nearKm)).toEqual([
      config.parameters.policy.like.nearKm,
      40,
      40,
      40,
    ])
    expect(policyOn(config, 9).like.cap).toBe(0.5)
  })

  it.each<[string, NonNullable<RunInput['policies']>, string]>([
    ['what the past hangs on', [{ day: 2, policy: { burnIn: { days: 3 } } }], 'policy.burnIn.days was'],
    ['an order that is none', [4, 2].map((day) => ({ day, policy: {} })), 'not before 4'],
    ['a parameter out of its range', [{ day: 2, policy: { like: { nearKm: -1 } } }], 'policy.like.nearKm is -1'],
  ])('refuses %s', (_, policies, says) => {
    expect(() => createSimulation({ ...INPUT, policies })).toThrow(says)
  })
})

describe('a cohort whose day is in a pause', () => {
  it('joins untold, and lives on with the others', () => {
    const run = createSimulation({
      ...INPUT,
      cohorts: [{ day: 3, count: 50 }],
      pauses: [{ from: 3, to: 6 }],
    })
    const told = days(run, 5)
    const arrived = told.flatMap(({ markets }) => markets.flatMap(({ tables }) => Array.from(tables.arrival.k)))
    const active = told.flatMap(({ markets }) => markets.flatMap(({ tables }) => Array.from(tables.session.k)))
    const { first, count } = run.plan.newcomers(3)
    expect(count).toBe(50)
    expect(arrived.some((k) => k >= first && k < first + count)).toBe(false)
    expect(active.some((k) => k >= first && k < first + count)).toBe(true)
  })
})

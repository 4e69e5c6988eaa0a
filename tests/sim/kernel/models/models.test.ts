import { describe, expect, it } from 'vitest'
import { Epidemic } from '../../../../bench/kernel/models/epidemic.ts'
import { SingleServerQueue } from '../../../../bench/kernel/models/mm1.ts'
import { Phold } from '../../../../bench/kernel/models/phold.ts'
import { QUEUE_NAMES } from '../../../../sim/kernel/index.ts'

/** Mean and its standard error over independent replications. */
function estimate(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) }
}

describe('M/M/1', () => {
  it.each([0.5, 0.8])('at load %f customers wait as long as theory says', (load) => {
    const waits = Array.from({ length: 20 }, (_, replication) => {
      const model = new SingleServerQueue(`mm1 ${replication}`, load, 1, 2_000)
      model.simulation.runUntil(20_000 / load, model)
      return model.meanWait
    })
    const { mean, error } = estimate(waits)
    const theory = load / (1 - load)
    // Four standard errors, and they are small enough for the test to mean something.
    expect(Math.abs(mean - theory)).toBeLessThan(4 * error)
    expect(error).toBeLessThan(theory * 0.05)
  })
})

describe('epidemic', () => {
  /** z = 1 − e^(−R₀ z), by iteration. */
  function finalSize(reproduction: number): number {
    let share = 0.9
    for (let i = 0; i < 200; i++) share = 1 - Math.exp(-reproduction * share)
    return share
  }

  it.each([1.5, 2.5])('with R₀ = %f infects the share that theory says', (reproduction) => {
    const people = 20_000
    const firstCases = 20
    const shares = Array.from({ length: 8 }, (_, replication) => {
      const model = new Epidemic(`sir ${replication}`, people, firstCases, reproduction)
      model.simulation.runUntil(Infinity, model)
      expect(model.simulation.pending).toBe(0)
      return model.infected / people
    })
    const { mean, error } = estimate(shares)
    // The first cases add at most a few times their own share.
    expect(Math.abs(mean - finalSize(reproduction))).toBeLessThan(4 * error + (4 * firstCases) / people)
    expect(error).toBeLessThan(0.01)
  })

  it('with R₀ below 1 dies out', () => {
    const model = new Epidemic('sir', 20_000, 20, 0.5)
    model.simulation.runUntil(Infinity, model)
    expect(model.infected).toBeLessThan(100)
  })
})

describe('each model runs alike on every queue', () => {
  it('PHOLD', () => {
    const runs = QUEUE_NAMES.map((queue) => {
      const model = new Phold(500, queue)
      model.simulation.runUntil(40, model)
      return [model.hash, model.simulation.executed, model.simulation.pending]
    })
    for (const run of runs) expect(run).toEqual(runs[0])
    expect(runs[0], 'no change').toMatchInlineSnapshot(`
      [
        654988547,
        20042,
        500,
      ]
    `)
  })

  it('M/M/1 and epidemic', () => {
    const runs = QUEUE_NAMES.map((queue) => {
      const server = new SingleServerQueue('alike', 0.9, 1, 0, queue)
      server.simulation.runUntil(5000, server)
      const epidemic = new Epidemic('alike', 2000, 5, 3, queue)
      epidemic.simulation.runUntil(Infinity, epidemic)
      return [server.meanWait, server.simulation.executed, epidemic.infected, epidemic.simulation.now]
    })
    for (const run of runs) expect(run).toEqual(runs[0])
  })
})

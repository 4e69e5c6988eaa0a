import { describe, expect, it } from 'vitest'
import { createQueue, EventTable } from '../../../../sim/kernel/queue/index.ts'
import { makeRng } from '../../../../sim/kernel/random/index.ts'

/** Counts how often a queue looks at a slot's time: the work of ordering, whatever the machine. */
class CountingTable extends EventTable {
  looks = 0

  override time(slot: number): number {
    this.looks++
    return super.time(slot)
  }
}

/** Looks per event, after as many events again to settle. Each event schedules the next after `wait()`. */
function looksPerEvent(pending: number, events: number, wait: (agent: number) => number): number {
  const table = new CountingTable()
  const queue = createQueue('calendar', table)
  const add = (time: number, agent: number) => queue.push(table.add(time, 0, 0, agent, 0, 0))
  for (let agent = 0; agent < pending; agent++) add(wait(agent), agent)
  for (let done = 0; done < 2 * events; done++) {
    if (done === events) table.looks = 0
    const slot = queue.popBefore(Infinity)
    const now = table.time(slot)
    const agent = table.agent(slot)
    table.release(slot)
    add(now + wait(agent), agent)
  }
  return table.looks / events
}

describe('the calendar', () => {
  it('does O(1) work an event where all waits are alike', () => {
    const rng = makeRng('alike')
    expect(looksPerEvent(5000, 100_000, () => rng.exponential(1000))).toBeLessThan(12)
  })

  it('and where a few hundred have waits of seconds among thousands with waits of weeks', () => {
    const rng = makeRng('mixed')
    const wait = (agent: number) => rng.exponential(agent < 300 ? 7 : 2_000_000)
    expect(looksPerEvent(6000, 100_000, wait)).toBeLessThan(12)
  })

  it('and where the pace goes up and down by 20 within a day', () => {
    const rng = makeRng('day and night')
    let clock = 0
    const wait = () => {
      clock += 0.001
      return rng.exponential(Math.floor(clock / 20) % 2 === 0 ? 50 : 1000)
    }
    expect(looksPerEvent(3000, 100_000, wait)).toBeLessThan(14)
  })
})

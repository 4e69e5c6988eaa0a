import { describe, expect, it } from 'vitest'
import { EventTable } from '../../../../sim/kernel/queue/event-table.ts'

const add = (table: EventTable, agent: number) => table.add(agent, 0, 0, agent, 0, 0)

describe('EventTable', () => {
  it('takes the lowest free slots after a sweep, so that what is pending gathers at the front of the table', () => {
    const table = new EventTable()
    const slots = Array.from({ length: 10_000 }, (_, i) => add(table, i))
    const kept = slots.filter((slot) => slot % 10 === 0)
    for (const slot of slots) if (slot % 10 !== 0) table.release(slot)
    table.orderFree(9_000)
    // Every event that ends makes room for a new one, as in a steady model.
    const replaced = kept.map((slot) => {
      table.release(slot)
      return add(table, 0)
    })
    expect(Math.max(...replaced)).toBeLessThan(1_000 * 1.25 + 64)
    expect(table.held).toBe(1_000)
  })

  it('comes back to the high slots when the low ones are used up, and never gives a slot twice', () => {
    const table = new EventTable()
    const slots = Array.from({ length: 1_000 }, (_, i) => add(table, i))
    for (const slot of slots.slice(10)) table.release(slot)
    table.orderFree(990)
    const held = new Set(slots.slice(0, 10))
    for (let i = 0; i < 2_000; i++) held.add(add(table, i))
    expect(held.size).toBe(2_010)
    expect(table.capacity()).toBeLessThanOrEqual(4_096)
  })

  it('retires a slot whose generations are used up: its old handles stay stale', () => {
    const table = new EventTable()
    const first = add(table, 0)
    const stale = table.handle(first)
    table.release(first)
    let slot = first
    for (let generation = 2; generation <= 0x7fffff; generation++) {
      slot = add(table, 0)
      table.release(slot)
    }
    expect(slot).toBe(first)
    expect(add(table, 0)).not.toBe(first)
    expect(table.cancel(stale)).toBe(false)
  })
})

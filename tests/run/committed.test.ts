import { describe, expect, it } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { CountingPace } from '../../run/days/committed.ts'
import { type CommittedDay, startRun } from '../../run/index.ts'
import { createSimulation, resolveConfig, scorecard } from '../../sim/index.ts'

describe('counting for those who look on', () => {
  it('rests between two counts, the longer the more people there are', () => {
    let now = 0
    const few = new CountingPace(1000, () => now)
    const many = new CountingPace(1_000_000, () => now)
    const counts = { few: 0, many: 0 }
    for (; now < 600_000; now += 10) {
      if (few.isDue()) counts.few++
      if (many.isDue()) counts.many++
    }
    expect(counts.few).toBeGreaterThan(2000)
    expect(counts.many).toBe(2)
  })
})

describe('a run that is looked on', () => {
  it.each(['memory:', 'none:'])('tells of every day in order, and of the rates at the end, into %s', async (url) => {
    const store = await openStore(url)
    const days: CommittedDay[] = []
    const begun: number[][] = []
    const config = resolveConfig({ seed: 'looked-on', count: 60 })
    const result = await startRun(store, config, 8, {
      workers: 0,
      onBegin: (_, before, all) => begun.push([before, all]),
      onDay: (day) => days.push(day),
    })
    await store.close()
    const alone = createSimulation({ seed: 'looked-on', count: 60 })
    alone.passDays(8)
    expect(result.digest).toBe(alone.digest)
    expect(begun).toEqual([[0, 8]])
    expect(days.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    const sum = (table: string) => days.reduce((total, { rows }) => total + (rows[table] ?? 0), 0)
    for (const table of ['sessions', 'likes', 'messages']) expect(sum(table)).toBe(result.rows[table] ?? 0)
    const last = days.at(-1)!.tally!
    expect(last.days).toBe(8)
    const engaged = scorecard(last).find(({ metric }) => metric.id === '6')!
    expect(engaged.value).toBe(result.metrics!.find(({ id }) => id === '6')!.value)
  })
})

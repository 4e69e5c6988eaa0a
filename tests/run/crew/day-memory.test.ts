import { expect, test } from 'vitest'
import { giveBack, memoryOf } from '../../../run/crew/day-memory.ts'
import { createSimulation, type MarketDay } from '../../../sim/index.ts'

test('a day that is done gives its memory back at once, all of it, without the collector', async () => {
  const [market] = createSimulation({ seed: 'memory', count: 300 }).markets
  giveBack([])
  await new Promise((resolve) => setTimeout(resolve, 10))
  const day = market!.runDay()
  const size = memoryOf([day]).reduce((sum, buffer) => sum + buffer.byteLength, 0)
  expect(size).toBeGreaterThan(100_000)
  const huge: MarketDay = { ...day, digests: new Uint32Array(1 << 24) }
  const before = process.memoryUsage().arrayBuffers
  giveBack([huge])
  expect(before - process.memoryUsage().arrayBuffers).toBeGreaterThan((1 << 26) + size / 2)
  expect(memoryOf([huge]).every((buffer) => buffer.byteLength === 0)).toBe(true)
  expect(market!.runDay().order.length).toBeGreaterThan(1000)
})

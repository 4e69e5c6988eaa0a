import { memoryUsage } from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createMarket, MarketMetrics, planMarkets, resolveConfig } from '../../sim/index.ts'

/** The large run takes minutes: `npm run test:memory`. */
const LARGE = process.env.MEMORY_TEST === 'large'
const PEOPLE = LARGE ? 100_000 : 5_000
const DAYS = 30

/**
 * Bytes a person after 30 days (docs/performance.md, "Memory"). A market of at most 8,192 people has two bits for each
 * pair, n / 4 bytes a person; a larger one keeps a set of decisions a person, which grows with the days.
 */
const BUDGET: Readonly<Record<string, number>> = {
  people: 190,
  decided: 2_400,
  seen: 3_000,
  feed: 100,
  threads: 320,
  inbox: 40,
  sessions: 90,
  events: 480,
  journal: 1_900,
  observer: 320,
}
/** All of it, with what the list does not name: less than the sum, since not everything is at its largest at once. */
const IN_ALL = LARGE ? 6_500 : 5_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heldBytes(): number {
  collectGarbage()
  const { arrayBuffers, heapUsed } = memoryUsage()
  return arrayBuffers + heapUsed
}

describe(`${PEOPLE} people × ${DAYS} days`, () => {
  it(
    'stay within the budget of bytes a person',
    () => {
      const config = resolveConfig({ seed: 'memory', count: PEOPLE })
      const plan = planMarkets(config)
      const before = heldBytes()
      const parts: Record<string, number> = { observer: 0 }
      const held: object[] = []
      for (const id of plan.ids) {
        const market = createMarket(config, plan, id)
        const metrics = new MarketMetrics(market.people(), config.startDay)
        market.passDays(DAYS, metrics)
        for (const [part, bytes] of Object.entries(market.bytesByPart())) parts[part] = (parts[part] ?? 0) + bytes
        parts.observer! += metrics.bytes
        held.push(market, metrics)
      }
      const all = (heldBytes() - before) / PEOPLE
      const perPerson = Object.fromEntries(Object.entries(parts).map(([part, bytes]) => [part, bytes / PEOPLE]))
      console.log(
        Object.entries({ ...perPerson, 'in all': all })
          .map(([part, bytes]) => `${part} ${bytes.toFixed(0)}`)
          .join(', '),
      )
      expect(held.length).toBe(plan.ids.length * 2)
      expect(Object.keys(perPerson).sort()).toEqual(Object.keys(BUDGET).sort())
      for (const [part, bytes] of Object.entries(perPerson)) expect(bytes, part).toBeLessThanOrEqual(BUDGET[part]!)
      expect(all).toBeLessThanOrEqual(IN_ALL)
    },
    LARGE ? 1_800_000 : 120_000,
  )
})

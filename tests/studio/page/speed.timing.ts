import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { CHROMIUM, Visit } from '../browser.ts'

let visit: Visit | undefined
afterEach(async () => {
  await visit?.close()
  visit = undefined
})

/** The same run on one thread in Node, metrics counted every day as the page does; ms of the second of two. */
function inNode(): number {
  const program = `
    import { createSimulation, MarketMetrics, mergeTallies, derive } from './dist/index.js'
    let ms = 0
    for (let round = 0; round < 2; round++) {
      const start = performance.now()
      const run = createSimulation({ seed: 'demo-2024', count: 1000 })
      const metrics = new Map(run.markets.map((market) => [market, new MarketMetrics(market.people(), run.config.startDay)]))
      for (let day = 0; day < 30; day++) {
        run.passDays(1, (market) => metrics.get(market))
        derive(mergeTallies([...metrics.values()].map((one) => one.tally())))
      }
      ms = performance.now() - start
    }
    console.log(ms)`
  return Number(execFileSync('node', ['--input-type=module', '-e', program], { encoding: 'utf8' }))
}

/** Moves a slider as a hand does, and takes the time from its last move. Runs in the page. */
const MOVE = `(async (moves) => {
  const slider = document.querySelector('[data-path="population.archetype.social"] input[type=range]')
  const words = document.querySelector('.standing-word')
  const long = []
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)))
  observer.observe({ type: 'longtask' })
  let last = 0
  for (let i = 0; i < moves; i++) {
    slider.value = String(100 + Math.floor(Math.random() * 700))
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    last = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
  const until = (test) => new Promise((resolve) => {
    const look = () => (test(words.textContent) ? resolve(performance.now() - last) : setTimeout(look, 2))
    look()
  })
  const first = await until((text) => /^(day [1-9]|seed|complete)/.test(text))
  const whole = await until((text) => /^seed|complete/.test(text))
  observer.disconnect()
  return { first, whole, long: Math.max(0, ...long) }
})`

describe.skipIf(CHROMIUM === undefined)('1,000 people, 30 days', () => {
  it('answer a slider at once, and simulate about as fast as Node', async () => {
    visit = await Visit.start({ link: 'seed=demo-2024&count=1000&days=30' })
    const { page } = visit
    await page.locator('.standing-word', { hasText: /seed|complete/ }).waitFor({ timeout: 60_000 })
    // One seed: the whole machine for the curve that is measured.
    await page.getByLabel('seeds').selectOption('1')
    await visit.complete()
    const rounds: { first: number; whole: number; long: number; node: number }[] = []
    for (let round = 0; round < 3; round++) {
      const node = inNode()
      rounds.push({ ...(await page.evaluate<{ first: number; whole: number; long: number }>(`${MOVE}(12)`)), node })
      await visit.complete()
    }
    console.log(
      rounds
        .map(
          ({ first, whole, long, node }) =>
            `first points ${Math.round(first)} ms, whole ${Math.round(whole)} ms, in Node ${Math.round(node)} ms, longest task ${Math.round(long)} ms`,
        )
        .join('\n'),
    )
    // The best of three: other work on the machine only ever adds.
    const best = (of: (round: (typeof rounds)[number]) => number) => Math.min(...rounds.map(of))
    expect(best(({ first }) => first)).toBeLessThan(200)
    expect(best(({ whole, node }) => whole - 1.3 * node)).toBeLessThan(150)
    expect(best(({ long }) => long)).toBeLessThanOrEqual(50)
  })

  it('do not make the page grow over 50 moves', async () => {
    visit = await Visit.start({ link: 'seed=demo-2024&count=200&days=10' })
    const { page } = visit
    await page.getByLabel('seeds').selectOption('1')
    await visit.complete()
    const session = await page.context().newCDPSession(page)
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
    }
    // Results of a few dozen runs are kept on purpose: by then they are all there.
    await page.evaluate(`${MOVE}(40)`)
    for (let i = 0; i < 15; i++) await page.evaluate(`${MOVE}(2)`)
    const before = await heap()
    for (let i = 0; i < 50; i++) await page.evaluate(`${MOVE}(1)`)
    const after = await heap()
    console.log(`heap ${before.toFixed(1)} MB, after 50 moves ${after.toFixed(1)} MB`)
    expect(after - before).toBeLessThan(3)
  })
})

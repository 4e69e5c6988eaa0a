import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startRates } from '../../../../studio/page/engine/rates.ts'
import { change, replications, setParameter } from '../../../../studio/page/model/store.ts'
import type { RatesAnswer, RatesOrder } from '../../../../studio/page/worker/protocol.ts'

const turns = vi.hoisted(() => ({ drawInTurn: vi.fn(), drawAtOnce: vi.fn(), markOvertaken: vi.fn() }))
vi.mock('../../../../studio/page/engine/turns.ts', () => turns)

const NEAR = 'policy.like.nearKm'

/** Fails where `NEAR` is 13, else is done with one day at once; remembers what it was told to run. */
class QuickWorker {
  static runs: Extract<RatesOrder, { type: 'run' }>[] = []
  onmessage: ((event: { data: RatesAnswer }) => void) | undefined

  postMessage(order: RatesOrder): void {
    if (order.type !== 'run') return
    QuickWorker.runs.push(order)
    const { job, input } = order
    const fails = input.parameters?.policy?.like?.nearKm === 13
    setTimeout(() =>
      this.onmessage!({
        data: fails ? { type: 'failed', job, message: 'it cannot be' } : { type: 'done', job, digest: 'd', ms: 1 },
      }),
    )
  }
}

beforeAll(() => {
  vi.stubGlobal('Worker', QuickWorker)
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
  vi.useFakeTimers()
})
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What is run after something was done, until all rests; what was drawn before is forgotten. */
function runsAfter(act: () => void): number {
  QuickWorker.runs = []
  for (const drawn of Object.values(turns)) drawn.mockClear()
  act()
  vi.runAllTimers()
  return QuickWorker.runs.length
}

it('practises on the run that it opens with, never after it was changed, and draws at once what is known to fail', () => {
  replications.value = 1
  change({ count: 100, days: 1 })
  expect(runsAfter(startRates)).toBe(5)
  expect(runsAfter(() => setParameter(NEAR, 13))).toBe(1)
  expect(turns.markOvertaken).toHaveBeenCalled()
  expect(turns.drawAtOnce).not.toHaveBeenCalled()
  expect(runsAfter(() => setParameter(NEAR, 14))).toBe(1)
  expect(runsAfter(() => setParameter(NEAR, 13))).toBe(0)
  expect(turns.drawAtOnce).toHaveBeenCalled()
  expect(runsAfter(() => change({ changes: {} }))).toBe(0)
})

it('practises on no large run', async () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 4 })
  vi.resetModules()
  const store = await import('../../../../studio/page/model/store.ts')
  const rates = await import('../../../../studio/page/engine/rates.ts')
  store.replications.value = 1
  store.change({ count: 2001, days: 60 })
  expect(runsAfter(rates.startRates)).toBe(1)
})

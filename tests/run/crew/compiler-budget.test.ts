import { setFlagsFromString } from 'node:v8'
import { beforeEach, expect, it, vi } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { Crew } from '../../../run/crew/crew.ts'
import { scoreSeeds, startRun } from '../../../run/index.ts'
import { resolveConfig } from '../../../sim/index.ts'

vi.mock('node:v8', async (original) => ({ ...(await original<object>()), setFlagsFromString: vi.fn() }))
beforeEach(() => vi.mocked(setFlagsFromString).mockClear())

/** Half a million person-days that nobody simulates: the signal has come before they begin. */
const config = resolveConfig({ seed: 'budget', count: 50 })
const long = { days: 10_000, options: { workers: 0, signal: AbortSignal.abort() } }

async function start(days: number, options: object): Promise<number> {
  await startRun(await openStore('memory:'), config, days, options)
  return vi.mocked(setFlagsFromString).mock.calls.length
}

it("a long run raises V8's budget, unless it was told to leave the process alone", async () => {
  expect(await start(long.days, { ...long.options, raiseCompilerBudget: false })).toBe(0)
  expect(await start(10, long.options)).toBe(0)
  expect(await start(long.days, long.options)).toBeGreaterThan(0)
})

it('and so do scored seeds', async () => {
  vi.spyOn(Crew, 'hire').mockImplementation(() => {
    throw new Error('enough')
  })
  const score = async (options: object) => {
    await expect(scoreSeeds([config], long.days, options)).rejects.toThrow('enough')
    return vi.mocked(setFlagsFromString).mock.calls.length
  }
  expect(await score({ raiseCompilerBudget: false })).toBe(0)
  expect(await score({})).toBeGreaterThan(0)
})

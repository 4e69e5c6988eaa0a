import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openStore, type RunRecord, type RunStore } from '../../persist/index.ts'
import { extendRun, type Progress, resumeRun, startRun } from '../../run/index.ts'
import { SnapshotFolder } from '../../run/snapshots/snapshots.ts'
import { createSimulation, type DayFacts, type RunConfig, resolveConfig } from '../../sim/index.ts'
import { decodeSections, encodeSections } from '../../sim/kernel/index.ts'
import { MarketMetrics } from '../../sim/observe/index.ts'

const input = { seed: 'driver', count: 90, market: 'area' }
const config = resolveConfig(input)

function digestAfter(days: number): string {
  const run = createSimulation(input)
  for (let day = 0; day < days; day++) run.runDay()
  return run.digest
}

/** The store with some of its methods replaced. */
function withMethods(store: RunStore, methods: Partial<RunStore>): RunStore {
  return new Proxy(store, {
    get(target, name) {
      const own = methods[name as keyof RunStore] ?? target[name as keyof RunStore]
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
}

/** Starts a run of `days` and stops it after `after` of them. */
async function stopped(store: RunStore, days: number, after: number, of: RunConfig = config): Promise<void> {
  const controller = new AbortController()
  const onProgress = ({ phase, done }: Progress): void => {
    if (phase === 'days' && done === after) controller.abort()
  }
  const result = await startRun(store, of, days, { workers: 1, signal: controller.signal, onProgress })
  expect(result).toMatchObject({ status: 'stopped', digest: null, metrics: null })
  expect(result.run.lastDay).toBe(after - 1)
}

describe('a run', () => {
  it('writes its people, then its days, and records the digest of the simulation', async () => {
    const store = await openStore('memory:')
    const progress: string[] = []
    const result = await startRun(store, config, 5, {
      workers: 2,
      onProgress: ({ phase, done, total }) => progress.push(`${phase} ${done}/${total}`),
    })
    expect(result.status).toBe('finished')
    expect(result.digest).toBe(digestAfter(5))
    expect(result.rows).toMatchObject({ users: 90, profiles: 90 })
    expect(result.metrics?.find(({ id }) => id === '11.range')).toMatchObject({ value: 1, n: 90 })
    expect(progress).toEqual(['profiles 90/90', 'days 1/5', 'days 2/5', 'days 3/5', 'days 4/5', 'days 5/5'])
    expect(await store.findRun('driver')).toMatchObject({ status: 'finished', digest: result.digest, lastDay: 4 })
  })

  it('simulates one day ahead of the one that is written, and no more', async () => {
    const memory = await openStore('memory:')
    const held = new Set<number>()
    const most: number[] = []
    const store = withMethods(memory, {
      async writeDay(runId: number, facts: DayFacts, newcomers, digests) {
        held.add(facts.day)
        await new Promise((resolve) => setTimeout(resolve, 30))
        most.push(held.size)
        const receipt = await memory.writeDay(runId, facts, newcomers, digests)
        held.delete(facts.day)
        return receipt
      },
    })
    const result = await startRun(store, config, 6, { workers: 1 })
    expect(most).toEqual([1, 1, 1, 1, 1, 1])
    expect(result.digest).toBe(digestAfter(6))
  })

  it('of people alone has no days, and gets them later', async () => {
    const store = await openStore('memory:')
    const people = await startRun(store, config, 0, {})
    expect(people).toMatchObject({ status: 'finished', digest: null, metrics: null })
    expect(people.rows.sessions).toBeUndefined()
    await expect(extendRun(store, 'driver', { days: 3, startDate: '2023-12-31' })).rejects.toThrow(
      'its next day is 2024-01-01, got --start-date 2023-12-31',
    )
    await expect(extendRun(store, 'driver', { days: 30_000 })).rejects.toThrow('go beyond 2099-12-31')
    await expect(startRun(store, { ...config, seed: 'long' }, 30_000)).rejects.toThrow('go beyond 2099-12-31')
    const days = await extendRun(store, undefined, { days: 3, startDate: '2024-01-01' }, { workers: 0 })
    expect(days.digest).toBe(digestAfter(3))
  })

  it('is refused when its seed is there, whole or not', async () => {
    const store = await openStore('memory:')
    await stopped(store, 4, 2)
    await expect(startRun(store, config, 4)).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(startRun(store, config, 4)).rejects.toThrow('mingle resume --run-seed driver')
    await resumeRun(store, 'driver')
    await expect(startRun(store, config, 4)).rejects.toThrow('mingle extend --run-seed driver')
  })

  it('whose store fails ends with that error, and can be resumed', async () => {
    const memory = await openStore('memory:')
    const store = withMethods(memory, {
      async writeDay(runId: number, facts: DayFacts, newcomers, digests) {
        if (facts.day === 2) throw new Error('the disk is full')
        return memory.writeDay(runId, facts, newcomers, digests)
      },
    })
    await expect(startRun(store, config, 5, { workers: 2 })).rejects.toThrow('the disk is full')
    expect(await memory.findRun('driver')).toMatchObject({ lastDay: 1, status: 'activity' })
    expect((await resumeRun(memory, undefined)).digest).toBe(digestAfter(5))
  })
})

describe('a run that was stopped', () => {
  it('between two days goes on to the same digest, replaying what is there', async () => {
    const store = await openStore('memory:')
    await stopped(store, 6, 4)
    await expect(extendRun(store, 'driver', { days: 1 })).rejects.toThrow(
      'is unfinished (4 of 6 days written): another process writes it, or it was cut off; where none does, complete it first: mingle resume --run-seed driver',
    )
    const phases: string[] = []
    const result = await resumeRun(store, undefined, { onProgress: ({ phase }) => phases.push(phase) })
    expect(phases).toEqual(['replay', 'replay', 'replay', 'replay', 'days', 'days'])
    expect(result.digest).toBe(digestAfter(6))
    expect(result.metrics).not.toBeNull()
    await expect(resumeRun(store, 'driver')).rejects.toThrow('is complete')
  })

  it('among its people goes on with the next of them', async () => {
    const memory = await openStore('memory:')
    const chunked = new Proxy(memory, {
      get: (target, name) => {
        const own = Reflect.get(target, name)
        return name === 'profileChunk' ? 20 : typeof own === 'function' ? own.bind(target) : own
      },
    })
    const controller = new AbortController()
    const start = await startRun(chunked, config, 3, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 40) controller.abort()
      },
    })
    expect(start).toMatchObject({ status: 'stopped', rows: { users: 40 } })
    const result = await resumeRun(chunked, undefined)
    expect(result).toMatchObject({ status: 'finished', digest: digestAfter(3), rows: { users: 90 } })
  })

  it('is not continued when the replay gives other facts', async () => {
    const memory = await openStore('memory:')
    await stopped(memory, 6, 4)
    const store = withMethods(memory, {
      async days(runId: number, from?: number) {
        const days = await memory.days(runId, from)
        return days.map((day) =>
          day.day === 2 ? { ...day, factDigests: day.factDigests.map(() => '0'.repeat(32)) } : day,
        )
      },
    })
    await expect(resumeRun(store, 'driver')).rejects.toMatchObject({ code: 'REPLAY_DIFFERS' })
    await expect(resumeRun(store, 'driver')).rejects.toThrow('day 2 of the replay')
    expect((await memory.findRun('driver'))!.lastDay).toBe(3)
  })

  it('is not continued by another engine', async () => {
    const memory = await openStore('memory:')
    await stopped(memory, 6, 4)
    const older = (run: RunRecord): RunRecord => ({ ...run, engineVersion: run.engineVersion - 1 })
    const store = withMethods(memory, {
      findRun: async (seed: string) => older((await memory.findRun(seed))!),
    })
    await expect(resumeRun(store, 'driver')).rejects.toMatchObject({ code: 'ENGINE_DIFFERS' })
  })

  it('goes on from a snapshot without a replay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingle-driver-'))
    try {
      const store = await openStore('memory:')
      const options = { workers: 2, snapshotFolder: folder, snapshotSeconds: 0 }
      await startRun(store, config, 4, options)
      const phases: string[] = []
      const result = await extendRun(
        store,
        undefined,
        { days: 3 },
        { ...options, onProgress: ({ phase }) => phases.push(phase) },
      )
      expect(phases).toEqual(['days', 'days', 'days'])
      const whole = await startRun(await openStore('memory:'), config, 7)
      expect(result).toMatchObject({ digest: whole.digest, metrics: whole.metrics, rows: whole.rows })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('does not end when its markets cannot give their states', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingle-driver-'))
    const save = vi.spyOn(MarketMetrics.prototype, 'save').mockImplementation(() => {
      throw new RangeError('Array buffer allocation failed')
    })
    try {
      const store = await openStore('memory:')
      const warnings: string[] = []
      const onWarning = (line: string) => warnings.push(line)
      const result = await startRun(store, config, 2, { workers: 0, snapshotFolder: folder, onWarning })
      expect(result).toMatchObject({ status: 'finished', digest: digestAfter(2) })
      expect(warnings).toEqual(['no snapshot of day 2 (Array buffer allocation failed); the run goes on without it'])
    } finally {
      save.mockRestore()
      rmSync(folder, { recursive: true })
    }
  })

  it('replays its days when the markets of a sound snapshot are of another layout', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mingle-driver-'))
    try {
      const store = await openStore('memory:')
      const warnings: string[] = []
      const options = { snapshotFolder: folder, snapshotSeconds: 0, onWarning: (line: string) => warnings.push(line) }
      const { digest } = await startRun(store, config, 3, { ...options, workers: 1 })
      const snapshots = new SnapshotFolder(folder, store.url)
      const digests = ['', '', '', digest!]
      const { states } = (await snapshots.latest(config, digests))!
      const others = states.map((state) => {
        const { header, sections } = decodeSections(state.simulation)
        const { 'decided.pairs': _, ...rest } = sections
        return { ...state, simulation: encodeSections(header, rest) }
      })
      await snapshots.save(config, 3, digest!, others)
      for (const [workers, days] of [
        [0, 4],
        [2, 5],
      ] as const) {
        await snapshots.save(config, days - 1, (await store.findRun('driver'))!.digest!, others)
        const result = await extendRun(store, 'driver', { days: 1 }, { ...options, workers })
        expect(result).toMatchObject({ status: 'finished', digest: digestAfter(days) })
        expect(warnings.pop()).toContain(`the snapshot of day ${days - 1} is left aside`)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('an extension', () => {
  it('with a cohort lets people join on its first day, and is replayed with them', async () => {
    const store = await openStore('memory:')
    await startRun(store, config, 3)
    const joined = await extendRun(store, 'driver', { days: 2, join: 12 })
    expect(joined.run.people).toBe(102)
    expect(joined.rows.users).toBe(102)
    const simulation = createSimulation({ ...input, cohorts: [{ day: 3, count: 12 }] })
    for (let day = 0; day < 5; day++) simulation.runDay()
    expect(joined.digest).toBe(simulation.digest)
    const again = await extendRun(store, 'driver', { days: 1, join: 1 })
    expect(again.run.people).toBe(103)
  })

  it('leaves arrivals where they were', async () => {
    const arriving = resolveConfig({ ...input, parameters: { policy: { arrivals: { perDay: 4 } } } })
    const parts = await openStore('memory:')
    await startRun(parts, arriving, 3)
    const extended = await extendRun(parts, 'driver', { days: 3 })
    const whole = await startRun(await openStore('memory:'), arriving, 6)
    expect(extended).toMatchObject({ digest: whole.digest, rows: whole.rows })
    expect(whole.run.people).toBeGreaterThan(90)
  })
})

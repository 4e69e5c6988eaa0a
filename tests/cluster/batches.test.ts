import { describe, expect, it } from 'vitest'
import {
  batchOf,
  carryOutBatch,
  checkAlike,
  cutIntoBatches,
  resultsOf,
  secondsOf,
  singles,
} from '../../cluster/index.ts'
import {
  carryOut,
  type Done,
  Laboratory,
  runTrial,
  seedNames,
  sweep,
  type Task,
  type TaskPool,
} from '../../experiments/index.ts'
import { small } from '../experiments/setting.ts'

const setting = small(30, 4)
const trials = (count: number, people = setting): Task[] =>
  seedNames('x', count).map((seed) => ({ kind: 'trial', setting: people, trial: { seed, point: {} } }))
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** As a queue in PostgreSQL hands on plain data. */
function keysInAnotherOrder<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? 1 : -1)))
      : each,
  )
}

describe('a batch', () => {
  it('comes to what its tasks come to, to the last bit, also as the JSON that a queue carries', () => {
    const points = [{}, { 'policy.like.nearKm': 40 }] as const
    const treatment = { 'policy.like.nearKm': 60 }
    const tasks: Task[] = [
      ...trials(2),
      { kind: 'fork', setting, fork: { seed: 'x', atDay: 2, policies: [{}, { 'policy.deck.likerShown': 0.3 }] } },
      { kind: 'test', setting, test: { seed: 'x', point: {}, share: 0.5, treatment, metric: 'likes', days: [2, 4] } },
      { kind: 'first-difference', setting, seed: 'x', points },
    ]
    const batch = batchOf(tasks)
    const result = carryOutBatch(overTheWire(batch), () => {})
    const arrived = overTheWire(result)
    expect(arrived).toStrictEqual(result)
    const results = resultsOf(arrived, batch)
    expect(results).toStrictEqual(tasks.map((task) => ({ result: carryOut(task) })))
    expect(JSON.stringify(results)).toBe(JSON.stringify(tasks.map((task) => ({ result: carryOut(task) }))))
    expect(resultsOf(keysInAnotherOrder(arrived), batch)).toStrictEqual(results)
  })

  it('records what fails, and goes on', () => {
    const broken = { seed: 'broken', point: { 'policy.no.such': 1 } }
    const [one, two] = trials(2)
    const told: number[] = []
    const batch = batchOf([one!, { kind: 'trial', setting, trial: broken }, two!])
    const results = resultsOf(
      carryOutBatch(batch, (done) => told.push(done)),
      batch,
    )!
    expect(results.map((each) => 'error' in each)).toEqual([false, true, false])
    expect(results[2]).toEqual({ result: runTrial(setting, { seed: 'x-2', point: {} }) })
    expect(told).toEqual([1, 2, 3])
  })

  it('is named by its content, and takes nobody else’s results for its own', () => {
    const [one, two, three] = trials(3)
    const batch = batchOf([one!, two!])
    expect(batchOf([one!, two!]).id).toBe(batch.id)
    expect(batchOf([one!, three!]).id).not.toBe(batch.id)
    expect(batchOf(trials(2, small(31, 4))).id).not.toBe(batch.id)
    const result = carryOutBatch(batch, () => {})
    const shorter = carryOutBatch(batchOf([one!]), () => {})
    expect(resultsOf(shorter, batch)).toBeNull()
    expect(resultsOf({ ...result, results: result.results.replace('1', '2') }, batch)).toBeNull()
    expect(resultsOf({ sha256: result.sha256 } as never, batch)).toBeNull()
    expect(resultsOf(undefined, batch)).toBeNull()
  })

  it('of which two workers come to other results is an error that says non-determinism', () => {
    const batch = batchOf(trials(2))
    expect(() => checkAlike(batch, ['a', 'a', 'a'])).not.toThrow()
    expect(() => checkAlike(batch, ['a', 'b'])).toThrow(/non-determinism.*results a and to b/)
  })
})

describe('tasks', () => {
  const large = small(1000, 30)
  const ends = (cuts: ReturnType<typeof cutIntoBatches>) => cuts.map(({ at }) => at)

  it('are cut into batches of a minute or more, and of a small experiment into sixteen', () => {
    const many = trials(5000, large)
    const cuts = cutIntoBatches(many)
    expect(ends(cuts).flat()).toEqual([...many.keys()])
    for (const { at } of cuts.slice(0, -1)) {
      const seconds = at.reduce((sum, each) => sum + secondsOf(many[each]!), 0)
      expect(seconds).toBeGreaterThanOrEqual(60)
      expect(seconds).toBeLessThan(61)
    }
    expect(cutIntoBatches(trials(160))).toHaveLength(16)
    expect(cutIntoBatches(trials(3)).map(({ at }) => at)).toEqual([[0], [1], [2]])
    expect(cutIntoBatches([])).toEqual([])
  })

  it('are cut where they were when an experiment goes on', () => {
    const many = trials(4000, large)
    const before = cutIntoBatches(many)
    const known = new Set([...before[0]!.at, ...before[1]!.at, before[2]!.at[0]!])
    const after = cutIntoBatches(many, known)
    expect(after[0]!.at).toEqual(before[2]!.at.slice(1))
    expect(after.slice(1).map(({ batch }) => batch.id)).toEqual(before.slice(3).map(({ batch }) => batch.id))
    expect(singles(before[0]!, many).map(({ at }) => at)).toEqual(before[0]!.at.map((at) => [at]))
  })
})

/** Carries out batches as a queue's workers do, the last first. */
class Backwards implements TaskPool {
  batches = 0

  async run(tasks: readonly Task[], onDone: (at: number, done: Done) => void, known?: ReadonlySet<number>) {
    const results = new Array<Done | null>(tasks.length).fill(null)
    for (const { at, batch } of cutIntoBatches(tasks, known).reverse()) {
      this.batches++
      resultsOf(
        carryOutBatch(batch, () => {}),
        batch,
      )!.forEach((done, i) => {
        results[at[i]!] = done
        onDone(at[i]!, done)
      })
    }
    return results
  }

  async close() {}
}

describe('a laboratory', () => {
  it('has the same results from another pool than threads', async () => {
    const points = [{ 'policy.deck.tries': 2 }, { 'policy.deck.tries': 6 }, { 'policy.no.such': 1 }]
    const swept = async (pool?: TaskPool) => {
      const laboratory = new Laboratory(setting, { workers: 0, pool })
      const result = await sweep(laboratory.run, points, { base: 'x', seeds: 3 })
      await laboratory.close()
      return result
    }
    const pool = new Backwards()
    const result = await swept(pool)
    expect(result).toStrictEqual(await swept())
    expect(result.failures.map(({ times }) => times)).toEqual([3])
    expect(pool.batches).toBe(9)
  })
})

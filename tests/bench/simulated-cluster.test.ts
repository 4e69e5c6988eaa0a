import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClusterInput, type ClusterOutput, SimulatedCluster } from '../../bench/cluster/simulated-cluster.ts'
import { makeRng } from '../../sim/kernel/index.ts'

const lived = (input: ClusterInput): ClusterOutput => new SimulatedCluster(input).run()
const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0)
const durations = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 })
const workers = fc.integer({ min: 1, max: 12 })

/** Tasks in their order, each to whoever is free first, by a table of when each worker is free: waits, and the end. */
function listScheduled(tasks: readonly number[], count: number, arrivals: readonly number[] = []) {
  const free = new Array<number>(count).fill(0)
  const waits = tasks.map((task, i) => {
    const first = free.indexOf(Math.min(...free))
    const begin = Math.max(arrivals[i] ?? 0, free[first]!)
    free[first] = begin + task
    return begin - (arrivals[i] ?? 0)
  })
  return { makespan: Math.max(...free), waits }
}

describe('a simulated cluster that nothing happens to', () => {
  it('takes the sum with one worker, and the rounds of equal tasks with several', () => {
    expect(lived({ passes: [[1, 2, 4]], workers: 1 }).makespan).toBe(7)
    expect(lived({ passes: [new Array(10).fill(3)], workers: 4 }).makespan).toBe(9)
    expect(lived({ passes: [[5], [7]], workers: 3 }).makespan).toBe(12)
  })

  it('is list scheduling, pass by pass', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 3 }), workers, (passes, count) => {
        const expected = sum(passes.map((tasks) => listScheduled(tasks, count).makespan))
        expect(lived({ passes, workers: count }).makespan).toBeCloseTo(expected, 6)
      }),
    )
  })

  it('stays between the least that is possible and Graham’s bound (1966)', () => {
    fc.assert(
      fc.property(durations, workers, (tasks, count) => {
        const { makespan, worked, attempts } = lived({ passes: [tasks], workers: count })
        const longest = Math.max(...tasks)
        expect(makespan).toBeGreaterThanOrEqual(Math.max(longest, sum(tasks) / count) - 1e-6)
        expect(makespan).toBeLessThanOrEqual(sum(tasks) / count + (1 - 1 / count) * longest + 1e-6)
        expect(worked).toBeCloseTo(sum(tasks), 6)
        expect(attempts).toBe(tasks.length)
      }),
    )
  })

  it('adds what is waited for: start, planner, pick-up, looks, ledger', () => {
    const input = { passes: [[2, 2], [3]], workers: 1, startUp: 1, warmUp: 0.5, before: 4, pickUp: 0.25, look: 1 }
    // Pass 1 from 4: 0.25 + 2.5, 0.25 + 2 = 9, seen at 9; 0.5 between; pass 2: 0.25 + 3.5 = 13.25, seen at 14; 2 behind it.
    expect(lived({ ...input, between: 0.5, after: 2 }).makespan).toBeCloseTo(16, 9)
  })
})

describe('workers that share cores', () => {
  it('get no more done than the cores do', () => {
    expect(lived({ passes: [new Array(4).fill(3)], workers: 4, cores: 2 }).makespan).toBeCloseTo(6, 9)
    // All three share two cores until 1.5, then the long one has a core of its own.
    expect(lived({ passes: [[1, 1, 4]], workers: 3, cores: 2 }).makespan).toBeCloseTo(4.5, 9)
    fc.assert(
      fc.property(durations, workers, fc.integer({ min: 1, max: 4 }), (tasks, count, cores) => {
        const shared = lived({ passes: [tasks], workers: count, cores })
        expect(shared.makespan).toBeGreaterThanOrEqual(sum(tasks) / Math.min(cores, count) - 1e-6)
        expect(shared.worked).toBeCloseTo(sum(tasks), 5)
        if (count <= cores) expect(shared.makespan).toBeCloseTo(lived({ passes: [tasks], workers: count }).makespan, 6)
      }),
    )
  })

  it('are slowed by each other as told', () => {
    const speed = (busy: number) => (busy > 1 ? 0.8 : 1)
    expect(lived({ passes: [[4, 4]], workers: 2, speed }).makespan).toBeCloseTo(5, 9)
    expect(lived({ passes: [[4]], workers: 2, speed }).makespan).toBeCloseTo(4, 9)
  })
})

describe('chance', () => {
  it('waits as Erlang (1917) says of tasks that come at random to c workers', () => {
    for (const [c, load] of [
      [1, 0.5],
      [2, 0.6],
      [4, 0.7],
    ] as const) {
      const rng = makeRng(`M/M/${c}`)
      const count = 40_000
      const arrivals: number[] = []
      for (let time = 0; arrivals.length < count; arrivals.push(time)) time += rng.exponential(1 / (load * c))
      const tasks = arrivals.map(() => rng.exponential(1))
      const { waits } = lived({ passes: [tasks], arrivals, workers: c })
      const oracle = listScheduled(tasks, c, arrivals).waits
      expect(Math.max(...waits.map((wait, i) => Math.abs(wait - oracle[i]!)))).toBeLessThan(1e-6)
      const mean = sum(waits) / count
      expect(Math.abs(mean / erlangWait(c, load) - 1), `M/M/${c}`).toBeLessThan(0.08)
    }
  })

  it('loses to deaths what a restarted task loses: (M + R)(e^(d/M) − 1) on average', () => {
    const [d, meanBetween, restart] = [1, 1, 0.5]
    let total = 0
    const times = 3000
    for (let i = 0; i < times; i++) {
      const deaths = { meanBetween, restart, lock: 0 }
      const { makespan, worked, lost } = lived({ passes: [[d]], workers: 1, deaths, seed: `death ${i}` })
      expect(worked - lost).toBeCloseTo(d, 9)
      total += makespan
    }
    const expected = (meanBetween + restart) * (Math.exp(d / meanBetween) - 1)
    expect(Math.abs(total / times / expected - 1)).toBeLessThan(0.06)
  })

  it('brings a dead worker’s task back after one to two locks', () => {
    const deaths = { meanBetween: 40, restart: 1, lock: 30 }
    const input = { passes: [[10]], workers: 2, deaths }
    const spans = Array.from({ length: 200 }, (_, i) => lived({ ...input, seed: `lock ${i}` }))
    const once = spans.filter(({ attempts }) => attempts === 2)
    expect(once.length).toBeGreaterThan(10)
    for (const { makespan } of once) {
      expect(makespan).toBeGreaterThanOrEqual(40)
      expect(makespan).toBeLessThanOrEqual(10 + 60 + 1 + 10)
    }
    expect(spans.filter(({ attempts }) => attempts === 1).every(({ makespan }) => makespan === 10)).toBe(true)
  })

  it('ends later with stragglers, and equally for equal seeds', () => {
    const input = { passes: [new Array(50).fill(1)], workers: 5 }
    const stragglers = { share: 0.1, factor: 10 }
    const slow = lived({ ...input, stragglers })
    expect(slow.makespan).toBeGreaterThan(lived(input).makespan)
    expect(lived({ ...input, stragglers })).toEqual(slow)
  })

  it('says so where nobody will ever take a task', () => {
    expect(() => lived({ passes: [[1]], workers: 0 })).toThrow('it needs a worker')
  })
})

/** Mean wait of M/M/c with service rate 1. */
function erlangWait(c: number, load: number): number {
  const a = c * load
  let term = 1
  let below = 0
  for (let k = 0; k < c; k++) {
    below += term
    term *= a / (k + 1)
  }
  const waiting = term / (1 - load)
  return waiting / (below + waiting) / (c * (1 - load))
}

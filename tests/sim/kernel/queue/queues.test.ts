import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EventHandle, makeRng, QUEUE_NAMES, Simulation, type Stream } from '../../../../sim/kernel/index.ts'
import { Recorder } from '../recorder.ts'

/** The contract by brute force: a list that is searched for its first event. */
class Oracle {
  #events: { time: number; priority: number; sequence: number; agent: number }[] = []
  #sequence = 0

  schedule(time: number, priority: number, agent: number): number {
    this.#events.push({ time, priority, sequence: ++this.#sequence, agent })
    return this.#sequence
  }

  cancel(sequence: number): boolean {
    const at = this.#events.findIndex((event) => event.sequence === sequence)
    if (at >= 0) this.#events.splice(at, 1)
    return at >= 0
  }

  runUntil(time: number): number[] {
    const due = this.#events.filter((event) => event.time < time)
    this.#events = this.#events.filter((event) => !(event.time < time))
    due.sort((x, y) => x.time - y.time || x.priority - y.priority || x.sequence - y.sequence)
    return due.map((event) => event.agent)
  }

  get pending(): number {
    return this.#events.length
  }
}

/** Delays from many distributions, among them equal times, tiny and huge ones. */
const delay = fc.oneof(
  fc.constantFrom(0, 0, 1, 1000, 86_400_000),
  fc.nat(100),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('schedule' as const), delay, priority: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('run' as const), delay }) },
)

describe.each(QUEUE_NAMES)('%s', (queue) => {
  it('does what brute force does, whatever is scheduled, cancelled and run', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const simulation = new Simulation({ queue })
        const oracle = new Oracle()
        const handles: EventHandle[] = []
        const sequences: number[] = []
        steps.forEach((each, agent) => {
          if (each.do === 'schedule') {
            const time = simulation.now + each.delay
            handles.push(simulation.schedule(time, each.priority, 0, agent, 0, 0))
            sequences.push(oracle.schedule(time, each.priority, agent))
          } else if (each.do === 'cancel') {
            if (handles.length === 0) return
            const at = each.which % handles.length
            expect(simulation.cancel(handles[at]!)).toBe(oracle.cancel(sequences[at]!))
          } else {
            const time = simulation.now + each.delay
            const recorder = new Recorder()
            simulation.runUntil(time, recorder)
            expect(recorder.agents).toEqual(oracle.runUntil(time))
          }
          expect(simulation.pending).toBe(oracle.pending)
        })
        const recorder = new Recorder()
        simulation.runUntil(Infinity, recorder)
        expect(recorder.agents).toEqual(oracle.runUntil(Infinity))
      }),
      { numRuns: 150 },
    )
  })

  it.each([0, 1, 2, 31, 32, 33, 64, 100, 1000, 5000])('sorts %i events of equal and unequal times', (count) => {
    const stream = makeRng(`sort ${count}`)
    const simulation = new Simulation({ queue })
    const oracle = new Oracle()
    for (let i = 0; i < count; i++) {
      const time = stream.nextInt(Math.ceil(count / 3))
      const priority = stream.nextInt(3)
      if (i % 2 === 0) simulation.schedule(time, priority, 0, i, 0, 0)
      else simulation.launch(time, priority, 0, i, 0, 0)
      oracle.schedule(time, priority, i)
    }
    const recorder = new Recorder()
    simulation.runUntil(Infinity, recorder)
    expect(recorder.agents).toEqual(oracle.runUntil(Infinity))
  })

  it.each(['at one time', 'falling', 'rising'])('takes 20,000 events %s without slowing down', (shape) => {
    const simulation = new Simulation({ queue })
    const count = 20_000
    for (let i = 0; i < count; i++) {
      simulation.schedule(shape === 'falling' ? count - i : shape === 'rising' ? i : 7, 0, 0, i, 0, 0)
    }
    const recorder = new Recorder()
    simulation.runUntil(Infinity, recorder)
    const expected = Array.from({ length: count }, (_, i) => (shape === 'falling' ? count - 1 - i : i))
    expect(recorder.agents).toEqual(expected)
  })
})

describe('all queues run alike', () => {
  /** Delays of a model: what it does to the order matters here, and how the calendar must adapt to it. */
  const MODELS: Record<string, (stream: Stream, time: number) => number> = {
    'exponential delays': (s) => s.exponential(1),
    'equal delays': () => 1,
    'whole units, many ties': (s) => s.nextInt(4),
    'seconds, hours and days': (s) => {
      const u = s.next()
      return Math.round(s.exponential(u < 0.9 ? 5e3 : u < 0.99 ? 3e7 : 3e8))
    },
    'heavy tail': (s) => s.lognormal(0, 4),
    'nights without events': (s, time) => {
      const then = time + s.exponential(0.05)
      return then % 1 > 0.3 ? Math.ceil(then) - time : then - time
    },
    'ever faster': (s, time) => s.exponential(1 / (1 + time)),
    'ever slower': (s, time) => s.exponential(1 + time),
    'far outliers': (s) => (s.chance(0.01) ? 1e15 : s.next()),
    'one instant, then the next': (s, time) => (s.chance(0.9) ? 0 : Math.floor(time) + 1 - time),
  }

  it.each(Object.keys(MODELS))('%s', (name) => {
    const runs = QUEUE_NAMES.map((queue) => churn(MODELS[name]!, queue))
    for (const run of runs) expect(run).toEqual(runs[0])
    expect(runs[0]!.executed).toBe(30_000)
  })

  it.each(Object.keys(MODELS))('%s, with 100 pending all the time', (name) => {
    const runs = QUEUE_NAMES.map((queue) => {
      const stream = makeRng('steady')
      const simulation = new Simulation({ queue })
      let hash = 0
      const handler = {
        handle(_kind: number, agent: number, _a: number, _b: number, time: number) {
          hash = (Math.imul(hash, 31) + agent + Math.floor(time)) | 0
          if (simulation.executed === 30_000) throw new Error('enough')
          simulation.schedule(time + MODELS[name]!(stream, time), 0, 0, stream.nextInt(1e6), 0, 0)
        },
      }
      for (let i = 0; i < 100; i++) simulation.schedule(MODELS[name]!(stream, 0), 0, 0, i, 0, 0)
      expect(() => simulation.runUntil(Infinity, handler)).toThrow('enough')
      return [hash, simulation.now]
    })
    for (const run of runs) expect(run).toEqual(runs[0])
  })

  /** The number of pending events swells to 3,000, shrinks to 20, and swells again; some are cancelled on the way. */
  function churn(delayOf: (stream: Stream, time: number) => number, queue: (typeof QUEUE_NAMES)[number]) {
    const stream = makeRng('churn')
    const simulation = new Simulation({ queue })
    let hash = 0
    let kept: EventHandle = 0
    const handler = {
      handle(_kind: number, agent: number, _a: number, _b: number, time: number) {
        hash = (Math.imul(hash, 31) + agent + Math.floor(time)) | 0
        const { executed, pending } = simulation
        if (executed >= 30_000) throw new Error('enough')
        const target = executed % 15_000 < 8_000 ? 3_000 : 20
        const births = pending < target ? 2 : stream.nextInt(2)
        for (let i = 0; i < births; i++) {
          const handle = simulation.schedule(
            time + delayOf(stream, time),
            stream.nextInt(2),
            0,
            stream.nextInt(1e6),
            0,
            0,
          )
          if (stream.chance(0.1)) kept = handle
        }
        if (stream.chance(0.2) && simulation.cancel(kept)) hash ^= 1
        if (simulation.pending === 0) simulation.schedule(time + 1, 0, 0, 0, 0, 0)
      },
    }
    for (let i = 0; i < 500; i++) simulation.schedule(delayOf(stream, 0), 0, 0, i, 0, 0)
    expect(() => simulation.runUntil(Infinity, handler)).toThrow('enough')
    return { hash, now: simulation.now, pending: simulation.pending, executed: simulation.executed }
  }
})

describe.each(QUEUE_NAMES)('%s and many cancellations', (queue) => {
  it('gives the slots back: a queue that cancels for ever does not grow', () => {
    const simulation = new Simulation({ queue })
    for (let round = 0; round < 200; round++) {
      const handles = Array.from({ length: 100 }, (_, i) => simulation.schedule(round + i, 0, 0, i, 0, 0))
      for (const handle of handles) simulation.cancel(handle)
    }
    expect(simulation.pending).toBe(0)
    // Two columns for each slot ever used: 100 pending and as many dead, or so.
    expect(simulation.save().keys.length / 2).toBeLessThan(400)
  })

  it('keeps the order of those that stay, in and beyond the ring', () => {
    const stream = makeRng('cancel')
    const simulation = new Simulation({ queue })
    const recorder = new Recorder()
    for (let i = 0; i < 2000; i++) simulation.schedule(stream.exponential(10), 0, 0, i, 0, 0)
    simulation.runUntil(1, recorder)
    const handles = Array.from({ length: 5000 }, (_, i) =>
      simulation.schedule(1 + stream.exponential(20), 0, 0, i, 0, 0),
    )
    for (const [i, handle] of handles.entries()) if (i % 10 !== 0) simulation.cancel(handle)
    simulation.runUntil(Infinity, recorder)
    expect(recorder.times.length).toBe(2500)
    for (let i = 1; i < recorder.times.length; i++) {
      expect(recorder.times[i]!).toBeGreaterThanOrEqual(recorder.times[i - 1]!)
    }
  })
})

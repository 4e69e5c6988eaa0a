import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_QUEUE,
  decodeSections,
  type EventHandle,
  encodeSections,
  makeRng,
  QUEUE_NAMES,
  type QueueName,
  Simulation,
} from '../../../sim/kernel/index.ts'
import { Recorder } from './recorder.ts'

describe.each(QUEUE_NAMES)('Simulation on %s', (queue) => {
  it('executes by time, then priority, then order of scheduling', () => {
    const simulation = new Simulation({ queue })
    simulation.schedule(5, 1, 0, 1, 0, 0)
    simulation.schedule(5, 0, 0, 2, 0, 0)
    simulation.schedule(4, 255, 0, 3, 0, 0)
    simulation.schedule(5, 1, 0, 4, 0, 0)
    simulation.schedule(5, 0, 0, 5, 0, 0)
    const recorder = new Recorder()
    expect(simulation.runUntil(10, recorder)).toBe(5)
    expect(recorder.agents).toEqual([3, 2, 5, 1, 4])
  })

  it('refuses a priority, a kind or an operand that is not a whole number of its range, and keeps nothing of it', () => {
    const simulation = new Simulation({ queue })
    const bytes = [Number.NaN, undefined, null, 0.5, -1, 256, 2 ** 32, 2 ** 32 + 1, Infinity, '1', 1n]
    for (const value of bytes) {
      const broken = value as number
      if (value === 1n) {
        expect(() => simulation.schedule(1, broken, 0, 0, 0, 0)).toThrow()
        continue
      }
      expect(() => simulation.schedule(1, broken, 0, 0, 0, 0), String(value)).toThrow('whole numbers from 0 to 255')
      expect(() => simulation.launch(1, 0, broken, 0, 0, 0), String(value)).toThrow('whole numbers from 0 to 255')
    }
    for (const value of [Number.NaN, undefined, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, Infinity]) {
      const broken = value as number
      for (const place of [0, 1, 2]) {
        const operands = [0, 0, 0].map((zero, i) => (i === place ? broken : zero)) as [number, number, number]
        expect(() => simulation.launch(1, 0, 0, ...operands), String(value)).toThrow('signed 32-bit integers')
      }
    }
    for (const value of [Number.NaN, undefined, Infinity, -Infinity]) {
      expect(() => simulation.launch(value as number, 0, 0, 0, 0, 0), String(value)).toThrow()
    }
    expect(simulation.pending).toBe(0)
    expect(simulation.runUntil(Infinity, new Recorder())).toBe(0)
  })

  it('ends a moment without end where a limit was asked for, and goes on from there', () => {
    const simulation = new Simulation({ queue, maxEventsAtOnce: 100 })
    let delay = 0
    const handler = {
      handle: (kind: number, agent: number, _a: number, _b: number, time: number) =>
        simulation.launch(time + delay, 0, kind, agent, 0, 0),
    }
    simulation.launch(3, 0, 9, 4, 0, 0)
    expect(() => simulation.runUntil(10, handler)).toThrow(
      expect.objectContaining({ code: 'ENDLESS_MOMENT', message: expect.stringContaining('time 3') }),
    )
    expect([simulation.now, simulation.pending]).toEqual([3, 0])
    delay = 1
    simulation.launch(3, 0, 9, 4, 0, 0)
    expect(simulation.runUntil(10, handler)).toBe(7)
    for (const most of [0, Number.NaN, -1, 'many', null]) {
      expect(() => new Simulation({ queue, maxEventsAtOnce: most as number })).toThrow('maxEventsAtOnce is 1 or more')
    }
  })

  it('runs exactly the events of a moment that the limit allows', () => {
    const simulation = new Simulation({ queue, maxEventsAtOnce: 3 })
    for (let i = 0; i < 3; i++) simulation.launch(1, 0, 0, i, 0, 0)
    for (let i = 0; i < 3; i++) simulation.launch(2, 0, 0, i, 0, 0)
    expect(simulation.runUntil(5, new Recorder())).toBe(6)
  })

  it('hands the event to the handler as it was given', () => {
    const simulation = new Simulation({ queue })
    simulation.schedule(1.5, 255, 255, -2147483648, 2147483647, -1)
    const seen: number[][] = []
    simulation.runUntil(2, { handle: (...event) => void seen.push([...event, simulation.now]) })
    expect(seen).toEqual([[255, -2147483648, 2147483647, -1, 1.5, 1.5]])
  })

  it('stops before the time given, and counts', () => {
    const simulation = new Simulation({ queue, start: -10 })
    for (const time of [-10, -5, 0, 1, 2]) simulation.schedule(time, 0, 0, time, 0, 0)
    const recorder = new Recorder()
    expect(simulation.runUntil(0, recorder)).toBe(2)
    expect([simulation.now, simulation.pending, simulation.executed]).toEqual([0, 3, 2])
    expect(simulation.runUntil(0, recorder)).toBe(0)
    expect(simulation.runUntil(Infinity, recorder)).toBe(3)
    expect([simulation.now, simulation.pending, simulation.executed]).toEqual([2, 0, 5])
    expect(recorder.agents).toEqual([-10, -5, 0, 1, 2])
  })

  it('takes events for now and later from a handler, and runs them in their turn', () => {
    const simulation = new Simulation({ queue })
    simulation.schedule(1, 5, 0, 1, 0, 0)
    simulation.schedule(1, 7, 0, 2, 0, 0)
    const order: number[] = []
    simulation.runUntil(3, {
      handle(_kind, agent, _a, _b, time) {
        order.push(agent)
        if (agent !== 1) return
        simulation.schedule(time, 7, 0, 3, 0, 0)
        simulation.schedule(time, 0, 0, 4, 0, 0)
        simulation.schedule(2, 0, 0, 5, 0, 0)
        simulation.schedule(3, 0, 0, 6, 0, 0)
      },
    })
    expect(order).toEqual([1, 4, 2, 3, 5])
    expect(simulation.pending).toBe(1)
  })

  it('cancels from outside and from a handler; an event that runs can no longer be cancelled', () => {
    const simulation = new Simulation({ queue })
    const handles = Array.from({ length: 5 }, (_, i) => simulation.schedule(i, 0, 0, i, 0, 0))
    expect(simulation.cancel(handles[1]!)).toBe(true)
    expect(simulation.cancel(handles[1]!)).toBe(false)
    const order: number[] = []
    simulation.runUntil(9, {
      handle(_kind, agent) {
        order.push(agent)
        if (agent === 2) expect([simulation.cancel(handles[2]!), simulation.cancel(handles[3]!)]).toEqual([false, true])
      },
    })
    expect(order).toEqual([0, 2, 4])
  })

  it('never takes a stale handle for the event that has its slot now', () => {
    const simulation = new Simulation({ queue })
    const stale: EventHandle[] = []
    for (let i = 0; i < 1000; i++) {
      const handle = simulation.schedule(i, 0, 0, 0, 0, 0)
      if (i % 3 === 0) simulation.cancel(handle)
      simulation.runUntil(i + 1, new Recorder())
      stale.push(handle)
    }
    expect(new Set(stale).size).toBe(1000)
    simulation.schedule(2000, 0, 0, 7, 0, 0)
    for (const handle of [...stale, 0, -1, 0.5, NaN, Infinity, 2 ** 26, 2 ** 52]) {
      expect(simulation.cancel(handle)).toBe(false)
    }
    expect(simulation.pending).toBe(1)
    expect(simulation.runUntil(3000, new Recorder())).toBe(1)
  })

  it('refuses the past, and what is no time, priority or kind', () => {
    const simulation = new Simulation({ queue, start: 10 })
    expect(() => simulation.schedule(9, 0, 0, 0, 0, 0)).toThrow(
      expect.objectContaining({
        code: 'PAST_EVENT',
        message: 'an event was scheduled for 9, before now (10)',
      }) as Error,
    )
    for (const time of [NaN, Infinity]) {
      expect(() => simulation.schedule(time, 0, 0, 0, 0, 0)).toThrow(/time is a finite number/)
    }
    for (const [priority, kind] of [
      [256, 0],
      [-1, 0],
      [0, 256],
      [0, -1],
    ] as const) {
      expect(() => simulation.schedule(20, priority, kind, 0, 0, 0)).toThrow(/whole numbers from 0 to 255/)
    }
    expect(() => simulation.runUntil(9, new Recorder())).toThrow(/from now \(10\) on/)
    expect(() => simulation.runUntil(NaN, new Recorder())).toThrow(/from now/)
    expect(simulation.pending).toBe(0)
  })

  it('goes on after a handler that threw, without the event that did', () => {
    const simulation = new Simulation({ queue })
    for (let i = 0; i < 3; i++) simulation.schedule(i, 0, 0, i, 0, 0)
    const failing = {
      handle(_kind: number, agent: number) {
        if (agent === 1) throw new Error('model')
      },
    }
    expect(() => simulation.runUntil(9, failing)).toThrow('model')
    expect([simulation.now, simulation.executed, simulation.pending]).toEqual([1, 2, 1])
    expect(simulation.runUntil(9, failing)).toBe(1)
  })

  it('refuses to run, save or restore inside a handler', () => {
    const simulation = new Simulation({ queue })
    const saved = simulation.save()
    simulation.schedule(1, 0, 0, 0, 0, 0)
    simulation.runUntil(2, {
      handle() {
        for (const call of [
          () => simulation.runUntil(5, this),
          () => simulation.save(),
          () => simulation.restore(saved),
        ]) {
          expect(call).toThrow(expect.objectContaining({ code: 'NESTED_RUN' }) as Error)
        }
      },
    })
    expect.assertions(3)
  })

  it('goes on from a saved state, through bytes and on any queue, as if never interrupted', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(400), fc.constantFrom(...QUEUE_NAMES), (seed, size, other) => {
        const whole = new Churn(seed, size, queue)
        whole.run(4)
        whole.run(8)
        const first = new Churn(seed, size, queue)
        first.run(4)
        const bytes = encodeSections({ day: 4 }, { ...first.simulation.save() })
        const second = new Churn(seed, 0, other)
        second.resume(first, decodeSections(bytes).sections as never)
        second.run(8)
        expect(second.events.slice(-20)).toEqual(whole.events.slice(-20))
        expect([second.simulation.executed, second.simulation.pending]).toEqual([
          whole.simulation.executed,
          whole.simulation.pending,
        ])
        // The handles that were given before the interruption are good after it.
        expect(second.cancelAll()).toBe(whole.cancelAll())
        expect(second.simulation.pending).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('refuses a state whose columns do not fit each other', () => {
    const simulation = new Simulation({ queue })
    simulation.schedule(1, 0, 0, 0, 0, 0)
    const saved = simulation.save()
    expect(() => simulation.restore({ ...saved, keys: new Float64Array(1) })).toThrow(/do not fit/)
    expect(() => simulation.restore({ ...saved, pending: Int32Array.of(5) })).toThrow(/do not fit/)
  })
})

it('has a default queue, and names the others when one is unknown', () => {
  expect(QUEUE_NAMES).toContain(DEFAULT_QUEUE)
  expect(() => new Simulation({ queue: 'splay' as QueueName })).toThrow(
    `there is no queue "splay"; choose one of ${QUEUE_NAMES.join(', ')}`,
  )
  expect(() => new Simulation({ start: NaN })).toThrow(/start is a finite time/)
})

/** Events that schedule and cancel others, all from one stream; keeps one handle for each event that it may cancel. */
class Churn {
  readonly simulation: Simulation
  readonly #stream
  events: number[] = []
  #handles: EventHandle[] = []

  constructor(seed: string, size: number, queue: QueueName) {
    this.simulation = new Simulation({ queue })
    this.#stream = makeRng(seed)
    for (let i = 0; i < size; i++) this.#add(0)
  }

  resume(other: Churn, state: ReturnType<Simulation['save']>): void {
    this.simulation.restore(state)
    this.#stream.restore(other.#stream.save())
    this.events = other.events.slice()
    this.#handles = other.#handles.slice()
  }

  run(until: number): void {
    this.simulation.runUntil(until, this)
  }

  handle(kind: number, agent: number, _a: number, _b: number, time: number): void {
    this.events.push(time, kind, agent)
    for (let i = this.#stream.nextInt(3); i > 0; i--) this.#add(time)
    if (this.#stream.chance(0.3)) this.#cancelOne()
  }

  /** How many events could be cancelled. */
  cancelAll(): number {
    let count = 0
    for (const handle of this.#handles) if (this.simulation.cancel(handle)) count++
    return count
  }

  #add(now: number): void {
    const stream = this.#stream
    const delay = stream.chance(0.2) ? 0 : stream.exponential(stream.chance(0.5) ? 1 : 10)
    this.#handles.push(
      this.simulation.schedule(now + delay, stream.nextInt(3), stream.nextInt(256), stream.nextInt(1000), 0, 0),
    )
  }

  #cancelOne(): void {
    if (this.#handles.length > 0) this.simulation.cancel(this.#stream.choice(this.#handles))
  }
}

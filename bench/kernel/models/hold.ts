import { type EventHandler, makeRng, type QueueName, Simulation, type Stream } from '../../../sim/kernel/index.ts'

/** Delays of the hold model: each has mean 1, but for `life`, whose unit is the millisecond. */
export const DELAYS = {
  exponential: (stream: Stream) => stream.exponential(1),
  uniform: (stream: Stream) => stream.next() * 2,
  /** Nine of ten soon, one far: mean 1. */
  bimodal: (stream: Stream) => (stream.chance(0.9) ? stream.next() * 0.2 : 9.1 + stream.next()),
  /** As in a social site: steps of a session seconds ahead, sessions hours ahead, replies up to days. */
  life: (stream: Stream) => {
    const u = stream.next()
    return 1 + Math.round(stream.exponential(u < 0.9 ? 8e3 : u < 0.97 ? 2e7 : 1e8))
  },
} as const
export type DelayName = keyof typeof DELAYS

/**
 * The hold model (Jones, "An empirical comparison of priority-queue and event-set implementations", 1986): the number
 * of pending events stays at `size`; each event that runs schedules another after a random delay.
 */
export class Hold implements EventHandler {
  readonly simulation: Simulation
  readonly #stream = makeRng('hold')
  readonly #delay: (stream: Stream) => number
  hash = 0

  constructor(size: number, delay: DelayName, queue: QueueName) {
    this.simulation = new Simulation({ queue })
    this.#delay = DELAYS[delay]
    for (let i = 0; i < size; i++) this.simulation.schedule(this.#delay(this.#stream), 0, 0, i, 0, 0)
  }

  handle(_kind: number, agent: number, _a: number, _b: number, time: number): void {
    this.hash = (Math.imul(this.hash, 31) + agent) | 0
    this.simulation.schedule(time + this.#delay(this.#stream), 0, 0, agent, 0, 0)
  }

  /** Runs about `events` events, by the pace so far. */
  run(events: number): number {
    const { now, executed } = this.simulation
    const pace = executed > 0 ? executed / now : 1
    return this.simulation.runUntil(now + events / pace, this)
  }
}

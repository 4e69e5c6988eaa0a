/**
 * node dist/bench/kernel/cancellation.js [QUEUE]: cancels 90 % of a million scheduled events, then runs the hold model
 * on the 100,000 that are left, beside a queue that never held the others.
 */
import './compiler-budget.ts'
import { argv, hrtime } from 'node:process'
import { DEFAULT_QUEUE, type EventHandler, makeRng, type QueueName, Simulation } from '../../sim/kernel/index.ts'

const queue = (argv[2] ?? DEFAULT_QUEUE) as QueueName
const SCHEDULED = 1_000_000
const KEPT = 100_000
/** Mean delays run and not measured: as the events are replaced, the calendar settles and the table grows dense. */
const SETTLING = 8
const EVENTS = 3_000_000
const ROUNDS = 5

class Survivors implements EventHandler {
  readonly simulation = new Simulation({ queue })
  readonly #stream = makeRng('cancellation')
  hash = 0

  /** Schedules `scheduled` events and cancels all but each tenth; returns nanoseconds per cancellation. */
  fill(scheduled: number): number {
    const handles = new Float64Array(scheduled)
    for (let i = 0; i < scheduled; i++) {
      handles[i] = this.simulation.schedule(this.#stream.exponential(1), 0, 0, i, 0, 0)
    }
    const before = hrtime.bigint()
    for (let i = 0; i < scheduled; i++) if (i % 10 !== 0) this.simulation.cancel(handles[i]!)
    return Number(hrtime.bigint() - before) / (scheduled * 0.9)
  }

  fillDirectly(): void {
    for (let i = 0; i < KEPT; i++) this.simulation.schedule(this.#stream.exponential(1), 0, 0, i, 0, 0)
  }

  handle(_kind: number, agent: number, _a: number, _b: number, time: number): void {
    this.hash = (Math.imul(this.hash, 31) + agent) | 0
    this.simulation.schedule(time + this.#stream.exponential(1), 0, 0, agent, 0, 0)
  }

  /** Nanoseconds per event over so many mean delays. */
  measure(span: number): number {
    const before = hrtime.bigint()
    const executed = this.simulation.runUntil(this.simulation.now + span, this)
    return Number(hrtime.bigint() - before) / executed
  }
}

let never = Infinity
let after = Infinity
let neverSettling = Infinity
let afterSettling = Infinity
let cancel = Infinity
let hash = 0
for (let round = 0; round < ROUNDS; round++) {
  const plain = new Survivors()
  plain.fillDirectly()
  neverSettling = Math.min(neverSettling, plain.measure(SETTLING))
  never = Math.min(never, plain.measure(EVENTS / KEPT))
  const survivor = new Survivors()
  cancel = Math.min(cancel, survivor.fill(SCHEDULED))
  afterSettling = Math.min(afterSettling, survivor.measure(SETTLING))
  after = Math.min(after, survivor.measure(EVENTS / KEPT))
  hash = survivor.hash
}
console.log(
  `queue=${queue} cancel=${cancel.toFixed(1)}ns after=${after.toFixed(1)}ns/event never=${never.toFixed(1)}ns/event ` +
    `ratio=${(after / never).toFixed(2)} settling=${afterSettling.toFixed(1)}/${neverSettling.toFixed(1)}ns/event ` +
    `hash=${(hash >>> 0).toString(16).padStart(8, '0')}`,
)

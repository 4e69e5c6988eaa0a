/**
 * node dist/bench/kernel/cancellation.js [QUEUE]: cancels 90 % of a million scheduled events, then runs the hold model
 * on the 100,000 that are left, beside a queue that never held the others.
 */
import './compiler-budget.ts'
import { hrtime } from 'node:process'
import {
  DEFAULT_QUEUE,
  type EventHandler,
  makeRng,
  QUEUE_NAMES,
  type QueueName,
  Simulation,
} from '../../sim/kernel/index.ts'
import { oneOf, parse, program } from '../options.ts'
import { type BenchRecord, hex32, quarters, report } from '../record.ts'

const SCHEDULED = 1_000_000
/** Mean delays run and not measured: as the events are replaced, the calendar settles and the table grows dense. */
const SETTLING = 8
/** Mean delays measured. */
const SPAN = 30
const ROUNDS = 5

class Survivors implements EventHandler {
  readonly simulation: Simulation
  readonly #stream = makeRng('cancellation')
  hash = 0

  constructor(queue: QueueName) {
    this.simulation = new Simulation({ queue })
  }

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

  fillDirectly(kept: number): void {
    for (let i = 0; i < kept; i++) this.simulation.schedule(this.#stream.exponential(1), 0, 0, i, 0, 0)
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

/** What a cancellation costs, and an event after the cancellations, beside one of a queue that never held the others. */
export function cancellationFigures(queue: QueueName, scheduled = SCHEDULED, rounds = ROUNDS): BenchRecord[] {
  const samples = { cancel: [] as number[], after: [] as number[], never: [] as number[] }
  const hashes = { cancel: '', after: '', never: '' }
  for (let round = 0; round < rounds; round++) {
    const plain = new Survivors(queue)
    plain.fillDirectly(scheduled / 10)
    plain.measure(SETTLING)
    samples.never.push(plain.measure(SPAN))
    hashes.never = hex32(plain.hash)
    const survivor = new Survivors(queue)
    samples.cancel.push(survivor.fill(scheduled))
    survivor.measure(SETTLING)
    samples.after.push(survivor.measure(SPAN))
    hashes.after = hex32(survivor.hash)
    hashes.cancel = hashes.after
  }
  const figure = (which: keyof typeof samples, name: string, unit: string, more = {}): BenchRecord => ({
    name: `${name} of ${scheduled} on ${queue}`,
    ...quarters(samples[which]),
    unit,
    method: `${rounds} rounds, wall`,
    ...more,
    hash: hashes[which],
  })
  const ratio = (quarters(samples.after).value / quarters(samples.never).value).toFixed(2)
  return [
    figure('cancel', 'cancelling 90 %', 'ns/cancellation'),
    figure('never', 'the tenth, without the others,', 'ns/event'),
    figure('after', 'the tenth left after cancelling 90 %', 'ns/event', { 'of without': ratio }),
  ]
}

await program(import.meta.url, 'node dist/bench/kernel/cancellation.js [calendar | heap | tinyqueue]', (args) => {
  const { words } = parse(args, {}, 1)
  const queue = oneOf('QUEUE', words[0] ?? DEFAULT_QUEUE, QUEUE_NAMES)
  for (const figure of cancellationFigures(queue)) report(figure)
})

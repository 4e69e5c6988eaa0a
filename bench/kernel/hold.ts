/** node dist/bench/kernel/hold.js [QUEUE]: the hold model at several sizes and delays. One queue a process. */
import './compiler-budget.ts'
import { hrtime } from 'node:process'
import { DEFAULT_QUEUE, QUEUE_NAMES, type QueueName } from '../../sim/kernel/index.ts'
import { oneOf, parse, program } from '../options.ts'
import { type BenchRecord, hex32, quarters, report } from '../record.ts'
import { DELAYS, type DelayName, Hold } from './models/hold.ts'

/** About so many events has one measured step. */
const STEP = 1000
/** Events before the first step, at least: as many as are pending or more, so that the queue has settled; their order is hashed. */
const SETTLING = 20_000
const MEASURED_MS = 700
const SIZES = [10, 1_000, 100_000]

/** Nanoseconds an event. */
export function holdFigure(queue: QueueName, delay: DelayName, size: number): BenchRecord {
  const model = new Hold(size, delay, queue)
  model.simulation.runUntil(delay === 'life' ? 1e6 : 1, model)
  while (model.simulation.executed < Math.max(SETTLING, size)) model.run(SETTLING)
  const hash = hex32(model.hash)
  const samples: number[] = []
  const end = performance.now() + MEASURED_MS
  while (performance.now() < end) {
    const before = hrtime.bigint()
    const done = model.run(STEP)
    const took = Number(hrtime.bigint() - before)
    // Some delays leave gaps where a step has next to no events.
    if (done >= STEP / 10) samples.push(took / done)
  }
  // The first fifth lets the compiler see the loop.
  const figures = quarters(samples.slice(samples.length / 5))
  return {
    name: `hold on ${queue}, ${delay} delays, ${size} pending`,
    ...figures,
    unit: 'ns/event',
    method: 'steps, wall',
    hash,
  }
}

await program(import.meta.url, 'node dist/bench/kernel/hold.js [calendar | heap | tinyqueue]', (args) => {
  const { words } = parse(args, {}, 1)
  const queue = oneOf('QUEUE', words[0] ?? DEFAULT_QUEUE, QUEUE_NAMES)
  for (const delay of Object.keys(DELAYS) as DelayName[]) {
    for (const size of SIZES) report(holdFigure(queue, delay, size))
  }
})

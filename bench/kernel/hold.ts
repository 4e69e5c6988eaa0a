/** node dist/bench/kernel/hold.js [QUEUE]: the hold model at several sizes and delays. One queue a process. */
import './compiler-budget.ts'
import { measure } from 'mitata'
import { DEFAULT_QUEUE, QUEUE_NAMES, type QueueName } from '../../sim/kernel/index.ts'
import { oneOf, parse, program } from '../options.ts'
import { type BenchRecord, hex32, report } from '../record.ts'
import { DELAYS, type DelayName, Hold } from './models/hold.ts'

/** Events of one measured step. */
const STEP = 1000
/** Events before the first step, at least: as many as are pending or more, so that the queue has settled; their order is hashed. */
const SETTLING = 20_000
const SIZES = [10, 1_000, 100_000]

/** Nanoseconds an event. */
export async function holdFigure(queue: QueueName, delay: DelayName, size: number): Promise<BenchRecord> {
  const model = new Hold(size, delay, queue)
  model.simulation.runUntil(delay === 'life' ? 1e6 : 1, model)
  while (model.simulation.executed < Math.max(SETTLING, size)) model.run(SETTLING)
  const hash = hex32(model.hash)
  const { p25, p50, p75 } = await measure(() => model.run(STEP))
  return {
    name: `hold on ${queue}, ${delay} delays, ${size} pending`,
    value: p50 / STEP,
    low: p25 / STEP,
    high: p75 / STEP,
    unit: 'ns/event',
    method: 'mitata',
    hash,
  }
}

await program(import.meta.url, 'node dist/bench/kernel/hold.js [calendar | heap | tinyqueue]', async (args) => {
  const { words } = parse(args, {}, 1)
  const queue = oneOf('QUEUE', words[0] ?? DEFAULT_QUEUE, QUEUE_NAMES)
  for (const delay of Object.keys(DELAYS) as DelayName[]) {
    for (const size of SIZES) report(await holdFigure(queue, delay, size))
  }
})

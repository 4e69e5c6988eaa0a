/** node dist/bench/kernel/hold.js [QUEUE]: the hold model at several sizes and delays. One queue a process. */
import './compiler-budget.ts'
import { argv } from 'node:process'
import { bench, group, run } from 'mitata'
import { DEFAULT_QUEUE, type QueueName } from '../../sim/kernel/index.ts'
import { DELAYS, type DelayName, Hold } from './models/hold.ts'

const queue = (argv[2] ?? DEFAULT_QUEUE) as QueueName
/** Events of one measured step: the figures are nanoseconds for so many. */
const STEP = 1000
const SIZES = [10, 1_000, 100_000]

for (const delay of Object.keys(DELAYS) as DelayName[]) {
  group(`${queue}, ${delay} delays, ${STEP} events`, () => {
    for (const size of SIZES) {
      bench(`${size} pending`, function* () {
        const model = new Hold(size, delay, queue)
        model.simulation.runUntil(delay === 'life' ? 1e6 : 1, model)
        yield () => model.run(STEP)
      })
    }
  })
}
await run()

for (const delay of Object.keys(DELAYS) as DelayName[]) {
  const model = new Hold(1000, delay, queue)
  model.simulation.runUntil(delay === 'life' ? 1e6 : 20, model)
  console.log(`${delay}: hash=${(model.hash >>> 0).toString(16).padStart(8, '0')} events=${model.simulation.executed}`)
}

/** npm run bench:phold -- [N] [EVENTS] [QUEUE]: PHOLD through the public API, one line of result. */
import './compiler-budget.ts'
import { argv, hrtime } from 'node:process'
import { DEFAULT_QUEUE, type QueueName } from '../../sim/kernel/index.ts'
import { Phold } from './models/phold.ts'

const processes = Number(argv[2] ?? 1000)
const events = Number(argv[3] ?? 10_000_000)
const queue = (argv[4] ?? DEFAULT_QUEUE) as QueueName

const model = new Phold(processes, queue)
// The first tenth lets the compiler see the loop, and is not measured.
const warm = events / processes / 10
model.simulation.runUntil(warm, model)
const before = hrtime.bigint()
const executed = model.simulation.runUntil(warm + events / processes, model)
const seconds = Number(hrtime.bigint() - before) / 1e9
const hash = (model.hash >>> 0).toString(16).padStart(8, '0')
console.log(
  `events=${executed} sec=${seconds.toFixed(3)} ev/s=${Math.round(executed / seconds)} hash=${hash} n=${processes} queue=${queue}`,
)

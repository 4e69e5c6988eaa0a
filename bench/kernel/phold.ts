/** npm run bench:phold -- [N] [EVENTS] [QUEUE]: PHOLD through the public API, one line of result. */
import './compiler-budget.ts'
import { hrtime } from 'node:process'
import { DEFAULT_QUEUE, QUEUE_NAMES } from '../../sim/kernel/index.ts'
import { oneOf, parse, program, whole } from '../options.ts'
import { hex32, keep, quarters } from '../record.ts'
import { Phold } from './models/phold.ts'

/** The measured events are timed in so many parts, whose quarters are the noise band of the result file. */
const PARTS = 20

export function phold(args: readonly string[]): void {
  const { words } = parse(args, {}, 3)
  const processes = whole('N, the number of processes,', words[0], 1, 1000)
  const events = whole('EVENTS', words[1], 1, 10_000_000)
  const queue = oneOf('QUEUE', words[2] ?? DEFAULT_QUEUE, QUEUE_NAMES)

  const model = new Phold(processes, queue)
  // The first tenth lets the compiler see the loop, and is not measured.
  const warm = events / processes / 10
  model.simulation.runUntil(warm, model)
  let executed = 0
  let ns = 0
  const samples: number[] = []
  for (let part = 1; part <= PARTS; part++) {
    const before = hrtime.bigint()
    const done = model.simulation.runUntil(warm + (events / processes) * (part / PARTS), model)
    const took = Number(hrtime.bigint() - before)
    executed += done
    ns += took
    if (done > 0) samples.push(took / done)
  }
  const hash = hex32(model.hash)
  const rate = Math.round((executed / ns) * 1e9)
  console.log(`events=${executed} sec=${(ns / 1e9).toFixed(3)} ev/s=${rate} hash=${hash} n=${processes} queue=${queue}`)
  if (samples.length === 0) return
  const name = `PHOLD of ${processes} on ${queue}, ${events} events`
  keep({ name, ...quarters(samples), unit: 'ns/event', method: `${PARTS} parts, wall`, 'ev/s': rate, hash })
}

await program(import.meta.url, 'npm run bench:phold -- [N] [EVENTS] [calendar | heap | tinyqueue]', phold)

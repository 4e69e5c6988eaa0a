/**
 * node dist/bench/model/extension.js: what an extension costs. Three runs side by side, a day of each in turn: without
 * one, with one that does nothing, and with examples/block-and-report.ts. Ratios of processor time.
 */
import { blockAndReport } from '../../examples/block-and-report.ts'
import type { EventExtension } from '../../sim/index.ts'
import { cpuNs, quarters, report } from '../record.ts'
import { ObservedRun } from './observed.ts'

const idle: EventExtension = { name: 'idle', attach: () => ({ handle() {} }) }
const input = { seed: 'bench', count: 3_000 }
const runs = [new ObservedRun(input), new ObservedRun(input, idle), new ObservedRun(input, blockAndReport)] as const
for (const run of runs) run.days(28)

const DAYS = 40
const samples: number[][] = [[], [], []]
for (let day = 0; day < DAYS; day++) {
  // Each starts as often as the others.
  for (let turn = 0; turn < runs.length; turn++) {
    const which = (turn + day) % runs.length
    const before = cpuNs()
    const facts = runs[which]!.days(1)
    samples[which]!.push((cpuNs() - before) / facts)
  }
}
for (const [which, name] of [
  [1, 'idle extension'],
  [2, 'block and report'],
] as const) {
  const ratios = samples[which]!.map((sample, day) => sample / samples[0]![day]!)
  report({ name: `${name} / none`, ...quarters(ratios), unit: '×', method: 'interleaved', hash: runs[which].digest })
}
if (runs[0].digest !== runs[1].digest) throw new Error('an extension that does nothing changed the digest')

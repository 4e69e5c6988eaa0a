/**
 * node dist/bench/model/day.js PEOPLE [MARKET LEVEL]: a day of the model, warmed up, with digest and metrics, under
 * mitata. One size a process. Samples are days one after another, bounded in number; the clock is processor time.
 */
import { argv } from 'node:process'
import { measure } from 'mitata'
import { cpuNs, report } from '../record.ts'
import { ObservedRun } from './observed.ts'

const people = Number(argv[2] ?? 10_000)
const market = argv[3]
/** Days before the first sample: the compiler has seen day 25, when times outgrow 31 bits; large runs can't wait so long. */
const WARM_UP = people <= 10_000 ? 30 : people <= 100_000 ? 4 : 1
const SAMPLES = people <= 1_000 ? 60 : people <= 10_000 ? 20 : people <= 100_000 ? 5 : 2

const run = new ObservedRun({ seed: 'bench', count: people, ...(market && { market }) })
run.days(WARM_UP)
const before = run.facts
const bytes = run.bytes
let perDay = 0
const { p25, p50, p75, samples } = await measure(() => run.day(), {
  now: cpuNs,
  min_samples: SAMPLES,
  max_samples: SAMPLES,
  min_cpu_time: 0,
  warmup_threshold: 0,
  batch_threshold: 0,
})
perDay = (run.facts - before) / (samples.length + 1)
report({
  name: `day of ${people} people${market ? ` at level ${market}` : ''}`,
  value: p50 / perDay,
  low: p25 / perDay,
  high: p75 / perDay,
  unit: 'CPU ns/fact',
  method: 'mitata',
  'facts/s': Math.round(1e9 / (p50 / perDay)),
  'facts/person-day': (perDay / people).toFixed(1),
  level: run.level,
  markets: run.markets,
  'bytes/person': Math.round(bytes / people),
  hash: run.digest,
})

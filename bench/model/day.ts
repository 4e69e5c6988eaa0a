/**
 * node dist/bench/model/day.js PEOPLE [MARKET LEVEL]: a day of the model, warmed up, with digest and metrics, under
 * mitata. One size a process. Samples are the stretches of days that a run without rows takes (run/days/stretch.ts), one
 * after another, bounded in number; the clock is processor time. The compiler's budget is
 * that of a run of 90 days.
 */
import { measure } from 'mitata'
import { raiseCompilerBudgetFor } from '../../run/compiler-budget.ts'
import { stretchOf } from '../../run/days/stretch.ts'
import { MARKET_LEVELS } from '../../sim/index.ts'
import { oneOf, parse, program, whole } from '../options.ts'
import { cpuNs, report } from '../record.ts'
import { ObservedRun } from './observed.ts'

await program(import.meta.url, 'node dist/bench/model/day.js PEOPLE [MARKET LEVEL]', async (given) => {
  const { words } = parse(given, {}, 2)
  const people = whole('PEOPLE', words[0], 1, 10_000)
  const market = words[1] === undefined ? undefined : oneOf('MARKET LEVEL', words[1], MARKET_LEVELS)
  const DAYS = stretchOf(people, 90)
  /** Days before the first sample: the compiler has seen day 25, when times outgrow 31 bits; a million can't wait so long. */
  const WARM_UP = people <= 1_000 ? 70 : people <= 100_000 ? 35 : 3
  const SAMPLES = people <= 1_000 ? 20 : people <= 10_000 ? 10 : people <= 100_000 ? 5 : 2

  raiseCompilerBudgetFor(people, 90)
  const run = new ObservedRun({ seed: 'bench', count: people, ...(market && { market }) })
  run.days(WARM_UP)
  const before = run.facts
  const bytes = run.bytes
  const { p25, p50, p75, samples } = await measure(() => run.days(DAYS), {
    now: cpuNs,
    min_samples: SAMPLES,
    max_samples: SAMPLES,
    min_cpu_time: 0,
    warmup_threshold: 0,
    batch_threshold: 0,
  })
  const perSample = (run.facts - before) / (samples.length + 1)
  report({
    name: `day of ${people} people${market ? ` at level ${market}` : ''}`,
    value: p50 / perSample,
    low: p25 / perSample,
    high: p75 / perSample,
    unit: 'CPU ns/fact',
    method: 'mitata',
    'facts/s': Math.round(1e9 / (p50 / perSample)),
    'facts/person-day': (perSample / DAYS / people).toFixed(1),
    'days/sample': DAYS,
    level: run.level,
    markets: run.markets,
    'bytes/person': Math.round(bytes / people),
    hash: run.digest,
  })
})

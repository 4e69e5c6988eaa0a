/**
 * How often the interval of `replicate --seeds 10` at 300 people and 20 days holds the long-run mean: 200 repetitions, each
 * with seeds of its own, against the mean of all 2,000 runs.
 *
 *     npm run experiments:coverage
 */
import { Laboratory, MEASURES, measured, seedNames, summarize } from '../../experiments/index.ts'
import { resolveConfig } from '../../sim/index.ts'

const [REPETITIONS, SEEDS] = [200, 10]
const { parameters } = resolveConfig({ seed: 'coverage' })
const laboratory = new Laboratory(
  { input: { count: 300 }, parameters, days: 20 },
  { onProgress: (done, total) => done % 100 === 0 && process.stderr.write(`${done}/${total} runs\n`) },
)
const trials = seedNames('coverage', REPETITIONS * SEEDS).map((seed) => ({ seed, point: {} }))
const outcomes = await laboratory.run(trials)
await laboratory.close()

console.log('metric                     long-run mean   held by   (92–98% is asked for)')
let honest = 0
let all = 0
for (const { key } of MEASURES) {
  const values = outcomes.map((outcome) => measured(outcome, key))
  const known = values.filter((value) => !Number.isNaN(value))
  // What nobody could measure, or what is the same in every run, has no interval to speak of.
  if (known.length < values.length || new Set(known).size === 1) continue
  const truth = summarize(known).mean
  let held = 0
  for (let i = 0; i < REPETITIONS; i++) {
    const { low, high } = summarize(values.slice(i * SEEDS, (i + 1) * SEEDS))
    if (low <= truth && truth <= high) held++
  }
  const share = held / REPETITIONS
  all++
  if (share >= 0.92 && share <= 0.98) honest++
  console.log(`${key.padEnd(26)} ${truth.toPrecision(5).padStart(13)} ${(100 * share).toFixed(1).padStart(8)}%`)
}
console.log(`${honest} of ${all} between 92 and 98%`)

/**
 * node dist/bench/model/workers.js [PEOPLE] [DAYS]: worker threads against one, stretches of days in turn so that a shared
 * machine is shared fairly; those up to day 28 warm up both (the compiler has then seen day 25, when times outgrow 31
 * bits), so that DAYS are at least 35. Wall clock, which on a busy machine says little: read it where nothing else runs.
 */
import { raiseCompilerBudgetFor } from '../../run/compiler-budget.ts'
import { Crew } from '../../run/crew/crew.ts'
import { stretchOf } from '../../run/days/stretch.ts'
import { planMarkets, RunDigest, resolveConfig, runIdentity } from '../../sim/index.ts'
import { Misuse, parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'

/** Days before the first sample. */
const WARM_UP = 28
/** At least one stretch, of up to a week, is measured. */
const LEAST_DAYS = WARM_UP + 7

/** What the command line asks for. @throws Misuse before anything is measured */
export function workersOf(args: readonly string[]): { people: number; days: number } {
  const { words } = parse(args, {}, 2)
  return { people: whole('PEOPLE', words[0], 1, 30_000), days: whole('DAYS', words[1], LEAST_DAYS, 84) }
}

await program(import.meta.url, 'node dist/bench/model/workers.js [PEOPLE] [DAYS]', async (args) => {
  const { people, days } = workersOf(args)
  raiseCompilerBudgetFor(people, days)
  const stretch = stretchOf(people, days)
  const config = resolveConfig({ seed: 'bench', count: people })
  const markets = planMarkets(config).ids.length
  if (markets < 2) throw new Misuse(`${people} people are one market, which two workers cannot share; take more PEOPLE`)
  const crews = [1, 2].map((workers) => Crew.hire(config, { workers, metrics: true }))
  const digests = crews.map(() => new RunDigest(runIdentity(config)))
  const samples: number[][] = [[], []]
  for (let day = 0; day < days; day += stretch) {
    for (const [which, crew] of crews.entries()) {
      const start = performance.now()
      for (const [i, markets] of (await crew.pass(stretch)).entries()) digests[which]!.addSummaries(day + i, markets)
      if (day >= WARM_UP) samples[which]!.push(performance.now() - start)
    }
  }
  await Promise.all(crews.map((crew) => crew.dismiss()))
  if (digests[0]!.hex !== digests[1]!.hex) throw new Error('one worker and two gave different digests')
  const ratios = samples[1]!.map((sample, day) => sample / samples[0]![day]!)
  const { value } = quarters(ratios)
  report({
    name: `two workers / one, ${people} people`,
    ...quarters(ratios),
    unit: '× wall',
    method: 'interleaved',
    speedUp: (1 / value).toFixed(2),
    hash: digests[0]!.hex,
  })
})

import { BlockMaker, countMarket, placeMarkets, sourcesOf } from '../../persist/index.ts'
import { withoutRows } from '../../sim/index.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { groupDigest } from './fact-digest.ts'
import type { RunMarkets } from './group-markets.ts'
import type { WriteOutcome } from './outcome.ts'
import type { Target } from './target.ts'

/**
 * Pass 2: lives through a group's days once more, all markets in step, and writes their rows with final ids.
 * @param told of each day
 */
export async function writeGroup(
  plan: Plan,
  task: Task,
  runMarkets: RunMarkets,
  target: Target,
  told: (done: number) => void,
): Promise<WriteOutcome> {
  const markets = runMarkets.make(plan.groups[task.group]!)
  const maker = new BlockMaker(plan.setup, sourcesOf(plan.setup.sources!), `${task.group}`)
  const facts: string[] = []
  for (let day = 0; day < plan.days; day++) {
    const today = markets.map((market) => market.runDay())
    facts.push(groupDigest(today.map(withoutRows)))
    const places = placeMarkets(today.map(countMarket), task.places![day]!)
    await target.write(day, maker.make(day, today, places))
    told(day + 1)
  }
  const written = await target.end()
  const sum = (at: 2 | 5) => written.reduce((total, each) => total + each[at], 0)
  return { task: task.id, pass: 2, group: task.group, rows: sum(2), bytes: sum(5), facts, written }
}

import { BlockMaker, countMarket, PeopleMaker, placeMarkets, sourcesOf } from '../../persist/index.ts'
import { withoutRows } from '../../sim/index.ts'
import type { WriteOutcome } from '../plan/outcome.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { groupDigest } from './fact-digest.ts'
import type { RunMarkets } from './group-markets.ts'
import type { GroupDays } from './kept/group-days.ts'
import type { Target } from './target.ts'
import { Marks } from './write-people.ts'

/**
 * Pass 2: writes the rows of a group's days, and of their newcomers, with final ids.
 * @param days of the group  @param told of each day
 */
export async function writeGroup(
  plan: Plan,
  task: Task,
  runMarkets: RunMarkets,
  days: GroupDays,
  target: Target,
  told: (done: number) => void,
): Promise<WriteOutcome> {
  const { blocks } = plan.setup
  const maker = new BlockMaker(blocks, sourcesOf(blocks.sources!), `${task.group}`)
  const people = new PeopleMaker(plan.setup)
  const marks = new Marks()
  const facts: string[] = []
  for (let day = 0; day < plan.days; day++) {
    const today = days.next()
    facts.push(groupDigest(today.map(withoutRows)))
    const counts = today.map(countMarket)
    const first = task.places![day]!
    const newcomers = counts.flatMap(({ arrivals }) => arrivals).map((k) => runMarkets.profile(k, day))
    if (newcomers.length > 0) {
      const made = people.make(newcomers, first)
      await target.writePeople(day, made)
      marks.add(day, made)
    }
    await target.writeDay(day, maker.make(day, today, placeMarkets(counts, first)))
    told(day + 1)
  }
  const written = await target.end()
  const sum = (at: 2 | 5) => written.reduce((total, each) => total + each[at], 0)
  return { task: task.id, pass: 2, group: task.group, rows: sum(2), bytes: sum(5), facts, written, marks: marks.list }
}

import { type MadePeople, PeopleMaker } from '../../persist/index.ts'
import type { Mark } from '../plan/outcome.ts'
import { chunksOf, type Plan } from '../plan/plan.ts'
import type { RunMarkets } from './group-markets.ts'
import type { Target } from './target.ts'

/** Writes a group's share of the people who are there at the start: chunks of the ledger, whatever market they live in. */
export async function writeGroupPeople(
  plan: Plan,
  group: number,
  markets: RunMarkets,
  target: Target,
): Promise<Mark[]> {
  const { setup, pictures, config } = plan
  const maker = new PeopleMaker(setup)
  const marks = new Marks()
  const [from, to] = chunksOf(plan, group)
  for (let chunk = from; chunk < to; chunk++) {
    const first = chunk * setup.people.chunk
    const length = Math.min(setup.people.chunk, config.count - first)
    const people = Array.from({ length }, (_, i) => markets.profile(first + i + 1, -1))
    const made = maker.make(people, { users: setup.people.users + first, profile_media: pictures[chunk]! })
    await target.writePeople(chunk + 1, made)
    marks.add(chunk + 1, made)
  }
  return marks.list
}

/** Marks of interests by the first in the task to touch each. */
export class Marks {
  readonly list: Mark[] = []
  readonly #seen = new Set<number>()

  add(at: number, { marks }: MadePeople): void {
    for (let i = 0; i < marks.length; i += 2) {
      if (this.#seen.has(marks[i]!)) continue
      this.#seen.add(marks[i]!)
      this.list.push([at, marks[i]!, marks[i + 1]!])
    }
  }
}

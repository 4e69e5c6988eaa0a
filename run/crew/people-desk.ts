import { PeopleBlockMaker, type PeopleBlocks, type PeopleIds, type TaskSetup } from '../../persist/index.ts'
import { generateProfile, type PersonProfile, type Population, type RunConfig } from '../../sim/index.ts'
import { populationOf } from '../people/population.ts'

/** Makes people, whatever market they live in, and then their rows, on whatever thread this is. */
export class PeopleDesk {
  private readonly population: Population
  private readonly maker: PeopleBlockMaker
  private readonly joinDay: number
  /** People who may still be made into blocks, by the number of the first. */
  private readonly held = new Map<number, readonly PersonProfile[]>()

  /** @param joinDay −1 for those who are there at the start */
  constructor(config: RunConfig, setup: TaskSetup, joinDay: number) {
    this.population = populationOf(config)
    this.maker = new PeopleBlockMaker(setup)
    this.joinDay = joinDay
  }

  /**
   * Some people whose numbers follow one another.
   * @param settled those whose first has a smaller number are needed no more
   * @returns how many pictures they have
   */
  meet(first: number, people: number, settled: number): number {
    for (const earlier of this.held.keys()) if (earlier < settled) this.held.delete(earlier)
    const made = Array.from({ length: people }, (_, i) => generateProfile(this.population, first + i, this.joinDay))
    this.held.set(first, made)
    return made.reduce((sum, { media }) => sum + media.length, 0)
  }

  /** The blocks of people who were met, with these ids. */
  make(first: number, ids: PeopleIds): PeopleBlocks {
    const people = this.held.get(first)
    if (!people) throw new Error(`people from number ${first} on are not held: they cannot be made into blocks`)
    return this.maker.make(people, ids)
  }
}

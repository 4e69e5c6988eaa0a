import { displayName, drawPerson, emptyPerson, type PersonTraits, Purpose, Stream } from '../../../../sim/index.ts'
import type { History } from './history.ts'

/** Draws people again as they were drawn, for their names and traits. */
export class Who {
  private readonly history: History
  private readonly stream = new Stream()
  private readonly person = emptyPerson()
  private readonly names = new Map<number, string>()

  constructor(history: History) {
    this.history = history
  }

  /** The same record each time. */
  traits(k: number): PersonTraits {
    drawPerson(this.history.population, k, this.joinDay(k), this.stream, this.person)
    return this.person
  }

  /** −1 for those who were there at the start. */
  joinDay(k: number): number {
    return this.history.joined.get(k) ?? -1
  }

  name(k: number): string {
    let name = this.names.get(k)
    if (name === undefined) {
      const { firstName } = this.traits(k)
      name = displayName(this.history.population.keys.day(this.stream, Purpose.name, k, 0), firstName)
      this.names.set(k, name)
    }
    return name
  }

  city(id: number): string {
    const { name, region } = this.history.population.places.cities[id]!
    return region ? `${name}, ${region}` : name
  }
}

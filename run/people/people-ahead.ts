import type { PeopleIds, RenderedPeople, TaskSetup } from '../../persist/index.ts'
import type { Crew } from '../crew/crew.ts'

/** Chunks of people that one member of a crew may have under way. */
const AT_ONCE = 2

/**
 * Chunks of people whose rows a crew makes beside one another. Ids are foretold from the chunk before, so that rows are ready
 * when their turn comes; where others wrote meanwhile they are made again.
 */
export class PeopleAhead {
  private readonly crew: Crew
  private readonly underWay: Promise<RenderedPeople>[] = []
  /** The next chunk's first ids, once all before it are counted. */
  private ids: Promise<PeopleIds>
  private begun = 0
  /** People with smaller numbers are written. */
  private settled = 0

  private constructor(crew: Crew, ids: PeopleIds) {
    this.crew = crew
    this.ids = Promise.resolve(ids)
  }

  /** @param joinDay −1 for those who are there at the start */
  static async open(crew: Crew, setup: TaskSetup, joinDay: number): Promise<PeopleAhead> {
    await crew.usePeople(setup, joinDay)
    const { users, profile_media } = setup.people
    return new PeopleAhead(crew, { users, profile_media })
  }

  get hasRoom(): boolean {
    return this.underWay.length < this.crew.workers * AT_ONCE
  }

  /** Begins a chunk: `people` people from number `first` on. */
  begin(first: number, people: number): void {
    const met = this.crew.meet(this.begun++, first, people, this.settled)
    const ids = this.ids
    const after = async (): Promise<PeopleIds> => {
      const { users, profile_media } = await ids
      return { users: users + people, profile_media: profile_media + (await met).media }
    }
    this.ids = after()
    const rendered = async (): Promise<RenderedPeople> => {
      const { media, enrol } = await met
      const foretold = await ids
      const blocks = enrol(foretold)
      blocks.catch(() => {})
      return {
        ...{ first, people, media },
        blocks: (found) => (sameIds(foretold, found) ? blocks : enrol(found)),
      }
    }
    const made = rendered()
    // A failure is thrown where the chunk is awaited.
    for (const promise of [this.ids, made]) promise.catch(() => {})
    this.underWay.push(made)
  }

  /** The chunk that was begun first of those that are left. */
  async next(): Promise<RenderedPeople> {
    const next = await this.underWay.shift()!
    this.settled = next.first
    return next
  }
}

function sameIds(a: PeopleIds, b: PeopleIds): boolean {
  return a.users === b.users && a.profile_media === b.profile_media
}

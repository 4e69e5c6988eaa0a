import { dirname, join } from 'node:path'
import type { MarketTables } from '../../../sim/index.ts'
import { GroupReader, GroupWriter } from './group-file.ts'
import { Room } from './room.ts'
import { namesIn, type Scratch } from './scratch.ts'

/**
 * Days that pass 1 lived through, for pass 2 to write: where they are there, nobody lives through them again. They are facts, which follow
 * from the run: whether they were kept changes no byte of the output.
 */
export class KeptDays {
  readonly #scratch: Scratch

  constructor(scratch: Scratch) {
    this.#scratch = scratch
  }

  /** @param id of the group's task of pass 1  @param people at the start in each of its markets  @returns null where there is no room */
  keep(id: string, people: readonly number[], days: number): GroupKeeper | null {
    try {
      const room = new Room(this.#scratch)
      if (!room.takes(0)) return null
      const writer = new GroupWriter(fileIn(this.#scratch.folder, id), people.length, days, room)
      return new GroupKeeper(writer, room, people, days)
    } catch {
      return null
    }
  }

  /** What this process, or another of the same user on this machine, has kept: once. @param markets ids, in the order of the plan */
  take(id: string, markets: readonly number[], days: number): GroupReader | null {
    const { folder } = this.#scratch
    const all = dirname(folder)
    const others = namesIn(all).map((name) => join(all, name))
    for (const place of [folder, ...others.filter((other) => other !== folder)]) {
      const reader = GroupReader.take(fileIn(place, id), markets, days)
      if (reader) return reader
    }
    return null
  }
}

/** Keeps a group's days as long as there is room. That it cannot costs time alone, so it throws nothing. */
export class GroupKeeper {
  #writer: GroupWriter | null
  readonly #room: Room
  readonly #people: readonly number[]
  readonly #days: number
  #records = 0

  constructor(writer: GroupWriter, room: Room, people: readonly number[], days: number) {
    this.#writer = writer
    this.#room = room
    this.#people = people
    this.#days = days
  }

  /** @param work calls what it is given with the markets' days, one market after the other; when it throws nothing is kept */
  during<T>(work: (keep: (facts: MarketTables) => void) => T): T {
    try {
      const done = work((facts) => this.#add(facts))
      this.#try((writer) => writer.end())
      this.#writer = null
      return done
    } finally {
      this.#abandon()
    }
  }

  #add(facts: MarketTables): void {
    this.#try((writer) => {
      writer.add(facts)
      const markets = ++this.#records / this.#days
      if (Number.isInteger(markets) && this.#bytesAfter(markets, writer.bytes) > this.#room.left) this.#abandon()
    })
  }

  /** What the rest of the group will take, as its first markets took by their people: half a group is worth nothing. */
  #bytesAfter(markets: number, bytes: number): number {
    const [before, all] = [sum(this.#people.slice(0, markets)), sum(this.#people)]
    return before > 0 ? (bytes * (all - before)) / before : 0
  }

  #abandon(): void {
    const writer = this.#writer
    this.#writer = null
    try {
      writer?.abandon()
    } catch {}
  }

  #try(work: (writer: GroupWriter) => void): void {
    try {
      if (this.#writer) work(this.#writer)
    } catch {
      this.#abandon()
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function fileIn(folder: string, id: string): string {
  return join(folder, `${id}.days`)
}

import { mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MarketTables } from '../../../sim/index.ts'
import { GroupReader, GroupWriter } from './group-file.ts'
import { namesIn, type Scratch } from './scratch.ts'

/** Chosen: so much of what is free is left to others. */
const SHARE_OF_FREE = 1 / 4

/**
 * Days that pass 1 lived through, for pass 2 to write: where they are there, nobody lives through them again. They are facts, which follow
 * from the run: whether they were kept changes no byte of the output.
 */
export class KeptDays {
  readonly #scratch: Scratch

  constructor(scratch: Scratch) {
    this.#scratch = scratch
  }

  /** @param id of the group's task of pass 1  @returns null where there is no room */
  keep(id: string, markets: number, days: number): GroupKeeper | null {
    const { folder } = this.#scratch
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const room = this.#room()
      return room > 0 ? new GroupKeeper(new GroupWriter(fileIn(folder, id), markets, days), room) : null
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

  /** Bytes that may be kept besides those that are. */
  #room(): number {
    const { folder, bytes } = this.#scratch
    const { bavail, bsize } = statfsSync(folder)
    const kept = namesIn(folder).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
    return Math.min(bytes - kept, bavail * bsize * SHARE_OF_FREE)
  }
}

/** Keeps a group's days as long as there is room. That it cannot costs time alone, so it throws nothing. */
export class GroupKeeper {
  #writer: GroupWriter | null
  #room: number

  constructor(writer: GroupWriter, room: number) {
    this.#writer = writer
    this.#room = room
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
      this.#room -= writer.add(facts)
    })
    if (this.#room < 0) this.#abandon()
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

function fileIn(folder: string, id: string): string {
  return join(folder, `${id}.days`)
}

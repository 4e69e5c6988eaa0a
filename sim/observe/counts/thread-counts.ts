import { CONVERSATION_WINDOW_DAYS, DAY_MS } from '../people.ts'
import { delayBin } from './bins.ts'

const ANSWER_MS = CONVERSATION_WINDOW_DAYS * DAY_MS

/** Bits of `flags` of a match: who wrote, whose the first and the last message are, and the answer in time. */
export const Thread = { aWrote: 1, bWrote: 2, aOpened: 4, aWroteLast: 8, answered: 16 } as const

/** What is kept of each match: 27 bytes. Row i is the market's match number `base + i`. */
export class ThreadCounts {
  rows = 0
  /** Rows of the two people. */
  a = new Int32Array(0)
  b = new Int32Array(0)
  /** First and last message in ms since the run's start; without meaning before the first. */
  openedAt = new Float64Array(0)
  lastAt = new Float64Array(0)
  messages = new Uint16Array(0)
  flags = new Uint8Array(0)

  add(a: number, b: number): void {
    if (this.rows === this.a.length) this.reserve(Math.max(64, this.rows * 2))
    const row = this.rows++
    this.a[row] = a
    this.b[row] = b
  }

  /**
   * Counts a message of a match; an answer is filed among the delays.
   *
   * @param sender row of the writer
   * @param at ms since the run's start
   */
  write(match: number, sender: number, at: number, delays: Float64Array): void {
    const byA = this.a[match] === sender
    let flags = this.flags[match]!
    if (this.messages[match] === 0) {
      this.openedAt[match] = at
      if (byA) flags |= Thread.aOpened
    } else if (byA !== ((flags & Thread.aWroteLast) !== 0)) {
      delays[delayBin(Math.floor((at - this.lastAt[match]!) / 1000))]!++
      const first = (flags & (byA ? Thread.aWrote : Thread.bWrote)) === 0
      if (first && at - this.openedAt[match]! <= ANSWER_MS) flags |= Thread.answered
    }
    this.messages[match]!++
    this.lastAt[match] = at
    this.flags[match] = byA ? flags | Thread.aWrote | Thread.aWroteLast : (flags | Thread.bWrote) & ~Thread.aWroteLast
  }

  private reserve(rows: number): void {
    this.a = wider(this.a, rows)
    this.b = wider(this.b, rows)
    this.openedAt = wider(this.openedAt, rows)
    this.lastAt = wider(this.lastAt, rows)
    this.messages = wider(this.messages, rows)
    this.flags = wider(this.flags, rows)
  }

  save(): Record<string, Int32Array | Float64Array | Uint16Array | Uint8Array> {
    return {
      'thread.a': this.a.slice(0, this.rows),
      'thread.b': this.b.slice(0, this.rows),
      'thread.openedAt': this.openedAt.slice(0, this.rows),
      'thread.lastAt': this.lastAt.slice(0, this.rows),
      'thread.messages': this.messages.slice(0, this.rows),
      'thread.flags': this.flags.slice(0, this.rows),
    }
  }

  restore(sections: Readonly<Record<string, unknown>>): void {
    this.a = (sections['thread.a'] as Int32Array).slice()
    this.b = (sections['thread.b'] as Int32Array).slice()
    this.openedAt = (sections['thread.openedAt'] as Float64Array).slice()
    this.lastAt = (sections['thread.lastAt'] as Float64Array).slice()
    this.messages = (sections['thread.messages'] as Uint16Array).slice()
    this.flags = (sections['thread.flags'] as Uint8Array).slice()
    this.rows = this.a.length
  }

  get bytes(): number {
    return this.a.length * 27
  }
}

/** Likes of each post, 2 bytes; row i is the market's post number `base + i`. */
export class PostCounts {
  rows = 0
  likes = new Uint16Array(0)

  add(rows: number): void {
    this.rows += rows
    if (this.rows > this.likes.length) this.likes = wider(this.likes, Math.max(64, this.rows * 2))
  }

  get bytes(): number {
    return this.likes.byteLength
  }
}

export function wider<T extends Int32Array | Float64Array | Uint16Array | Uint8Array>(column: T, length: number): T {
  const grown = new (column.constructor as new (length: number) => T)(length)
  grown.set(column)
  return grown
}

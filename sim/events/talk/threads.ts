import { THREAD_WORDS } from '../../content/index.ts'

/** In `messages`: far above the longest thread. */
const CLOSED = 65_535

/** The matches of a market and how far their conversations have come, by the market's own number of the match. */
export class Threads {
  /** Matches so far; `base` is the first that is a fact (0 without burn-in). */
  count = 0
  base = 0
  /** Rows of the two people; `a` gave the like that completed the match. */
  a = new Int32Array(64)
  b = new Int32Array(64)
  /** How well the two get on: about standard normal, raised by compatibility. */
  chemistry = new Float32Array(64)
  messages = new Uint16Array(64)
  /** Sender of the last message, −1 before the first. */
  last = new Int32Array(64)
  /** What the conversation remembers: THREAD_WORDS a match, owned by `composeMessage`. */
  memory = new Int32Array(64 * THREAD_WORDS)

  add(a: number, b: number, chemistry: number): number {
    if (this.count === this.a.length) this.grow()
    const match = this.count++
    this.a[match] = a
    this.b[match] = b
    this.chemistry[match] = chemistry
    this.messages[match] = 0
    this.last[match] = -1
    return match
  }

  partner(match: number, row: number): number {
    return this.a[match] === row ? this.b[match]! : this.a[match]!
  }

  /** Nobody writes any more: no number of messages that a pending event expects is this one. */
  close(match: number): void {
    this.messages[match] = CLOSED
  }

  isClosed(match: number): boolean {
    return this.messages[match] === CLOSED
  }

  /** Ends the burn-in: the conversations so far stop, since their first half was not written. */
  forget(): void {
    this.base = this.count
  }

  private grow(): void {
    const rows = Math.ceil(this.a.length * 1.5)
    const longer = <T extends Int32Array | Uint16Array | Float32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    this.a = longer(this.a, new Int32Array(rows))
    this.b = longer(this.b, new Int32Array(rows))
    this.chemistry = longer(this.chemistry, new Float32Array(rows))
    this.messages = longer(this.messages, new Uint16Array(rows))
    this.last = longer(this.last, new Int32Array(rows))
    this.memory = longer(this.memory, new Int32Array(rows * THREAD_WORDS))
  }

  get bytes(): number {
    return this.a.length * 18 + this.memory.byteLength
  }
}

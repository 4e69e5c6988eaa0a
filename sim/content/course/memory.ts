import { bitCount } from '../../kernel/index.ts'

/**
 * What the course of a conversation remembers, in `COURSE_WORDS` 32-bit integers that the caller keeps; all zero before
 * the first message. Fields that can be absent are stored plus one.
 */
export const COURSE_WORDS = 7

/** How far a thread has come: 0 nothing said, 1 small talk, 2 interests, 3 personal, 4 planning to meet and after. */
export type ThreadStage = 0 | 1 | 2 | 3 | 4

/** Steps of planning. `set`: day and place are known. */
export const Phase = { none: 0, agreed: 1, day: 2, set: 3, number: 4, after: 5, over: 6 } as const

const HISTORY = 4
const MAX_COUNT = 255

/** A course's words taken apart; one is reused for all threads. */
export class Memory {
  stage = 0
  /** Kind of the question that waits for an answer, −1 if none, and its operand. */
  pending = -1
  pendingOperand = -1
  /** 1 when the waiting question is an "And you?". */
  bounced = 0
  /** Statement group of the last message, −1 if it had none, and its operand. */
  told = -1
  toldOperand = -1
  /** Messages so far, at most 255. */
  count = 0
  /** 1 once somebody said goodbye. */
  bye = 0
  /** Messages without an answer since the last answer. */
  nudges = 0
  phase = 0
  /** Weekday 0–6 and place of the date, −1 while unknown. */
  day = -1
  place = -1
  /** Messages since the date was set or the invitation was declined, at most 255. */
  since = 0
  declined = 0
  /** Bit q: question kind q was asked. */
  asked = 0
  /** The last four interests spoken of, a byte each, plus one. */
  history = 0
  /** Ways used, folded to 64 bits. */
  usedLow = 0
  usedHigh = 0

  load(words: Int32Array, offset: number): void {
    const a = words[offset]!
    const b = words[offset + 1]!
    const c = words[offset + 2]!
    this.stage = a & 7
    this.bounced = (a >>> 3) & 1
    this.pending = ((a >>> 4) & 63) - 1
    this.told = ((a >>> 10) & 63) - 1
    this.count = (a >>> 16) & 255
    this.bye = (a >>> 24) & 1
    this.nudges = (a >>> 25) & 3
    this.declined = (a >>> 27) & 1
    this.pendingOperand = (b & 0xffff) - 1
    this.toldOperand = (b >>> 16) - 1
    this.phase = c & 7
    this.day = ((c >>> 3) & 7) - 1
    this.place = ((c >>> 6) & 63) - 1
    this.since = (c >>> 12) & 255
    this.history = words[offset + 3]!
    this.asked = words[offset + 4]!
    this.usedLow = words[offset + 5]!
    this.usedHigh = words[offset + 6]!
  }

  store(words: Int32Array, offset: number): void {
    words[offset] =
      this.stage |
      (this.bounced << 3) |
      ((this.pending + 1) << 4) |
      ((this.told + 1) << 10) |
      (this.count << 16) |
      (this.bye << 24) |
      (this.nudges << 25) |
      (this.declined << 27)
    words[offset + 1] = (this.pendingOperand + 1) | ((this.toldOperand + 1) << 16)
    words[offset + 2] = this.phase | ((this.day + 1) << 3) | ((this.place + 1) << 6) | (this.since << 12)
    words[offset + 3] = this.history
    words[offset + 4] = this.asked
    words[offset + 5] = this.usedLow
    words[offset + 6] = this.usedHigh
  }

  /** Counts one message. */
  tick(): void {
    if (this.count < MAX_COUNT) this.count++
    if (this.since < MAX_COUNT) this.since++
  }

  hasAsked(kind: number): boolean {
    return ((this.asked >>> kind) & 1) === 1
  }

  spokeOf(interest: number): boolean {
    for (let i = 0; i < HISTORY; i++) if (((this.history >>> (8 * i)) & 255) === interest + 1) return true
    return false
  }

  speakOf(interest: number): void {
    if (!this.spokeOf(interest)) this.history = (this.history << 8) | (interest + 1)
  }

  /** `way` is any number that names a way of any part. */
  isUsed(way: number): boolean {
    const bit = fold(way)
    return (((bit < 32 ? this.usedLow : this.usedHigh) >>> (bit & 31)) & 1) === 1
  }

  use(way: number): void {
    const bit = fold(way)
    if (bit < 32) this.usedLow |= 1 << (bit & 31)
    else this.usedHigh |= 1 << (bit & 31)
    if (crowded(this.usedLow) && crowded(this.usedHigh)) {
      this.usedLow = 0
      this.usedHigh = 0
    }
  }
}

/** Neighbouring ways keep distinct bits, so that ways of one act never shadow each other. */
function fold(way: number): number {
  return (way + (way >>> 5) * 11) & 63
}

function crowded(word: number): boolean {
  return bitCount(word) > 26
}

export function threadStage(words: Int32Array, offset: number): ThreadStage {
  return (words[offset]! & 7) as ThreadStage
}

/** Whether the two have a date, or had one and did not part as friends: day and place are agreed. */
export function threadDateSet(words: Int32Array, offset: number): boolean {
  const phase = words[offset + 2]! & 7
  return phase >= Phase.set && phase <= Phase.after
}

/** Whether somebody has said goodbye for good. */
export function threadEnded(words: Int32Array, offset: number): boolean {
  return ((words[offset]! >>> 24) & 1) === 1
}

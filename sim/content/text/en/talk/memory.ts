import { bitCount } from '../../../../kernel/index.ts'
import { COURSE_WORDS } from '../../../course/index.ts'
import { PLAN_FROM, Q } from './kinds.ts'

/**
 * What a thread's words remember, in `TALK_WORDS` 32-bit integers after those of the course; all zero before the first
 * message. Fields that can be absent are stored plus one.
 */
const TALK_WORDS = 14

/** Integers that a thread's caller keeps. */
export const THREAD_WORDS = COURSE_WORDS + TALK_WORDS

/** How far a plan to meet has come; `proposed` waits for the other's word to be `set`; `now`, the call is about to begin. */
export const Plan = { none: 0, agreed: 1, day: 2, set: 3, after: 4, over: 5, proposed: 6, now: 7 } as const

/** What made the other laugh, which somebody may come back to. */
export const Laugh = { none: 0, story: 1, pet: 2, job: 3, other: 4 } as const
/** Messages after which one comes back to it; before, it is still being talked about (chosen). */
const LAUGH_AGE = 4

/** Questions that both can answer, and the first of the bits beside `asked` that say who was asked. */
const PROMPTED: readonly number[] = [
  Q.weekend,
  Q.plans,
  Q.years,
  Q.from,
  Q.spot,
  Q.job,
  Q.siblings,
  Q.pets,
  Q.dish,
  Q.drink,
  Q.watch,
  Q.skill,
  Q.chrono,
  Q.childhood,
  Q.looking,
  Q.happy,
  Q.changed,
  Q.proud,
  Q.ideal,
  Q.home,
  Q.travel,
]
const PROMPTED_FROM = 64 - PROMPTED.length

const HISTORY = 8
const MAX_COUNT = 255

/** A thread's words taken apart; one is reused for all threads. */
export class Memory {
  /** Kind of the question that waits for an answer, −1 if none, and what it is about. */
  pending = -1
  pendingOperand = -1
  /** Which of the two asked it: 0 or 1. */
  pendingBy = 0
  /** Statement group of the last message, −1 if it had none, what it was about and how it sounded. */
  told = -1
  toldOperand = -1
  mood = 0
  /** Who wrote the last message. */
  lastBy = 0
  plan = 0
  /** 1 when they plan a call, because they live too far apart to meet. */
  isCall = 0
  /** Hour and place of the meeting, by place in their lists (−1: no place was named), and its civil day. */
  hour = 0
  place = -1
  planDay = 0
  /** Civil day on which the plan was set; once it is `now`, who called and when (`plan.ts`). */
  setDay = 0
  /** What they want to do: an operand of the invitation. */
  outing = 0
  /** Messages that will be cool, after a refusal. */
  cool = 0
  declined = 0
  /** Which of the two said no last. */
  declinedBy = 0
  askedNumber = 0
  confirmed = 0
  /** 1 once each has said to look forward to it. */
  ahead = 0
  bye = 0
  nudges = 0
  count = 0
  /** Questions put to each of the two, and what each told unasked: bit q of 64. */
  readonly asked = new Int32Array(4)
  /** The last eight interests spoken of, a byte each, plus one. */
  readonly history = new Int32Array(2)
  /** One of `Laugh`, what it was about, which of the two told it, and after how many messages. */
  laugh = 0
  laughOperand = -1
  laughBy = 0
  laughAt = 0
  /** Messages on end without a question. */
  dry = 0
  /** 1 once both have written. */
  replied = 0
  /** 1 when the question that waits, and when the one that was answered last, was put back to the one who asked it. */
  returned = 0
  toldBack = 0
  /** 1 when the last message began with a word on the meeting or the call that lies behind them. */
  thanked = 0
  /** 1 when the question that waits was asked before the other's last message. */
  waits = 0
  /** Lines used, folded to `USED_BITS` bits. */
  readonly used = new Int32Array(3)

  load(words: Int32Array, from: number): void {
    const at = from + COURSE_WORDS
    const a = words[at]!
    const b = words[at + 1]!
    const c = words[at + 2]!
    this.pending = (a & 127) - 1
    this.pendingOperand = ((a >>> 7) & 0x7ff) - 1
    this.told = ((a >>> 18) & 127) - 1
    this.mood = (a >>> 25) & 15
    this.pendingBy = (a >>> 29) & 1
    this.lastBy = (a >>> 30) & 1
    this.toldOperand = (b & 0x7ff) - 1
    this.plan = (b >>> 11) & 7
    this.isCall = (b >>> 14) & 1
    this.hour = (b >>> 15) & 7
    this.place = ((b >>> 18) & 15) - 1
    this.cool = (b >>> 22) & 3
    this.declined = (b >>> 24) & 3
    this.askedNumber = (b >>> 26) & 1
    this.confirmed = (b >>> 27) & 1
    this.ahead = (b >>> 28) & 1
    this.bye = (b >>> 29) & 1
    this.nudges = (b >>> 30) & 3
    this.planDay = c & 0xffff
    this.setDay = c >>> 16
    const d = words[at + 3]!
    this.outing = d & 0x3ff
    this.count = (d >>> 10) & 255
    this.declinedBy = (d >>> 18) & 1
    for (let i = 0; i < 4; i++) this.asked[i] = words[at + 4 + i]!
    for (let i = 0; i < 2; i++) this.history[i] = words[at + 8 + i]!
    for (let i = 0; i < 3; i++) this.used[i] = words[at + 10 + i]!
    const e = words[at + 13]!
    this.laugh = e & 7
    this.laughBy = (e >>> 3) & 1
    this.laughOperand = ((e >>> 4) & 0x7ff) - 1
    this.laughAt = (e >>> 15) & 255
    this.dry = (e >>> 23) & 7
    this.replied = (e >>> 26) & 1
    this.returned = (e >>> 27) & 1
    this.toldBack = (e >>> 28) & 1
    this.thanked = (e >>> 29) & 1
    this.waits = (e >>> 30) & 1
  }

  store(words: Int32Array, from: number): void {
    const at = from + COURSE_WORDS
    words[at] =
      (this.pending + 1) |
      ((this.pendingOperand + 1) << 7) |
      ((this.told + 1) << 18) |
      (this.mood << 25) |
      (this.pendingBy << 29) |
      (this.lastBy << 30)
    words[at + 1] =
      (this.toldOperand + 1) |
      (this.plan << 11) |
      (this.isCall << 14) |
      (this.hour << 15) |
      ((this.place + 1) << 18) |
      (this.cool << 22) |
      (this.declined << 24) |
      (this.askedNumber << 26) |
      (this.confirmed << 27) |
      (this.ahead << 28) |
      (this.bye << 29) |
      (this.nudges << 30)
    words[at + 2] = this.planDay | (this.setDay << 16)
    words[at + 3] = this.outing | (this.count << 10) | (this.declinedBy << 18)
    for (let i = 0; i < 4; i++) words[at + 4 + i] = this.asked[i]!
    for (let i = 0; i < 2; i++) words[at + 8 + i] = this.history[i]!
    for (let i = 0; i < 3; i++) words[at + 10 + i] = this.used[i]!
    words[at + 13] =
      this.laugh |
      (this.laughBy << 3) |
      ((this.laughOperand + 1) << 4) |
      (this.laughAt << 15) |
      (Math.min(this.dry, 7) << 23) |
      (this.replied << 26) |
      (this.returned << 27) |
      (this.toldBack << 28) |
      (this.thanked << 29) |
      (this.waits << 30)
  }

  tick(): void {
    if (this.count < MAX_COUNT) this.count++
  }

  /** Whether person `side` (0 or 1) was asked, or has told, what questions of the kind ask. */
  knows(side: number, kind: number): boolean {
    return (this.asked[2 * side + (kind >>> 5)]! & (1 << (kind & 31))) !== 0
  }

  learn(side: number, kind: number): void {
    if (kind < PLAN_FROM) this.asked[2 * side + (kind >>> 5)]! |= 1 << (kind & 31)
  }

  /** Keeps in mind that the other put the question to person `side`. */
  askOf(side: number, kind: number): void {
    const bit = PROMPTED.indexOf(kind)
    if (bit >= 0) this.once(side, PROMPTED_FROM + bit)
  }

  /** Whether the other has put a question of the kind to person `side`. */
  wasAsked(side: number, kind: number): boolean {
    const bit = PROMPTED.indexOf(kind)
    return bit >= 0 && this.knows(side, PROMPTED_FROM + bit)
  }

  /** Whether person `side` told the one thing that can be told once, or does so now. */
  once(side: number, what: number): boolean {
    const bit = 1 << (what & 31)
    const word = 2 * side + (what >>> 5)
    const first = (this.asked[word]! & bit) === 0
    this.asked[word]! |= bit
    return first
  }

  /** Keeps in mind what made the other laugh, unless there is something that has not been picked up yet. */
  laughAbout(side: number, what: number, operand: number): void {
    if (this.laugh !== Laugh.none && this.laughBy === side && this.count - this.laughAt < 8) return
    this.laugh = what
    this.laughOperand = operand
    this.laughBy = side
    this.laughAt = this.count
  }

  /** What the other of `side` told that can be picked up again now. */
  laughFor(side: number): number {
    return this.laughBy !== side && this.count - this.laughAt >= LAUGH_AGE ? this.laugh : Laugh.none
  }

  spokeOf(interest: number): boolean {
    for (let i = 0; i < HISTORY; i++) {
      if (((this.history[i >>> 2]! >>> (8 * (i & 3))) & 255) === interest + 1) return true
    }
    return false
  }

  speakOf(interest: number): void {
    if (interest > 253 || this.spokeOf(interest)) return
    this.history[1] = (this.history[1]! << 8) | (this.history[0]! >>> 24)
    this.history[0] = (this.history[0]! << 8) | (interest + 1)
  }

  /** `line` is any number that names a line of any part. */
  isUsed(line: number): boolean {
    const bit = fold(line)
    return (this.used[bit >>> 5]! & (1 << (bit & 31))) !== 0
  }

  use(line: number): void {
    const bit = fold(line)
    this.used[bit >>> 5]! |= 1 << (bit & 31)
    for (let i = 0; i < this.used.length; i++) if (bitCount(this.used[i]!) <= CROWDED) return
    this.used.fill(0)
  }
}

/** Two lines of one group share a bit only if it has more than 96; lines of different groups may. */
function fold(line: number): number {
  return line % USED_BITS
}

const USED_BITS = 96
/** Bits of a word from which on it counts as full. */
const CROWDED = 26

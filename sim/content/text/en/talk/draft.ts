import type { Stream } from '../../../../kernel/index.ts'
import { weekday } from '../../../civil.ts'
import { AFFORDED } from '../interests/index.ts'
import { BIO_TOPICS, bioTopics, isNative, sideOf } from '../persona/persona.ts'
import { M, PLAN_FROM, Q, QUESTIONS, S, STATEMENTS } from './kinds.ts'
import { GROUP_MAX, HAS_INTEREST, Is, type LineTable, NO_KINDS } from './line-table.ts'
import { anecdoteCode } from './lines/anecdotes/index.ts'
import { Laugh, Memory } from './memory.ts'
import { factOf } from './own-fact.ts'
import { NO_LINE } from './pack.ts'
import { bounceGroup, Closing, questionPart, reactionPart, statementPart } from './parts.ts'
import { Day, EVENING_FROM, planCode } from './plan-code.ts'
import { inSeason, relation, surroundings } from './situation.ts'
import type { Moment, Speaker } from './speaker.ts'

/** Minutes since midnight before which nobody says "tonight" of the coming evening. */
const WOKEN = 480

/** Lines that are tried at random before all are looked at (chosen). */
const TRIES = 6

/** Numbers that keep the lines of the parts apart in the thread's memory. */
const STATEMENTS_FROM = 37
const QUESTIONS_FROM = 71

/** Kind of question of each topic that a bio may speak of. */
const BIO_KINDS = BIO_TOPICS.map((topic) => Q[topic])

/** Groups of statements that are about an interest of the writer's. */
const ON_INTEREST = new Uint8Array(STATEMENTS.length)
for (const group of [S.start, S.love, S.often, S.tip, S.detail, S.tale, S.other, S.shareMine, S.shareLove])
  ON_INTEREST[group] = 1

function isOnInterest(group: number): boolean {
  return group >= 0 && ON_INTEREST[group] === 1
}

/** Whether a line may name the interest: it must, it must not, or as it likes. */
export const Naming = { must: 1, mustNot: 0, free: -1 } as const

/** The message that is being composed: the thread, the two people, and the parts chosen so far. */
export class Draft {
  readonly memory = new Memory()
  stream!: Stream
  sender!: Speaker
  recipient!: Speaker
  /** Civil day of the writer. */
  day = 0
  minute = 0
  /** 0 or 1: which of the two writes. */
  side = 0
  reaction = NO_LINE
  statement = NO_LINE
  question = NO_LINE
  reactionOperand = -1
  statementOperand = -1
  questionOperand = -1
  /** Statement group of the message before, −1 if it had none; what it was about and how it sounded. */
  heard = -1
  heardOperand = -1
  heardMood = 0
  /** Whether what was heard answers a question that the writer has answered before. */
  private heardBack = false
  /** Scratch: which lines of a group may be said: 0 no, 1 again, 2 for the first time. */
  private readonly fitting = new Uint8Array(GROUP_MAX)
  /** Bits of the words that a message says once, of the parts chosen so far (`LineTable.echoes`). */
  private echoes = 0
  /** Whether a reaction may tell the writer's own side: not when that is asked for anyway. */
  private mayTellOwn = true
  /** Bits of `Is` that hold for this message. */
  private situation = 0

  begin(stream: Stream, words: Int32Array, offset: number, sender: Speaker, recipient: Speaker, moment: Moment): void {
    const { memory } = this
    memory.load(words, offset)
    this.stream = stream
    this.sender = sender
    this.recipient = recipient
    this.day = moment.day
    this.minute = moment.minute
    this.side = sender.writer >>> 0 > recipient.writer >>> 0 ? 1 : 0
    this.reaction = NO_LINE
    this.statement = NO_LINE
    this.question = NO_LINE
    this.echoes = 0
    this.reactionOperand = -1
    this.statementOperand = -1
    this.questionOperand = -1
    this.heard = memory.told
    this.heardOperand = memory.toldOperand
    this.heardMood = memory.mood
    this.heardBack = memory.toldBack === 1
    memory.toldBack = 0
    memory.told = -1
    memory.toldOperand = -1
    if (memory.count === 0) this.readBios()
    this.situation = surroundings(sender.city, moment) | relation(sender, recipient)
    if (memory.isCall === 1) this.situation |= Is.call
    if (this.isSame()) this.situation |= Is.same
    if (isOnInterest(this.heard) && sender.interests.includes(this.heardOperand)) this.situation |= Is.both
  }

  /** Nobody asks what a bio may have told already. */
  private readBios(): void {
    const { memory, side, sender, recipient } = this
    const own = sender.hasBio ? bioTopics(sender.writer) : 0
    const theirs = recipient.hasBio ? bioTopics(recipient.writer) : 0
    for (let i = 0; i < BIO_KINDS.length; i++) {
      if ((own & (1 << i)) !== 0) memory.learn(side, BIO_KINDS[i]!)
      if ((theirs & (1 << i)) !== 0) memory.learn(1 - side, BIO_KINDS[i]!)
    }
    if (memory.knows(side, Q.from)) this.learnHome(side, sender)
    if (memory.knows(1 - side, Q.from)) this.learnHome(1 - side, recipient)
  }

  /** Who has lived in one place all along need not be asked both how long and where from. */
  learnHome(side: number, who: Speaker): void {
    if (!isNative(who.writer)) return
    this.memory.learn(side, Q.years)
    this.memory.learn(side, Q.from)
  }

  is(mark: number): boolean {
    return (this.situation & mark) !== 0
  }

  /** Whether the writer has told its own side of what a question of the kind asks; either-or has many sides. */
  isKnown(kind: number): boolean {
    if (kind === Q.either) return this.heardBack
    return kind >= 0 && kind < PLAN_FROM && this.memory.knows(this.side, kind)
  }

  /** Whether what was told holds of the writer too. */
  private isSame(): boolean {
    const { heard, heardOperand, sender, recipient } = this
    if (heard === Q.either) return sideOf(sender.writer, heardOperand) === sideOf(recipient.writer, heardOperand)
    return heard >= 0 && heard < Q.meet && heardOperand >= 0 && factOf(heard, sender) === heardOperand
  }

  /**
   * @param mayTellOwn whether a line may tell the writer's own side of what was heard
   * @param operand what the line is about, if not what was heard
   */
  react(group: number, mayTellOwn = true, operand = this.heardOperand): boolean {
    this.mayTellOwn = mayTellOwn
    const table = reactionPart()
    const line = this.pick(table, group, operand, 0, Naming.free, true)
    this.mayTellOwn = true
    if (line === NO_LINE) return false
    if (table.tellsOwn[line] === 1 && this.heard < QUESTIONS.length) this.memory.learn(this.side, this.heard)
    this.reaction = line
    this.reactionOperand = operand
    return true
  }

  /** Whether the reaction names something of its own, which an "it" after it would mean. */
  namesThing(): boolean {
    return this.reaction !== NO_LINE && reactionPart().namesThing[this.reaction] === 1
  }

  /** Whether the message has named what one of the two drinks. */
  namesDrink(): boolean {
    const { reaction, statement } = this
    return (
      (reaction !== NO_LINE && reactionPart().namesDrink[reaction] === 1) ||
      (statement !== NO_LINE && statementPart().namesDrink[statement] === 1)
    )
  }

  /** Says a line of the group about the operand, if one fits. `fresh`: only one that was not said before. */
  say(group: number, operand: number, fresh = false, naming: number = Naming.free): boolean {
    const { memory } = this
    const table = statementPart()
    const line = this.pick(table, group, operand, STATEMENTS_FROM, naming, !fresh)
    if (line === NO_LINE) return false
    const anecdote = anecdoteCode(group, line - table.from[group]!)
    const about = anecdote >= 0 ? anecdote : operand
    this.statement = line
    this.statementOperand = about
    memory.told = group
    memory.toldOperand = about
    memory.mood = table.mood[line]!
    // What is added to an anecdote sounds as the anecdote did.
    if (group === S.anecdote) memory.mood = this.heardMood
    // Who comes back to the other's pet or job tells nothing of their own.
    const told = group === S.backPet || group === S.backJob ? NO_KINDS : table.teaches(line)
    for (let i = 0; i < told.length; i++) memory.learn(this.side, Q[told[i]!])
    if (table.mood[line] === M.fun) this.rememberLaugh(group, about)
    return true
  }

  private rememberLaugh(group: number, operand: number): void {
    const { memory, side } = this
    if (group === S.shareMine || group === S.tale) memory.laughAbout(side, Laugh.story, operand)
    else if (group === S.sharePet) memory.laughAbout(side, Laugh.pet, operand)
    else if (group === S.shareJob) memory.laughAbout(side, Laugh.job, operand)
    else if (group === S.joke || group === S.shareDay || group === S.happy) memory.laughAbout(side, Laugh.other, -1)
  }

  /** Asks a question of the kind about the operand, if a line fits; it waits for its answer from now on. */
  ask(kind: number, operand: number, naming: number = Naming.free): boolean {
    return this.asks(kind, kind, operand, naming)
  }

  /** Returns a question that was just answered. */
  bounce(kind: number, operand: number): boolean {
    if (!this.asks(bounceGroup(kind), kind, operand, Naming.free)) return false
    this.memory.returned = 1
    return true
  }

  private asks(group: number, kind: number, operand: number, naming: number): boolean {
    const line = this.pick(questionPart(), group, operand, QUESTIONS_FROM, naming, true)
    if (line === NO_LINE) return false
    const { memory } = this
    this.question = line
    this.questionOperand = operand
    memory.pending = kind
    memory.returned = 0
    memory.pendingOperand = operand
    memory.pendingBy = this.side
    memory.waits = 0
    memory.dry = 0
    memory.learn(1 - this.side, kind)
    memory.askOf(1 - this.side, kind)
    return true
  }

  /** Says goodbye after an answer: for good, or until the meeting or the call that is planned. */
  close(isAhead: boolean): void {
    const group = isAhead ? Closing.untilThen : Closing.forGood
    this.question = this.pick(questionPart(), group, -1, QUESTIONS_FROM, Naming.free, true)
  }

  /** Whether the statement named the interest that it is about. */
  namesInterest(): boolean {
    return this.statement !== NO_LINE && statementPart().names[this.statement] === 1
  }

  /** An interest of the writer's that was not spoken of and has its season, shared ones first; −1 if there is none. */
  ownInterest(): number {
    return this.freshInterest(this.sender, this.recipient)
  }

  /** An interest of the reader's that was not spoken of, shared ones first; −1 if there is none. */
  theirInterest(): number {
    return this.freshInterest(this.recipient, this.sender)
  }

  private freshInterest(whose: Speaker, other: Speaker): number {
    let found = -1
    let count = 0
    for (let i = 0; i < whose.interests.length; i++) {
      const interest = whose.interests[i]!
      if (this.memory.spokeOf(interest) || !inSeason(interest, whose.city, this.day)) continue
      const weight = other.interests.includes(interest) ? 4 : 1
      count += weight
      if (count === weight || this.stream.nextInt(count) < weight) found = interest
    }
    return found
  }

  /** Both have the interest. */
  shares(interest: number): boolean {
    return this.sender.interests.includes(interest) && this.recipient.interests.includes(interest)
  }

  /** Day, hour and place of the plan in one number; see `planOf`. */
  planOperand(): number {
    const { planDay, hour } = this.memory
    // A call has no place.
    const place = Math.max(0, this.memory.place)
    const days = planDay - this.day
    const day = days === 1 ? Day.tomorrow : days === 0 && this.isClear(hour) ? Day.today : weekday(planDay)
    return planCode(day, hour, place)
  }

  /** Whether the hour can be called today's: at six in the morning nobody says "tonight". */
  private isClear(hour: number): boolean {
    return this.minute >= WOKEN || hour < EVENING_FROM
  }

  /** Day of the week, hour, and how far off it is from the writer's day: 0 any day, 1 one day, 2 the same day. */
  nearOperand(): number {
    const { planDay, hour } = this.memory
    const days = Math.abs(planDay - this.day)
    return (
      weekday(planDay) | (hour << 3) | ((days === 0 && this.isClear(hour) ? 2 : days === 1 ? 1 : days > 6 ? 3 : 0) << 6)
    )
  }

  /**
   * A line of the group that may be said, each with the same chance: not yet used if possible, else any if `again`;
   * `NO_LINE` if none may. A few are tried at random, since most may be said; all are looked at only if none of these may.
   */
  private pick(
    table: LineTable,
    group: number,
    operand: number,
    namespace: number,
    naming: number,
    again: boolean,
  ): number {
    const from = table.from[group]!
    const size = table.from[group + 1]! - from
    if (size === 0) return NO_LINE
    for (let tries = 0; tries < TRIES; tries++) {
      const line = from + this.stream.nextInt(size)
      if ((table.echoes[line]! & this.echoes) !== 0) continue
      if (this.memory.isUsed(namespace + line) || !this.fits(table, line, operand, naming)) continue
      return this.take(table, line, namespace)
    }
    return this.pickOfAll(table, from, size, operand, namespace, naming, again)
  }

  private pickOfAll(
    table: LineTable,
    from: number,
    size: number,
    operand: number,
    namespace: number,
    naming: number,
    again: boolean,
  ): number {
    let fresh = 0
    let used = 0
    for (let at = 0; at < size; at++) {
      const fitting = !this.fits(table, from + at, operand, naming)
        ? 0
        : this.memory.isUsed(namespace + from + at)
          ? 1
          : 2
      this.fitting[at] = fitting
      if (fitting === 2) fresh++
      else if (fitting === 1) used++
    }
    const wanted = fresh > 0 ? 2 : again && used > 0 ? 1 : 0
    if (wanted === 0) return NO_LINE
    let left = this.stream.nextInt(wanted === 2 ? fresh : used)
    let at = 0
    while (this.fitting[at] !== wanted || left-- > 0) at++
    return this.take(table, from + at, namespace)
  }

  private take(table: LineTable, line: number, namespace: number): number {
    this.memory.use(namespace + line)
    this.echoes |= table.echoes[line]!
    return line
  }

  private fits(table: LineTable, line: number, operand: number, naming: number): boolean {
    const { archetype, intent } = this.sender
    const writers = table.writers[line]!
    if (((writers >>> intent) & (writers >>> (8 + archetype)) & 1) === 0) return false
    if ((this.situation & table.need[line]!) !== table.need[line]! || (this.situation & table.deny[line]!) !== 0)
      return false
    if (naming !== Naming.free && table.names[line] !== naming) return false
    if (!this.mayTellOwn && table.tellsOwn[line] === 1) return false
    const need = table.needInterest[line]!
    const deny = table.denyInterest[line]!
    if (need === 0 && deny === 0) return true
    const bits = operand < 0 ? 0 : (AFFORDED[operand] ?? 0) | HAS_INTEREST
    return (bits & need) === need && (bits & deny) === 0
  }
}

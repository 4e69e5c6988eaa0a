import type { Stream } from '../../kernel/index.ts'
import { INTERESTS } from '../interests/interests.ts'
import { CLOSING, S } from './acts.ts'
import { Memory } from './memory.ts'
import type { Speaker } from './speaker.ts'
import { BOUNCE_FROM, BOUNCES, QUESTION_SPAN, QUESTION_WAYS, REACTION_WAYS, STATEMENT_WAYS, type Ways } from './ways.ts'

/** No way was taken: the part is absent. */
export const NO_WAY = -1

/** Interests that are things rather than something one takes up: nobody asks how one got into tacos. */
const THINGS = ['Coffee', 'Craft beer', 'Street food', 'Sushi', 'Ramen', 'Brunch', 'Fashion', 'Barbecue', 'Reality TV']
/** Interests that one takes up but does not practise: nobody gives lessons in them. */
const TASTES = [
  'Live music',
  'Jazz',
  'Hip hop',
  'Indie rock',
  'Classical music',
  'Country music',
  'Science fiction',
  'Poetry',
  'Anime',
  'True crime',
  'Street art',
  'Architecture',
  'Theater',
  'Psychology',
  'History',
  'Philosophy',
  'Trivia',
  'Sustainability',
]
/** By interest: 0 a thing, 1 a taste, 2 something one does. */
const PRACTICE = Uint8Array.from(INTERESTS, ({ name, plural }) =>
  plural || THINGS.includes(name) ? 0 : TASTES.includes(name) ? 1 : 2,
)

/** Numbers that keep the ways of the parts apart in the thread's memory. */
const REACTION_WAYS_FROM = 2048
const QUESTION_WAYS_FROM = 4096

/** Places in `OWNERS`. */
const NONE = 0
const MINE = 1
const THEIRS = 2
const THEIRS_ONLY = 3

/** The message whose acts are being chosen: the thread, the two people, and the parts so far. */
export class Draft {
  readonly memory = new Memory()
  stream!: Stream
  sender!: Speaker
  recipient!: Speaker
  reaction = NO_WAY
  statement = NO_WAY
  question = NO_WAY
  statementOperand = -1
  questionOperand = -1
  /** Statement group of the message before, −1 if it had none, and its operand. */
  heard = -1
  heardOperand = -1
  /** Kind of the question that this message answers and may return, −1 if none. */
  answered = -1

  begin(stream: Stream, words: Int32Array, offset: number, sender: Speaker, recipient: Speaker): void {
    this.memory.load(words, offset)
    this.stream = stream
    this.sender = sender
    this.recipient = recipient
    this.reaction = NO_WAY
    this.statement = NO_WAY
    this.question = NO_WAY
    this.statementOperand = -1
    this.questionOperand = -1
    this.answered = -1
    this.heard = this.memory.told
    this.heardOperand = this.memory.toldOperand
    this.memory.told = -1
    this.memory.toldOperand = -1
  }

  /** Group of the statement, −1 if there is none. */
  get saidGroup(): number {
    return this.statement === NO_WAY ? -1 : Math.floor(this.statement / STATEMENT_WAYS.span)
  }

  /** Kind of the question, −1 if there is none. */
  get askedKind(): number {
    const kind = this.question === NO_WAY ? -1 : Math.floor(this.question / QUESTION_SPAN)
    return kind === CLOSING ? -1 : kind
  }

  react(group: number): void {
    this.reaction = this.pick(REACTION_WAYS, group, -1, REACTION_WAYS_FROM)
  }

  /** Does the act about the operand, if a way fits. */
  say(group: number, operand: number): boolean {
    const way = this.pick(STATEMENT_WAYS, group, operand, 0)
    if (way === NO_WAY) return false
    this.statement = way
    this.statementOperand = operand
    this.memory.told = group
    this.memory.toldOperand = operand
    if (STATEMENT_WAYS.owner[way] !== NONE) this.memory.speakOf(operand)
    return true
  }

  /** Asks a question of the kind about the operand, if a way fits; it waits for its answer from now on. */
  ask(kind: number, operand: number): boolean {
    const way = this.pick(QUESTION_WAYS, kind, operand, QUESTION_WAYS_FROM)
    if (way === NO_WAY) return false
    this.asks(kind, operand, way, 0)
    if (QUESTION_WAYS.owner[way] !== NONE) this.memory.speakOf(operand)
    return true
  }

  /** Returns the question just answered: "And you?" */
  bounce(kind: number, operand: number): void {
    this.asks(kind, operand, kind * QUESTION_SPAN + BOUNCE_FROM + this.stream.nextInt(BOUNCES), 1)
  }

  close(): void {
    this.question = this.pick(QUESTION_WAYS, CLOSING, -1, QUESTION_WAYS_FROM)
  }

  /** Something that the writer tells unasked. */
  share(): void {
    const interest = this.ownInterest()
    const mine = interest >= 0 && this.memory.stage >= 2 && this.stream.chance(0.5)
    if (mine && this.say(this.shares(interest) && this.stream.chance(0.6) ? S.shareBoth : S.shareMine, interest)) return
    this.say(S.shareDay, -1)
  }

  private asks(kind: number, operand: number, way: number, bounced: number): void {
    this.question = way
    this.questionOperand = operand
    this.memory.pending = kind
    this.memory.pendingOperand = operand
    this.memory.bounced = bounced
    this.memory.asked |= 1 << kind
  }

  /** An interest of the writer's that was not spoken of, shared ones first; −1 if there is none. */
  ownInterest(): number {
    return this.freshInterest(this.sender.interests, this.recipient.interests)
  }

  /** An interest of the reader's that was not spoken of, shared ones first; −1 if there is none. */
  theirInterest(): number {
    return this.freshInterest(this.recipient.interests, this.sender.interests)
  }

  private freshInterest(interests: readonly number[], others: readonly number[]): number {
    let found = -1
    let count = 0
    for (let i = 0; i < interests.length; i++) {
      const interest = interests[i]!
      if (this.memory.spokeOf(interest)) continue
      const weight = others.includes(interest) ? 4 : 1
      count += weight
      if (count === weight || this.stream.nextInt(count) < weight) found = interest
    }
    return found
  }

  /** Both have the interest. */
  shares(interest: number): boolean {
    return this.sender.interests.includes(interest) && this.recipient.interests.includes(interest)
  }

  /** Day and place in one number. */
  dateOperand(): number {
    return Math.max(0, this.memory.day) | (Math.max(0, this.memory.place) << 3)
  }

  /** A way of the act that may be taken: not yet used if possible, else any; `NO_WAY` if none may. */
  private pick(ways: Ways, group: number, operand: number, namespace: number): number {
    const size = ways.sizes[group]!
    const from = this.stream.nextInt(size)
    let spare = NO_WAY
    for (let i = 0; i < size; i++) {
      const way = group * ways.span + ((from + i) % size)
      if (!this.fits(ways, way, operand)) continue
      if (!this.memory.isUsed(namespace + way)) {
        this.memory.use(namespace + way)
        return way
      }
      if (spare === NO_WAY) spare = way
    }
    return spare
  }

  private fits(ways: Ways, way: number, operand: number): boolean {
    const { archetype, intent, interests } = this.sender
    const writers = ways.writers[way]!
    if (((writers >>> intent) & (writers >>> (8 + archetype)) & 1) === 0) return false
    const practice = ways.practice[way]!
    if (practice > 0 && (operand < 0 || PRACTICE[operand]! < practice)) return false
    const owner = ways.owner[way]!
    if (owner === NONE) return true
    if (operand < 0) return false
    if (owner === MINE) return interests.includes(operand)
    if (!this.recipient.interests.includes(operand)) return false
    if (owner === THEIRS) return true
    return interests.includes(operand) === (owner !== THEIRS_ONLY)
  }
}

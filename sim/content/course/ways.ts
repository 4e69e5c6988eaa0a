import { ARCHETYPES, INTENTS } from '../vocabulary.ts'
import { OWNERS, QUESTIONS, type Question, REACTIONS, type Reaction, STATEMENTS, type Statement } from './acts.ts'

/**
 * In how many ways each act can be done, and who may do it which way. A course draws a way for every act and prefers
 * ways that the two have not used: which are left decides what comes up later, so these numbers are part of what
 * people do. They are no words; a pack of texts has lines of its own, as many as it likes.
 *
 * A row: [ways, conditions of all of them, exceptions]. An exception is `way:condition+condition`, where `i0`, `a1` … are
 * the intents and archetypes that may do it, `-` stands for no owner.
 */
type Row = readonly [ways: number, conditions: string, exceptions?: string]

// biome-ignore format: one act a line
const STATEMENT_ROWS: Readonly<Record<Statement, Row>> = {
  hello: [20, '', '10:i2 11:a4 12:a1 13:a2 19:a3'],
  start: [20, '', '11:a4 12:a1 13:i2'],
  best: [24, '', '12:a3 13:a0 14:a2 15:a1 22:i2 23:a4'],
  often: [20, '', '12:i2 13:a4 19:a2'],
  tips: [17, ''],
  other: [16, 'mine', '8:both 10:- 11:-'],
  city: [14, ''],
  spot: [16, ''],
  bio: [14, '', '10:i2'],
  post: [14, ''],
  food: [17, '', '11:i2'],
  watch: [17, '', '11:a1'],
  either: [18, ''],
  weekend: [20, '', '11:a4 12:a0 13:i2 18:a2 19:a3'],
  work: [14, ''],
  workLike: [9, ''],
  family: [16, ''],
  grew: [16, ''],
  travel: [16, '', '10:a0'],
  looking: [24, '', '0:i0 1:i0 2:i0 3:i0 4:i0 5:i1 6:i1 7:i1 8:i1 9:i1 10:i2 11:i2 12:i2 13:i2 14:i3 15:i3 16:i3 17:i3 19:i0 20:i1 21:i2 22:i3'],
  learn: [14, ''],
  happy: [16, ''],
  friends: [18, ''],
  ideal: [18, '', '10:a4 11:a0 12:a3 17:a2'],
  meet: [17, '', '11:i2 12:a1'],
  day: [10, ''],
  place: [9, ''],
  number: [7, ''],
  confirm: [6, ''],
  nice: [7, ''],
  again: [7, ''],
  today: [17, ''],
  openBoth: [16, 'both', '9:a1 10:a2 11:a0'],
  openTheirs: [16, 'theirs', '7:a1 8:a2 9:i2 10:a3 15:a4'],
  openCity: [10, ''],
  openBio: [12, ''],
  openPost: [12, ''],
  openHello: [16, ''],
  shareMine: [10, 'mine'],
  shareBoth: [6, 'both'],
  shareDay: [28, ''],
  nudge: [17, '', '10:i2 11:a2'],
  lastNudge: [6, ''],
  bye: [8, ''],
  byeDate: [5, ''],
  byeBack: [8, ''],
  meetNo: [7, ''],
  againNo: [4, ''],
  dateSet: [7, ''],
  banter: [9, ''],
  afterDate: [8, ''],
}

// biome-ignore format: one act a line
const REACTION_ROWS: Readonly<Record<Reaction, Row>> = {
  greet: [12, ''],
  warm: [23, ''],
  interest: [22, ''],
  work: [12, ''],
  family: [12, ''],
  city: [8, ''],
  tasty: [12, ''],
  travel: [12, ''],
  looking: [7, ''],
  funny: [15, ''],
  plan: [10, ''],
  noWorries: [8, ''],
  number: [6, ''],
  date: [7, ''],
  sorry: [7, ''],
}

// biome-ignore format: one act a line
const QUESTION_ROWS: Readonly<Record<Question | 'closing', Row>> = {
  hello: [8, ''],
  start: [7, 'theirs pursuit'],
  best: [8, 'theirs', '4:both'],
  often: [7, 'theirs', '3:both'],
  tips: [7, 'theirsOnly activity'],
  other: [6, ''],
  city: [6, ''],
  spot: [6, ''],
  bio: [6, ''],
  post: [6, ''],
  food: [6, ''],
  watch: [6, ''],
  either: [11, ''],
  weekend: [6, ''],
  work: [6, ''],
  workLike: [5, ''],
  family: [5, ''],
  grew: [5, ''],
  travel: [5, ''],
  looking: [5, ''],
  learn: [5, ''],
  happy: [5, ''],
  friends: [5, ''],
  ideal: [4, ''],
  meet: [10, '', '0:both 1:both 2:both 8:i3'],
  day: [7, ''],
  place: [6, ''],
  number: [6, ''],
  confirm: [5, ''],
  nice: [4, ''],
  again: [5, ''],
  today: [7, ''],
  closing: [7, ''],
}

/** Ways of all acts of one part: way i of act g stands at g · span + i. */
export interface Ways {
  readonly span: number
  readonly sizes: Uint8Array
  /** Position in `OWNERS`. */
  readonly owner: Uint8Array
  /** Bit i: people of intent i may do it so; bit 8 + i: people of archetype i. */
  readonly writers: Uint16Array
  /** The operand must be 1 something one takes up, 2 something one does; 0 for anything. */
  readonly practice: Uint8Array
}

const ALL_INTENTS = (1 << INTENTS.length) - 1
const ALL_ARCHETYPES = (1 << ARCHETYPES.length) - 1
const PRACTICE = ['', 'pursuit', 'activity']

function readWays(rows: readonly Row[], span: number): Ways {
  const owner = new Uint8Array(rows.length * span)
  const writers = new Uint16Array(rows.length * span).fill(ALL_INTENTS | (ALL_ARCHETYPES << 8))
  const practice = new Uint8Array(rows.length * span)
  rows.forEach(([ways, conditions, exceptions = ''], act) => {
    for (const condition of conditions.split(' ').filter(Boolean)) {
      const from = act * span
      const owned = OWNERS.indexOf(condition as never)
      if (owned >= 0) owner.fill(owned, from, from + ways)
      else practice.fill(PRACTICE.indexOf(condition), from, from + ways)
    }
    for (const exception of exceptions.split(' ').filter(Boolean)) {
      const [way, marks] = exception.split(':') as [string, string]
      let intents = 0
      let archetypes = 0
      for (const mark of marks.split('+')) {
        const code = Number(mark.slice(1))
        if (/^i\d$/.test(mark)) intents |= 1 << code
        else if (/^a\d$/.test(mark)) archetypes |= 1 << code
        else owner[act * span + Number(way)] = mark === '-' ? 0 : OWNERS.indexOf(mark as never)
      }
      writers[act * span + Number(way)] = (intents || ALL_INTENTS) | ((archetypes || ALL_ARCHETYPES) << 8)
    }
  })
  return { span, sizes: Uint8Array.from(rows, ([ways]) => ways), owner, writers, practice }
}

/** The last places of a question's span are the four ways to return it ("And you?"). */
export const BOUNCES = 4
export const QUESTION_SPAN = 16
export const BOUNCE_FROM = QUESTION_SPAN - BOUNCES

export const STATEMENT_WAYS = readWays(
  STATEMENTS.map((name) => STATEMENT_ROWS[name]),
  32,
)
export const REACTION_WAYS = readWays(
  REACTIONS.map((name) => REACTION_ROWS[name]),
  32,
)
export const QUESTION_WAYS = readWays(
  [...QUESTIONS.map((name) => QUESTION_ROWS[name]), QUESTION_ROWS.closing],
  QUESTION_SPAN,
)

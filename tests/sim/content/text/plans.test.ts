import { describe, expect, it } from 'vitest'
import { Q as CourseQ } from '../../../../sim/content/course/index.ts'
import { composeMessage, type Moment, Move, type Speaker, THREAD_WORDS } from '../../../../sim/content/index.ts'
import { Draft } from '../../../../sim/content/text/en/talk/draft.ts'
import { Q, R, S, STATEMENTS } from '../../../../sim/content/text/en/talk/kinds.ts'
import { CAFES_FROM, OUTINGS, RESTAURANTS_FROM } from '../../../../sim/content/text/en/talk/lines/topics.ts'
import { Memory, Plan } from '../../../../sim/content/text/en/talk/memory.ts'
import { NO_LINE, reactionLine, statementLine } from '../../../../sim/content/text/en/talk/pack.ts'
import { reactionPart, statementPart } from '../../../../sim/content/text/en/talk/parts.ts'
import { invites, OUTING_WITH } from '../../../../sim/content/text/en/talk/plan.ts'
import { makeRng } from '../../../../sim/kernel/index.ts'
import { drawSpeaker } from './people.ts'

/** A Monday in January, and the two people: the first is side 0 of their thread. */
const DAY = 19_723
const NINE = 21 * 60
const people = [drawSpeaker(makeRng('one')), drawSpeaker(makeRng('two'))].sort(
  (a, b) => (a.writer >>> 0) - (b.writer >>> 0),
) as [Speaker, Speaker]

const near = [
  { ...people[0], interests: [3, 20] },
  { ...people[1], city: people[0].city },
] as const
const course = { phase: 0, stage: 3 }

/** A thread of some messages that remembers what is given. */
function thread(known: Partial<Memory>): Int32Array {
  const words = new Int32Array(THREAD_WORDS)
  const memory = Object.assign(new Memory(), { count: 12, replied: 1 }, known)
  memory.store(words, 0)
  return words
}

function remembered(words: Int32Array): Memory {
  const memory = new Memory()
  memory.load(words, 0)
  return memory
}

/** The next message, by its reaction's group and its statement's; −1 for none. */
function next(words: Int32Array, side: 0 | 1, move: number, moment: Moment, seed = 'next') {
  const out = { template: 0, variant: 0, operand: 0, person: 0 }
  composeMessage(makeRng(seed), move, words, 0, people[side], people[side === 0 ? 1 : 0], moment, out)
  const reaction = reactionLine(out.template)
  const statement = statementLine(out.template)
  return {
    reaction: reaction === NO_LINE ? -1 : reactionPart().group[reaction]!,
    said: statement === NO_LINE ? undefined : STATEMENTS[statementPart().group[statement]!],
  }
}

/** What person `side` says in twenty such threads. */
function sayings(known: Partial<Memory>, side: 0 | 1, move: number, moment: Moment): Set<string | undefined> {
  return new Set(Array.from({ length: 20 }, (_, i) => next(thread(known), side, move, moment, `saying ${i}`).said))
}

describe('a call that side 0 has announced at nine', () => {
  const call = { plan: Plan.now, isCall: 1, planDay: DAY, setDay: NINE, told: S.callNow }

  it('is answered with a yes where it is after midnight already', () => {
    for (const moment of [
      { day: DAY, minute: NINE + 5 },
      { day: DAY + 1, minute: 12 },
    ])
      expect(sayings(call, 1, Move.reply, moment)).toEqual(new Set(['callYes']))
  })

  it('was missed by who reads of it on the next day', () => {
    for (const moment of [
      { day: DAY + 1, minute: 9 * 60 },
      { day: DAY + 3, minute: 15 },
    ]) {
      expect(sayings(call, 1, Move.reply, moment)).toEqual(new Set(['callMoved']))
      expect(sayings(call, 1, Move.followUp, moment)).toEqual(new Set(['callMoved']))
      const words = thread(call)
      next(words, 1, Move.reply, moment)
      expect(remembered(words)).toMatchObject({ plan: Plan.proposed })
      expect(next(words, 0, Move.reply, { day: moment.day, minute: moment.minute + 10 }).said).toBe('callSet')
    }
  })

  it('was none for who waited in vain', () => {
    for (const moment of [
      { day: DAY, minute: NINE + 60 },
      { day: DAY + 1, minute: NINE },
    ]) {
      const said = sayings(call, 0, Move.followUp, moment)
      for (const never of ['afterCall', 'callNow', 'callGo']) expect(said.has(never), never).toBe(false)
    }
  })

  it('is not spoken of by who missed it before another evening is named', () => {
    for (let i = 0; i < 20; i++) {
      const words = thread({ ...call, pending: Q.dish, pendingBy: 0 })
      const noon = { day: DAY + 1, minute: 720 }
      expect(next(words, 1, Move.reply, noon, `answer ${i}`)).toEqual({ reaction: -1, said: 'dish' })
    }
  })

  it('begins when the yes is read, and is over on the next day', () => {
    const agreed = { ...call, confirmed: 1, told: S.callYes }
    for (const moment of [
      { day: DAY, minute: NINE + 50 },
      { day: DAY + 1, minute: 5 },
    ])
      expect(sayings(agreed, 0, Move.reply, moment)).toEqual(new Set(['callGo']))
    const later = { day: DAY + 1, minute: 12 * 60 }
    expect(sayings(agreed, 0, Move.reply, later)).toEqual(new Set(['afterCall']))
    expect(sayings({ ...agreed, told: S.callGo }, 1, Move.reply, later)).toEqual(new Set(['afterCall']))
  })
})

describe('a refusal', () => {
  it('is taken well by who heard it, also after another message, and thanked for by who said it', () => {
    const noon = { day: DAY, minute: 720 }
    const words = thread({ pending: Q.meet, pendingBy: 0 })
    expect(next(words, 1, Move.reply, noon).said).toBe('meetNo')
    next(words, 1, Move.followUp, { day: DAY + 1, minute: 720 })
    expect(next(words, 0, Move.reply, { day: DAY + 1, minute: 800 })).toEqual({ reaction: R.sad, said: undefined })
    expect(next(words, 1, Move.reply, { day: DAY + 1, minute: 900 }).said).toBe('cool')
  })
})

describe('a meeting', () => {
  it('is for neither coffee nor tea when the message has named what somebody drinks', () => {
    const asked = new Set<string>()
    for (let i = 0; i < 300; i++) {
      const draft = new Draft()
      draft.begin(makeRng(`drink ${i}`), thread({}), 0, near[0], near[1], { day: DAY, minute: 720 })
      const isNamed = i % 2 === 0 && draft.say(S.drink, 0)
      expect(invites(draft, { saidGroup: -1, statementOperand: -1, askedKind: CourseQ.meet, memory: course })).toBe(
        true,
      )
      const { outing } = draft.memory
      if (outing < OUTING_WITH) asked.add(`${isNamed} ${/coffee|tea/.test(OUTINGS[outing]![0])}`)
    }
    expect([...asked].sort()).toEqual(['false false', 'false true', 'true false'])
  })

  it('knows that a drink was named, be it the other one or only one of their own', () => {
    const named = new Set<string>()
    for (let i = 0; i < 300; i++) {
      const draft = new Draft()
      const told = thread({ told: S.drink, toldOperand: i % 2 })
      draft.begin(makeRng(`cup ${i}`), told, 0, near[0], near[1], { day: DAY, minute: 720 })
      expect(draft.react(R.drink)).toBe(true)
      const text = reactionPart().textOf(draft.reaction)
      const slots = text.match(/\{\w*drink/gi)?.map((slot) => slot.toLowerCase()) ?? []
      expect(draft.namesDrink(), text).toBe(slots.length > 0)
      named.add([...slots].sort().join(' '))
    }
    expect([...named].sort()).toEqual(['', '{drink', '{drink {mydrink', '{mydrink'])
  })

  it('is not on its way any more once one has said how it was', () => {
    const evening = { plan: Plan.set, planDay: DAY, hour: 5, place: 2, pending: Q.confirm, pendingBy: 0 }
    for (let i = 0; i < 20; i++) {
      const words = thread(evening)
      expect(next(words, 0, Move.followUp, { day: DAY, minute: 23 * 60 }, `met ${i}`).said).toBe('afterDate')
      expect(next(words, 1, Move.reply, { day: DAY + 1, minute: 600 }, `asked ${i}`).said).not.toBe('onMyWay')
    }
  })

  it('may be at any cafe, and a second one not where they met before', () => {
    const chosen = (place: number) =>
      new Set(
        Array.from({ length: 200 }, (_, i) => {
          const words = thread({ plan: Plan.day, planDay: DAY + 2, pending: Q.place, pendingBy: 0, place })
          expect(next(words, 1, Move.reply, { day: DAY, minute: 720 }, `place ${i}`).said).toBe('place')
          return remembered(words).place
        }),
      )
    const cafes = Array.from({ length: RESTAURANTS_FROM - CAFES_FROM }, (_, i) => CAFES_FROM + i)
    expect([...chosen(-1)].sort((a, b) => a - b)).toEqual(cafes)
    expect([...chosen(CAFES_FROM)].sort((a, b) => a - b)).toEqual(cafes.slice(1))
  })
})

import { describe, expect, it } from 'vitest'
import {
  composeMessage,
  type MessageDraft,
  type Moment,
  Move,
  messageAct,
  type QUESTION_FORMS,
  QUESTIONS,
  renderMessage,
  type Speaker,
  THREAD_WORDS,
  threadDateSet,
  threadStage,
} from '../../../../sim/content/index.ts'
import { S } from '../../../../sim/content/text/en/talk/kinds.ts'
import { statementLine } from '../../../../sim/content/text/en/talk/pack.ts'
import { statementPart } from '../../../../sim/content/text/en/talk/parts.ts'
import { makeRng, type Stream } from '../../../../sim/kernel/index.ts'
import { drawSpeaker } from './people.ts'
import { complaints } from './prose.ts'

interface Said extends MessageDraft {
  readonly move: number
  readonly sender: number
  readonly moment: Moment
  readonly text: string
}

interface Thread {
  readonly people: readonly [Speaker, Speaker]
  readonly said: readonly Said[]
}

/** A Monday in January; messages come some hours apart. */
const FIRST_DAY = 19_723
const HOURS_APART = 8

/** A thread as a model might drive it: mostly turns, sometimes a second message, sometimes a farewell. */
function drawThread(stream: Stream, length: number): Thread {
  const people = [drawSpeaker(stream), drawSpeaker(stream)] as const
  const memory = new Int32Array(THREAD_WORDS + 5)
  const said: Said[] = []
  let sender = 0
  let minutes = FIRST_DAY * 1440 + 600
  for (let i = 0; i < length; i++) {
    let move: number = i === 0 ? Move.open : Move.reply
    if (i > 0 && stream.chance(0.06)) {
      move = Move.followUp
      sender = 1 - sender
    } else if (i > 0 && threadDateSet(memory, 3) && stream.chance(0.1)) {
      move = Move.afterDate
      if (stream.chance(0.5)) sender = 1 - sender
    } else if (i > 0 && i === length - 1 && stream.chance(0.4)) move = Move.farewell
    const moment = { day: Math.floor(minutes / 1440), minute: minutes % 1440 }
    const out = { template: 0, variant: 0, operand: 0, person: 0 }
    composeMessage(stream, move, memory, 3, people[sender]!, people[1 - sender]!, moment, out)
    const text = renderMessage(out.template, out.variant, out.operand, out.person)
    said.push({ ...out, move, sender, moment, text })
    sender = 1 - sender
    minutes += 1 + stream.nextInt(HOURS_APART * 60)
  }
  expect([memory[0], memory[1], memory[2], memory[THREAD_WORDS + 3], memory[THREAD_WORDS + 4]]).toEqual([0, 0, 0, 0, 0])
  expect(threadStage(memory, 3)).toBeGreaterThan(0)
  return { people, said }
}

function drawThreads(seed: string, count: number, shortest = 2, longest = 24): Thread[] {
  const stream = makeRng(seed)
  return Array.from({ length: count }, () => drawThread(stream, shortest + stream.nextInt(longest - shortest + 1)))
}

const show = (thread: Thread) => thread.said.map(({ sender, text }) => `${'AB'[sender]}: ${text}`).join('\n')
const code = (name: keyof typeof QUESTION_FORMS) => QUESTIONS.indexOf(name)
const PLANNING = (['meet', 'day', 'place', 'number', 'confirm', 'nice', 'again', 'call', 'callDay'] as const).map(code)
/** Asked again, since each time it is about another story. */
const ANECDOTE = code('anecdote')

describe('conversations', () => {
  const threads = drawThreads('threads', 1500)

  it('read well', () => {
    expect(complaints(threads.flatMap((thread) => thread.said.map((message) => message.text)))).toEqual([])
  })

  it('answer what was asked, with an answer of its kind, and nothing else', () => {
    for (const thread of threads) {
      let pending = -1
      let asker = -1
      for (const { move, template, sender } of thread.said) {
        const act = messageAct(template)
        const turned = pending >= 0 && asker !== sender
        if (move === Move.reply && turned && QUESTIONS[pending] !== 'other')
          expect(QUESTIONS[act.answers], show(thread)).toBe(QUESTIONS[pending])
        if (act.answers >= 0 && QUESTIONS[act.answers] !== 'other') expect(act.answers, show(thread)).toBe(pending)
        if ((move === Move.followUp || move === Move.afterDate) && act.asks < 0) continue
        pending = act.asks
        asker = sender
      }
    }
  })

  it('put no question to a person twice, but for the questions of a plan', () => {
    for (const thread of drawThreads('asked', 400, 20, 60)) {
      const asked = new Set<string>()
      for (const { sender, template } of thread.said) {
        const { asks } = messageAct(template)
        if (asks < 0 || asks === ANECDOTE || PLANNING.includes(asks)) continue
        expect(asked.has(`${sender} ${asks}`), `${QUESTIONS[asks]}\n${show(thread)}`).toBe(false)
        asked.add(`${sender} ${asks}`)
      }
    }
  })

  it('invite to a meeting within a metropolitan area, to a call beyond', () => {
    let meetings = 0
    let calls = 0
    for (const thread of drawThreads('metros', 600, 16, 40)) {
      const { people } = thread
      for (const { template } of thread.said) {
        const { asks } = messageAct(template)
        if (asks === code('meet')) meetings++
        if (asks === code('call')) {
          calls++
          expect(people[0].city).not.toBe(people[1].city)
        }
      }
    }
    expect(calls).toBeGreaterThan(30)
    expect(meetings).toBeLessThan(calls)
  })

  it('speak of a call on its evening: one is ready, the other says yes, the first one calls', () => {
    const groups: readonly number[] = [S.callNow, S.callYes, S.callGo]
    const seen = [0, 0, 0]
    for (const { said } of drawThreads('calls', 600, 24, 48)) {
      let step = -1
      let caller = -1
      for (const { template, sender, moment } of said) {
        const line = statementLine(template)
        const group = line < 0 ? -1 : statementPart().group[line]!
        const now = groups.indexOf(group)
        // One that nobody said yes to is moved, and anybody may announce the next.
        if (group === S.callMoved) step = -1
        // Nobody says how it was before it was.
        if (group === S.afterCall) expect(step).not.toBe(0)
        if (now < 0) continue
        if (now === 0 && step !== 0) caller = sender
        seen[now]!++
        expect(now === 0 || step >= now - 1).toBe(true)
        expect(sender === caller).toBe(now !== 1)
        if (now === 0) expect(moment.minute).toBeGreaterThanOrEqual(18 * 60)
        step = now
      }
    }
    for (const count of seen) expect(count).toBeGreaterThan(0)
  })

  it('are functions of four integers', () => {
    for (const { said } of threads.slice(0, 200)) {
      for (const { template, variant, operand, person, text } of said) {
        for (const value of [template, variant, operand, person]) expect(value | 0).toBe(value)
        expect(renderMessage(template, variant, operand, person)).toBe(text)
      }
    }
  })

  it('are the same for the same stream', () => {
    const texts = (seed: string) => drawThreads(seed, 40).flatMap(({ said }) => said.map(({ text }) => text))
    expect(texts('same')).toEqual(texts('same'))
    expect(texts('same')).not.toEqual(texts('other'))
  })
})

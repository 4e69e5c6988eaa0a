import { describe, expect, it } from 'vitest'
import {
  composeMessage,
  INTERESTS,
  type MessageDraft,
  Move,
  messageAct,
  QUESTIONS,
  questionOperand,
  renderMessage,
  type Speaker,
  statementOperand,
  THREAD_WORDS,
  threadDateSet,
  threadEnded,
  threadStage,
} from '../../../../sim/content/index.ts'
import { QUESTION_PART, STATEMENT_PART } from '../../../../sim/content/text/en/talk/lines.ts'
import { questionLine, statementLine } from '../../../../sim/content/text/en/talk/pack.ts'
import { makeRng, type Stream } from '../../../../sim/kernel/index.ts'
import { drawSpeaker } from './people.ts'
import { complaints } from './prose.ts'

interface Said extends MessageDraft {
  readonly move: number
  readonly sender: number
  readonly stage: number
  readonly text: string
}

interface Thread {
  readonly people: readonly [Speaker, Speaker]
  readonly said: readonly Said[]
}

/** A thread as a model might drive it: mostly turns, sometimes a second message, sometimes a farewell. */
function drawThread(stream: Stream, length: number): Thread {
  const people = [drawSpeaker(stream), drawSpeaker(stream)] as const
  const memory = new Int32Array(THREAD_WORDS + 5)
  const said: Said[] = []
  let sender = 0
  for (let i = 0; i < length; i++) {
    let move: number = i === 0 ? Move.open : Move.reply
    if (i > 0 && stream.chance(0.06)) {
      move = Move.followUp
      sender = 1 - sender
    } else if (i > 0 && threadDateSet(memory, 3) && stream.chance(0.1)) {
      move = Move.afterDate
      if (stream.chance(0.5)) sender = 1 - sender
    } else if (i > 0 && i === length - 1 && stream.chance(0.4)) move = Move.farewell
    const out = { template: 0, variant: 0, operand: 0, person: 0 }
    composeMessage(stream, move, memory, 3, people[sender]!, people[1 - sender]!, out)
    const text = renderMessage(out.template, out.variant, out.operand, out.person)
    said.push({ ...out, move, sender, stage: threadStage(memory, 3), text })
    sender = 1 - sender
  }
  expect([memory[0], memory[1], memory[2], memory[THREAD_WORDS + 3], memory[THREAD_WORDS + 4]]).toEqual([0, 0, 0, 0, 0])
  return { people, said }
}

function drawThreads(seed: string, count: number, shortest = 2, longest = 24): Thread[] {
  const stream = makeRng(seed)
  return Array.from({ length: count }, () => drawThread(stream, shortest + stream.nextInt(longest - shortest + 1)))
}

const show = (thread: Thread) => thread.said.map(({ sender, text }) => `${'AB'[sender]}: ${text}`).join('\n')

describe('conversations', () => {
  const threads = drawThreads('threads', 2000)

  it('read well', () => {
    expect(complaints(threads.flatMap((thread) => thread.said.map((message) => message.text)))).toEqual([])
  })

  it('answer what was asked, with an answer of its kind, and nothing else', () => {
    for (const thread of threads) {
      let pending = -1
      for (const { move, template } of thread.said) {
        const act = messageAct(template)
        if (move === Move.open || move === Move.afterDate) expect(act.answers).toBe(-1)
        else if (move === Move.followUp) expect([act.answers, act.asks], show(thread)).toEqual([-1, -1])
        else if (move === Move.reply) expect(QUESTIONS[act.answers], show(thread)).toBe(QUESTIONS[pending])
        else expect([-1, pending], show(thread)).toContain(act.answers)
        if (move === Move.followUp || (move === Move.afterDate && act.asks < 0)) continue
        pending = act.asks
      }
    }
  })

  it('claim no interest that the person does not have', () => {
    for (const { people, said } of threads) {
      for (const { sender, template, operand } of said) {
        const mine = people[sender]!.interests
        const theirs = people[1 - sender]!.interests
        const act = messageAct(template)
        for (const [owner, interest] of [
          [act.statementOwner, statementOperand(operand)],
          [act.questionOwner, questionOperand(operand)],
        ] as const) {
          if (owner === 'mine' || owner === 'both') expect(mine).toContain(interest)
          if (owner === 'theirs' || owner === 'theirsOnly' || owner === 'both') expect(theirs).toContain(interest)
          if (owner === 'theirsOnly') expect(mine).not.toContain(interest)
        }
      }
    }
  })

  it('name an interest only in lines that say whose it is', () => {
    for (const part of [STATEMENT_PART, QUESTION_PART]) {
      part.texts.forEach((text, line) => {
        if (text !== undefined && /\{(noun|doing|yourdoing|do|name|it)\}/.test(text)) {
          expect(part.owner[line], text).toBeGreaterThan(0)
        }
      })
    }
  })

  it('ask about the city that the other lives in', () => {
    for (const { people, said } of threads) {
      for (const { sender, template, operand } of said) {
        const asks = QUESTIONS[messageAct(template).asks]
        if (asks === 'city' || asks === 'spot') expect(questionOperand(operand)).toBe(people[1 - sender]!.city)
      }
    }
  })

  it('never say the same line twice in an ordinary thread', () => {
    for (const thread of drawThreads('lines', 1000, 2, 16)) {
      for (const lineOf of [statementLine, questionLine]) {
        const lines = thread.said.map(({ template }) => lineOf(template)).filter((line) => line >= 0 && line % 16 < 12)
        expect(new Set(lines).size, show(thread)).toBe(lines.length)
      }
    }
  })

  it('move from small talk to interests to the personal to a plan', () => {
    const long = drawThreads('stages', 400, 20, 20)
    for (const { said } of long) expect(said[0]!.stage).toBe(1)
    const meanStage = (at: number) => long.reduce((sum, { said }) => sum + said[at]!.stage, 0) / long.length
    expect(meanStage(3)).toBeGreaterThan(meanStage(0) + 0.5)
    expect(meanStage(9)).toBeGreaterThan(meanStage(3) + 0.5)
    expect(meanStage(19)).toBeGreaterThan(meanStage(9) + 0.3)
    const planning = long.filter(({ said }) => said.some(({ stage }) => stage === 4)).length
    expect(planning / long.length).toBeGreaterThan(0.5)
  })

  it('open on the profile: interests that are shared come first, the unsociable say hello', () => {
    const stream = makeRng('openers')
    const base = { archetype: 1, city: 3, name: 5, intent: 0, hasBio: true, lastPostTopic: -1 }
    let shared = 0
    let hellos = 0
    let shyHellos = 0
    for (let i = 0; i < 1000; i++) {
      for (const sociability of [0.9, 0.1]) {
        const memory = new Int32Array(THREAD_WORDS)
        const out = { template: 0, variant: 0, operand: 0, person: 0 }
        const sender = { ...base, sociability, interests: [1, 2, 3] }
        composeMessage(stream, Move.open, memory, 0, sender, { ...base, sociability: 0.5, interests: [3, 60, 90] }, out)
        const act = messageAct(out.template)
        const hello = QUESTIONS[act.asks] === 'hello'
        if (sociability > 0.5) {
          if (act.statementOwner === 'both') shared++
          if (hello) hellos++
        } else if (hello) shyHellos++
      }
    }
    expect(shared).toBeGreaterThan(300)
    expect(shyHellos).toBeGreaterThan(hellos * 2)
  })

  it('agree on one day and one place, and keep to them', () => {
    let plans = 0
    for (const thread of drawThreads('plans', 600, 24, 24)) {
      let day = -1
      for (const { template, operand } of thread.said) {
        const answers = QUESTIONS[messageAct(template).answers]
        if (answers === 'day') day = statementOperand(operand) & 7
        if (answers === 'place') {
          expect(statementOperand(operand) & 7, show(thread)).toBe(day)
          plans++
        }
      }
    }
    expect(plans).toBeGreaterThan(100)
  })

  it('tell the model what it wants to know', () => {
    const stream = makeRng('know')
    const memory = new Int32Array(THREAD_WORDS)
    expect([threadStage(memory, 0), threadDateSet(memory, 0), threadEnded(memory, 0)]).toEqual([0, false, false])
    const out = { template: 0, variant: 0, operand: 0, person: 0 }
    const a = drawSpeaker(stream)
    const b = drawSpeaker(stream)
    for (let i = 0; i < 2000 && !threadDateSet(memory, 0); i++) {
      if (i % 40 === 0) memory.fill(0)
      composeMessage(stream, i % 40 === 0 ? Move.open : Move.reply, memory, 0, i % 2 ? b : a, i % 2 ? a : b, out)
    }
    expect(threadDateSet(memory, 0)).toBe(true)
    expect(threadStage(memory, 0)).toBe(4)
    expect(threadEnded(memory, 0)).toBe(false)
    composeMessage(stream, Move.afterDate, memory, 0, a, b, out)
    composeMessage(stream, Move.farewell, memory, 0, a, b, out)
    expect(threadEnded(memory, 0)).toBe(true)
  })

  it('survive hundreds of messages, people without interests, and any variant', () => {
    const stream = makeRng('long')
    const plain = { ...drawSpeaker(stream), interests: [], city: -1, name: -1, hasBio: false, lastPostTopic: -1 }
    const texts: string[] = []
    for (const people of [
      [plain, plain],
      [plain, drawSpeaker(stream)],
    ] as const) {
      const memory = new Int32Array(THREAD_WORDS)
      const out = { template: 0, variant: 0, operand: 0, person: 0 }
      for (let i = 0; i < 400; i++) {
        composeMessage(stream, i === 0 ? Move.open : Move.reply, memory, 0, people[i % 2]!, people[1 - (i % 2)]!, out)
        texts.push(renderMessage(out.template, out.variant, out.operand, out.person))
        texts.push(renderMessage(out.template, ~out.variant, out.operand, out.person))
      }
    }
    expect(complaints(texts)).toEqual([])
  })

  it('read well in every line for every interest', () => {
    const texts: string[] = []
    QUESTION_PART.texts.forEach((text, line) => {
      if (text === undefined || QUESTION_PART.owner[line] === 0) return
      for (const { id } of INTERESTS) texts.push(renderMessage(line + 16, id * 7919, (id + 1) << 16, 5))
    })
    STATEMENT_PART.texts.forEach((text, line) => {
      if (text === undefined || STATEMENT_PART.owner[line] === 0) return
      for (const { id } of INTERESTS) texts.push(renderMessage((line + 32) << 10, id * 7919, id + 1, 5))
    })
    expect(complaints(texts)).toEqual([])
  })
})

import { badInput } from '../kernel/index.ts'
import { changesOf } from './changes.ts'
import { type Explanation, momentOf, shown } from './explanation.ts'
import { explainPair, opening } from './match.ts'
import type { Observed } from './observed.ts'
import type { AnswerRecord, MatchRecord } from './records.ts'

/** Which of several answers is meant; default: the last. */
export interface Which {
  /** That to this message of the thread, counted from 1. */
  readonly message?: number
  /** The last on this day of the run. */
  readonly day?: number
  /** The last that was weighed by then: a time in UTC such as 2024-01-05T19:30. */
  readonly at?: string
}

/** Why a answered b, or fell silent. */
export function explainAnswer(observed: Observed, a: number, b: number, which: Which = {}): Explanation {
  const { witness } = observed
  const match = witness.matches.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  if (!match) return noMatch(observed, a, b)
  const answers = witness.answers.filter((one) => one.a === a && one.b === b)
  if (answers.length === 0) return unasked(observed, match, a, b)
  const found = answers.findLast((one) => fits(observed, one, which))
  if (!found) {
    const known = answers.map(({ number, now }) => `${number} (${momentOf(observed.config.startDay, now).time})`)
    throw badInput(
      `${a} weighed no answer to ${b} then; the messages of the thread that ${a} could answer are ${known.join(', ')}`,
    )
  }
  return weighed(observed, match, found)
}

function fits({ config }: Observed, { number, now }: AnswerRecord, { message, day, at }: Which): boolean {
  const moment = momentOf(config.startDay, now)
  if (message !== undefined && number !== message) return false
  if (day !== undefined && moment.day !== day) return false
  return at === undefined || moment.time.slice(0, at.replace('Z', '').length) <= at
}

function noMatch(observed: Observed, a: number, b: number): Explanation {
  const pair = explainPair(observed, a, b)
  const summary = [`${a} and ${b} have no match, so nobody could write.`, ...pair.summary]
  return { ...pair, question: 'reply', outcome: 'NONE', summary }
}

function thread({ witness }: Observed, match: MatchRecord) {
  return witness.messages.filter((one) => one.match === match.match)
}

/** There is a match, but b wrote nothing that a could have answered. */
function unasked(observed: Observed, match: MatchRecord, a: number, b: number): Explanation {
  const messages = thread(observed, match)
  const summary =
    messages.length > 0
      ? [`${b} has not written to ${a}: of the ${messages.length} messages so far all are ${a}'s own.`]
      : [`Nobody has written in this match by the end of day ${observed.lastDay}.`, ...opening(observed, match)]
  return {
    question: 'reply',
    a,
    b,
    outcome: 'NONE',
    summary,
    at: null,
    terms: [],
    link: 'logistic',
    probability: null,
    draw: null,
    wouldChange: [],
    details: { messages: messages.length },
  }
}

function weighed(observed: Observed, match: MatchRecord, answer: AnswerRecord): Explanation {
  const { a, b, number, chance, draw, terms, now } = answer
  const { startDay } = observed.config
  const { outcome, words, due } = outcomeOf(observed, match, answer)
  const side = draw < chance ? 'below' : 'not below'
  return {
    question: 'reply',
    a,
    b,
    outcome,
    summary: [
      `${a} weighed an answer to message ${number} of the thread, from ${b}: the draw ${shown(draw)} is ${side} the probability ${shown(chance)}.`,
      words,
    ],
    at: momentOf(startDay, now),
    terms,
    link: 'logistic',
    probability: chance,
    draw,
    wouldChange: changesOf(terms, 'logistic', draw),
    details: {
      message: number,
      due: due === null ? null : momentOf(startDay, due),
      messages: thread(observed, match).length,
    },
  }
}

function outcomeOf(
  observed: Observed,
  match: MatchRecord,
  answer: AnswerRecord,
): { outcome: string; words: string; due: number | null } {
  const { a, b, number } = answer
  const plan = observed.witness.plans.find((one) => one.match === match.match && one.number === number)
  const next = thread(observed, match).find((one) => one.number === number)
  const when = (ms: number) => momentOf(observed.config.startDay, ms).time
  if (plan?.kind === 'reply') {
    if (next?.a === a) return { outcome: 'REPLY', words: `${a} answered at ${when(next.now)}.`, due: next.now }
    if (plan.due >= observed.now) {
      return {
        outcome: 'PENDING',
        words: `${a} will answer at ${when(plan.due)}, after the days asked about.`,
        due: plan.due,
      }
    }
    const lost = `${a} meant to answer at ${when(plan.due)}, but had left the site or the thread was closed by then.`
    return { outcome: 'SILENCE', words: lost, due: null }
  }
  const away =
    answer.draw < answer.chance && !answer.active ? `${a} would have answered, but was away from the site. ` : ''
  if (plan?.kind === 'farewell') {
    const words = `${away}${a} said goodbye instead of answering.`
    if (next?.a === a) return { outcome: 'FAREWELL', words, due: next.now }
  }
  const again = next?.a === b ? ` ${b} wrote again at ${when(next.now)}.` : ''
  return { outcome: 'SILENCE', words: `${away || `${a} fell silent.`}${again}`, due: null }
}

import type { Stream } from '../../../kernel/index.ts'
import { Move } from '../../course/index.ts'
import { archetypeTopics } from '../../interests/interest-draws.ts'
import { ARCHETYPES, type Archetype } from '../../vocabulary.ts'
import { writerWord } from './persona/persona.ts'
import { drawPost } from './post/post.ts'
import { renderPost } from './post/render.ts'
import { composeMessage, renderMessage, type Speaker, THREAD_WORDS } from './talk/index.ts'

/** The functions that the seeding plan names, for whoever wants texts without a simulation. */

/** What the two functions need of a personality; an archetype is its name or its code. */
export interface Personality {
  readonly archetype: Archetype | number
  readonly interests: readonly number[]
  /** 0–1; 0.5 when absent. */
  readonly sociability?: number | undefined
}

/** A personality with what else is known of the person. */
export type Talker = Personality & Partial<Omit<Speaker, keyof Personality>>

export interface ThreadMessage {
  /** 0 for the first person, 1 for the second. */
  readonly sender: 0 | 1
  readonly text: string
}

function code(archetype: Archetype | number): number {
  return typeof archetype === 'number' ? archetype : ARCHETYPES.indexOf(archetype)
}

function drawTopic(stream: Stream, weights: readonly number[]): number {
  let total = 0
  for (const weight of weights) total += weight
  let draw = stream.next() * total
  for (let topic = 0; topic < weights.length; topic++) if ((draw -= weights[topic]!) < 0) return topic
  return weights.length - 1
}

/** A Saturday morning in May: what is written without a simulation needs a date. */
const ANY_DAY = 20_220
const ANY_MINUTE = 620
/** Minutes between two messages of a thread without a simulation, at most. */
const MOST_MINUTES = 300

function writerOf(stream: Stream, person: Personality & { readonly intent?: number | undefined }): number {
  return writerWord(
    stream.nextUint32(),
    code(person.archetype),
    person.sociability ?? 0.5,
    person.intent ?? 1,
    stream.chance(0.5),
  )
}

/** A post as this personality would write it, on a topic of its liking. */
export function generatePostText(stream: Stream, personality: Personality): string {
  const post = { template: 0, variant: 0, operand: -1 }
  const topic = drawTopic(stream, archetypeTopics(code(personality.archetype)))
  const writer = { interests: personality.interests, city: -1, writer: writerOf(stream, personality) }
  drawPost(stream, writer, topic, { day: ANY_DAY, minute: ANY_MINUTE }, post)
  return renderPost(post.template, post.variant, post.operand)
}

function speaker(stream: Stream, person: Talker): Speaker {
  return {
    archetype: code(person.archetype),
    sociability: person.sociability ?? 0.5,
    interests: person.interests,
    city: person.city ?? -1,
    name: person.name ?? -1,
    intent: person.intent ?? 1,
    hasBio: person.hasBio ?? true,
    lastPostTopic: person.lastPostTopic ?? -1,
    writer: person.writer ?? writerOf(stream, person),
  }
}

/** A thread of `count` messages, opened by `a`; mostly in turns. The fields of `Speaker` are used when given. */
export function generateMessageThread(stream: Stream, a: Talker, b: Talker, count: number): ThreadMessage[] {
  const people = [speaker(stream, a), speaker(stream, b)] as const
  const memory = new Int32Array(THREAD_WORDS)
  const draft = { template: 0, variant: 0, operand: 0, person: -1 }
  const messages: ThreadMessage[] = []
  let sender: 0 | 1 = 0
  let minutes = ANY_DAY * 1440 + ANY_MINUTE
  for (let i = 0; i < count; i++) {
    const move = i === 0 ? Move.open : Move.reply
    const moment = { day: Math.floor(minutes / 1440), minute: minutes % 1440 }
    const other = (1 - sender) as 0 | 1
    composeMessage(stream, move, memory, 0, people[sender], people[other], moment, draft)
    messages.push({ sender, text: renderMessage(draft.template, draft.variant, draft.operand, draft.person) })
    minutes += 1 + stream.nextInt(MOST_MINUTES)
    sender = other
  }
  return messages
}

import type { Stream } from '../../../../kernel/index.ts'
import { ARCHETYPES, INTENTS } from '../../../vocabulary.ts'
import { AFFORDED } from '../interests/index.ts'
import {
  BIO_TOPICS,
  bioTopics,
  intentOf,
  isLate,
  isNative,
  petCode,
  petOf,
  siblingsCode,
  siblingsOf,
  writerWord,
} from '../persona/persona.ts'
import { personWord } from '../persona/persona-words.ts'
import { HAS_INTEREST, Is, type LineTable, lazyTable } from '../talk/line-table.ts'
import { drinksAsLiked } from '../talk/situation.ts'
import { cased } from '../words/cased.ts'
import { ready } from '../words/contractions.ts'
import { expand, mix } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { inVoice, Tone } from '../words/voice.ts'
import { CLOSINGS, FACTS, LOOKING, ONE_INTEREST, QUIRKS, SHAPES, TWO_INTERESTS, WHO } from './lines.ts'

/** What a bio needs to know of its writer; what is absent is not spoken of, or drawn. */
export interface BioWriter {
  readonly archetype: number
  readonly interests: readonly number[]
  /** 0–1: the engaged write more. */
  readonly engagement: number
  /** City id. */
  readonly city?: number | undefined
  /** Code of `INTENTS`. */
  readonly intent?: number | undefined
  /** The writer's word (`persona.ts`), from which the facts and the voice follow. */
  readonly writer?: number | undefined
}

const parts = lazyTable(() => [WHO, ONE_INTEREST, TWO_INTERESTS, FACTS, QUIRKS, CLOSINGS])
const Part = { w: 0, i: 1, j: 2, f: 3, q: 4, c: 5 } as const
const LOOKING_LINES = INTENTS.map((intent) => ({ count: LOOKING[intent].length, textOf: ready(LOOKING[intent]) }))

const SHORT = 0
const LONG = 2

/** Length by engagement: short for few words' people, long for the keen; everyone may write any (chosen). */
function drawLength(stream: Stream, engagement: number): number {
  const draw = stream.next()
  if (draw < 0.5 - 0.4 * engagement) return SHORT
  return draw < 0.85 - 0.25 * engagement ? 1 : LONG
}

/**
 * The bio of a person, one to six sentences. `who` may be a list of interest ids alone: the rest is then drawn. Draws
 * the same count of numbers whatever the outcome is not promised.
 */
export function generateBio(stream: Stream, who: BioWriter | readonly number[]): string {
  if ('archetype' in who) return new Bio(stream, who).write()
  const archetype = stream.nextInt(ARCHETYPES.length)
  return new Bio(stream, { archetype, interests: who, engagement: stream.next() }).write()
}

class Bio {
  private readonly stream: Stream
  private readonly who: BioWriter
  private readonly writer: number
  private readonly interests: readonly number[]
  private readonly situation: number
  /** What this bio may tell: bits of `BIO_TOPICS`. */
  private readonly topics: number
  private readonly seed: number
  /** Facts that a sentence has spoken of: a bio says each once. */
  private readonly spoken = new Set<string>()

  constructor(stream: Stream, who: BioWriter) {
    this.stream = stream
    this.who = who
    const intent = who.intent ?? stream.nextInt(INTENTS.length)
    this.writer =
      who.writer ?? writerWord(stream.nextUint32(), who.archetype, stream.next(), intent, stream.chance(0.5))
    this.interests = stream.sample(who.interests, Math.min(2, who.interests.length))
    this.situation = situationOf(this.writer, who.city, who.interests)
    this.topics = bioTopics(this.writer)
    this.seed = stream.nextUint32()
  }

  write(): string {
    const shapes = SHAPES[drawLength(this.stream, this.who.engagement)]!
    const shape = this.stream.choice(shapes)
    const parts = [...shape].map((part) => this.sentence(part)).filter((text) => text !== '')
    const text = parts.length === 0 ? 'Just here to see what happens.' : parts.join(' ')
    return inVoice(polish(text), this.writer, this.seed, Tone.glad, false)
  }

  private sentence(part: string): string {
    if (part === 'l') {
      const lines = LOOKING_LINES[intentOf(this.writer)]!
      return this.grow(lines.textOf(this.stream.nextInt(lines.count)))
    }
    let group: number = Part[part as keyof typeof Part]
    if (group === Part.j && this.interests.length < 2) group = Part.i
    if (group === Part.i && this.interests.length < 1) group = Part.q
    const line = this.pick(parts(), group)
    return line < 0 ? '' : this.grow(parts().textOf(line))
  }

  private pick(table: LineTable, group: number): number {
    const from = table.from[group]!
    const size = table.from[group + 1]! - from
    const fitting = Array.from({ length: size }, (_, i) => from + i).filter((line) => this.fits(table, line))
    if (fitting.length === 0) return -1
    const line = this.stream.choice(fitting)
    for (const fact of factsIn(table.textOf(line))) this.spoken.add(fact)
    return line
  }

  private fits(table: LineTable, line: number): boolean {
    const need = table.need[line]!
    if ((this.situation & need) !== need || (this.situation & table.deny[line]!) !== 0) return false
    if ((topicsByLine()[line]! & ~this.topics) !== 0) return false
    if (factsIn(table.textOf(line)).some((fact) => this.spoken.has(fact))) return false
    const wanted = table.needInterest[line]!
    if (wanted === 0) return true
    const interest = this.interests[0]
    const bits = interest === undefined ? 0 : (AFFORDED[interest] ?? 0) | HAS_INTEREST
    return (bits & wanted) === wanted && (bits & table.denyInterest[line]!) === 0
  }

  private grow(text: string): string {
    const seed = mix(this.seed, text.length)
    return expand(text, seed, (slot) => cased(slot, (name) => this.word(name, seed)))
  }

  private word(slot: string, seed: number): string | undefined {
    const second = slot.endsWith('2')
    const interest = this.interests[second ? 1 : 0] ?? -1
    const name = second ? slot.slice(0, -1) : slot
    // Whoever asks why is told another reason than the bio's.
    return (
      interestWord(interest, name === 'love' ? 'reason' : name, this.writer, seed) ??
      personWord(slot, this.writer, this.who.city ?? -1, seed)
    )
  }
}

const FACT_SLOT =
  /\{(job|origin|years|sib|pet|dish|drink|home|kid|trip|show|skill|sight|roof|noun|doing|start|love|story)/gi

const factsOfLines = new Map<string, readonly string[]>()

/** What a line speaks of; sentences that share one would say it twice. */
function factsIn(line: string): readonly string[] {
  let facts = factsOfLines.get(line)
  if (facts === undefined) {
    facts = [...line.matchAll(FACT_SLOT)].map(([, fact]) => {
      const name = fact!.toLowerCase()
      return name === 'doing' || name === 'start' || name === 'love' || name === 'story' ? 'noun' : name
    })
    factsOfLines.set(line, facts)
  }
  return facts
}

/** Topics by mark of the situation, needed or denied. */
const TOPIC_OF_MARK: readonly (readonly [mark: number, topic: (typeof BIO_TOPICS)[number]])[] = [
  [Is.sib, 'siblings'],
  [Is.pet, 'pets'],
  [Is.early, 'chrono'],
  [Is.native, 'from'],
]

/** What a sentence tells: bits of `BIO_TOPICS`. */
function topicsOf(table: LineTable, line: number): number {
  let topics = 0
  for (const kind of table.teaches(line)) topics |= bitOf(kind)
  const marks = table.need[line]! | table.deny[line]!
  for (const [mark, topic] of TOPIC_OF_MARK) if ((marks & mark) !== 0) topics |= bitOf(topic)
  if (/\{(?:[Ss]ight|[Rr]oof)\^?\}/.test(table.textOf(line))) topics |= bitOf('spot')
  return topics
}

let topicsOfLines: Int32Array | undefined
function topicsByLine(): Int32Array {
  topicsOfLines ??= Int32Array.from({ length: parts().size }, (_, line) => topicsOf(parts(), line))
  return topicsOfLines
}

function bitOf(kind: string): number {
  const place = BIO_TOPICS.indexOf(kind as never)
  return place < 0 ? 0 : 1 << place
}

function situationOf(writer: number, city: number | undefined, interests: readonly number[]): number {
  let bits = 0
  if (city !== undefined && city >= 0) bits |= Is.city
  if (isNative(writer)) bits |= Is.native
  if (siblingsOf(siblingsCode(writer)).count > 0) bits |= Is.sib
  if (petOf(petCode(writer)).kind > 0) bits |= Is.pet
  if (!isLate(writer)) bits |= Is.early
  if (drinksAsLiked(writer, interests)) bits |= Is.drinks
  return bits
}

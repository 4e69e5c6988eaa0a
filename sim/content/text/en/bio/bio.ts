import type { Stream } from '../../../../kernel/index.ts'
import { INTERESTS } from '../../../interests.ts'
import { ARCHETYPES, INTENTS, TOPICS } from '../../../vocabulary.ts'
import { isSmall, suits, templateText } from '../post/post.ts'
import { WORDS } from '../words/dictionaries.ts'
import { expand, mix } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { inVoice, voiced } from '../words/voice.ts'
import { LONG_BIOS, MEDIUM_BIOS, SHORT_BIOS } from './templates.ts'

/** What a bio needs to know of its writer; what is absent is not spoken of, or drawn. */
export interface BioWriter {
  readonly archetype: number
  readonly interests: readonly number[]
  /** 0–1: the engaged write more. */
  readonly engagement: number
  /** Name of the city. */
  readonly city?: string | undefined
  /** Code of `INTENTS`. */
  readonly intent?: number | undefined
}

const LENGTHS = [SHORT_BIOS, MEDIUM_BIOS, LONG_BIOS]
/** Interests that templates name at most. */
const NAMED = 3
const INTEREST_SLOT = /^(noun|doing|do)([123])$/
const SHORT = 0
const LONG = 2

/** Length by engagement: short for few words' people, long for the keen; everyone may write any (chosen). */
function drawLength(stream: Stream, engagement: number): number {
  const draw = stream.next()
  if (draw < 0.5 - 0.4 * engagement) return SHORT
  return draw < 0.85 - 0.25 * engagement ? 1 : LONG
}

/** Interests that the template names. */
function named(template: string): number {
  return template.includes('3}') ? 3 : template.includes('2}') ? 2 : template.includes('1}') ? 1 : 0
}

/**
 * The bio of a person, one to five sentences. `who` may be a list of interest ids alone: archetype, engagement and
 * intent are then drawn. Draws the same count of numbers whatever the outcome is not promised.
 */
export function generateBio(stream: Stream, who: BioWriter | readonly number[]): string {
  if ('archetype' in who) return writeBio(stream, who)
  return writeBio(stream, { archetype: stream.nextInt(ARCHETYPES.length), interests: who, engagement: stream.next() })
}

function writeBio(stream: Stream, who: BioWriter): string {
  const { archetype, city } = who
  const interests = stream.sample(who.interests, Math.min(NAMED, who.interests.length))
  const intent = who.intent ?? stream.nextInt(INTENTS.length)
  const fitting = LENGTHS[drawLength(stream, who.engagement)]!.filter(
    (template) =>
      suits(template, archetype) &&
      named(template) <= interests.length &&
      (city !== undefined || !template.includes('{city}')),
  )
  const variant = voiced(stream.nextUint32(), archetype, 0.3)
  if (fitting.length === 0) return inVoice('Just here to see what happens.', variant, 'emoji:chat')
  const tagged = stream.choice(fitting)
  const grown = expand(templateText(tagged), variant, (slot) => {
    if (slot === 'city') return city
    if (slot === 'looking') return WORDS[`looking:${intent}`]![mix(variant, 31) % WORDS[`looking:${intent}`]!.length]
    const match = INTEREST_SLOT.exec(slot)
    return match === null ? undefined : interestWord(interests[Number(match[2]) - 1]!, match[1]!)
  })
  const topic = INTERESTS[interests[0]!]?.topic
  return inVoice(polish(grown), variant, topic === undefined ? 'emoji:chat' : `emoji:${TOPICS[topic]}`, isSmall(tagged))
}

import { INTERESTS } from '../../../interests/interests.ts'
import { TOPICS } from '../../../vocabulary.ts'
import { personWord } from '../persona/persona-words.ts'
import { M, MOODS } from '../talk/kinds.ts'
import { FRIENDS } from '../talk/lines/friends.ts'
import { cased } from '../words/cased.ts'
import { ready } from '../words/contractions.ts'
import { expand, mix } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { inVoice, Tone } from '../words/voice.ts'
import { flashTopic, flashWord } from './flash.ts'
import { ASKS, PROMPTS, TAILS } from './lines/tails.ts'
import { MARKED_BASE, renderMarkedPost } from './marked.ts'
import { postCity, postSalt, subjectOf } from './pack.ts'
import { groupOf, HOLIDAY_GROUP, INTEREST_GROUP, postPart } from './parts.ts'

/** Posts in a thousand that end where their sentence ends, where a tail might follow (chosen). */
const TAILLESS = 140

const TAIL_TEXTS = MOODS.map((mood) => ready(TAILS[mood]))
const promptText = ready(PROMPTS)
const TONE_OF_MOOD: Readonly<Record<number, number>> = {
  [M.nice]: Tone.soft,
  [M.fun]: Tone.fun,
  [M.good]: Tone.glad,
  [M.proud]: Tone.glad,
  [M.cozy]: Tone.soft,
  [M.wonder]: Tone.soft,
}

/** The text of a post: a function of the three integers alone. */
export function renderPost(template: number, variant: number, operand: number): string {
  if (template >= MARKED_BASE) return renderMarkedPost(template, variant, operand)
  const text = template < postPart().size ? postPart().textOf(template) : undefined
  if (text === undefined) throw new Error(`there is no post template ${template}`)
  const writer = variant >>> 0
  const seed = mix(writer, (template << 11) ^ postSalt(operand))
  const subject = subjectOf(operand)
  const city = postCity(operand)
  const mood = postPart().mood[template]!
  const isFlash = groupOf(template) >= HOLIDAY_GROUP
  const plain = (slot: string): string | undefined => {
    // All who live there speak of the same sight: it goes by what the post is about, not by the post.
    if (slot === 'flash') return flashWord(subject, personWord('sight', writer, city, subject))
    if (slot === 'tail') return tail(mood, seed)
    if (slot === 'prompt') return mix(seed, 75) % 1000 < 2 * TAILLESS ? '' : promptText(mix(seed, 76) % PROMPTS.length)
    if (slot === 'ask') return ASKS[mix(seed, 71) % ASKS.length]
    if (slot === 'friend') return FRIENDS[mix(seed, 72) % FRIENDS.length]
    const word = isFlash || subject < 0 ? undefined : interestWord(subject, slot, writer, seed)
    return word ?? personWord(slot, writer, city, seed)
  }
  const grown = expand(text, seed, (slot) => cased(slot, plain))
  return inVoice(polish(grown), writer, seed, TONE_OF_MOOD[mood] ?? Tone.plain)
}

function tail(mood: number, seed: number): string {
  if (mix(seed, 73) % 1000 < TAILLESS) return ''
  return TAIL_TEXTS[mood]!(mix(seed, 74) % TAILS[MOODS[mood]!].length)
}

/** Code of the topic of a post, for instance for `Speaker.lastPostTopic`. */
export function postTopic(template: number, operand: number): number {
  if (template >= MARKED_BASE) return TOPICS.indexOf('everyday')
  const group = groupOf(template)
  if (group < INTEREST_GROUP) return group
  if (group === INTEREST_GROUP) return INTERESTS[subjectOf(operand)]!.topic
  return flashTopic(subjectOf(operand)) % TOPICS.length
}

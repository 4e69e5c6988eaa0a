import { archetypeOf, trait } from '../persona/persona.ts'
import { contracted } from './contractions.ts'
import { mix } from './expand.ts'

/**
 * Habits of speech that some people have and keep: short forms of chats, and the second thoughts of those who are never
 * quite sure. Which of them a person has follows from the writer's word, so it is the same in every text.
 */

const For = { speaks: 80, which: 81, doubts: 82, thought: 83 } as const

/** People in a thousand who use short forms, by archetype (chosen). */
const SPEAKERS = [120, 0, 260, 90, 160, 520]
/** Forms in four that each of them uses (chosen). */
const FORMS_USED = 2

/** Each is short for something that means the same wherever it stands. */
const FORMS: readonly (readonly [whole: string, short: string])[] = [
  ['to be honest', 'tbh'],
  ['by the way', 'btw'],
  ["i don't know", 'idk'],
  ['right now', 'rn'],
  ['kind of', 'kinda'],
  ['want to', 'wanna'],
  ['though', 'tho'],
  ['thank you', 'thx'],
  ['thanks', 'thx'],
  ['okay', 'ok'],
  ['probably', 'prob'],
  ['pictures', 'pics'],
  ['favorite', 'fave'],
  ['because', 'bc'],
]
/** All of them at once; what one does not know and wants must go on, to be short. */
const WHOLE =
  /\b(?:to be honest|by the way|I don't know(?= (?:why|how|what|where|if)\b)|right now|(?<!(?:every|this|that|what|which|a|the|of) )kind of|want to(?= [a-z])|though|(?<!\b(?:say|said|saying) )thank you|(?<!\b(?:say|said|saying) )thanks|okay|probably|pictures|favorite|because)\b/gi

/** Bit i: the person says `FORMS[i]` short. 0 for most people. */
function formsOf(writer: number): number {
  if (trait(writer, For.speaks, 1000) >= SPEAKERS[archetypeOf(writer)]!) return 0
  const draws = mix(writer >>> 8, For.which)
  let forms = 0
  for (let i = 0; i < FORMS.length; i++) if (((draws >>> (2 * i)) & 3) < FORMS_USED) forms |= 1 << i
  return forms
}

/** The text with the short forms that the writer has the habit of. */
export function inShort(text: string, writer: number): string {
  const forms = formsOf(writer)
  if (forms === 0) return text
  return text.replace(WHOLE, (found, at: number) => {
    // What is quoted stands as it was said.
    if (text.charAt(at - 1) === '"') return found
    const place = FORMS.findIndex(([whole]) => whole === found.toLowerCase())
    if ((forms & (1 << place)) === 0) return found
    const short = FORMS[place]![1]
    // "I" is a capital anywhere; what stands for it is one at the start of a sentence alone.
    const isCapital = found.startsWith('I ') ? at === 0 || /[.!?] $/.test(text.slice(0, at)) : /^[A-Z]/.test(found)
    return isCapital ? short.charAt(0).toUpperCase() + short.slice(1) : short
  })
}

/** People in a thousand who doubt what they have just said, and how many of their choices in a thousand show it (chosen). */
const DOUBTERS = 70
const DOUBT_RATE = 380

const THOUGHTS = [
  'Wait, no. Yes, I stand by it.',
  'I think. No, I am sure.',
  'Or let me think again. No, that is it.',
  'Actually, hold on. Okay, yes, that one.',
  'Hm, now I am not sure. I will keep it, though.',
  'I almost said something else.',
].map(contracted)

/** What the writer thinks on second thoughts of a choice that the text made; empty for most people and most texts. */
export function secondThought(writer: number, salt: number): string {
  if (trait(writer, For.doubts, 1000) >= DOUBTERS) return ''
  const draw = mix(salt, For.thought)
  return draw % 1000 < DOUBT_RATE ? ` ${THOUGHTS[(draw >>> 10) % THOUGHTS.length]}` : ''
}

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
const FORMS: readonly (readonly [whole: RegExp, short: string])[] = [
  [/\bto be honest\b/gi, 'tbh'],
  [/\bby the way\b/gi, 'btw'],
  [/\bI don't know(?= (?:why|how|what|where|if)\b)/g, 'idk'],
  [/\bright now\b/gi, 'rn'],
  [/\bkind of\b/gi, 'kinda'],
  [/\bwant to (?=[a-z])/g, 'wanna '],
  [/\bthough\b/g, 'tho'],
  [/\bthank you\b|\bthanks\b/gi, 'thx'],
  [/\bokay\b/gi, 'ok'],
  [/\bprobably\b/gi, 'prob'],
  [/\bpictures\b/g, 'pics'],
  [/\bfavorite\b/g, 'fave'],
  [/\bbecause\b/g, 'bc'],
  [/\bas soon as possible\b/g, 'asap'],
]

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
  let out = text
  for (let i = 0; i < FORMS.length; i++) {
    if ((forms & (1 << i)) === 0) continue
    const [whole, short] = FORMS[i]!
    out = out.replace(whole, (found) => {
      const first = found.charAt(0)
      const isCapital = first !== first.toLowerCase() && found.charAt(0) !== 'I'
      return isCapital ? short.charAt(0).toUpperCase() + short.slice(1) : short
    })
  }
  // "idk" at the start of a sentence keeps the capital that "I" had.
  return out.replace(/(^|[.!?] )idk\b/g, '$1Idk')
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

import { archetypeOf, livelinessOf, trait } from '../persona/persona.ts'
import { expanded } from './contractions.ts'
import { mix } from './expand.ts'
import { inShort } from './slang.ts'

/**
 * A writer's voice: capitals or none, full stops, exclamation marks, contractions, emoji, laughter, short forms,
 * slips of the finger. All of it is the person's, from the writer's word, so that a person writes the same way everywhere.
 */

const INTELLECTUAL = 1
const SOCIAL = 2
const ADVENTURER = 0
const ATHLETIC = 4
const CASUAL = 5

/** What each trait of a voice is drawn for; apart from the numbers of `persona.ts`. */
const For = {
  lower: 50,
  stops: 51,
  exclaim: 52,
  formal: 53,
  emoji: 54,
  set: 55,
  laugh: 56,
  slips: 57,
  corrects: 58,
} as const

/** People in a thousand who write in small letters, by archetype (chosen). */
const LOWER = [40, 0, 60, 90, 40, 720]
/** People in a thousand who leave out the last full stop of a message, of those with capitals (chosen). */
const STOPLESS = 220
/** People in a thousand who spell everything out: "do not", "I am" (chosen). */
const FORMAL = [40, 260, 20, 60, 30, 0]
/** People in a thousand who never, sometimes and often use emoji, by liveliness: the last is what is left (chosen). */
const NO_EMOJI = [820, 640, 440, 300]
const SOME_EMOJI = [150, 260, 330, 350]
/** Texts in a thousand with an emoji, of those who use them sometimes and often (chosen). */
const EMOJI_RATE = [0, 130, 240]
/** Final stops in a thousand that become exclamation marks, for the calm, the friendly and the loud (chosen). */
const EXCLAIM_RATE = [0, 200, 560]
/** People in a thousand whose fingers slip, and how many of their texts in a thousand show it (chosen). */
const SLIPPERY = 30
const SLIP_RATE = 60
/** Of those, people in a thousand who put it right at once: "*morning" (chosen). */
const CORRECTS = 500

/** Each person has one set of signs, by mood: for the glad, the funny, the soft. */
const SIGNS: readonly (readonly (readonly string[])[])[] = [
  [
    ['😊', '🙂'],
    ['😄', '😂'],
    ['☺️', '🙂'],
  ],
  [
    ['😀', '😊'],
    ['🤣', '😅'],
    ['😌', '🙂'],
  ],
  [
    ['😊', '😃'],
    ['😂', '🙈'],
    ['☺️', '😊'],
  ],
  [
    ['🙂', '😃'],
    ['😆', '😂'],
    ['🙂', '😌'],
  ],
  [
    ['😄', '😊'],
    ['😅', '😄'],
    ['😊', '☺️'],
  ],
  [
    ['😁', '🙂'],
    ['😂', '😆'],
    ['😊', '🙂'],
  ],
]

const LAUGHS = ['Ha, ', 'Haha, ', 'Hah, ', '', '', 'Hehe, ', 'Haha, ', 'Lol, ']

export interface Voice {
  readonly lower: boolean
  readonly formal: boolean
  readonly stopless: boolean
  /** 0 never, 1 sometimes, 2 often. */
  readonly emoji: 0 | 1 | 2
  /** 0 calm, 1 friendly, 2 loud. */
  readonly exclaim: 0 | 1 | 2
  /** What stands before a remark that laughs: "Haha, ", or nothing. */
  readonly laugh: string
}

export function voiceOf(writer: number): Voice {
  const archetype = archetypeOf(writer)
  const lively = livelinessOf(writer)
  const lower = trait(writer, For.lower, 1000) < LOWER[archetype]!
  const emoji = trait(writer, For.emoji, 1000) - (archetype === SOCIAL ? -150 : 0)
  const loud = archetype === SOCIAL || archetype === ADVENTURER || archetype === ATHLETIC ? 150 : 0
  const exclaim = trait(writer, For.exclaim, 1000) + loud + 60 * lively
  const never = archetype === INTELLECTUAL ? 930 : NO_EMOJI[lively]!
  return {
    lower,
    formal: !lower && trait(writer, For.formal, 1000) < FORMAL[archetype]!,
    stopless: lower || trait(writer, For.stops, 1000) < STOPLESS,
    emoji: emoji < never ? 0 : emoji < never + SOME_EMOJI[lively]! ? 1 : 2,
    exclaim: archetype === INTELLECTUAL || archetype === CASUAL || exclaim < 550 ? 0 : exclaim < 950 ? 1 : 2,
    laugh: archetype === INTELLECTUAL ? '' : LAUGHS[trait(writer, For.laugh, LAUGHS.length)]!,
  }
}

/** What an emoji may stand beside: nothing, something glad, funny or soft. */
export const Tone = { plain: -1, glad: 0, fun: 1, soft: 2 } as const

/**
 * Says a polished text in the writer's voice.
 * @param salt which of the writer's texts it is @param tone what emoji fits, −1 for none
 * @param slips whether fingers may slip: nobody leaves a mistake in a text that was read over
 */
export function inVoice(text: string, writer: number, salt: number, tone: number, slips = true): string {
  const voice = voiceOf(writer)
  const roll = mix(writer, salt)
  let out = voice.formal ? expanded(text) : inShort(text, writer)
  if (out.endsWith('.') && !out.endsWith('..')) {
    const loud = tone !== Tone.plain && mix(roll, 1) % 1000 < EXCLAIM_RATE[voice.exclaim]!
    out = loud && !voice.lower ? `${out.slice(0, -1)}!` : voice.stopless ? out.slice(0, -1) : out
  }
  if (voice.lower) out = out.toLowerCase()
  if (slips && trait(writer, For.slips, 1000) < SLIPPERY && mix(roll, 2) % 1000 < SLIP_RATE)
    out = slip(out, mix(roll, 3), trait(writer, For.corrects, 1000) < CORRECTS)
  if (tone !== Tone.plain && mix(roll, 4) % 1000 < EMOJI_RATE[voice.emoji]!) {
    const signs = SIGNS[trait(writer, For.set, SIGNS.length)]![tone]!
    out = `${out} ${signs[mix(roll, 5) % signs.length]}`
  }
  return out
}

/** Two letters in the middle of a long word change places; the word stands right at the end if the slip is corrected. */
function slip(text: string, roll: number, isCorrected: boolean): string {
  const words = text.split(' ')
  const from = roll % words.length
  for (let i = 0; i < words.length; i++) {
    const at = (from + i) % words.length
    const word = words[at]!
    if (!/^[a-z]{6,}$/.test(word)) continue
    const cut = 2 + (roll % (word.length - 4))
    if (word[cut] === word[cut + 1]) continue
    words[at] = word.slice(0, cut) + word[cut + 1] + word[cut] + word.slice(cut + 2)
    return isCorrected ? `${words.join(' ')} *${word}` : words.join(' ')
  }
  return text
}

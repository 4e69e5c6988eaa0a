import { WORDS } from './dictionaries.ts'
import { mix } from './expand.ts'

/**
 * A writer's voice, carried by the low bits of a text's `variant` so that rendering needs nothing else: bits 0–2 hold
 * the archetype, bits 3–4 how lively the writer is (0 terse … 3 chatty).
 */
const ARCHETYPE_BITS = 7
const VOICE_BITS = 31

const ADVENTURER = 0
const INTELLECTUAL = 1
const SOCIAL = 2
const CREATIVE = 3
const ATHLETIC = 4
const CASUAL = 5

/** Puts a voice into a fresh 32-bit draw. `liveliness` 0–1, for instance a person's sociability. */
export function voiced(draw: number, archetype: number, liveliness: number): number {
  const lively = Math.max(0, Math.min(3, Math.floor(liveliness * 4)))
  return (draw & ~VOICE_BITS) | (lively << 3) | archetype
}

export function archetypeOf(variant: number): number {
  return (variant & ARCHETYPE_BITS) % 6
}

export function livelinessOf(variant: number): number {
  return (variant >> 3) & 3
}

/** Share of a thousand of texts with an emoji, by archetype and liveliness (chosen). */
const EMOJI: readonly (readonly number[])[] = [
  [60, 140, 220, 320],
  [0, 0, 20, 60],
  [250, 420, 560, 680],
  [60, 140, 240, 320],
  [80, 160, 260, 360],
  [20, 60, 120, 200],
]
/** Share of a thousand of final stops that become exclamation marks, by archetype (chosen). */
const EXCLAIM = [450, 20, 380, 120, 300, 20]
/** Share of a thousand of texts written in lower case, by archetype (chosen). */
const LOWER = [10, 0, 10, 60, 15, 880]

function roll(variant: number, step: number, share: number): boolean {
  return mix(variant, 1000 + step) % 1000 < share
}

function exclaim(text: string): string {
  return text.endsWith('.') && !text.endsWith('..') ? `${text.slice(0, -1)}!` : text
}

function lowered(text: string): string {
  const lower = text.toLowerCase()
  return lower.endsWith('.') && !lower.endsWith('..') ? lower.slice(0, -1) : lower
}

/** Says a polished text in the voice of `variant`; `emoji` names the dictionary of fitting emoji, `small` text is lower case in any case. */
export function inVoice(text: string, variant: number, emoji: string, small = false): string {
  const archetype = archetypeOf(variant)
  let out = roll(variant, 1, EXCLAIM[archetype]!) ? exclaim(text) : text
  if (small || roll(variant, 2, LOWER[archetype]!)) out = lowered(out)
  if (roll(variant, 3, EMOJI[archetype]![livelinessOf(variant)]!)) {
    const signs = WORDS[emoji]!
    const sign = signs[mix(variant, 1004) % signs.length]!
    if (!out.endsWith(sign)) out = `${out} ${sign}`
  }
  return out
}

export const Voice = {
  adventurer: ADVENTURER,
  intellectual: INTELLECTUAL,
  social: SOCIAL,
  creative: CREATIVE,
  athletic: ATHLETIC,
  casual: CASUAL,
} as const

import { AliasTable, type Stream } from '../../kernel/index.ts'
import { GENDERS, type Gender } from '../vocabulary.ts'
import { MEN_NAMES, NEUTRAL_NAMES, WOMEN_NAMES } from './first-names.ts'
import { LAST_NAMES } from './last-names.ts'

/** First names by pool, in the order of `GENDERS`: women's, men's, neutral. */
export const FIRST_NAMES: readonly (readonly string[])[] = [WOMEN_NAMES, MEN_NAMES, NEUTRAL_NAMES]

const NEUTRAL = 2

/** Chance that a woman or a man bears a neutral name (chosen). */
const NEUTRAL_SHARE = 0.08
/** Chance that a nonbinary person bears a neutral name (chosen); otherwise either other pool, equally. */
const NONBINARY_NEUTRAL_SHARE = 0.75
/** Chances that a display name shows an initial, or the whole last name (chosen); otherwise the first name alone. */
const INITIAL_SHARE = 0.22
const LAST_NAME_SHARE = 0.1

/** Names at the head of a list are some times likelier than at its end: weight 1 / (30 + position). */
function headHeavy(names: readonly string[]): AliasTable {
  return new AliasTable(names.map((_, position) => 1 / (30 + position)))
}

const FIRST_TABLES = FIRST_NAMES.map(headHeavy)
const LAST_TABLE = headHeavy(LAST_NAMES)

function drawPool(stream: Stream, gender: number): number {
  if (gender !== NEUTRAL) return stream.chance(NEUTRAL_SHARE) ? NEUTRAL : gender
  return stream.chance(NONBINARY_NEUTRAL_SHARE) ? NEUTRAL : stream.nextInt(2)
}

/** Draws the index of a first name for a gender code. Indexes stay valid when lists grow: position · 3 + pool. */
export function drawFirstName(stream: Stream, gender: number): number {
  const pool = drawPool(stream, gender)
  return FIRST_TABLES[pool]!.draw(stream) * FIRST_NAMES.length + pool
}

/** First names of a user's own, while one text is written; null: those of the pools. */
let ownNames: readonly string[] | null = null

/** Writes one text in which people are called by names of a user's own. @param names by what `firstName` is given */
export function inNamesOf<T>(names: readonly string[], write: () => T): T {
  const before = ownNames
  ownNames = names
  try {
    return write()
  } finally {
    ownNames = before
  }
}

/** The name at an index given by `drawFirstName`; the empty string for −1 and anything else that is no index. */
export function firstName(index: number): string {
  if (ownNames) return ownNames[index] ?? ''
  const pools = FIRST_NAMES.length
  if (index < 0) return ''
  return FIRST_NAMES[index % pools]?.[(index - (index % pools)) / pools] ?? ''
}

/** The name as the profile shows it: "Maya", "Maya R." or "Maya Rivera". Draws the form and the last name. */
export function displayName(stream: Stream, firstNameIndex: number): string {
  const form = stream.next()
  const first = firstName(firstNameIndex)
  const last = LAST_NAMES[LAST_TABLE.draw(stream)]!
  if (form < LAST_NAME_SHARE) return `${first} ${last}`
  return form < LAST_NAME_SHARE + INITIAL_SHARE ? `${first} ${last[0]}.` : first
}

/** A display name for a person of this gender. */
export function generateName(stream: Stream, gender: Gender): string {
  return displayName(stream, drawFirstName(stream, GENDERS.indexOf(gender)))
}

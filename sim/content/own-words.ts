import type { Stream } from '../kernel/index.ts'
import { GENDERS, type Gender, type Topic } from './vocabulary.ts'

/** Words of a user's own, instead of the dictionaries'; what is absent stays as it is. Plain data. */
export interface OwnWords {
  /** First names by gender, and last names. */
  readonly names?: Readonly<Partial<Record<Gender | 'last', readonly string[]>>>
  /** Bios, with {name}, {city}, {interest} and {other} for what is the person's own. */
  readonly bios?: readonly string[]
  /** Posts by topic. */
  readonly posts?: Readonly<Partial<Record<Topic, readonly string[]>>>
}

/** First names for a gender: its own, else all there are. */
function namesFor(names: NonNullable<OwnWords['names']>, gender: Gender): readonly string[] {
  const own = names[gender]
  if (own && own.length > 0) return own
  return [...(names.woman ?? []), ...(names.man ?? []), ...(names.nonbinary ?? [])]
}

/** Whether the words have a first name for everybody. */
export function hasFirstNames({ names = {} }: OwnWords): boolean {
  return namesFor(names, 'woman').length > 0
}

/** A name beyond these is no name in conversations: facts keep it in 12 bits. */
const MOST_NAMES = 4094

/** First names by the number that facts call them by. */
export function ownFirstNames({ names = {} }: OwnWords): readonly string[] {
  const all = GENDERS.flatMap((gender) => names[gender] ?? [])
  return [...new Set(all)].slice(0, MOST_NAMES)
}

/** Draws a first name as `ownName` does. @returns its number among `known`; −1 where it has none */
export function drawOwnName(
  stream: Stream,
  names: NonNullable<OwnWords['names']>,
  gender: Gender,
  known: readonly string[],
): number {
  return known.indexOf(stream.choice(namesFor(names, gender)))
}

/** A display name from one's own words: two draws, three where there are last names. */
export function ownName(stream: Stream, names: NonNullable<OwnWords['names']>, gender: Gender): string {
  const first = stream.choice(namesFor(names, gender))
  const { last = [] } = names
  return last.length > 0 && stream.chance(0.3) ? `${first} ${stream.choice(last)}` : first
}

/** A bio from one's own words. One draw. */
export function ownBio(
  stream: Stream,
  bios: readonly string[],
  person: { readonly name: string; readonly city: string; readonly interests: readonly string[] },
): string {
  const [interest = '', other = interest] = person.interests
  const words: Readonly<Record<string, string>> = { name: person.name, city: person.city, interest, other }
  const bio = stream.choice(bios).replace(/\{(\w+)\}/g, (slot, word: string) => words[word] ?? slot)
  return bio.replace(/(^|[.!?]\s+)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
}

import { placePack } from '../../../places/places.ts'
import { below, mix } from '../words/expand.ts'
import { JOB_COUNT } from './jobs.ts'
import {
  CHILDHOOD,
  DISHES,
  DRINKS,
  HOMES,
  ORIGINS,
  ORIGINS_ELSEWHERE,
  PET_NAMES,
  PETS,
  type Pet,
  SHOWS,
  SIBLINGS,
  type Siblings,
  SKILLS,
  TRIPS,
  YEARS,
} from './pools.ts'

/**
 * The one set of facts of a person. All of it follows from the writer's word, a 32-bit integer that facts carry as
 * `variant`, and from the city; nothing is kept. Bios, posts and messages ask here, so they agree.
 *
 * Bits 0–2 of the word: archetype; 3–4: how lively (0 terse … 3 chatty); 5–6: intent; 7: up late rather than early;
 * 8–31: from the person's own keyed stream.
 */
const LATE_BIT = 128
const DRAW_SHIFT = 8

/** The word of a writer. @param draw 32 bits of the person's own stream @param sociability 0–1 */
export function writerWord(
  draw: number,
  archetype: number,
  sociability: number,
  intent: number,
  isLate: boolean,
): number {
  const lively = Math.max(0, Math.min(3, Math.floor(sociability * 4)))
  return (draw & ~255) | (isLate ? LATE_BIT : 0) | ((intent & 3) << 5) | (lively << 3) | archetype
}

export function archetypeOf(writer: number): number {
  return (writer & 7) % 6
}

export function livelinessOf(writer: number): number {
  return (writer >>> 3) & 3
}

export function intentOf(writer: number): number {
  return (writer >>> 5) & 3
}

export function isLate(writer: number): boolean {
  return (writer & LATE_BIT) !== 0
}

/** What each draw is for: an own number each, so that adding a fact moves no other. */
// biome-ignore format: dense
const For = { job: 1, origin: 2, native: 3, years: 4, siblings: 5, pet: 6, petName: 7, dish: 8, drink: 9, home: 10, childhood: 11, trip: 12, show: 13, skill: 14, taste: 15, bio: 16, bioTopics: 17 } as const

/** Share of a thousand who never left the city they grew up in (chosen). */
const NATIVES = 330

/** A number from 0 up to `count` that belongs to the person. */
export function trait(writer: number, purpose: number, count: number): number {
  return below(mix(writer >>> DRAW_SHIFT, purpose), count)
}

/** What a bio may tell of its writer, by bit. Named as the questions that ask for it. */
// biome-ignore format: dense list
export const BIO_TOPICS = [
  'job', 'from',
  'years', 'siblings', 'pets', 'dish', 'drink', 'home', 'childhood', 'travel', 'watch', 'skill', 'chrono', 'spot',
] as const

const ORIGIN_TOPICS = 0b110
/** Shares of a hundred of those whose bio may tell their job, where they are from, and both (chosen). */
const TELL_JOB = 45
const TELL_ORIGIN = 35
/** The other topics begin here; one person in four may tell each (chosen). */
const OTHER_TOPICS = 3

/**
 * The topics that the person's bio may tell, of which it tells some: bits of `BIO_TOPICS`. Whoever read it does not ask
 * for them, and knows them without the bio at hand.
 */
export function bioTopics(writer: number): number {
  const who = trait(writer, For.bio, 100)
  let topics = who < TELL_JOB ? 1 : who < TELL_JOB + TELL_ORIGIN ? ORIGIN_TOPICS : 1 | ORIGIN_TOPICS
  const draws = mix(writer >>> DRAW_SHIFT, For.bioTopics)
  for (let i = OTHER_TOPICS; i < BIO_TOPICS.length; i++) if (((draws >>> (2 * i)) & 3) === 0) topics |= 1 << i
  return topics
}

export const jobCode = (writer: number): number => trait(writer, For.job, JOB_COUNT)
export const isNative = (writer: number): boolean => trait(writer, For.native, 1000) < NATIVES
export const yearsCode = (writer: number): number => (isNative(writer) ? 0 : 1 + trait(writer, For.years, YEARS.length))
export const siblingsCode = (writer: number): number => trait(writer, For.siblings, SIBLINGS.length)
/** Pet and its name in one number. */
export function petCode(writer: number): number {
  return trait(writer, For.pet, PETS.length) * PET_NAMES.length + trait(writer, For.petName, PET_NAMES.length)
}
export const dishCode = (writer: number): number => trait(writer, For.dish, DISHES.length)
export const drinkCode = (writer: number): number => trait(writer, For.drink, DRINKS.length)
export const homeCode = (writer: number): number => trait(writer, For.home, HOMES.length)
export const childhoodCode = (writer: number): number => trait(writer, For.childhood, CHILDHOOD.length)
export const tripCode = (writer: number): number => trait(writer, For.trip, TRIPS.length)
export const showCode = (writer: number): number => trait(writer, For.show, SHOWS.length)
export const skillCode = (writer: number): number => trait(writer, For.skill, SKILLS.length)
/** Which of the two of an either-or the person takes. */
export const sideOf = (writer: number, pair: number): 0 | 1 => trait(writer, For.taste + 100 + pair, 2) as 0 | 1
/** Which of several texts about an interest is the person's: the story of how it began is one. */
export const ownText = (writer: number, interest: number, what: number, count: number): number =>
  trait(writer, 1000 + interest * 16 + what, count)

export const siblingsOf = (code: number): Siblings => SIBLINGS[code % SIBLINGS.length]!
export const petOf = (code: number): Pet => PETS[Math.floor(code / PET_NAMES.length) % PETS.length]!
export const petNameOf = (code: number): string => PET_NAMES[code % PET_NAMES.length]!
export const dishOf = (code: number): string => DISHES[code % DISHES.length]!

/** Cities have the same id in all packs, and this one has them all. */
const CITIES = placePack('world').cities

export function cityName(city: number): string {
  return CITIES[city]?.name ?? 'town'
}

/** "Chicago, IL". */
export function cityKey(city: number): string {
  const found = CITIES[city]
  return found === undefined ? '' : `${found.name}, ${found.region}`
}

/** Codes of origins outside the United States begin here. */
const ELSEWHERE = 100

/** Where somebody who moved grew up, never the city they live in; 0 for those who never left. */
export function originCode(writer: number, city: number): number {
  if (isNative(writer)) return 0
  const here = CITIES[city]
  if (here !== undefined && here.country !== 'US')
    return ELSEWHERE + trait(writer, For.origin, ORIGINS_ELSEWHERE.length)
  const found = trait(writer, For.origin, ORIGINS.length)
  return 1 + (ORIGINS[found] === here?.name ? (found + 1) % ORIGINS.length : found)
}

/** The origin of a code, after "from". */
export function originOf(code: number): string {
  if (code >= ELSEWHERE) return ORIGINS_ELSEWHERE[(code - ELSEWHERE) % ORIGINS_ELSEWHERE.length]!
  return ORIGINS[(code - 1 + ORIGINS.length) % ORIGINS.length]!
}

export function yearsOf(code: number): string {
  return YEARS[(code - 1 + YEARS.length) % YEARS.length]!
}

/** Kilometres do not matter here: people of one metropolitan area can meet for a coffee. */
export function sameMetro(a: number, b: number): boolean {
  return a >= 0 && b >= 0 && CITIES[a]!.metro === CITIES[b]!.metro
}

/** Of one state or country at least: "far away" would be said of no such place. */
export function sameState(a: number, b: number): boolean {
  return a >= 0 && b >= 0 && CITIES[a]!.region === CITIES[b]!.region
}

import { landmarksOf } from '../places/landmarks.ts'
import { mix } from '../words/expand.ts'
import { jobOf } from './jobs.ts'
import {
  childhoodCode,
  cityKey,
  cityName,
  dishCode,
  dishOf,
  drinkCode,
  homeCode,
  jobCode,
  originCode,
  originOf,
  petCode,
  petNameOf,
  petOf,
  showCode,
  siblingsCode,
  siblingsOf,
  skillCode,
  tripCode,
  yearsCode,
  yearsOf,
} from './persona.ts'
import { CHILDHOOD, DRINKS, HOMES, SHOWS, SKILLS, TRIPS } from './pools.ts'

/** Facts that slots speak of. */
export type FactName =
  | 'job'
  | 'origin'
  | 'years'
  | 'siblings'
  | 'pet'
  | 'dish'
  | 'drink'
  | 'home'
  | 'childhood'
  | 'trip'
  | 'show'
  | 'skill'

const CODES: Readonly<Record<FactName, (writer: number, city: number) => number>> = {
  job: jobCode,
  origin: originCode,
  years: yearsCode,
  siblings: siblingsCode,
  pet: petCode,
  dish: dishCode,
  drink: drinkCode,
  home: homeCode,
  childhood: childhoodCode,
  trip: tripCode,
  show: showCode,
  skill: skillCode,
}

/** The fact that each slot speaks of. */
const FACT_OF: Readonly<Record<string, FactName>> = {
  job: 'job',
  jobdetail: 'job',
  jobgood: 'job',
  jobhard: 'job',
  jobask: 'job',
  jobanswer: 'job',
  jobstory: 'job',
  origin: 'origin',
  years: 'years',
  sibhave: 'siblings',
  sib: 'siblings',
  pet: 'pet',
  petname: 'pet',
  petword: 'pet',
  dish: 'dish',
  drink: 'drink',
  home: 'home',
  kid: 'childhood',
  trip: 'trip',
  tripwhy: 'trip',
  show: 'show',
  skill: 'skill',
}

function word(slot: string, code: number): string | undefined {
  switch (slot) {
    case 'job':
      return jobOf(code).title
    case 'jobdetail':
      return jobOf(code).detail
    case 'jobgood':
      return jobOf(code).good
    case 'jobhard':
      return jobOf(code).hard
    case 'jobask':
      return jobOf(code).ask
    case 'jobanswer':
      return jobOf(code).answer
    case 'jobstory':
      return jobOf(code).story
    case 'origin':
      return originOf(code)
    case 'years':
      return yearsOf(code)
    case 'sibhave':
      return siblingsOf(code).have
    case 'sib':
      return siblingsOf(code).one
    case 'pet':
      return petOf(code).have
    case 'petname':
      return petNameOf(code)
    case 'petword':
      return petOf(code).word
    case 'dish':
      return dishOf(code)
    case 'drink':
      return DRINKS[code % DRINKS.length]
    case 'home':
      return HOMES[code % HOMES.length]
    case 'kid':
      return CHILDHOOD[code % CHILDHOOD.length]
    case 'trip':
      return TRIPS[code % TRIPS.length]![0]
    case 'tripwhy':
      return TRIPS[code % TRIPS.length]![1]
    case 'show':
      return SHOWS[code % SHOWS.length]
    case 'skill':
      return SKILLS[code % SKILLS.length]
    default:
      return undefined
  }
}

/**
 * The word for a slot about a person. Without a code the writer's own fact is meant; with `my` before the slot's name it
 * always is.
 * @param heard the code of a fact that was heard @param about which fact it is; a slot of another is the writer's own
 */
export function personWord(
  slot: string,
  writer: number,
  city: number,
  seed: number,
  heard = -1,
  about?: FactName,
): string | undefined {
  if (slot === 'city' || slot === 'mycity') return cityName(city)
  if (slot === 'sight' || slot === 'roof') return sightWord(slot, city, seed)
  const own = slot.startsWith('my') && slot.slice(2) in FACT_OF
  const name = own ? slot.slice(2) : slot
  const fact = FACT_OF[name]
  if (fact === undefined) return undefined
  return word(name, own || heard < 0 || fact !== about ? CODES[fact](writer, city) : heard)
}

/** A sight of the city, out of doors or under a roof. */
function sightWord(slot: string, city: number, seed: number): string {
  const { outside, inside } = landmarksOf(cityKey(city))
  const list = slot === 'sight' || inside.length === 0 ? outside : inside
  return list.length === 0 ? 'the park' : list[mix(seed, slot === 'sight' ? 41 : 42) % list.length]!
}

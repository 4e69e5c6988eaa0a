import { existsSync } from 'node:fs'
import {
  ARCHETYPES,
  type Archetype,
  badInput,
  type City,
  FIRST_NAMES,
  GENDERS,
  type GivenPerson,
  type GivenTraits,
  hasFirstNames,
  INTENTS,
  type Interest,
  interestsOf as interestRows,
  type OwnTaxonomy,
  type OwnWords,
  ownFirstNames,
  type PlacePack,
  QUIZZES,
  type Quiz,
} from '../../sim/index.ts'
import { FEED_DEMO } from './feed-demo.ts'
import { PERSONAS_FILE, type Persona } from './persona-file.ts'
import { readChecked } from './read-file.ts'

const DAYS_PER_YEAR = 365.2425
/** Into the year of age, so that nobody's age changes within the first months; chosen. */
const DAYS_INTO_AGE = 100

/** The personas that come with Mingle, by name. */
export const PERSONA_SETS: Readonly<Record<string, readonly Persona[]>> = { 'feed-demo': FEED_DEMO }

/**
 * Personas by the name of a set that comes with Mingle, or from a file.
 * @throws MingleError BAD_INPUT when there is neither, or the file is none
 */
export function readPersonas(nameOrFile: string): readonly Persona[] {
  const known = Object.entries(PERSONA_SETS).find(([name]) => name === nameOrFile)
  if (known) return known[1]
  if (!existsSync(nameOrFile)) {
    throw badInput(
      `there is no file ${nameOrFile} with personas, nor a set of that name; expected a JSON or YAML file ` +
        `('mingle schema personas --example' prints one), or what comes with Mingle: ${Object.keys(PERSONA_SETS).join(', ')}`,
    )
  }
  return readChecked(nameOrFile, PERSONAS_FILE, 'personas').people
}

/**
 * Personas as the people 1, 2, … of a run.
 * @param startDay civil days since 1970 of the run's first day
 * @throws MingleError BAD_INPUT naming the person and what of it is not known
 */
export function givenPeople(
  personas: readonly Persona[],
  startDay: number,
  places: PlacePack,
  own: {
    readonly quizzes?: readonly Quiz[] | undefined
    readonly taxonomy?: OwnTaxonomy | undefined
    readonly words?: OwnWords | undefined
  } = {},
): GivenPerson[] {
  const { quizzes = QUIZZES, taxonomy, words } = own
  // Whoever has a taxonomy of their own knows no other interests.
  const known = interestRows(taxonomy).filter(({ popularity }) => popularity > 0)
  return personas.map((persona, i) => {
    const at = (path: string) => `people.${i}.${path} (${persona.name})`
    const { bio, photos, lifecycle = 'active' } = persona
    const traits: Record<string, unknown> = {
      gender: GENDERS.indexOf(persona.gender),
      birthDay: startDay - Math.ceil(persona.age * DAYS_PER_YEAR) - DAYS_INTO_AGE,
      firstName: firstNameOf(persona.name, words),
      flags: 0,
      ...persona.traits,
    }
    if (persona.seeks) traits.seeks = persona.seeks.reduce((bits, gender) => bits | (1 << GENDERS.indexOf(gender)), 0)
    if (persona.intent) traits.intent = INTENTS.indexOf(persona.intent)
    if (persona.archetype) traits.archetype = ARCHETYPES.indexOf(persona.archetype)
    if (persona.appeal !== undefined) traits.appeal = persona.appeal
    if (persona.sessionsPerDay !== undefined) traits.sessionRate = persona.sessionsPerDay
    if (persona.postsPerDay !== undefined) traits.postRate = persona.postsPerDay
    if (persona.city !== undefined) traits.city = cityOf(persona.city, places, at('city')).id
    if (persona.interests) traits.interests = interestsOf(persona.interests, known, at('interests'))
    if (persona.quiz === null) Object.assign(traits, { quiz: null, flags: 2 })
    else if (persona.quiz) traits.quiz = answersOf(quizzes[0]!, persona.quiz, persona.archetype ?? 'casual', at('quiz'))
    return {
      k: i + 1,
      traits: traits as GivenTraits,
      displayName: persona.name,
      lifecycle,
      ...(bio !== undefined && { bio }),
      ...(photos !== undefined && { photos }),
    }
  })
}

/** Its number in the dictionaries, or among names of one's own, by which others call the person; −1 when it is in none. */
export function firstNameOf(name: string, words?: OwnWords): number {
  const [first] = name.split(/\s+/)
  if (words && hasFirstNames(words)) return ownFirstNames(words).indexOf(first!)
  const pool = FIRST_NAMES.findIndex((names) => names.includes(first!))
  return pool < 0 ? -1 : FIRST_NAMES[pool]!.indexOf(first!) * FIRST_NAMES.length + pool
}

/** @param text `Austin`, or with its region where several have the name: `Portland, OR` */
export function cityOf(text: string, places: PlacePack, at: string): City {
  const [name, region] = text.split(',').map((part) => part.trim().toLowerCase())
  const found = places.cities.filter(
    (city) => city.name.toLowerCase() === name && (region === undefined || city.region.toLowerCase() === region),
  )
  if (found.length > 0) return found[0]!
  const close = places.cities.filter((city) => city.name.toLowerCase().startsWith(name!.slice(0, 2))).slice(0, 4)
  const some = (close.length > 0 ? close : places.cities.slice(0, 4)).map((city) => `${city.name}, ${city.region}`)
  throw badInput(`${at} is '${text}'; expected a city of the place pack ${places.name}, such as ${some.join('; ')}`)
}

function interestsOf(names: readonly string[], known: readonly Interest[], at: string): number[] {
  const ids = names.map((name) => {
    const found = known.find((interest) => interest.name.toLowerCase() === name.toLowerCase())
    if (found) return found.id
    const close = known.filter((interest) => interest.name.toLowerCase().startsWith(name.slice(0, 2).toLowerCase()))
    const some = (close.length > 0 ? close : known).slice(0, 4).map((interest) => interest.name)
    throw badInput(`${at} has '${name}'; expected an interest of the taxonomy, such as ${some.join(', ')}`)
  })
  if (new Set(ids).size < ids.length) throw badInput(`${at} names an interest twice; expected different ones`)
  return ids.sort((a, b) => a - b)
}

/** Options by question: those that are named, and the archetype's own where none is. */
function answersOf(
  { questions }: Quiz,
  answers: Readonly<Record<string, string>>,
  archetype: Archetype,
  at: string,
): number[] {
  for (const key of Object.keys(answers)) {
    if (!questions.some((question) => question.key === key))
      throw badInput(`${at} answers '${key}'; expected one of ${questions.map((question) => question.key).join(', ')}`)
  }
  return questions.map(({ key, options, preferred }) => {
    const answer = answers[key]
    if (answer === undefined) return preferred[ARCHETYPES.indexOf(archetype)]!
    const option = options.findIndex((label) => label.toLowerCase() === answer.toLowerCase())
    if (option < 0) throw badInput(`${at} answers ${key} by '${answer}'; expected one of ${options.join(', ')}`)
    return option
  })
}

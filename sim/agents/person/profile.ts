import {
  ARCHETYPES,
  type Archetype,
  answerQuiz,
  displayName,
  GENDERS,
  type Gender,
  INTENTS,
  type Intent,
  interestsOf,
  LIFECYCLES,
  type Lifecycle,
  type MarkedKind,
  markedText,
  ownBio,
  ownName,
  textPack,
} from '../../content/index.ts'
import { Stream } from '../../kernel/index.ts'
import { Purpose } from '../purposes.ts'
import { drawLifecycle } from './lifecycle.ts'
import { Odd } from './minorities.ts'
import { drawPerson, emptyPerson, Missing, type Population } from './person.ts'
import type { PersonTraits } from './traits.ts'
import { writerOf } from './writer.ts'

const PICTURE_SEEDS = 100_000
const MOST_PICTURES = 6
/** Draws of the purpose `marked` that are a bio's; those before are of posts. */
const BIO_DRAWS = 3
/** Chance that someone who took the first quiz took a further one, at engagement 0.6 (chosen). */
const FURTHER_QUIZ = 0.35

/** Everything that the profile phase writes about person k. A function of (run seed, k, population parameters) alone. */
export interface PersonProfile {
  /** Person number, 1…N. */
  readonly k: number
  readonly displayName: string
  /** Empty when the profile is incomplete in this way. */
  readonly bio: string
  /** Civil days since 1970-01-01. */
  readonly birthDay: number
  readonly gender: Gender
  /** Genders this person wants to meet, in the order of `GENDERS`. */
  readonly seeks: readonly Gender[]
  readonly intent: Intent
  /** Index into the cities of the place pack. */
  readonly city: number
  readonly latitude: number
  readonly longitude: number
  /** Sign-up, in ms since the run's start; negative for those who were there before. */
  readonly joinedAt: number
  readonly archetype: Archetype
  /** Traits, each 0–1. */
  readonly sociability: number
  readonly selectivity: number
  readonly engagement: number
  /** Ids of `INTERESTS`, distinct, ascending. */
  readonly interests: readonly number[]
  /** Seeds of the pictures, in order of position; empty when the profile has no photo. */
  readonly media: readonly number[]
  /** One entry per completed quiz: its id and the chosen option (0-based) of each question. */
  readonly quizzes: readonly { readonly quiz: number; readonly options: readonly number[] }[]
  readonly lifecycle: Lifecycle
  /** Bits: 1 never posts by design, 2 no quiz, 4 no bio, 8 no photo, 16 a bot, 32 a spammer, 64 adopted. */
  readonly flags: number
}

/**
 * The whole profile of person k.
 * @param joinDay run day on which a newcomer joins; −1 (the default) for those who were there at the start
 */
export function generateProfile(population: Population, k: number, joinDay = -1): PersonProfile {
  const { keys, parameters } = population
  const given = population.given?.get(k)
  const stream = new Stream()
  const person = emptyPerson()
  drawPerson(population, k, joinDay, stream, person)

  keys.day(stream, Purpose.name, k, 0)
  const { words, names, taxonomy } = population
  const name =
    given?.displayName ??
    (names ? ownName(stream, words!.names!, GENDERS[person.gender]!) : displayName(stream, person.firstName))

  const { archetype, sociability, intent, rhythmShift } = person
  const writer = writerOf(keys, stream, k, archetype, sociability, intent, rhythmShift)
  const interests = interestsOf(taxonomy)
  keys.person(stream, Purpose.bio, k)
  const bio =
    person.flags & Missing.bio
      ? ''
      : words?.bios?.length
        ? ownBio(stream, words.bios, {
            name: name.split(' ')[0]!,
            city: population.places.cities[person.city]!.name,
            interests: person.interests.map((id) => interests[id]!.noun),
          })
        : textPack(population.places.name, { taxonomy }).generateBio(stream, {
            archetype,
            interests: person.interests,
            engagement: person.engagement,
            city: person.city,
            intent,
            writer,
          })

  const media = Array.from({ length: drawPictures(population, person, k, stream) }, () => stream.nextInt(PICTURE_SEEDS))

  const quizzes: { quiz: number; options: readonly number[] }[] = []
  if (person.quiz !== null) {
    quizzes.push({ quiz: 0, options: Array.from(person.quiz) })
    for (let quiz = 1; quiz < population.quizzes.length; quiz++) {
      keys.object(stream, Purpose.quiz, k, 0, quiz)
      if (stream.next() >= FURTHER_QUIZ + person.engagement - 0.6) continue
      quizzes.push({
        quiz,
        options: Array.from(answerQuiz(stream, population.quizzes[quiz]!, person.archetype, parameters.quizFidelity)),
      })
    }
  }
  return {
    k,
    displayName: name,
    bio: given?.bio ?? markOfBio(population, k, person.flags)?.text ?? bio,
    birthDay: person.birthDay,
    gender: GENDERS[person.gender]!,
    seeks: GENDERS.filter((_, gender) => person.seeks & (1 << gender)),
    intent: INTENTS[person.intent]!,
    city: person.city,
    latitude: person.latitude,
    longitude: person.longitude,
    joinedAt: person.joinedAt,
    archetype: ARCHETYPES[person.archetype]!,
    sociability: person.sociability,
    selectivity: person.selectivity,
    engagement: person.engagement,
    interests: person.interests,
    media,
    quizzes,
    lifecycle: LIFECYCLES[drawLifecycle(population, stream, k, person.joinedAt)]!,
    flags: person.flags,
  }
}

/**
 * Counts the pictures of people who were there at the start, as many as `generateProfile` gives them, without the words and the quizzes.
 * @returns of person k
 */
export function pictureCounter(population: Population): (k: number) => number {
  const stream = new Stream()
  const person = emptyPerson()
  return (k) => {
    drawPerson(population, k, -1, stream, person)
    return drawPictures(population, person, k, stream)
  }
}

/** How many pictures a person has; their seeds are the stream's next draws. */
function drawPictures({ keys, given }: Population, person: PersonTraits, k: number, stream: Stream): number {
  keys.person(stream, Purpose.media, k)
  const pictures =
    person.flags & Missing.photo ? 0 : 1 + Math.floor(stream.next() * (MOST_PICTURES - 1) * (0.4 + person.engagement))
  return given?.get(k)?.photos ?? Math.min(MOST_PICTURES, pictures)
}

/** What a spammer's bio stands for, and says; null where it is what it seems. Draws of its own: the rest is as it would be. */
export function markOfBio(
  { keys, minorities }: Population,
  k: number,
  flags: number,
): { readonly text: string; readonly kind: MarkedKind } | null {
  if ((flags & Odd.spammer) === 0 || (flags & Missing.bio) !== 0) return null
  const draw = (i: number) => keys.uniform(Purpose.marked, k, 0, BIO_DRAWS + i)
  return draw(0) < minorities!.marked ? markedText(draw(1), draw(2)) : null
}

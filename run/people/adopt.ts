import { packageVersion } from '../../installation/index.ts'
import type { Adoptable, RunChoice, RunRecord, RunStore } from '../../persist/index.ts'
import {
  badInput,
  drawPerson,
  ENGINE_VERSION,
  emptyPerson,
  GENDERS,
  type GivenPerson,
  type GivenTraits,
  generateProfile,
  INTENTS,
  type Population,
  parseDate,
  type RunConfig,
  Stream,
  taxonomyOf,
} from '../../sim/index.ts'
import { firstNameOf } from '../content/personas.ts'
import { checkComplete, checkEngine, chooseRun, configOf, plannedDays, type SegmentInputs } from '../ledger.ts'
import { populationOf } from './population.ts'

/** Person numbers of a run are below this: a key above it shares no draw with any of them. */
const KEYS_FROM = 0x40000000
const KEYS = 0x3fffffff

/** Bit of `seed_people.flags`: one of the site's own, of whom no run wrote a row. */
const THERE_BEFORE = 64

export interface Adoption {
  readonly where: readonly string[]
  readonly limit: number
}

export interface Adopted {
  readonly run: RunRecord
  readonly people: number
  /** Row ids of the adopted, ascending. */
  readonly userIds: readonly number[]
}

/**
 * Has people whom no run made live in a run: in one that is there, from its next day on, or in a new one, from its start.
 * Only their ids and profiles are read. What else they are is drawn from (seed, id); all of it is frozen in the ledger, so
 * that what the site does to them later changes no replay.
 *
 * @param create the configuration of a new run, but for its people; undefined: the chosen run is there
 * @throws MingleError BAD_INPUT when nobody fits
 */
export async function adoptPeople(
  store: RunStore,
  choice: RunChoice,
  adoption: Adoption,
  create: ((count: number) => RunConfig) | undefined,
): Promise<Adopted> {
  const before = create ? undefined : await chooseRun(store, choice, () => true, 'run')
  if (before) {
    checkComplete(before, store.url)
    checkEngine(before)
  }
  const found = await store.adoptable(adoption)
  if (found.length === 0) throw badInput(`nobody in ${store.url} fits whom no run made; nothing was written`)
  const userIds = found.map(({ userId }) => userId)
  const config = before ? configOf(before) : create!(found.length)
  const first = before ? before.people + 1 : 1
  const day = before && plannedDays(before)
  const people = found.map((person, i) => givenOf(populationOf(config), config, person, first + i, day))
  const segment = {
    fromDay: day ?? 0,
    days: 0,
    firstPerson: first,
    people: people.length,
    gap: 0,
    inputs: JSON.stringify({
      ...(before && { join: people.length }),
      adopted: people.length,
      people,
      ...keysOf(found),
    } satisfies SegmentInputs),
  }
  const run = before
    ? await store.addSegment(before.id, segment)
    : await store.createRun({
        seed: config.seed,
        startDay: config.startDay,
        placePack: config.places,
        config: JSON.stringify(config),
        engineVersion: ENGINE_VERSION,
        packageVersion: packageVersion(),
        segment,
      })
  const population = populationOf(configOf(run))
  const profiles = people.map(({ k }) => generateProfile(population, k, day ?? -1))
  await store.adopt(run.id, profiles, userIds)
  const finished = before && day! > 0 && before.digest !== null
  const metrics = before?.metrics
  const after = finished
    ? await store.finishRun(run.id, { digest: before.digest!, ...(metrics && { metrics }) })
    : (await store.findRun(run.seed))!
  return { run: after, people: people.length, userIds }
}

/** Keys of the adopted in a site's own models. */
function keysOf(found: readonly Adoptable[]): Pick<SegmentInputs, 'keys'> {
  const keys: Record<string, Record<string, string | number>> = {}
  for (const { userId, keys: own = {} } of found) {
    for (const [rule, key] of Object.entries(own)) {
      keys[rule] ??= {}
      keys[rule][userId] = key
    }
  }
  return Object.keys(keys).length > 0 ? { keys } : {}
}

/** All that the simulation needs of one of the site's own people, drawn or read. */
function givenOf(
  population: Population,
  config: RunConfig,
  { userId, profile, interests }: Adoptable,
  k: number,
  day: number | undefined,
): GivenPerson {
  const drawn = emptyPerson()
  drawPerson(population, KEYS_FROM + (userId % KEYS), -1, new Stream(), drawn)
  const { k: _, joinedAt: __, ...rest } = drawn
  const known = taxonomyOf(config.taxonomy)
    .interests.filter(({ name }) => interests.includes(name))
    .map(({ kind }) => kind)
    .sort((a, b) => a - b)
  const traits: GivenTraits = {
    ...rest,
    quiz: drawn.quiz === null ? null : Array.from(drawn.quiz),
    interests: known.length > 0 ? known : drawn.interests,
    flags: THERE_BEFORE,
    ...(profile && profileTraits(config, population, profile)),
  }
  return {
    k,
    traits,
    ...(day === undefined ? { lifecycle: 'active' as const } : { day }),
    ...(profile && profile.name !== '' && { displayName: profile.name }),
  }
}

function homeIn({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) {
  return { latitude, longitude }
}

function profileTraits(
  config: RunConfig,
  { places }: Population,
  profile: NonNullable<Adoptable['profile']>,
): GivenTraits {
  const gender = (GENDERS as readonly string[]).indexOf(profile.gender)
  const seeks = profile.seeks.split(',').reduce((bits, name) => {
    const code = (GENDERS as readonly string[]).indexOf(name.trim())
    return code < 0 ? bits : bits | (1 << code)
  }, 0)
  const intent = (INTENTS as readonly string[]).indexOf(profile.intent)
  const birthDay = profile.birthdate === '' ? config.startDay : parseDate(profile.birthdate)
  const named = places.cities.find(({ name, region }) => name === profile.city && region === profile.state)
  const near = (city: { latitude: number; longitude: number }) =>
    (city.latitude - profile.latitude) ** 2 + (city.longitude - profile.longitude) ** 2
  const isPlaced = Number.isFinite(profile.latitude) && Number.isFinite(profile.longitude)
  const city =
    named ?? (isPlaced ? places.cities.reduce((best, other) => (near(other) < near(best) ? other : best)) : null)
  return {
    ...(gender >= 0 && { gender }),
    ...(seeks > 0 && { seeks }),
    ...(intent >= 0 && { intent }),
    ...(birthDay < config.startDay && { birthDay }),
    firstName: firstNameOf(profile.name, config.words),
    ...(city && { city: city.id }),
    ...(city && (isPlaced ? { latitude: profile.latitude, longitude: profile.longitude } : homeIn(city))),
  }
}

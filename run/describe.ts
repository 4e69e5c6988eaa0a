import type { RunRecord } from '../persist/index.ts'
import { formatDate, generateProfile, interestsOf, placePack, type RunConfig } from '../sim/index.ts'
import { badInput } from '../sim/kernel/index.ts'
import { plannedDays, standing } from './ledger.ts'
import { populationOf } from './people/population.ts'

/** A run in a line. */
export interface RunSummary {
  readonly id: number
  readonly seed: string
  /** Everybody, newcomers included. */
  readonly people: number
  readonly startDate: string
  /** Days that were asked for, written or not. */
  readonly days: number
  readonly status: RunRecord['status']
  /** How far it is, in words. */
  readonly standing: string
  readonly digest: string | null
  readonly engineVersion: number
}

export function summaryOf(run: RunRecord): RunSummary {
  const { id, seed, people, status, digest, engineVersion } = run
  const startDate = formatDate(run.startDay)
  return { id, seed, people, startDate, days: plannedDays(run), status, standing: standing(run), digest, engineVersion }
}

/** Person k of a run as plain data, with words for numbers. @throws MingleError BAD_INPUT when there is no such person */
export function describePerson(config: RunConfig, k: number): Record<string, unknown> {
  if (k > config.count)
    throw badInput(`the run has people 1 to ${config.count}, got ${k}; --count says how many there are`)
  const profile = generateProfile(populationOf(config), k)
  const { name, region, country } = placePack(config.places).cities[profile.city]!
  return {
    ...profile,
    birthdate: formatDate(profile.birthDay),
    city: { name, region, country },
    interests: profile.interests.map((id) => interestsOf(config.taxonomy)[id]!.name),
    joined: formatDate(config.startDay + Math.floor(profile.joinedAt / 86_400_000)),
  }
}

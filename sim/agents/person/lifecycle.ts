import { LIFECYCLES } from '../../content/index.ts'
import type { Stream } from '../../kernel/index.ts'
import type { PopulationParameters } from '../../parameters/index.ts'
import { Purpose } from '../purposes.ts'
import type { Population } from './person.ts'

const DAY_MS = 86_400_000
/** Accounts younger than this count as new. */
export const NEW_DAYS = 14

export const Life = { fresh: 0, active: 1, dormant: 2, churned: 3 } as const satisfies Record<string, number>

/**
 * Shares of active, dormant and churned people once departures and returns balance: how often each kind of spell
 * comes up in a round (the embedded Markov chain) times how long it lasts.
 */
export function stationaryShares(p: PopulationParameters['lifecycle']): { dormant: number; churned: number } {
  const dormant = (1 - p.activeToChurned) * p.dormantDays
  const leaving = p.activeToChurned + (1 - p.activeToChurned) * p.dormantToChurned
  const churned = (leaving + p.coupledPerDay * p.activeDays) * p.churnedDays
  const total = p.activeDays + dormant + churned
  return { dormant: dormant / total, churned: churned / total }
}

/** Active, dormant or churned at the start: a draw from the stationary shares. */
export function drawStanding(population: Population, stream: Stream, k: number): number {
  const { dormant, churned } = stationaryShares(population.parameters.lifecycle)
  const u = population.keys.person(stream, Purpose.lifecycle, k).next()
  return u < churned ? Life.churned : u < churned + dormant ? Life.dormant : Life.active
}

/** Lifecycle code of person k when the run begins, or on joining: new after less than two weeks, else the standing. */
export function drawLifecycle(population: Population, stream: Stream, k: number, joinedAt: number): number {
  const given = population.given?.get(k)?.lifecycle
  if (given !== undefined) return LIFECYCLES.indexOf(given)
  return joinedAt > -NEW_DAYS * DAY_MS ? Life.fresh : drawStanding(population, stream, k)
}

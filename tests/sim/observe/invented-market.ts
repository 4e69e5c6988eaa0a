import { FACT_COLUMNS, FACT_KINDS, type FactKind, type MarketDay } from '../../../sim/facts/index.ts'
import type { ObservedPeople } from '../../../sim/observe/index.ts'

export const DAY = 86_400_000
export const HOUR = 3_600_000
export const MINUTE = 60_000
/** 2024-01-01, a Monday. */
export const START_DAY = 19_723

/** Something that happens `at` ms after the run's start; posts and matches are named by their position. */
export type Happening = { readonly at: number } & (
  | { readonly kind: 'session'; readonly k: number; readonly start: number }
  | { readonly kind: 'post'; readonly k: number }
  | { readonly kind: 'feed_seen' | 'liked_post'; readonly k: number; readonly post: number }
  | { readonly kind: 'profile_view'; readonly k: number; readonly viewed: number; readonly post: number }
  | { readonly kind: 'like'; readonly k: number; readonly to: number; readonly action: number }
  | { readonly kind: 'match'; readonly k: number; readonly other: number }
  | { readonly kind: 'message'; readonly k: number; readonly match: number }
)

export interface InventedPerson {
  readonly gender?: number
  readonly joinedAt?: number
  readonly birthDay?: number
  readonly latitude?: number
  readonly longitude?: number
  readonly sociability?: number
  readonly selectivity?: number
  readonly engagement?: number
  readonly interests?: number
  readonly flags?: number
  readonly quizzes?: number
  readonly zone?: number
}

export function peopleOf(persons: readonly InventedPerson[]): ObservedPeople {
  const of = (name: keyof InventedPerson, otherwise: number) => persons.map((person) => person[name] ?? otherwise)
  return {
    size: persons.length,
    gender: Uint8Array.from(of('gender', 0)),
    joinedAt: Float64Array.from(of('joinedAt', -DAY)),
    birthDay: Int32Array.from(of('birthDay', 9_000)),
    latitude: Float32Array.from(of('latitude', 40)),
    longitude: Float32Array.from(of('longitude', -74)),
    sociability: Float32Array.from(of('sociability', 0.5)),
    selectivity: Float32Array.from(of('selectivity', 0.5)),
    engagement: Float32Array.from(of('engagement', 0.5)),
    interests: Uint8Array.from(of('interests', 5)),
    flags: Uint8Array.from(of('flags', 0)),
    quizzes: Uint8Array.from(of('quizzes', 1)),
    offsetMs: (row, utcMs) => offsetOf(persons[row]!.zone ?? 0, utcMs),
  }
}

/** Zone 0 is UTC, zone 1 half an hour past nine ahead of it, zone 2 moves from −8 to −7 hours on day 3 at 10:00 UTC. */
export function offsetOf(zone: number, utcMs: number): number {
  if (zone === 0) return 0
  if (zone === 1) return 9.5 * HOUR
  return utcMs < 3 * DAY + 10 * HOUR ? -8 * HOUR : -7 * HOUR
}

/** The days of a market in which these things happen, in order of time. */
export function daysOf(happenings: readonly Happening[], days: number): MarketDay[] {
  const sequence: Record<string, number> = {}
  return Array.from({ length: days }, (_, day) => {
    const today = happenings.filter(({ at }) => Math.floor(at / DAY) === day)
    const tables: Record<string, unknown> = {}
    for (const kind of FACT_KINDS) {
      const rows = today.filter((happening) => happening.kind === kind)
      const columns: Record<string, Int32Array> = {}
      for (const column of FACT_COLUMNS[kind]) columns[column] = Int32Array.from(rows, (row) => cell(row, column, day))
      const first = sequence[kind] ?? 0
      sequence[kind] = first + rows.length
      tables[kind] = { rows: rows.length, first, ...columns }
    }
    return {
      market: 0,
      tables: tables as unknown as MarketDay['tables'],
      order: Uint8Array.from(today, ({ kind }) => FACT_KINDS.indexOf(kind as FactKind)),
      digests: new Uint32Array(4 * FACT_KINDS.length),
    }
  })
}

function cell(happening: Happening, column: string, day: number): number {
  const value = (happening as unknown as Record<string, number>)[column] ?? 0
  return column === 'at' || column === 'start' ? value - day * DAY : value
}

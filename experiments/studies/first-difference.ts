import { createSimulation, FACT_COLUMNS, FACT_KINDS, type FactKind, type MarketDay } from '../../sim/index.ts'
import { inputOf, type Point, type Setting } from './setting.ts'

/** A fact as its columns have it. */
export interface FactRow {
  readonly kind: FactKind
  readonly values: Readonly<Record<string, number>>
}

/** The first fact at which two runs part. */
export interface FirstDifference {
  /** 0 is the first day. */
  readonly day: number
  readonly market: number
  /** Position in the market's facts of that day. */
  readonly position: number
  /** Null where that run has no further fact that day. */
  readonly first: FactRow | null
  readonly second: FactRow | null
}

/**
 * Runs two points of a setting with one seed side by side until they part. Markets are independent of each other; of
 * several that part on one day the event that comes first in time is named.
 *
 * @returns null when they are equal to the end
 */
export function firstDifference(
  setting: Setting,
  seed: string,
  points: readonly [first: Point, second: Point],
): FirstDifference | null {
  const [one, other] = points.map((point) => createSimulation(inputOf(setting, { seed, point })))
  for (let day = 0; day < setting.days; day++) {
    const [a, b] = [one!.runDay(), other!.runDay()]
    const parted = a.markets
      .map((market, i) => partedAt(day, market, b.markets[i]!))
      .filter((found) => found !== null)
      .sort((x, y) => timeOf(x) - timeOf(y) || x.market - y.market)
    if (parted.length > 0) return parted[0]!
  }
  return null
}

function partedAt(day: number, a: MarketDay, b: MarketDay): FirstDifference | null {
  if (a.digests.every((word, i) => word === b.digests[i])) return null
  const rows = FACT_KINDS.map(() => 0)
  for (let position = 0; position < Math.max(a.order.length, b.order.length); position++) {
    const kind = a.order[position]
    const row = kind === undefined ? 0 : rows[kind]!
    const first = rowAt(a, position, rows)
    const second = rowAt(b, position, rows)
    if (!same(first, second)) return { day, market: a.market, position, first, second }
    if (kind !== undefined) rows[kind] = row + 1
  }
  return null
}

function rowAt({ order, tables }: MarketDay, position: number, rows: readonly number[]): FactRow | null {
  const code = order[position]
  if (code === undefined) return null
  const kind = FACT_KINDS[code]!
  const table = tables[kind] as unknown as Record<string, Int32Array>
  return {
    kind,
    values: Object.fromEntries(FACT_COLUMNS[kind].map((column) => [column, table[column]![rows[code]!]!])),
  }
}

function same(a: FactRow | null, b: FactRow | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function timeOf({ first, second }: FirstDifference): number {
  return Math.min(first?.values.at ?? Number.POSITIVE_INFINITY, second?.values.at ?? Number.POSITIVE_INFINITY)
}

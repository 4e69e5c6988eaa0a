import type { Interval, Metric } from '../../../../sim/index.ts'
import { formatValue, plain } from '../../charts/format.ts'

/** What an experiment measured, as its manifest has it; a band's end that is none is null. */
export interface Measured {
  readonly key: string
  readonly name: string
  readonly unit: string
  readonly low: number | null
  readonly high: number | null
}

/** All runs at one point: the mean of a measure over seeds, and its t-interval. */
export interface SweepPoint {
  readonly at: readonly string[]
  readonly mean: number
  readonly interval: Interval | null
  readonly seeds: number
}

/** Units of volumes are words of their own. */
export const formatMeasure = (value: number, { unit }: Measured) =>
  unit === 'per person and day' ? plain(value) : formatValue(value, unit as Metric['unit'])

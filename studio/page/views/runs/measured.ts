import type { Interval, Metric } from '../../../../sim/index.ts'
import { formatValue, plain } from '../../charts/format.ts'
import { type Cell, cell } from '../../charts/table.ts'

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

/** Columns of a table of points, after those of the parameters. */
export const pointColumns = ({ name }: Measured) => [name, 'low', 'high', 'seeds']

/** What stands in them. */
export function pointCells({ mean, interval, seeds }: SweepPoint, measure: Measured): Cell[] {
  const format = (value: number) => formatMeasure(value, measure)
  const [low, high] = interval ?? [Number.NaN, Number.NaN]
  return [cell(mean, format), cell(low, format), cell(high, format), seeds]
}

/** Of the distance between two neighbours: how far a mark may lie from its value. */
const LEAST_SEEN = 0.02

/**
 * A parameter's values as the marks of an axis: three significant digits, more where they lie close together.
 *
 * @param values as they were given to the runs, such as `0.433333333333`; ascending, each once
 */
export function marksOf(values: readonly string[]): string[] {
  const numbers = values.map(Number)
  const gap = Math.min(...numbers.slice(1).map((value, i) => value - numbers[i]!))
  for (let digits = 3; digits <= 15; digits++) {
    const marks = numbers.map((value) => Number(value.toPrecision(digits)))
    if (marks.every((mark, i) => Math.abs(mark - numbers[i]!) <= LEAST_SEEN * gap)) return marks.map(String)
  }
  return [...values]
}

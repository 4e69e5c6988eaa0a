import { badInput, exp, log, makeRng, type Parameter, parameterAt } from '../../sim/index.ts'
import { latinHypercube, MOST_DIMENSIONS, sobolPoints } from '../statistics/index.ts'
import type { Point } from './setting.ts'

/** One parameter that a sweep varies. */
export interface Axis {
  readonly parameter: Parameter
  /** The values of a grid; absent for a range that points are drawn in. */
  readonly values?: readonly number[]
  readonly low: number
  readonly high: number
  readonly log: boolean
}

export type Design = 'grid' | 'lhs' | 'sobol'
export const DESIGNS: readonly Design[] = ['grid', 'lhs', 'sobol']

const NUMBER = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?`
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?::(\\d+))?(?::(log))?$`, 'i')
const SINGLE = new RegExp(`^${NUMBER}$`, 'i')

/**
 * An axis from its text: `path=0.2..0.8:7` (seven values, `:log` spaced by factors), `path=1,2,4`, or `path=0.2..0.8` for
 * designs that draw. A single value is no axis: null.
 *
 * @throws MingleError BAD_INPUT for what cannot be read, or lies outside what the parameter may be
 */
export function parseAxis(text: string): Axis | null {
  const equals = text.indexOf('=')
  const path = text.slice(0, Math.max(0, equals))
  const given = text.slice(equals + 1)
  const parameter = parameterAt(path)
  if (parameter === undefined) throw badInput(`no parameter '${path}' in --set ${text}; mingle params lists them`)
  if (SINGLE.test(given)) return null
  const range = RANGE.exec(given)
  if (range === null) return listed(parameter, given, text)
  const [low, high, count] = [Number(range[1]), Number(range[2]), range[3] === undefined ? undefined : Number(range[3])]
  const logarithmic = range[4] !== undefined
  if (!(low < high)) throw badInput(`--set ${text}: the range goes from ${low} to ${high}; give a lower end first`)
  if (logarithmic && low <= 0) throw badInput(`--set ${text}: a range by factors cannot begin at ${low}; begin above 0`)
  const axis = { parameter, low, high, log: logarithmic }
  if (count === undefined) return checked({ ...axis }, text)
  if (count < 2 || count > 10_000)
    throw badInput(`--set ${text}: ${count} values; give 2 to 10000, or one as ${path}=${low}`)
  const values = Array.from({ length: count }, (_, i) => placed(axis, i / (count - 1)))
  return checked({ ...axis, values: [...new Set(values)] }, text)
}

function listed(parameter: Parameter, given: string, text: string): Axis {
  const values = given.split(',')
  if (values.length < 2 || !values.every((value) => SINGLE.test(value))) {
    throw badInput(
      `--set ${text} is no axis: expected path=low..high:count (such as ${parameter.path}=${parameter.low}..${parameter.high}:5), path=1,2,4 or path=value`,
    )
  }
  const numbers = [...new Set(values.map(Number))]
  return checked(
    { parameter, values: numbers, low: Math.min(...numbers), high: Math.max(...numbers), log: false },
    text,
  )
}

function checked(axis: Axis, text: string): Axis {
  const { least, most, whole, path } = axis.parameter
  if (axis.low < least || axis.high > most)
    throw badInput(`--set ${text} leaves what ${path} may be; give values from ${least} to ${most}`)
  const broken = whole ? axis.values?.find((value) => !Number.isInteger(value)) : undefined
  if (broken !== undefined)
    throw badInput(`--set ${text} has ${broken}, and ${path} is a whole number; choose another range or a list`)
  return axis
}

/** The value at a place of 0–1 along an axis, with twelve digits: 0.3, not 0.30000000000000004. */
function placed({ low, high, log: logarithmic, parameter }: Omit<Axis, 'values'>, place: number): number {
  const value = logarithmic ? low * exp(place * log(high / low)) : low + place * (high - low)
  return parameter.whole ? Math.round(value) : Number(value.toPrecision(12))
}

/**
 * The points of a sweep, each different one once. A grid has all combinations, the last axis changing fastest; the others
 * draw `count` points in the axes' ranges.
 *
 * @param seed names the draws of a Latin hypercube; the Sobol sequence has none
 * @throws MingleError BAD_INPUT when a design does not go with the axes
 */
export function designPoints(axes: readonly Axis[], design: Design, count: number | undefined, seed: string): Point[] {
  if (design !== 'grid') return drawn(axes, design, count ?? 64, seed)
  if (count !== undefined)
    throw badInput('--points is for --design lhs and sobol; a grid has all combinations of its values')
  const open = axes.find(({ values }) => values === undefined)
  if (open)
    throw badInput(`a grid needs the number of values: write --set ${open.parameter.path}=${open.low}..${open.high}:5`)
  const many = axes.reduce((product, { values }) => product * values!.length, 1)
  if (many > 1_000_000) throw badInput(`the grid has ${many} points; give fewer values, or --design sobol --points 64`)
  let points: Point[] = [{}]
  for (const { parameter, values } of axes)
    points = points.flatMap((point) => values!.map((value) => ({ ...point, [parameter.path]: value })))
  return points
}

function drawn(axes: readonly Axis[], design: 'lhs' | 'sobol', count: number, seed: string): Point[] {
  const fixed = axes.find(({ values }) => values !== undefined)
  if (fixed) {
    const { path } = fixed.parameter
    throw badInput(`--design ${design} draws in ranges; write --set ${path}=${fixed.low}..${fixed.high} without values`)
  }
  if (axes.length > MOST_DIMENSIONS) throw badInput(`--design ${design} takes at most ${MOST_DIMENSIONS} parameters`)
  const places =
    design === 'lhs' ? latinHypercube(count, axes.length, makeRng(`lhs ${seed}`)) : sobolPoints(count, axes.length)
  const points = places.map((row) =>
    Object.fromEntries(axes.map((axis, j) => [axis.parameter.path, placed(axis, row[j]!)])),
  )
  const unique = new Map(points.map((point) => [JSON.stringify(point), point]))
  return [...unique.values()]
}

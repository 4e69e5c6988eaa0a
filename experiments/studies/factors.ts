import { badInput, PARAMETERS, type Parameter } from '../../sim/index.ts'
import { fromUnit } from './scales.ts'
import type { Point } from './setting.ts'

/** What is varied as one thing: a parameter, or a group of them (a mix, a range). */
export interface Factor {
  readonly name: string
  readonly parameters: readonly Parameter[]
}

/** Whether a factor is the two ends of a range, which go up and down together. */
export function isRange({ parameters }: Factor): boolean {
  const [low, high] = parameters
  return parameters.length === 2 && low!.path.endsWith('.low') && high!.path === low!.path.replace(/low$/, 'high')
}

/** Always there, and nothing hangs on it: what the screening finds of it is nothing. */
export const DUMMY = 'dummy'
/** The seed as a factor: what comes of it is noise. */
export const SEED = 'seed'

/** Not varied unless they are named: the run's size hangs on them more than its rates. */
const LEFT_OUT = ['policy.arrivals.perDay', 'policy.burnIn.days', 'policy.deck.tries']

/**
 * The factors of some parameters, in the order of the tree.
 *
 * @param paths parts of paths: `policy.like` stands for all below it; none: all that move a metric
 * @throws MingleError BAD_INPUT for a path that no parameter has
 */
export function factorsOf(paths: readonly string[], locked: readonly string[] = []): Factor[] {
  const chosen =
    paths.length === 0 ? PARAMETERS.filter(({ moves }) => moves.length > 0) : parametersBelow(paths, '--free')
  const out = new Set([
    ...parametersBelow(locked, '--lock').map(({ path }) => path),
    ...(paths.length === 0 ? LEFT_OUT : []),
  ])
  const groups = new Map<string, Parameter[]>()
  for (const parameter of chosen) {
    if (out.has(parameter.path)) continue
    const group = groups.get(parameter.factor)
    if (group) group.push(parameter)
    else groups.set(parameter.factor, [parameter])
  }
  return [...groups].map(([name, parameters]) => ({ name, parameters }))
}

/** Parameters whose path is one of these, or lies below it. */
export function parametersBelow(paths: readonly string[], flag: string): Parameter[] {
  const found = paths.flatMap((path) => {
    const own = PARAMETERS.filter((parameter) => parameter.path === path || parameter.path.startsWith(`${path}.`))
    if (own.length === 0) throw badInput(`no parameter '${path}' (${flag}); mingle params lists them`)
    return own
  })
  return PARAMETERS.filter((parameter) => found.includes(parameter))
}

/**
 * The point at a place of the cube: a coordinate a parameter, in the order of the factors. A range whose ends would cross
 * gets them the right way round.
 */
export function pointAt(parameters: readonly Parameter[], place: readonly number[]): Point {
  const point: Record<string, number> = Object.fromEntries(
    parameters.map((parameter, i) => [parameter.path, fromUnit(parameter, place[i]!)]),
  )
  for (const path of Object.keys(point)) {
    const other = path.endsWith('.low') ? `${path.slice(0, -4)}.high` : undefined
    if (other !== undefined && point[other] !== undefined && point[path]! > point[other]) {
      const low = point[other]
      point[other] = point[path]!
      point[path] = low
    }
  }
  return point
}

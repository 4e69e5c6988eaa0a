import {
  flatParameters,
  PARAMETERS,
  type Parameters,
  parameterValue,
  putParameter,
  type RunInput,
} from '../../sim/index.ts'

/** Values of parameters by path: what a point changes in the setting's own. */
export type Point = Readonly<Record<string, number>>

/** What all runs of an experiment have in common; plain data. */
export interface Setting {
  /** Who, where, when: all of a run's input but its seed and its parameters. */
  readonly input: Omit<RunInput, 'seed' | 'parameters'>
  readonly parameters: Parameters
  readonly days: number
}

/** One run of an experiment. */
export interface Trial {
  readonly seed: string
  readonly point: Point
}

/** The input of a trial's run, for `createSimulation`. */
export function inputOf({ input, parameters }: Setting, { seed, point }: Trial): RunInput {
  const own = structuredClone(parameters)
  for (const [path, value] of Object.entries(point)) putParameter(own, path, value)
  return { ...input, seed, parameters: own }
}

/** All that a trial's parameters change in the defaults, by path, in the order of the tree. */
export function changesOf(setting: Setting, point: Point = {}): Point {
  const values = { ...flatParameters(setting.parameters), ...point }
  return Object.fromEntries(
    PARAMETERS.filter((parameter) => values[parameter.path] !== parameter.default).map(({ path }) => [
      path,
      values[path]!,
    ]),
  )
}

/** A point's value at a path, or the setting's. */
export function valueAt(setting: Setting, point: Point, path: string): number {
  return point[path] ?? parameterValue(setting.parameters, path)
}

/** Names of the seeds of an experiment: `base-1`, `base-2`, … */
export function seedNames(base: string, count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, i) => `${base}-${from + i}`)
}

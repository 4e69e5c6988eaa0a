import { PARAMETERS as DESCRIBED, METRICS, type Metric, metricsMovedBy, type Parameter } from '../../../sim/index.ts'

/** A parameter as the page shows it. */
export interface Shown extends Parameter {
  readonly label: string
}

const words = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** Every parameter, in the order of the tree; its label is what follows its heading. */
export const PARAMETERS: readonly Shown[] = DESCRIBED.map((parameter) => ({
  ...parameter,
  label: words(parameter.path.slice(parameter.group.length + 1)),
}))

export const movedBy = (parameter: Parameter): readonly Metric[] => metricsMovedBy(parameter)
export const metricNames = (parameter: Parameter) => movedBy(parameter).map(({ name }) => name)
export { METRICS }

/** Steps a value as the scale says: by adding, or by multiplying. */
export function stepped({ scale, step, low, least, most }: Parameter, value: number, steps: number): number {
  const next = scale === 'log' ? Math.max(value, low, 1e-9) * step ** steps : value + step * steps
  return tidy(Math.max(least, Math.min(most, next)))
}

/** Where a value lies between the ends worth trying, 0–1. */
export function shareOf({ scale, low, high }: Parameter, value: number): number {
  const share =
    scale === 'log' && low > 0
      ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
      : (value - low) / (high - low)
  return Math.max(0, Math.min(1, share))
}

/** The value at a place between the ends worth trying. */
export function atShare(parameter: Parameter, share: number): number {
  const { scale, low, high, step, whole } = parameter
  if (scale === 'log' && low > 0) return tidy(low * (high / low) ** share)
  const value = low + (high - low) * share
  return whole ? Math.round(value) : tidy(Math.round(value / step) * step)
}

/** What stands in the address is what a person would type: four significant digits. */
export function tidy(value: number): number {
  return Number(value.toPrecision(4))
}

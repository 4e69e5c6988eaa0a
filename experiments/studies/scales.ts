import { exp, log, type Parameter } from '../../sim/index.ts'

/** A value's place between the ends that are worth trying, 0–1, on the parameter's own scale. */
export function toUnit({ low, high, scale }: Parameter, value: number): number {
  return scale === 'log' ? log(value / low) / log(high / low) : (value - low) / (high - low)
}

/** The value at a place from 0 to 1, with six digits. */
export function fromUnit({ low, high, scale, whole }: Parameter, place: number): number {
  const value = scale === 'log' ? low * exp(place * log(high / low)) : low + place * (high - low)
  return whole ? Math.round(value) : Number(value.toPrecision(6))
}

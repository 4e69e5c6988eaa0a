import type { Measure } from '../../experiments/index.ts'
import { amount } from '../reports/bands.ts'

/** A value of a measure as tables show it; volumes with enough digits to see a change. */
export function shown({ unit }: Measure, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 'share') return amount(value, unit)
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 1 ? value.toFixed(2) : value.toFixed(4)
}

export function interval(measure: Measure, low: number, high: number): string {
  return Number.isFinite(low) && Number.isFinite(high) ? `${shown(measure, low)} – ${shown(measure, high)}` : ''
}

/** A difference, with its sign; of shares in percentage points. */
export function difference({ unit }: Measure, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const text = unit === 'share' ? `${Math.abs(100 * value).toFixed(2)} pp` : Math.abs(value).toPrecision(3)
  return `${value < 0 ? '−' : '+'}${text}`
}

import type { Metric } from '../../../sim/index.ts'

/** A value as people read it, with its unit. */
export function formatValue(value: number, unit: Metric['unit'], signed = false): string {
  if (Number.isNaN(value)) return '–'
  const sign = signed && value > 0 ? '+' : ''
  if (unit === 'share') {
    const percent = value * 100
    return `${sign}${round(percent, Math.abs(percent) >= 10 ? 1 : 2)}${signed ? ' pp' : '%'}`
  }
  return `${sign}${plain(value)}${unitSuffix(unit)}`
}

function unitSuffix(unit: Metric['unit']): string {
  if (unit === 'hours') return ' h'
  if (unit === 'posts/week') return ' /wk'
  if (unit === 'hour of day') return ' o’clock'
  if (unit === 'years') return ' y'
  return ''
}

/** Three significant digits, without noise. */
export function plain(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return round(value, digits)
}

function round(value: number, digits: number): string {
  const text = value.toFixed(digits)
  const shown = /^-0(\.0*)?$/.test(text) ? text.slice(1) : text
  return shown.replace('-', '−')
}

export function formatInterval(
  interval: readonly [number, number] | null,
  unit: Metric['unit'],
  signed = false,
): string {
  if (!interval?.every((end) => Number.isFinite(end))) return ''
  return `${formatValue(interval[0], unit, signed)} … ${formatValue(interval[1], unit, signed)}`
}

/** 12,345 */
export function grouped(value: number): string {
  return `${Math.round(value)}`.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
}

export function formatBand(low: number, high: number, unit: Metric['unit']): string {
  if (low === Number.NEGATIVE_INFINITY) return `at most ${formatValue(high, unit)}`
  if (high === Number.POSITIVE_INFINITY) return `at least ${formatValue(low, unit)}`
  return `${formatValue(low, unit)} – ${formatValue(high, unit)}`
}

/** A value in its unit, as tables show it. */
export function amount(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return '–'
  return unit === 'share' ? `${(value * 100).toFixed(1)}%` : value.toFixed(2)
}

/** A band whose ends may be open (null or infinite). */
export function band(low: number | null, high: number | null, unit: string): string {
  const from = low !== null && Number.isFinite(low)
  const to = high !== null && Number.isFinite(high)
  if (from && to) return `${amount(low, unit)} – ${amount(high, unit)}`
  return from ? `at least ${amount(low, unit)}` : to ? `at most ${amount(high, unit)}` : ''
}

const WORDS = { pass: 'ok', fail: 'OUTSIDE', 'not asserted': 'not asserted' } as const

export function verdictWord(verdict: keyof typeof WORDS): string {
  return WORDS[verdict]
}

const BARS = '▁▂▃▄▅▆▇█'

/** A line of bars, the last `width` values; gaps are spaces. A flat line lies in the middle. */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const shown = values.slice(-width)
  const known = shown.filter((value): value is number => value !== null && Number.isFinite(value))
  const low = Math.min(...known)
  const high = Math.max(...known)
  return shown
    .map((value) => {
      if (value === null || !Number.isFinite(value)) return ' '
      if (high === low) return BARS[3]
      return BARS[Math.min(BARS.length - 1, Math.floor(((value - low) / (high - low)) * BARS.length))]
    })
    .join('')
    .padStart(width)
}

import { formatDate, parseDate } from '../../../../sim/index.ts'

const DAY_MS = 86_400_000

/** `day 17, 21:04` from ms since the run's start, UTC. */
export function when(at: number): string {
  const day = Math.floor(at / DAY_MS)
  const minutes = Math.floor((at - day * DAY_MS) / 60_000)
  return `day ${day + 1}, ${`${Math.floor(minutes / 60)}`.padStart(2, '0')}:${`${minutes % 60}`.padStart(2, '0')}`
}

export function dateOf(startDate: string, day: number): string {
  try {
    return formatDate(parseDate(startDate) + day)
  } catch {
    return ''
  }
}

/** `3 h`, `2 days` */
export function span(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 90) return `${Math.max(1, Math.round(minutes))} min`
  const hours = minutes / 60
  return hours < 36 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`
}

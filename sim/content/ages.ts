import type { Stream } from '../kernel/index.ts'

export const MIN_AGE = 18
export const MAX_AGE = 65

/** Years of the peak and the spread below and above it: a normal of two halves, so that the right tail is the longer. */
const PEAK = 28.8
const SPREAD_BELOW = 6
const SPREAD_ABOVE = 11.5

/** An age in whole years, 18–65; the modal five-year band lies inside 25–35. */
export function generateAge(stream: Stream): number {
  for (;;) {
    const above = stream.chance(SPREAD_ABOVE / (SPREAD_BELOW + SPREAD_ABOVE))
    const distance = Math.abs(stream.normal())
    const age = Math.floor(PEAK + (above ? SPREAD_ABOVE * distance : -SPREAD_BELOW * distance))
    if (age >= MIN_AGE && age <= MAX_AGE) return age
  }
}

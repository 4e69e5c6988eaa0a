/** At most about half a minute on one core, so that a stop is soon obeyed and progress is seen. */
const PERSON_DAYS = 3_000_000
const LONGEST_DAYS = 7

/**
 * How many days to pass at a stretch when no rows are wanted: the more, the longer each market stays in the processor's
 * caches, and the rarer one worker waits for the other.
 *
 * @param left days to go, at least 1
 */
export function stretchOf(people: number, left: number): number {
  return Math.max(1, Math.min(LONGEST_DAYS, left, Math.floor(PERSON_DAYS / people)))
}

import { interestOverlap, Life, Purpose, quizCompatibility } from '../../agents/index.ts'
import { GENDERS } from '../../content/index.ts'
import { exp, log } from '../../kernel/index.ts'
import { Kind, Priority } from '../kinds.ts'
import type { Site } from '../site.ts'

const HOUR_MS = 3_600_000
/** Average of quiz compatibility and interest overlap, and what one unit above it adds to the chemistry (chosen). */
const USUAL_COMPATIBILITY = 0.45
const COMPATIBILITY_WEIGHT = 2.5

/**
 * Two people like each other. Both may write first: each has a waiting time of their own, in waking hours, shorter
 * for the sociable and by the gender's norm. The faster one opens; if both take too long, nobody does.
 */
export function makeMatch(site: Site, row: number, other: number, now: number): void {
  if (!site.told) return
  const { people, threads, policy } = site
  const stream = site.about(Purpose.match, Math.min(row, other), 0, Math.max(row, other))
  const compatibility = (quizCompatibility(people, row, other) + interestOverlap(people, row, other)) / 2
  const luck = stream.normal()
  const chemistry = luck + COMPATIBILITY_WEIGHT * (compatibility - USUAL_COMPATIBILITY)
  const match = threads.add(row, other, chemistry)
  site.journal.addMatch(Math.min(row, other), Math.max(row, other), site.at(now))

  const mine = openingWait(site, row, other)
  const theirs = openingWait(site, other, row)
  const first = mine <= theirs ? row : other
  // A good match makes both eager; a poor one falls silent more often.
  const wait = Math.min(mine, theirs) / exp(policy.opening.chemistry * chemistry)
  if (site.probe !== null) site.probe.matched(match, { luck, compatibility, chemistry, mine, theirs, wait }, now)
  if (wait > policy.opening.patienceHours * HOUR_MS) return
  site.events.launch(site.awake(first, now, wait), Priority.usual, Kind.open, first, match, 0)
}

/** Active ms until this person would write first to the other; infinite for those who are away. */
function openingWait(site: Site, row: number, other: number): number {
  const { people } = site
  const { policy, waits } = site.rulesOf(row)
  if (site.lives.state[row] !== Life.active) return Infinity
  const stream = site.about(Purpose.opening, row, 0, other)
  const { norm, sociabilityPower } = policy.opening
  const social = exp(sociabilityPower * log(people.sociability[row]! / 0.5 + 1e-9))
  return waits.opening.draw(stream) / (norm[GENDERS[people.gender[row]!]!] * social)
}

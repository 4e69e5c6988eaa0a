/** Weights of what speaks for a pair, out of 1 (the plan's 40 : 30 : 20). */
export const QUIZ_WEIGHT = 4 / 9
export const NEARNESS_WEIGHT = 3 / 9
export const INTEREST_WEIGHT = 2 / 9
/** Distance at which nearness is ½, km. */
export const NEAR_KM = 25
/** What a score is multiplied by where the two look for different things, or are far apart in age (the plan's). */
export const INTENT_MISMATCH = 0.1
export const AGE_MISMATCH = 0.3
/** Years between two people beyond which they count as far apart in age. */
export const TOLERATED_YEARS = 9

const FRIENDS = 'friends'
const OPPOSITES = ['relationship', 'casual']

/** Friendship goes with nothing else, and something casual not with a relationship. */
export function isIntentMismatch(a: string, b: string): boolean {
  return a !== b && (a === FRIENDS || b === FRIENDS || (OPPOSITES.includes(a) && OPPOSITES.includes(b)))
}

/**
 * How well two people fit, 0–1.
 * @param quiz agreement of their quiz answers, 0–1  @param interests interests in common, 0–1  @param km distance
 */
export function matchScore(
  quiz: number,
  interests: number,
  km: number,
  intentMismatch: boolean,
  yearsApart: number,
): number {
  const nearness = 1 / (1 + km / NEAR_KM)
  let score = QUIZ_WEIGHT * quiz + NEARNESS_WEIGHT * nearness + INTEREST_WEIGHT * interests
  if (intentMismatch) score *= INTENT_MISMATCH
  if (yearsApart > TOLERATED_YEARS) score *= AGE_MISMATCH
  return score
}

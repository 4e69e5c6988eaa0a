import { type Candidates, type People, wider } from '../../agents/index.ts'
import { exp, log } from '../../kernel/index.ts'
import type { PolicyParameters } from '../../parameters/index.ts'

/** Bands of age on either side that count as the pool: the widest that the deck looks at (chosen). */
const POOL_REACH = 4

/** Steps of a regular session in the middle of the distribution, for a person of this engagement. */
export function usualSteps(session: PolicyParameters['session'], engagement: number): number {
  return session.medianSteps * exp(session.engagementPower * log(engagement / 0.6 + 1e-9))
}

/**
 * How people pace themselves: who uses up a small pool in a week has nobody left to meet, so both the site, which deals
 * new faces, and the person, who saves them, look at fewer when there are few. Someone who would look at `wish` new
 * faces a day in a boundless pool, where the pool would give `supply` a day for `paceDays` (and never less than
 * `fewest`), looks at
 * wish · supply / (wish + supply). The rest of the time goes to the feed.
 */
export class Pacing {
  /** What the share of steps spent on new faces is multiplied by, 0–1. */
  share = new Float32Array(0)

  /** Anew for everyone, since newcomers are new faces to all. */
  admit(people: People, candidates: Candidates, policy: PolicyParameters): void {
    const { session, feed, deck } = policy
    this.share = wider(new Float32Array(0), people.k.length)
    const mean = exp((session.sigma * session.sigma) / 2)
    for (let row = 0; row < people.size; row++) {
      const steps = people.sessionRate[row]! * usualSteps(session, people.engagement[row]!) * mean
      const wish = steps * (1 - feed.share)
      const supply = deck.fewest + candidates.pool(people, row, POOL_REACH) / deck.paceDays
      this.share[row] = supply / (wish + supply)
    }
  }
}

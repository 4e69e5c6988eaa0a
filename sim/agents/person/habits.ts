import { exp, log, type Stream } from '../../kernel/index.ts'
import { DEFAULT_PARAMETERS, type PopulationParameters } from '../../parameters/index.ts'

/** How often someone comes and posts while active, per day. */
export interface ActivityPattern {
  readonly sessionsPerDay: number
  readonly postsPerDay: number
}

/** Draws the individual rates that go with the traits. Two draws. */
export function generateActivityPattern(
  rng: Stream,
  traits: { readonly sociability: number; readonly engagement: number },
  parameters: PopulationParameters = DEFAULT_PARAMETERS.population,
): ActivityPattern {
  const { sessions, posts } = parameters
  const engaged = log(traits.engagement / 0.6 + 1e-9)
  const social = log(traits.sociability / 0.5 + 1e-9)
  const rate = (median: number, logFactor: number, sigma: number) => median * exp(logFactor + sigma * rng.normal())
  return {
    sessionsPerDay: rate(sessions.medianPerDay, sessions.engagementPower * engaged, sessions.sigma),
    postsPerDay: below(
      posts.mostPerDay,
      rate(posts.medianPerDay, posts.engagementPower * engaged + posts.sociabilityPower * social, posts.sigma),
    ),
  }
}

/** The rate, bent so that it stays below the limit: nobody writes without end. */
function below(most: number, rate: number): number {
  return rate / (1 + rate / most)
}

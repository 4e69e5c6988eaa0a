/**
 * The null population: nobody has a personality. Everybody has the same traits, appeal and habits, comes and waits like a
 * Poisson process at any hour, and each message is answered by a coin. The scorecard must fail it on 14, 16, 17 and 18;
 * one that it passes measures nothing.
 */
export const NULL_PARAMETERS = {
  population: {
    traits: {
      sociability: { low: 0.5, high: 0.5 },
      selectivity: { low: 0.55, high: 0.55 },
      engagement: { low: 0.6, high: 0.6 },
    },
    archetypeShift: {
      adventurer: { sociability: 0, selectivity: 0, engagement: 0 },
      intellectual: { sociability: 0, selectivity: 0, engagement: 0 },
      social: { sociability: 0, selectivity: 0, engagement: 0 },
      creative: { sociability: 0, selectivity: 0, engagement: 0 },
      athletic: { sociability: 0, selectivity: 0, engagement: 0 },
      casual: { sociability: 0, selectivity: 0, engagement: 0 },
    },
    appealSigma: 0,
    sessions: { medianPerDay: 1.6, sigma: 0 },
    posts: { medianPerDay: 0.3, sigma: 0 },
    warmthSigma: 0,
    rhythm: { shiftHours: 0, gapSigma: 0, personality: 0 },
  },
  policy: {
    session: { sigma: 0, stepSigma: 0 },
    feed: { reachSigma: 0, qualitySigma: 0 },
    opening: { sigma: 0, chemistry: 0, norm: { woman: 1, man: 1, nonbinary: 1 } },
    reply: { chemistry: 0, decay: 0, liveShare: 0, sigma: 0, laterLogit: 0 },
    flashes: { holidays: 0, festivals: 0, trends: 0 },
  },
}

/** Named populations, by the name that `--population` takes: what each changes in the defaults. */
export const POPULATIONS = { default: {}, null: NULL_PARAMETERS } as const
export type PopulationName = keyof typeof POPULATIONS

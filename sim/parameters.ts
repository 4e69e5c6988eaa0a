/**
 * The parameter tree of the flagship model. `population` is fixed when a run is created; `policy` may change at a day
 * boundary. Every entry's meaning, unit, range and source stands in `docs/model.md`.
 */
export const DEFAULT_PARAMETERS = {
  population: {
    /** Shares by gender; they are normalised. */
    gender: { woman: 0.49, man: 0.49, nonbinary: 0.02 },
    /** Share of women and men who seek the same gender, and who seek both. */
    orientation: { same: 0.05, both: 0.05 },
    intent: { relationship: 0.46, dating: 0.3, casual: 0.16, friends: 0.08 },
    archetype: { adventurer: 1, intellectual: 1, social: 1, creative: 1, athletic: 1, casual: 1.2 },
    /** Uniform ranges of the traits (plan 2.3). */
    traits: {
      sociability: { low: 0.2, high: 0.8 },
      selectivity: { low: 0.3, high: 0.8 },
      engagement: { low: 0.4, high: 0.8 },
    },
    /** Added to a trait's draw for people of an archetype; the result stays in 0–1. */
    archetypeShift: {
      adventurer: { sociability: 0.02, selectivity: 0, engagement: 0.02 },
      intellectual: { sociability: -0.06, selectivity: 0.04, engagement: 0.02 },
      social: { sociability: 0.1, selectivity: -0.02, engagement: 0.03 },
      creative: { sociability: 0, selectivity: 0.02, engagement: 0.02 },
      athletic: { sociability: 0.02, selectivity: 0.01, engagement: -0.01 },
      casual: { sociability: -0.03, selectivity: -0.04, engagement: -0.06 },
    },
    /** Added to a trait's draw for people of a gender: equal by default. */
    genderShift: {
      woman: { sociability: 0, selectivity: 0, engagement: 0 },
      man: { sociability: 0, selectivity: 0, engagement: 0 },
      nonbinary: { sociability: 0, selectivity: 0, engagement: 0 },
    },
    /** Sign-ups before the start: exponential days back with this mean, cut at the longest. */
    tenure: { meanDays: 160, longestDays: 720 },
    /** Log standard deviation of how attractive a profile is to others. */
    appealSigma: 0.8,
    /** Sessions a day while active: median at mean engagement, log standard deviation, power of engagement. */
    sessions: { medianPerDay: 1.45, sigma: 0.5, engagementPower: 0.9 },
    /** Posts a day while active: median at mean engagement, log standard deviation, powers of the traits. */
    posts: { medianPerDay: 0.105, sigma: 2, mostPerDay: 6, engagementPower: 1, sociabilityPower: 1.8 },
    /** Chance of a sparse profile at engagement 0.6, its log-odds slope, and what a sparse profile lacks. */
    sparse: { logit: -1.78, engagementSlope: -6, quiz: 0.85, bio: 0.42, photo: 0.3, posts: 0.5 },
    quizFidelity: 0.9,
    /** Log standard deviation of how freely people like posts. */
    warmthSigma: 0.45,
    /** Mean lengths of spells in days, and what follows them. */
    lifecycle: {
      activeDays: 140,
      dormantDays: 10,
      churnedDays: 300,
      dormantToChurned: 0.058,
      activeToChurned: 0.01,
      /** A newcomer who only tries the site leaves after a few days. */
      trialShare: 0.58,
      trialDays: 3,
      coupleLeaves: 0.012,
      /** Share of the active who leave with somebody, a day: for the stationary start alone. */
      coupledPerDay: 0.00005,
    },
    /** Personal rhythm: standard deviation of the shift of the day in hours; log sd of the gaps between sessions. */
    rhythm: { shiftHours: 1.1, gapSigma: 1.15, personality: 1 },
  },
  policy: {
    arrivals: { perDay: 0 },
    burnIn: { days: 0 },
    session: { medianSteps: 14, sigma: 0.85, engagementPower: 0.5, stepMedianSeconds: 7, stepSigma: 0.9 },
    feed: {
      /** Share of a session's steps spent in the feed. */
      share: 0.865,
      windowHours: 72,
      /** Weights of the sources of the next item. */
      sources: { reach: 0.5, popular: 0.05, topic: 0.06, city: 0.06, fresh: 0.23 },
      /** Entries that a post gets in the sources: lognormal of its quality, floored. */
      reachMedian: 1.6,
      reachSigma: 0.9,
      like: 0.0112,
      qualitySigma: 0.7,
      interestBonus: 0.6,
      openProfile: 0.39,
      openOthers: 0.25,
      decideAfterOpen: 0.05,
    },
    deck: {
      /** Chance that the first tries look in one's own city. */
      near: 0.5,
      /** Chance that people of all ages but the farthest are looked at, from the first try on. */
      wide: 0.3,
      tries: 6,
      /** Days that the new faces of a pool would last. */
      paceDays: 70,
      /** New faces a day that there are in the smallest pool, until nobody is left. */
      fewest: 1.6,
      /** Chance that a waiting liker is shown in place of a stranger. */
      likerShown: 0.12,
      /** Chance to skip someone with another intent, and someone dormant. */
      skipOtherIntent: 0.4,
      skipDormant: 0.85,
      relook: 0.5,
    },
    like: {
      /** The plan's terms: base by selectivity, then what is added. */
      baseLow: 0.05,
      baseHigh: 0.35,
      quiz: 0.4,
      near: 0.45,
      far: 0.1,
      nearKm: 15,
      /** How much choosier those are who have many people near. */
      choosiness: 1.3,
      interests: 0.2,
      intentMismatch: 0.1,
      ageMismatch: 0.4,
      cap: 0.95,
      /** What the sum is multiplied by, for senders of a gender. */
      scale: { woman: 0.3, man: 1.33, nonbinary: 0.7 },
      /** Power of the candidate's appeal, for senders of a gender. */
      appealPower: { woman: 0.96, man: 0.42, nonbinary: 0.8 },
      /** Relative loss with each further like of a session. */
      fatigue: 0.03,
    },
    opening: {
      /** Waiting time of a median person of either side, in waking hours. */
      medianHours: 9,
      sigma: 1.2,
      /** Relative speed by gender: who is expected to write first. */
      norm: { woman: 0.32, man: 1, nonbinary: 0.7 },
      sociabilityPower: 2.4,
      /** Log speed of both sides for each unit of the pair's chemistry. */
      chemistry: 1,
      /** Waking hours after which nobody opens any more. */
      patienceHours: 71,
    },
    reply: {
      /** Log-odds of an answer to an opener: constant, sociability (about 0.5), compatibility (about 0.6). */
      openerLogit: 1.5,
      laterLogit: 1.55,
      sociability: 3,
      chemistry: 1,
      /** Log-odds lost with each message of a thread. */
      decay: 0.015,
      liveShare: 0.3,
      liveMedianMinutes: 3,
      liveSigma: 1,
      medianHours: 3.2,
      sigma: 1.5,
      followUp: 0.12,
      /** Chances of a goodbye instead of silence, and of word after a date. */
      farewell: 0.12,
      afterDate: 0.5,
    },
    flashes: { holidays: 1, festivals: 1, trends: 1 },
  },
}

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

/** Numbers at the leaves, as the defaults have them. */
export type Parameters = typeof DEFAULT_PARAMETERS
export type PopulationParameters = Parameters['population']
export type PolicyParameters = Parameters['policy']

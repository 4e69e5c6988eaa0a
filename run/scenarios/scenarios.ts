/** A named situation to fill a database with: what a run is made of where the command line says nothing else. */
export interface Scenario {
  readonly name: string
  /** Raised when it would make other rows. */
  readonly version: number
  readonly what: string
  readonly count?: number
  readonly days?: number
  readonly startDate?: string
  readonly places?: string
  readonly market?: string
  readonly women?: number
  /** Parameters of the model by path; `--set` goes above them. */
  readonly set?: Readonly<Record<string, number>>
  readonly minorities?: { readonly bots?: number; readonly spammers?: number; readonly marked?: number }
}

/** Scenarios that come with Mingle (docs/scenarios.md). */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'quick-test',
    version: 1,
    what: 'A few people and a week: the smallest data worth a test.',
    count: 50,
    days: 7,
  },
  {
    name: 'demo',
    version: 1,
    what: 'Enough people and days that every page of a site has something on it.',
    count: 300,
    days: 30,
  },
  {
    name: 'production-like',
    version: 1,
    what: 'A quarter of a year of a grown site, newcomers every day.',
    count: 1000,
    days: 90,
    startDate: '2023-10-01',
    set: { 'policy.arrivals.perDay': 4 },
  },
  {
    name: 'edge-case-people',
    version: 1,
    what: 'Half of the profiles lack a bio, pictures, quiz or posts; some post all day; odd hours, extreme tastes.',
    count: 200,
    days: 14,
    set: {
      'population.sparse.logit': 0,
      'population.traits.sociability.low': 0,
      'population.traits.sociability.high': 1,
      'population.traits.selectivity.low': 0,
      'population.traits.selectivity.high': 1,
      'population.traits.engagement.low': 0.05,
      'population.traits.engagement.high': 1,
      'population.appealSigma': 1.6,
      'population.posts.mostPerDay': 30,
      'population.rhythm.shiftHours': 4,
    },
  },
  {
    name: 'new-city',
    version: 1,
    what: 'A city just launched: a handful of people, all of them new, and twenty more every day.',
    count: 60,
    days: 30,
    market: 'country',
    set: { 'population.tenure.meanDays': 4, 'population.tenure.longestDays': 10, 'policy.arrivals.perDay': 20 },
  },
  {
    name: 'holiday-spike',
    version: 1,
    what: 'Weeks around New Year: holiday posts thrice as many, and a wave of sign-ups.',
    count: 500,
    days: 28,
    startDate: '2023-12-18',
    set: { 'policy.flashes.holidays': 3, 'policy.arrivals.perDay': 25, 'population.sessions.medianPerDay': 2.2 },
  },
  {
    name: 'moderation',
    version: 1,
    what: 'Posts, messages and bios that a moderator should find: harmless, marked, and labelled by mingle export content.',
    count: 300,
    days: 14,
    minorities: { spammers: 0.06, marked: 0.6 },
  },
  {
    name: 'bots-and-spammers',
    version: 1,
    what: 'Bots that like whom they see and spammers who post all day, as marked minorities (flags 16 and 32).',
    count: 500,
    days: 21,
    minorities: { bots: 0.03, spammers: 0.03, marked: 0.5 },
  },
  {
    name: 'stress',
    version: 1,
    what: 'Many people who come often: the load that a matching or a feed has to bear.',
    count: 20_000,
    days: 14,
    set: { 'population.sessions.medianPerDay': 3, 'policy.session.medianSteps': 24, 'policy.arrivals.perDay': 100 },
  },
]

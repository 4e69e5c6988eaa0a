import {
  CHOSEN,
  DAYS,
  group,
  type Leaf,
  LOGIT,
  leaf,
  oneThing,
  own,
  PER_DAY,
  PLAN,
  POWER,
  SHARE,
  SHIFT,
  SIGMA,
  WEIGHT,
} from './described.ts'
import { LIFECYCLE } from './lifecycle.ts'

/** What the traits move, by trait: also of the shifts that are added to them. */
const SOCIABILITY = ['2', '3', '4', '15', '17', 't.sociability']
const SELECTIVITY = ['1', '13', 't.selectivity']
const ENGAGEMENT = ['5', '8', '9', 't.engagement']

const weightOf = (whom: string, value: number): Leaf =>
  leaf(
    WEIGHT,
    value,
    [0.2, 5],
    `Weight of ${whom} in the mix of archetypes, which is normalised`,
    'plan, chosen',
    [],
    'topics, and rates by the shifts',
  )

const shifts = (whom: string, source: string, sociability: number, selectivity: number, engagement: number) =>
  oneThing(`Shifts of ${whom}`, {
    sociability: leaf(
      SHIFT,
      sociability,
      [-0.2, 0.2],
      `Added to the sociability of ${whom}; the result stays in 0–1`,
      source,
      SOCIABILITY,
    ),
    selectivity: leaf(
      SHIFT,
      selectivity,
      [-0.2, 0.2],
      `Added to the selectivity of ${whom}; the result stays in 0–1`,
      source,
      SELECTIVITY,
    ),
    engagement: leaf(
      SHIFT,
      engagement,
      [-0.2, 0.2],
      `Added to the engagement of ${whom}; the result stays in 0–1`,
      source,
      ENGAGEMENT,
    ),
  })

const trait = (name: string, low: number, high: number, moves: readonly string[]) =>
  oneThing(`Range of ${name}`, {
    low: leaf(SHARE, low, [0, 0.5], `Low end of the uniform range from which a person's ${name} is drawn`, PLAN, moves),
    high: leaf(
      SHARE,
      high,
      [0.5, 1],
      `High end of the uniform range from which a person's ${name} is drawn`,
      PLAN,
      moves,
    ),
  })

/** Who lives there: fixed when a run is created. */
export const POPULATION = group('Who the people are', {
  gender: oneThing('Mix of genders', {
    woman: leaf(WEIGHT, 0.49, [0.2, 0.8], 'Weight of women in the mix of genders, which is normalised', CHOSEN, [
      '1',
      '13',
      '14',
      '15',
    ]),
    man: leaf(WEIGHT, 0.49, [0.2, 0.8], 'Weight of men in the mix of genders, which is normalised', CHOSEN, [
      '1',
      '13',
      '14',
      '15',
    ]),
    nonbinary: leaf(
      WEIGHT,
      0.02,
      [0, 0.1],
      'Weight of nonbinary people in the mix of genders, which is normalised',
      CHOSEN,
      ['1', '13', '14', '15'],
    ),
  }),
  orientation: oneThing('Orientation', {
    same: leaf(SHARE, 0.05, [0, 0.2], 'Share of women and men who seek the same gender', 'chosen, near Gallup 2024', [
      '1',
      '15.same',
    ]),
    both: leaf(SHARE, 0.05, [0, 0.2], 'Share of women and men who seek both genders', 'chosen, near Gallup 2024', [
      '1',
      '15.same',
    ]),
  }),
  intent: oneThing('What people look for', {
    relationship: leaf(
      SHARE,
      0.46,
      [0, 1],
      'Weight of those who look for a relationship; the four are normalised',
      CHOSEN,
      ['1', '13'],
    ),
    dating: leaf(SHARE, 0.3, [0, 1], 'Weight of those who look for dates; the four are normalised', CHOSEN, [
      '1',
      '13',
    ]),
    casual: leaf(
      SHARE,
      0.16,
      [0, 1],
      'Weight of those who look for something casual; the four are normalised',
      CHOSEN,
      ['1', '13'],
    ),
    friends: leaf(SHARE, 0.08, [0, 1], 'Weight of those who look for friends; the four are normalised', CHOSEN, [
      '1',
      '13',
    ]),
  }),
  archetype: oneThing('Mix of archetypes', {
    adventurer: weightOf('adventurers', 1),
    intellectual: weightOf('intellectuals', 1),
    social: weightOf('the social', 1),
    creative: weightOf('the creative', 1),
    athletic: weightOf('the athletic', 1),
    casual: weightOf('the casual', 1.2),
  }),
  traits: group('Personality', {
    sociability: trait('sociability', 0.2, 0.8, SOCIABILITY),
    selectivity: trait('selectivity', 0.3, 0.8, SELECTIVITY),
    engagement: trait('engagement', 0.4, 0.8, ENGAGEMENT),
  }),
  archetypeShift: group('Personality by archetype', {
    adventurer: shifts('adventurers', CHOSEN, 0.02, 0, 0.02),
    intellectual: shifts('intellectuals', CHOSEN, -0.06, 0.04, 0.02),
    social: shifts('the social', CHOSEN, 0.1, -0.02, 0.03),
    creative: shifts('the creative', CHOSEN, 0, 0.02, 0.02),
    athletic: shifts('the athletic', CHOSEN, 0.02, 0.01, -0.01),
    casual: shifts('the casual', CHOSEN, -0.03, -0.04, -0.06),
  }),
  genderShift: group('Personality by gender', {
    woman: shifts('women', 'plan: equal', 0, 0, 0),
    man: shifts('men', 'plan: equal', 0, 0, 0),
    nonbinary: shifts('nonbinary people', 'plan: equal', 0, 0, 0),
  }),
  tenure: group('Sign-ups before the start', {
    meanDays: leaf(
      DAYS,
      160,
      [40, 640],
      'Mean age of the accounts at the start, exponential before it is cut',
      CHOSEN,
      [],
      '`created_at`',
    ),
    longestDays: leaf(
      own('days', 1, 10_000, 'log'),
      720,
      [180, 3000],
      'Age of the oldest account at the start',
      CHOSEN,
      [],
      '`created_at`',
    ),
  }),
  appealSigma: leaf(
    SIGMA,
    0.8,
    [0, 1.6],
    'How unequally attractive people are: log standard deviation of their appeal',
    'Hinge 2017 by way of 14',
    ['14', '1', '13'],
  ),
  sessions: group('Sessions', {
    medianPerDay: leaf(
      own('per day', 0.001, 50, 'log'),
      1.45,
      [0.4, 5],
      'Sessions a day of somebody active with engagement 0.6, median over people',
      CHOSEN,
      ['12', '18'],
      'rows',
    ),
    sigma: leaf(
      SIGMA,
      0.5,
      [0, 1.2],
      'How unequal session rates are: their log standard deviation over people',
      CHOSEN,
      ['12', 't.engagement.sessions'],
    ),
    engagementPower: leaf(POWER, 0.9, [0, 3], 'Power of engagement / 0.6 in the rate of sessions', CHOSEN, [
      't.engagement.sessions',
      't.engagement.views',
    ]),
  }),
  posts: group('Posting', {
    medianPerDay: leaf(
      PER_DAY,
      0.105,
      [0.03, 0.4],
      'Posts a day of somebody active with middling traits, median over people',
      'chosen for 5',
      ['5', '7'],
    ),
    sigma: leaf(
      SIGMA,
      2,
      [0.5, 3],
      'How unequal posting rates are: their log standard deviation over people',
      'chosen for the top tenth',
      ['5', 'r.topposts'],
    ),
    mostPerDay: leaf(
      own('per day', 0.01, 100, 'log'),
      6,
      [1.5, 24],
      'Limit towards which high posting rates bend',
      CHOSEN,
      ['r.topposts', '5'],
    ),
    engagementPower: leaf(POWER, 1, [0, 3], 'Power of engagement / 0.6 in the rate of posting', CHOSEN, [
      't.engagement.posts',
    ]),
    sociabilityPower: leaf(POWER, 1.8, [0, 4], 'Power of sociability / 0.5 in the rate of posting', CHOSEN, [
      't.sociability.posts',
    ]),
  }),
  sparse: group('Sparse profiles', {
    logit: leaf(LOGIT, -1.78, [-4, 0.5], 'Log-odds that a profile is sparse, at engagement 0.6', 'chosen for 8 and 9', [
      '8',
      '9',
    ]),
    engagementSlope: leaf(own('log-odds', -100, 0), -6, [-14, 0], 'Slope of those log-odds by engagement', CHOSEN, [
      '8',
      't.engagement.quiz',
    ]),
    quiz: leaf(
      SHARE,
      0.85,
      [0.3, 1],
      'Chance that a sparse profile has no quiz; one that lacks nothing lacks the quiz',
      CHOSEN,
      ['8', '9'],
    ),
    bio: leaf(SHARE, 0.42, [0, 1], 'Chance that a sparse profile has no bio', CHOSEN, ['8', '9']),
    photo: leaf(SHARE, 0.3, [0, 1], 'Chance that a sparse profile has no photo', CHOSEN, ['8', '9']),
    posts: leaf(SHARE, 0.5, [0, 1], 'Chance that somebody with a sparse profile never posts', CHOSEN, ['8', '5']),
  }),
  quizFidelity: leaf(
    SHARE,
    0.9,
    [0.3, 1],
    'How true quiz answers are to the archetype',
    PLAN,
    [],
    'agreement in quizzes',
  ),
  warmthSigma: leaf(
    SIGMA,
    0.45,
    [0, 1.2],
    'How unequally freely people like posts: log standard deviation of their warmth',
    CHOSEN,
    ['6', '7'],
  ),
  lifecycle: LIFECYCLE,
  rhythm: group('Rhythm of the day', {
    shiftHours: leaf(
      own('hours', 0, 12),
      1.1,
      [0, 4],
      "Standard deviation of the shift of a person's day; at most 4 h are used",
      CHOSEN,
      ['19'],
    ),
    gapSigma: leaf(
      SIGMA,
      1.15,
      [0, 2],
      'How unequal the gaps between sessions are: their log standard deviation',
      'Kim & Jo 2016 by way of 18',
      ['18', '12'],
    ),
    personality: leaf(POWER, 1, [0, 2], 'Depth of the daily curve: 1 as it is, 0 a flat week', CHOSEN, ['19', '18']),
  }),
})

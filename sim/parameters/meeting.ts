import { CHOSEN, DAYS, FACTOR, group, leaf, own, PLAN, POWER, SHARE, TERM } from './described.ts'

/** Who is shown to whom. */
export const DECK = group('Who is shown to whom', {
  near: leaf(SHARE, 0.5, [0, 1], "Chance that the first tries look in the person's own city", CHOSEN, ['20']),
  wide: leaf(SHARE, 0.3, [0, 1], 'Chance to look at people of nearly all ages from the first try on', CHOSEN, [
    '20.age',
    '13',
  ]),
  tries: leaf(
    { ...own('whole', 1, 1000), whole: true },
    6,
    [1, 20],
    'Draws before a look at new faces is given up',
    CHOSEN,
    [],
    'speed, dry pools',
  ),
  paceDays: leaf(
    DAYS,
    70,
    [20, 280],
    'Days for which the new faces of a pool should last',
    'chosen for no drift',
    [],
    'drift, rows in small pools',
  ),
  fewest: leaf(
    own('per day', 0, 100),
    1.6,
    [0, 6],
    'New faces a day in the smallest pool, while there are any',
    CHOSEN,
    [],
    'small runs',
  ),
  likerShown: leaf(SHARE, 0.12, [0, 0.5], 'Chance that a look at a new face is at the newest liker', 'chosen for 1', [
    '1',
  ]),
  skipOtherIntent: leaf(SHARE, 0.4, [0, 1], 'Chance to pass over someone with another intent', CHOSEN, ['13']),
  skipDormant: leaf(SHARE, 0.85, [0, 1], 'Chance to pass over someone dormant, also among likers', CHOSEN, ['2', '3']),
  relook: leaf(
    SHARE,
    0.5,
    [0, 1],
    'Chance to look at a known profile again when no new one is found',
    CHOSEN,
    [],
    'rows',
  ),
})

const GENDERS = { woman: 'women', man: 'men', nonbinary: 'nonbinary people' } as const
type Gender = keyof typeof GENDERS

const scale = (gender: Gender, value: number) =>
  leaf(
    FACTOR,
    value,
    [value / 3, value * 3],
    `What the chance of a like is multiplied by when ${GENDERS[gender]} decide`,
    'Tinder 2014 by way of 13',
    ['13', '1'],
  )

const appealPower = (gender: Gender, value: number) =>
  leaf(
    POWER,
    value,
    [0, 2],
    `Power of the candidate's appeal when ${GENDERS[gender]} decide`,
    'Hinge 2017 by way of 14',
    ['14'],
  )

/** The chance that a person likes the candidate shown. */
export const LIKE = group('Likes', {
  baseLow: leaf(TERM, 0.05, [0, 0.3], 'Base of the chance of a like at selectivity 1', PLAN, ['13']),
  baseHigh: leaf(TERM, 0.35, [0.1, 1], 'Base of the chance of a like at selectivity 0', PLAN, ['13']),
  quiz: leaf(TERM, 0.4, [0, 1], 'Added to it at full agreement in the quiz', PLAN, ['13']),
  near: leaf(
    TERM,
    0.45,
    [0, 1],
    'Added to it for someone at no distance; 0.3 is left at 7.5 km',
    'plan: 0.3 when near',
    ['20'],
  ),
  far: leaf(TERM, 0.1, [0, 0.4], 'Added to it for what lies beyond nearness, fading over 400 km', PLAN, ['20']),
  nearKm: leaf(own('km', 0.01, 20_000, 'log'), 15, [3, 75], 'Distance at which nearness is half', CHOSEN, ['20']),
  choosiness: leaf(
    own('factor', 0, 100),
    1.3,
    [0, 5],
    "How much choosier people with many near are: the chance is divided by 1 + this · `near` · mean nearness of the market's people",
    CHOSEN,
    ['13'],
    '13 by market level',
  ),
  interests: leaf(TERM, 0.2, [0, 1], 'Added to it when all interests are common', PLAN, ['13']),
  intentMismatch: leaf(own('factor', 0, 10), 0.1, [0, 1], 'Factor when intents clash', PLAN, ['13']),
  ageMismatch: leaf(
    own('factor', 0, 10),
    0.4,
    [0, 1],
    'Factor when ages lie more than 9 years apart',
    'plan, 0.3 there',
    ['20.age'],
  ),
  cap: leaf(SHARE, 0.95, [0.3, 1], 'Greatest chance of a like', PLAN, ['13']),
  scale: group('Scale of likes by gender', {
    woman: scale('woman', 0.3),
    man: scale('man', 1.33),
    nonbinary: scale('nonbinary', 0.7),
  }),
  appealPower: group('Power of appeal by gender', {
    woman: appealPower('woman', 0.96),
    man: appealPower('man', 0.42),
    nonbinary: appealPower('nonbinary', 0.8),
  }),
  fatigue: leaf(
    own('factor', 0, 100),
    0.03,
    [0, 0.3],
    'Relative loss of the chance with each like of the session',
    CHOSEN,
    ['13'],
  ),
})

import {
  CHOSEN,
  FACTOR,
  group,
  HOURS,
  leaf,
  oneThing,
  own,
  PLAN,
  POWER,
  SHARE,
  SIGMA,
  WEIGHT,
  WHOLE_DAYS,
} from './described.ts'
import { DECK, LIKE } from './meeting.ts'
import { OPENING, REPLY } from './talking.ts'

const source = (value: number, what: string) =>
  leaf(WEIGHT, value, [0, 1], `Weight of ${what} among the sources of the next item`, CHOSEN, ['6', '7', 'r.likes.k'])

const flash = (what: string) =>
  leaf(WEIGHT, 1, [0, 4], `Weight of ${what} among flash events; 0 for none`, CHOSEN, [], 'metric 5 by day')

/** The site's rules and people's manners: may change at a day boundary. */
export const POLICY = group('How the site works and how people behave', {
  arrivals: group('Newcomers', {
    perDay: leaf(own('per day', 0, 100_000), 0, [0, 20], 'Newcomers a day, Poisson', PLAN, ['r.retention', '12']),
  }),
  burnIn: group('Burn-in', {
    days: leaf(WHOLE_DAYS, 0, [0, 30], 'Days simulated before the start and not written', PLAN, [], 'the first days'),
  }),
  session: group('Sessions', {
    medianSteps: leaf(
      own('steps', 0.1, 400, 'log'),
      14,
      [4, 50],
      'Steps of a session at engagement 0.6',
      CHOSEN,
      ['7'],
      'rows',
    ),
    sigma: leaf(
      SIGMA,
      0.85,
      [0, 1.5],
      'How unequal the lengths of sessions are: log standard deviation of their steps',
      CHOSEN,
      ['18'],
    ),
    engagementPower: leaf(POWER, 0.5, [0, 3], 'Power of engagement / 0.6 in the steps', CHOSEN, ['t.engagement.views']),
    stepMedianSeconds: leaf(own('seconds', 0.01, 3600, 'log'), 7, [2, 30], 'Median time between two steps', CHOSEN, [
      '18.actions',
    ]),
    stepSigma: leaf(
      SIGMA,
      0.9,
      [0, 1.8],
      'How unequal the times between steps are: their log standard deviation',
      CHOSEN,
      ['18.actions'],
    ),
  }),
  feed: group('Feed', {
    share: leaf(
      SHARE,
      0.865,
      [0.5, 0.98],
      'Share of the steps that go to the feed in a boundless pool',
      CHOSEN,
      ['7'],
      'rows, decisions a day',
    ),
    windowHours: leaf(HOURS, 72, [24, 240], 'Age at which posts are shown no more', PLAN, ['7']),
    sources: oneThing('Sources of the feed', {
      reach: source(0.5, 'posts by their reach'),
      popular: source(0.05, 'posts liked lately'),
      topic: source(0.06, "posts on the viewer's topics"),
      city: source(0.06, "posts from the viewer's city"),
      fresh: source(0.23, 'any post'),
    }),
    reachMedian: leaf(FACTOR, 1.6, [0.5, 6], 'Entries of a median post in the sources; none below 1', 'chosen for 7', [
      '7',
    ]),
    reachSigma: leaf(
      SIGMA,
      0.9,
      [0, 1.8],
      "How unequally far posts reach: log standard deviation of the entries by the post's luck",
      'chosen for 7',
      ['7', 'r.likes.k'],
    ),
    like: leaf(
      own('share', 0, 1, 'log'),
      0.0112,
      [0.003, 0.05],
      'Chance that a viewer of median warmth likes a median post',
      'chosen for 7',
      ['6', '7', 'r.likes.mean'],
    ),
    qualitySigma: leaf(
      SIGMA,
      0.7,
      [0, 1.5],
      "How unequally good posts are: log standard deviation of that chance by the post's luck",
      CHOSEN,
      ['7', 'r.likes.k'],
    ),
    interestBonus: leaf(
      own('', 0, 100),
      0.6,
      [0, 3],
      "Added to that chance, relatively, on the viewer's topics",
      CHOSEN,
      ['6'],
    ),
    openProfile: leaf(
      SHARE,
      0.39,
      [0.1, 0.8],
      "Chance that an item leads to the author's profile, of someone whom the viewer could meet",
      'chosen for 6',
      ['6'],
      'rows',
    ),
    openOthers: leaf(
      SHARE,
      0.25,
      [0, 1],
      'The same chance for authors whom the viewer could not meet, relative to it',
      CHOSEN,
      ['6'],
    ),
    decideAfterOpen: leaf(
      SHARE,
      0.05,
      [0, 0.4],
      'Chance to like or pass on a profile opened from the feed, times the pacing',
      CHOSEN,
      ['14'],
    ),
  }),
  deck: DECK,
  like: LIKE,
  opening: OPENING,
  reply: REPLY,
  flashes: oneThing('Flash events', {
    holidays: flash('holidays'),
    festivals: flash('festivals of a city'),
    trends: flash('trends'),
  }),
})

import { METRIC_KEYS } from './metric-keys.ts'
import { TRAIT_EFFECTS } from './tally.ts'

/** `mandated` by the plan; `banded` from the literature or chosen; `reported` beside them, never failing a run. */
export type MetricStatus = 'mandated' | 'banded' | 'reported'
export type MetricUnit = 'share' | 'posts/week' | 'hours' | 'messages' | 'hour of day' | 'years' | 'ratio' | 'number'

export interface Metric {
  readonly id: string
  /** One word, for command lines, file headings and JSON: `match_rate`. */
  readonly key: string
  readonly name: string
  readonly definition: string
  readonly unit: MetricUnit
  readonly status: MetricStatus
  /** Ends of the band, both included; infinite where it has one end only. */
  readonly low: number
  readonly high: number
  /** What `n` counts. */
  readonly of: string
  readonly source: string
}

const ANY = Number.POSITIVE_INFINITY
const PLAN = 'plan'
const CHOSEN = 'chosen'

function metric(
  id: string,
  status: MetricStatus,
  band: readonly [number, number],
  unit: MetricUnit,
  name: string,
  definition: string,
  of: string,
  source: string,
): Metric {
  return { id, key: METRIC_KEYS[id]!, name, definition, unit, status, low: band[0], high: band[1], of, source }
}

/** Every metric, in the order of the scorecard. Definitions: `docs/metrics.md`. */
export const METRICS: readonly Metric[] = [
  metric('1', 'mandated', [0.05, 0.15], 'share', 'match rate', 'matches / profile LIKEs sent', 'likes', PLAN),
  metric(
    '2',
    'mandated',
    [0.6, 0.8],
    'share',
    'opener reply rate',
    'conversations whose first message is answered within 7 days / conversations; first messages with 7 days of the run after them',
    'conversations',
    PLAN,
  ),
  metric(
    '3',
    'mandated',
    [0.2, 0.3],
    'share',
    'one-sided conversations',
    'conversations with one author only / conversations; first messages with 7 days of the run after them',
    'conversations',
    PLAN,
  ),
  metric(
    '4',
    'mandated',
    [0.07, 0.13],
    'share',
    'silent matches',
    'matches without a message / matches; matches with 7 days of the run after them',
    'matches',
    'plan (about 10%)',
  ),
  metric(
    '5',
    'mandated',
    [1, 3],
    'posts/week',
    'posting',
    'median posts per exposed week of active posters (posts in 2 or more exposed weeks)',
    'active posters',
    PLAN,
  ),
  metric(
    '6',
    'mandated',
    [0.2, 0.4],
    'share',
    'feed engagement',
    'feed items seen that their viewer liked or opened the profile from / feed items seen',
    'feed items',
    PLAN,
  ),
  metric(
    '7',
    'mandated',
    [0.35, 0.45],
    'share',
    'unliked posts',
    'posts without a like / posts; posts with 72 hours of the run after them',
    'posts',
    'plan (about 40%)',
  ),
  metric(
    '8',
    'mandated',
    [0.1, 0.2],
    'share',
    'incomplete profiles',
    'no quiz, or no bio, or no photo, or never a post by design / people',
    'people',
    PLAN,
  ),
  metric('9', 'mandated', [0.8, 0.9], 'share', 'quiz completed', 'people with a quiz answer / people', 'people', PLAN),
  metric('10', 'mandated', [1, 1], 'share', 'interests', 'complete profiles with 3–8 interests', 'profiles', PLAN),
  metric('11.range', 'mandated', [1, 1], 'share', 'age 18–65', 'people aged 18–65 at the start', 'people', PLAN),
  metric(
    '11.mode',
    'mandated',
    [25, 35],
    'years',
    'modal age',
    'middle of the commonest five-year band (18–19, 20–24, 25–29, …)',
    'people',
    PLAN,
  ),
  metric(
    '12',
    'mandated',
    [0.12, 0.18],
    'share',
    'inactive accounts',
    'no session begun in the last 14 days / accounts at least 14 days old',
    'accounts',
    'plan (about 15%)',
  ),
  metric(
    '13.men',
    'banded',
    [0.35, 0.5],
    'share',
    'like rate of men',
    'LIKE / (LIKE + DISLIKE), men sending',
    'decisions',
    'Tinder 2014: 46%',
  ),
  metric(
    '13.women',
    'banded',
    [0.08, 0.18],
    'share',
    'like rate of women',
    'LIKE / (LIKE + DISLIKE), women sending',
    'decisions',
    'Tinder 2014: 14%',
  ),
  metric(
    '14.men',
    'banded',
    [0.48, 0.62],
    'ratio',
    'inequality among men',
    'Gini of LIKEs received, zeros included',
    'men',
    'Hinge 2017: .54',
  ),
  metric(
    '14.women',
    'banded',
    [0.32, 0.45],
    'ratio',
    'inequality among women',
    'Gini of LIKEs received, zeros included',
    'women',
    'Hinge 2017: .38',
  ),
  metric(
    '14.order',
    'banded',
    [0, ANY],
    'ratio',
    'men above women',
    'difference of the two Gini coefficients',
    'people',
    'Hinge 2017',
  ),
  metric(
    '15.men',
    'banded',
    [0.65, 0.8],
    'share',
    'opened by the man',
    'conversations of a man and a woman in which he writes first',
    'conversations',
    'Zhang & Yasseri 2016: 79%',
  ),
  metric(
    '15.same',
    'banded',
    [0.6, ANY],
    'share',
    'opened by the more sociable, same gender',
    'conversations within a gender in which the more sociable writes first',
    'conversations',
    CHOSEN,
  ),
  metric(
    '15.all',
    'banded',
    [0.55, ANY],
    'share',
    'opened by the more sociable, all',
    'conversations in which the more sociable writes first',
    'conversations',
    CHOSEN,
  ),
  metric(
    '16.median',
    'banded',
    [0.5, 8],
    'hours',
    'reply delay',
    'median time from a message to the next one, when the other wrote that',
    'replies',
    CHOSEN,
  ),
  metric(
    '16.tail',
    'banded',
    [6, ANY],
    'ratio',
    'reply delay, tail',
    '90th percentile / median of the reply delay',
    'replies',
    'Stouffer et al. 2006',
  ),
  metric(
    '16.shape',
    'banded',
    [0, ANY],
    'number',
    'reply delay, shape',
    'AIC of the exponential − AIC of the lognormal, per reply',
    'replies',
    'Stouffer et al. 2006',
  ),
  metric(
    '17.mean',
    'banded',
    [6, 12],
    'messages',
    'thread length',
    'mean messages of conversations with both authors; first messages with 7 days of the run after them',
    'conversations',
    'Zhang & Yasseri 2016: 9.5',
  ),
  metric(
    '17.tail',
    'banded',
    [5, ANY],
    'ratio',
    'thread length, tail',
    '99th percentile / median of the thread length',
    'conversations',
    'Zhang & Yasseri 2016',
  ),
  metric(
    '18.sessions',
    'banded',
    [0.1, 0.5],
    'ratio',
    'burstiness of sessions',
    'mean finite-size Aₙ of session starts; people with 30 or more',
    'people',
    'Kim & Jo 2016',
  ),
  metric(
    '18.actions',
    'banded',
    [0.5, 0.9],
    'ratio',
    'burstiness of actions',
    'mean finite-size Aₙ of all actions; people with 30 or more',
    'people',
    'Kim & Jo 2016',
  ),
  metric(
    '18.memory',
    'banded',
    [-0.2, 0.2],
    'ratio',
    'memory of sessions',
    'mean correlation of neighbouring gaps of session starts; people with 30 or more',
    'people',
    'Goh & Barabási 2008',
  ),
  metric(
    '19.peak',
    'banded',
    [18, 22],
    'hour of day',
    'peak hour',
    'middle of the local hour with most actions',
    'actions',
    CHOSEN,
  ),
  metric(
    '19.trough',
    'banded',
    [3, 5],
    'hour of day',
    'quietest hour',
    'middle of the local hour with fewest actions',
    'actions',
    CHOSEN,
  ),
  metric(
    '19.ratio',
    'banded',
    [4, 12],
    'ratio',
    'peak / trough',
    'actions in the peak / in the trough',
    'actions',
    CHOSEN,
  ),
  metric(
    '19.weekend',
    'banded',
    [0.03, ANY],
    'share',
    'weekend differs',
    'half the summed difference between the hourly shares of weekends and weekdays',
    'actions',
    CHOSEN,
  ),
  metric(
    '20.age',
    'banded',
    [0.5, 0.8],
    'ratio',
    'age in matches',
    'correlation of the two birthdays, every match both ways round',
    'matches',
    CHOSEN,
  ),
  metric(
    '20.distance',
    'banded',
    [-ANY, 0],
    'share',
    'likes fall with distance',
    'greatest rise of the like rate from one distance bin to the next, less three standard errors',
    'decisions',
    CHOSEN,
  ),
  metric(
    '20.fall',
    'banded',
    [1, ANY],
    'ratio',
    'near over far',
    'like rate in the nearest distance bin / in the farthest',
    'decisions',
    CHOSEN,
  ),
  metric('r.retention.1', 'reported', [0.45, 0.65], 'share', 'retention, day 1', retention(1), 'newcomers', CHOSEN),
  metric('r.retention.7', 'reported', [0.3, 0.45], 'share', 'retention, day 7', retention(7), 'newcomers', CHOSEN),
  metric('r.retention.30', 'reported', [0.15, 0.35], 'share', 'retention, day 30', retention(30), 'newcomers', CHOSEN),
  metric(
    'r.topposts',
    'reported',
    [0.5, 0.8],
    'share',
    'posts of the top tenth',
    'share of posts written by the tenth of the posters who post most',
    'posters',
    CHOSEN,
  ),
  metric('r.likes.mean', 'reported', [0, ANY], 'number', 'likes per post', 'mean; posts as in 7', 'posts', CHOSEN),
  metric(
    'r.likes.k',
    'reported',
    [0.3, 0.5],
    'number',
    'likes per post, dispersion',
    'k = mean² / (variance − mean), negative binomial by moments; posts as in 7',
    'posts',
    CHOSEN,
  ),
  metric(
    'r.threads.most',
    'reported',
    [0.5, 1],
    'share',
    'threads of 2–10 exchanges',
    'conversations with both authors that have 2–20 messages; as in 17',
    'conversations',
    PLAN,
  ),
  ...TRAIT_EFFECTS.map(({ id, trait, effect, sign }) =>
    metric(
      `t.${id}`,
      'reported',
      id === 'sociability.posts' ? [0.1, 0.4] : sign > 0 ? [0, ANY] : [-ANY, 0],
      'ratio',
      `${trait} and ${effect}`,
      `correlation of ${trait} with ${effect}, within genders`,
      'people',
      CHOSEN,
    ),
  ),
]

function retention(day: number): string {
  return `newcomers with a session begun ${day} to ${day + 1} days after joining / newcomers with that day inside the run`
}

/** Metrics that can drift, and must not by more than a tenth of their band (realism, "Verdicts"). */
export const DRIFT_METRICS: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '12']

export const METRIC_BY_ID: ReadonlyMap<string, Metric> = new Map(METRICS.map((each) => [each.id, each]))

/** A metric by its key, its id, or its name written as one word: `reply_rate`, `2` and `opener_reply_rate` are the same. */
export function metricNamed(text: string): Metric | undefined {
  const word = text.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '_')
  return METRICS.find(
    ({ id, key, name }) => key === word || id === text || name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_') === word,
  )
}

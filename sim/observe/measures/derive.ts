import { log } from '../../kernel/index.ts'
import { binnedQuantile, countQuantile, delayEdge, POST_RATE_PER_WEEK, total } from '../counts/bins.ts'
import { CONVERSATION_WINDOW_DAYS, type DayWindow, POST_WINDOW_DAYS } from '../people.ts'
import { GENDERS, type Tally, TRAIT_EFFECTS, TRAIT_SUMS, vector } from '../tally.ts'
import {
  correlationInterval,
  countSpread,
  gini,
  type Interval,
  meanInterval,
  normalInterval,
  quantileRanks,
  spread,
  wilson,
} from './intervals.ts'

/** A metric's value. `value` is NaN when there was nothing to measure. */
export interface Measure {
  readonly value: number
  /** Observations behind it. */
  readonly n: number
  /** 95% interval as if observations were independent; null where none is sensible. */
  readonly interval: Interval | null
}
export type Measures = Readonly<Record<string, Measure>>

const HOUR_S = 3600
// biome-ignore lint/suspicious/noApproximativeNumericConstant: sim/ takes no constant from Math.
const PI = 3.141592653589793
const RETENTION_DAYS = [1, 7, 30]
/** Distance bins are joined with the next until they hold this many decisions, and this share of them. */
const DISTANCE_MIN_DECISIONS = 1000
const DISTANCE_MIN_SHARE = 0.02

/** All metrics of a tally. */
export function derive(tally: Tally): Measures {
  return {
    ...deriveWindow(tally, { from: 0, to: tally.days }),
    '5': medianPosting(tally),
    ...profiles(tally),
    ...inequality(tally),
    ...openers(tally),
    ...delays(tally),
    ...threads(tally),
    ...bursts(tally),
    ...rhythm(tally),
    ...pairs(tally),
    ...reported(tally),
  }
}

/**
 * The metrics that are filed by day, over some days alone: those that must not drift (5 as the mean, because a person's
 * median jumps in a window of two weeks) and 13.
 */
export function deriveWindow(tally: Tally, { from, to }: DayWindow): Measures {
  const whole = from === 0 && to >= tally.days
  const sum = (name: string, until = to) => sumDays(vector(tally, name), from, Math.min(until, to))
  const settled = tally.days - CONVERSATION_WINDOW_DAYS
  const likes = GENDERS.map((gender) => sum(`day.like.${gender}`))
  const dislikes = GENDERS.map((gender) => sum(`day.dislike.${gender}`))
  const last = Math.min(to, tally.days) - 1
  const posting = vector(tally, whole ? 'posting' : `posting.${from}-${to}`)
  return {
    '1': share(sum('day.match'), total(likes)),
    '2': share(sum('day.conversation.answered', settled), sum('day.conversation', settled)),
    '3': share(sum('day.conversation.onesided', settled), sum('day.conversation', settled)),
    '4': share(sum('day.match.silent', settled), sum('day.match', settled)),
    '5': { value: posting[1]! / posting[2]!, n: posting[0] ?? 0, interval: null },
    '6': share(sum('day.engaged'), sum('day.seen')),
    '7': share(sum('day.post.unliked', tally.days - POST_WINDOW_DAYS), sum('day.post', tally.days - POST_WINDOW_DAYS)),
    '12': share(vector(tally, 'day.account.inactive')[last] ?? 0, vector(tally, 'day.account')[last] ?? 0),
    '13.women': share(likes[0]!, likes[0]! + dislikes[0]!),
    '13.men': share(likes[1]!, likes[1]! + dislikes[1]!),
  }
}

function sumDays(days: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let day = from; day < to && day < days.length; day++) sum += days[day]!
  return sum
}

function share(count: number, n: number): Measure {
  return { value: count / n, n, interval: wilson(count, n) }
}

function medianPosting(tally: Tally): Measure {
  const counts = vector(tally, 'posting.rate')
  const edge = (bin: number) => bin / POST_RATE_PER_WEEK
  return quantile(counts, 0.5, (q) => binnedQuantile(counts, q, edge))
}

function quantile(counts: Float64Array, q: number, at: (q: number) => number): Measure {
  const n = total(counts)
  if (n === 0) return { value: Number.NaN, n, interval: null }
  const [low, high] = quantileRanks(q, n)
  return { value: at(q), n, interval: [at(low), at(high)] }
}

function profiles(tally: Tally): Measures {
  const counts = vector(tally, 'profile')
  const bands = vector(tally, 'age.band')
  let mode = 0
  for (let band = 0; band < bands.length; band++) if (bands[band]! > bands[mode]!) mode = band
  const people = counts[0] ?? 0
  return {
    '8': share(counts[2]!, people),
    '9': share(counts[1]!, people),
    '10': share(counts[8]!, counts[7]!),
    '11.range': share(vector(tally, 'age.inrange')[0]!, people),
    '11.mode': { value: 5 * mode + 2.5, n: people, interval: null },
  }
}

function inequality(tally: Tally): Measures {
  const women = gini(vector(tally, 'received.woman'))
  const men = gini(vector(tally, 'received.man'))
  const error = Math.sqrt(women.error * women.error + men.error * men.error)
  return {
    '14.men': { value: men.value, n: men.n, interval: normalInterval(men.value, men.error) },
    '14.women': { value: women.value, n: women.n, interval: normalInterval(women.value, women.error) },
    '14.order': {
      value: men.value - women.value,
      n: Math.min(men.n, women.n),
      interval: normalInterval(men.value - women.value, error),
    },
  }
}

function openers(tally: Tally): Measures {
  const counts = vector(tally, 'opener')
  return {
    '15.men': share(counts[1]!, counts[0]!),
    '15.same': share(counts[3]!, counts[2]!),
    '15.all': share(counts[5]!, counts[4]!),
  }
}

function delays(tally: Tally): Measures {
  const counts = vector(tally, 'delay')
  const at = (q: number) => binnedQuantile(counts, q, delayEdge) / HOUR_S
  const median = quantile(counts, 0.5, at)
  return {
    '16.median': median,
    '16.tail': { value: at(0.9) / median.value, n: median.n, interval: null },
    '16.shape': { value: shapeOfDelays(counts), n: median.n, interval: null },
  }
}

/** (AIC of the exponential − AIC of the lognormal) / n, both fitted to the middles of the bins by maximum likelihood. */
function shapeOfDelays(counts: Float64Array): number {
  let n = 0
  let sum = 0
  let logs = 0
  let squares = 0
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!
    if (count === 0) continue
    const middle = (delayEdge(bin) + delayEdge(bin + 1)) / 2
    const x = log(middle)
    n += count
    sum += count * middle
    logs += count * x
    squares += count * x * x
  }
  const mean = logs / n
  const variance = squares / n - mean * mean
  const exponential = 2 + 2 * n * (log(sum / n) + 1)
  const lognormal = 4 + 2 * logs + n * (log(2 * PI * variance) + 1)
  return (exponential - lognormal) / n
}

function threads(tally: Tally): Measures {
  const counts = vector(tally, 'thread.length')
  const { mean, deviation, n } = countSpread(counts)
  let most = 0
  for (let length = 2; length <= 20 && length < counts.length; length++) most += counts[length]!
  return {
    '17.mean': { value: mean, n, interval: meanInterval(mean, deviation, n) },
    '17.tail': { value: countQuantile(counts, 0.99) / countQuantile(counts, 0.5), n, interval: null },
    'r.threads.most': share(most, n),
  }
}

function bursts(tally: Tally): Measures {
  const mean = (name: string): Measure => {
    const [n = 0, sum = 0, squares = 0] = vector(tally, name)
    const { mean, deviation } = spread(n, sum / 1e9, squares / 1e9)
    return { value: mean, n, interval: meanInterval(mean, deviation, n) }
  }
  return {
    '18.sessions': mean('burst.session'),
    '18.actions': mean('burst.action'),
    '18.memory': mean('burst.memory'),
  }
}

function rhythm(tally: Tally): Measures {
  const counts = vector(tally, 'hour')
  const n = total(counts)
  const weekdays = total(counts.subarray(0, 24))
  const hour = (h: number) => counts[h]! + counts[24 + h]!
  let peak = 0
  let trough = 0
  let difference = 0
  for (let h = 0; h < 24; h++) {
    if (hour(h) > hour(peak)) peak = h
    if (hour(h) < hour(trough)) trough = h
    difference += Math.abs(counts[h]! / weekdays - counts[24 + h]! / (n - weekdays)) / 2
  }
  return {
    '19.peak': { value: peak + 0.5, n, interval: null },
    '19.trough': { value: trough + 0.5, n, interval: null },
    '19.ratio': { value: hour(peak) / hour(trough), n, interval: null },
    '19.weekend': { value: difference, n: Math.min(weekdays, n - weekdays), interval: null },
  }
}

function pairs(tally: Tally): Measures {
  const [n = 0, sum = 0, squares = 0, products = 0] = vector(tally, 'match.birthday')
  const mean = sum / (2 * n)
  const r = ((2 * products) / (2 * n) - mean * mean) / (squares / (2 * n) - mean * mean)
  return { '20.age': { value: r, n, interval: correlationInterval(r, n) }, ...nearness(tally) }
}

function nearness(tally: Tally): Measures {
  const bins = joinedDistances(tally)
  const n = total(vector(tally, 'distance'))
  if (bins.length < 2) {
    const none: Measure = { value: Number.NaN, n: 0, interval: null }
    return { '20.distance': none, '20.fall': none }
  }
  let rise = Number.NEGATIVE_INFINITY
  for (let i = 1; i < bins.length; i++) {
    const near = bins[i - 1]!
    const far = bins[i]!
    const variance = (near.rate * (1 - near.rate)) / near.n + (far.rate * (1 - far.rate)) / far.n
    rise = Math.max(rise, far.rate - near.rate - 3 * Math.sqrt(variance))
  }
  return {
    '20.distance': { value: rise, n, interval: null },
    '20.fall': { value: bins[0]!.rate / bins[bins.length - 1]!.rate, n, interval: null },
  }
}

/** Like rate by distance, bins joined from near to far until each can carry a rate. */
export function joinedDistances(tally: Tally): { readonly rate: number; readonly n: number }[] {
  const counts = vector(tally, 'distance')
  const enough = Math.max(DISTANCE_MIN_DECISIONS, DISTANCE_MIN_SHARE * total(counts))
  const bins: { likes: number; n: number }[] = []
  let likes = 0
  let n = 0
  for (let bin = 0; bin < counts.length; bin += 2) {
    likes += counts[bin + 1]!
    n += counts[bin]! + counts[bin + 1]!
    if (n < enough) continue
    bins.push({ likes, n })
    likes = 0
    n = 0
  }
  const last = bins[bins.length - 1]
  if (last) {
    last.likes += likes
    last.n += n
  }
  return bins.map((bin) => ({ rate: bin.likes / bin.n, n: bin.n }))
}

function reported(tally: Tally): Measures {
  const measures: Record<string, Measure> = {}
  const retention = vector(tally, 'retention')
  RETENTION_DAYS.forEach((day, i) => {
    measures[`r.retention.${day}`] = share(retention[2 * i + 1]!, retention[2 * i]!)
  })
  measures['r.topposts'] = topTenth(vector(tally, 'person.posts'))
  const likes = countSpread(vector(tally, 'post.likes'))
  const excess = likes.deviation * likes.deviation - likes.mean
  measures['r.likes.mean'] = {
    value: likes.mean,
    n: likes.n,
    interval: meanInterval(likes.mean, likes.deviation, likes.n),
  }
  measures['r.likes.k'] = { value: (likes.mean * likes.mean) / excess, n: likes.n, interval: null }
  for (const { id } of TRAIT_EFFECTS) measures[`t.${id}`] = withinGenders(vector(tally, `trait.${id}`))
  return measures
}

/** Share of the whole that the greatest tenth has; the tenth may cut a person in parts. */
function topTenth(counts: Float64Array): Measure {
  const n = total(counts)
  let left = n / 10
  let top = 0
  let sum = 0
  for (let value = counts.length - 1; value > 0; value--) {
    const taken = Math.min(left, counts[value]!)
    top += taken * value
    left -= taken
    sum += counts[value]! * value
  }
  return { value: top / sum, n, interval: null }
}

/** Correlation of deviations from the gender's mean. */
function withinGenders(sums: Float64Array): Measure {
  let n = 0
  let xx = 0
  let xy = 0
  let yy = 0
  let groups = 0
  for (let at = 0; at < sums.length; at += TRAIT_SUMS) {
    const count = sums[at]!
    if (count === 0) continue
    groups++
    n += count
    xx += sums[at + 3]! - (sums[at + 1]! * sums[at + 1]!) / count
    xy += sums[at + 4]! - (sums[at + 1]! * sums[at + 2]!) / count
    yy += sums[at + 5]! - (sums[at + 2]! * sums[at + 2]!) / count
  }
  const r = xy / Math.sqrt(xx * yy)
  return { value: r, n, interval: correlationInterval(r, n - groups + 1) }
}

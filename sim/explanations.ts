import { type RunConfig, type RunInput, resolveConfig } from './config/index.ts'
import { DAY_MS, formatDate } from './content/index.ts'
import type { EventExtension } from './events/index.ts'
import {
  type Explanation,
  explainAnswer,
  explainDay,
  explainDecision,
  explainPair,
  explainPost,
  type Observed,
  type PostName,
  Posts,
  type Watched,
  type Which,
  Witness,
} from './explain/index.ts'
import type { MarketDay } from './facts/index.ts'
import { badInput } from './kernel/index.ts'
import { createMarket } from './market.ts'
import { type MarketPlan, planMarkets } from './markets.ts'

/** The run that is asked about. */
export interface AskedRun {
  readonly config: RunConfig
  /** How many of its days are lived through; what comes later is not looked at. */
  readonly days: number
  /** The run's extension, if it has one. */
  readonly extension?: EventExtension
}

/** Why person a liked b or passed, or has not decided. Lives through the days of a's market once. */
export function explainLike(run: AskedRun, a: number, b: number): Explanation {
  return aboutPair(run, a, b, 'like', (observed) => explainDecision(observed, a, b))
}

/** Why a and b match or not. */
export function explainMatch(run: AskedRun, a: number, b: number): Explanation {
  return aboutPair(run, a, b, 'match', (observed) => explainPair(observed, a, b))
}

/** Why a answered b or not. @param which of b's messages; default: the last */
export function explainReply(run: AskedRun, a: number, b: number, which: Which = {}): Explanation {
  checkMoment(run, which)
  return aboutPair(run, a, b, 'reply', (observed) => explainAnswer(observed, a, b, which))
}

/**
 * Why a was shown what a was shown in the feed, and what came of it.
 * @param about some posts, or a day of the run, or a moment (`explainDay`); default: the last day on which a looked at the feed
 */
export function explainFeed(
  run: AskedRun,
  a: number,
  about: { readonly posts?: readonly PostName[]; readonly day?: number; readonly at?: string } = {},
): Explanation[] {
  checkMoment(run, about)
  const plan = planMarkets(run.config)
  for (const k of [a, ...(about.posts ?? []).map(({ author }) => author)]) checkPerson(plan, run, k)
  const market = plan.marketOf(a)
  const observed = lookOn(run, plan, market, { reader: (k) => k === a })
  if (about.posts === undefined) return explainDay(observed, a, about)
  return about.posts.map((post) =>
    plan.marketOf(post.author) === market
      ? explainPost(observed, a, post)
      : apart('feed', a, post.author, 'NOT_SHOWN', { post: `${post.author}:${post.nth}` }),
  )
}

/**
 * Lives through the days of one market with a witness: for those who ask about many decisions at once.
 * @param onDay told the facts of each day
 */
export function lookOn(
  run: AskedRun,
  plan: MarketPlan,
  market: number,
  watched: Watched,
  onDay?: (day: number, facts: MarketDay) => void,
): Observed {
  const { config, days, extension } = run
  if (!Number.isSafeInteger(days) || days < 1) throw badInput(`${days} days to look at; give a whole number from 1`)
  const posts = new Posts((k) => watched.reader?.(k) === true)
  let witness: Witness | undefined
  const lived = createMarket(config, plan, market, extension, (site) => (witness = new Witness(site, watched)))
  let lastDay = -1
  while (lived.day < days) {
    const facts = lived.runDay()
    lastDay = lived.day - 1
    posts.add(lastDay, facts)
    onDay?.(lastDay, facts)
  }
  return {
    config,
    witness: witness!,
    posts,
    now: lived.day * DAY_MS,
    lastDay,
    rowOf: (k) => rowOf(witness!, k),
    again: () => lookOn(run, plan, market, watched),
  }
}

/** The configuration of a run, from what a user would give. */
export function askedRun(input: RunInput, days: number): AskedRun {
  return { config: resolveConfig(input), days }
}

function aboutPair(
  run: AskedRun,
  a: number,
  b: number,
  question: Explanation['question'],
  explain: (observed: Observed) => Explanation,
): Explanation {
  if (a === b) throw badInput(`person ${a} was given twice; give two different people`)
  const plan = planMarkets(run.config)
  for (const k of [a, b]) checkPerson(plan, run, k)
  const market = plan.marketOf(a)
  if (plan.marketOf(b) !== market) return apart(question, a, b, 'NONE', {})
  const pair = (one: number, other: number) => (one === a && other === b) || (one === b && other === a)
  return explain(lookOn(run, plan, market, { pair }))
}

/** People of different markets never meet. */
function apart(
  question: Explanation['question'],
  a: number,
  b: number,
  outcome: string,
  details: Explanation['details'],
): Explanation {
  return {
    question,
    a,
    b,
    outcome,
    summary: [`${a} and ${b} live in different markets, whose people never meet.`],
    at: null,
    terms: [],
    link: 'identity',
    probability: null,
    draw: null,
    wouldChange: [],
    details,
  }
}

/** @throws MingleError BAD_INPUT when the day, or the time in UTC, is none of those that are lived through */
export function checkMoment(
  { config, days }: AskedRun,
  { day, at }: { readonly day?: number | undefined; readonly at?: string | undefined },
): void {
  if (day === undefined && at === undefined) return
  if (days < 1) throw badInput(`there is no ${at ?? `day ${day}`}: the run has no days yet`)
  if (day !== undefined && !(Number.isSafeInteger(day) && day >= 0 && day < days)) {
    throw badInput(`there is no day ${day}: the run's days are 0 to ${days - 1}`)
  }
  if (at === undefined) return
  const [first, last] = [config.startDay, config.startDay + days - 1].map(formatDate) as [string, string]
  const date = at.slice(0, 10)
  if (date < first || date > last) throw badInput(`${at} is not in the run: its days are ${first} to ${last}`)
}

/** @throws MingleError BAD_INPUT when the run has no such person by then */
export function checkPerson(plan: MarketPlan, { config, days }: AskedRun, k: number): void {
  const { first, count } = plan.newcomers(days - 1)
  const people = Math.max(config.count, first + count - 1)
  if (Number.isSafeInteger(k) && k >= 1 && k <= people) return
  throw badInput(`there is no person ${k}: after ${days} days the run has people 1 to ${people}`)
}

/** Rows ascend with k. */
function rowOf({ site }: Witness, k: number): number {
  const { people } = site
  let low = 0
  let high = people.size - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (people.k[middle]! < k) low = middle + 1
    else high = middle
  }
  return low
}

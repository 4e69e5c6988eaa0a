import { generateProfile } from './agents/index.ts'
import { DAY_MS, formatDate, textPack } from './content/index.ts'
import { type Moment, momentOf } from './explain/index.ts'
import { type AskedRun, checkPerson } from './explanations.ts'
import type { MarketDay } from './facts/index.ts'
import { badInput } from './kernel/index.ts'
import { createMarket } from './market.ts'
import { planMarkets } from './markets.ts'

/** Something that a person did, or that somebody did to the person. */
export interface LifeEvent extends Moment {
  readonly what:
    | 'joined'
    | 'session'
    | 'post'
    | 'liked post'
    | 'post liked'
    | 'viewed'
    | 'viewed by'
    | 'like'
    | 'pass'
    | 'liked by'
    | 'passed by'
    | 'match'
    | 'wrote'
    | 'received'
  /** The other person, where there is one. */
  readonly other?: number
  readonly text?: string
  /** The end of a session. */
  readonly until?: string
}

/** One day of a person. */
export interface LifeDay {
  readonly day: number
  readonly date: string
  /** Items of the feed that were read. */
  readonly feedItems: number
  /** In order of time. */
  readonly events: readonly LifeEvent[]
}

/** Somebody whom the person had to do with in those days. */
export interface Acquaintance {
  readonly k: number
  readonly name: string
  readonly city: string
  /** How often each kind of event was with them. */
  readonly events: Readonly<Record<string, number>>
}

export interface Timeline {
  readonly k: number
  readonly days: readonly LifeDay[]
  /** By number of events, most first. */
  readonly met: readonly Acquaintance[]
}

/**
 * What person k did on the days `from` to `to`, both included, and whom the person met. Lives through all days of the
 * person's market up to then; `run.days` is not looked at.
 */
export function timelineOf(run: AskedRun, k: number, from: number, to: number): Timeline {
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to >= from)) {
    throw badInput(`days ${from} to ${to}; give whole numbers from 0, the last not before the first`)
  }
  const { config, extension } = run
  const plan = planMarkets(config)
  checkPerson(plan, { ...run, days: to + 1 }, k)
  const market = createMarket(config, plan, plan.marketOf(k), extension)
  const story = new Story(run, k)
  const days: LifeDay[] = []
  while (market.day <= to) {
    const facts = market.runDay()
    const day = market.day - 1
    const told = story.tell(day, facts)
    if (day >= from && day <= to) days.push(told)
  }
  return { k, days, met: acquaintances(run, days, plan) }
}

/** Reads a market's facts with one person's eyes. */
class Story {
  readonly #run: AskedRun
  readonly #k: number
  /** The person's posts and matches so far, by the market's numbers. */
  readonly #posts = new Set<number>()
  readonly #authors: number[] = []
  readonly #partners = new Map<number, number>()

  constructor(run: AskedRun, k: number) {
    this.#run = run
    this.#k = k
  }

  tell(day: number, { tables }: MarketDay): LifeDay {
    const k = this.#k
    const { startDay, places, taxonomy, words } = this.#run.config
    const texts = textPack(places, { taxonomy, words })
    const events: (LifeEvent & { readonly at: number })[] = []
    const add = (at: number, what: LifeEvent['what'], more: Omit<LifeEvent, 'what' | 'day' | 'time'> = {}) => {
      events.push({ ...momentOf(startDay, day * DAY_MS + at), what, ...more, at })
    }
    const { arrival, session, post, feed_seen, liked_post, profile_view, like, match, message } = tables
    each(arrival, (i) => {
      if (arrival.k[i] === k) add(arrival.at[i]!, 'joined')
    })
    each(session, (i) => {
      if (session.k[i] !== k) return
      const until = momentOf(startDay, day * DAY_MS + session.at[i]!).time
      add(session.start[i]!, 'session', { until })
    })
    each(post, (i) => {
      this.#authors.push(post.k[i]!)
      if (post.k[i] !== k) return
      this.#posts.add(post.first + i)
      add(post.at[i]!, 'post', { text: texts.renderPost(post.template[i]!, post.variant[i]!, post.operand[i]!) })
    })
    let feedItems = 0
    each(feed_seen, (i) => {
      if (feed_seen.k[i] === k) feedItems++
    })
    each(liked_post, (i) => {
      const number = liked_post.post[i]!
      if (liked_post.k[i] === k) add(liked_post.at[i]!, 'liked post', { other: this.#authors[number]! })
      else if (this.#posts.has(number)) add(liked_post.at[i]!, 'post liked', { other: liked_post.k[i]! })
    })
    each(profile_view, (i) => {
      if (profile_view.k[i] === k) add(profile_view.at[i]!, 'viewed', { other: profile_view.viewed[i]! })
      else if (profile_view.viewed[i] === k) add(profile_view.at[i]!, 'viewed by', { other: profile_view.k[i]! })
    })
    each(like, (i) => {
      const liked = like.action[i] === 1
      if (like.k[i] === k) add(like.at[i]!, liked ? 'like' : 'pass', { other: like.to[i]! })
      else if (like.to[i] === k) add(like.at[i]!, liked ? 'liked by' : 'passed by', { other: like.k[i]! })
    })
    each(match, (i) => {
      const [a, b] = [match.k[i]!, match.other[i]!]
      if (a !== k && b !== k) return
      this.#partners.set(match.first + i, a === k ? b : a)
      add(match.at[i]!, 'match', { other: a === k ? b : a })
    })
    each(message, (i) => {
      const other = this.#partners.get(message.match[i]!)
      if (other === undefined) return
      const { template, variant, operand, person } = message
      const text = texts.renderMessage(template[i]!, variant[i]!, operand[i]!, person[i]!)
      add(message.at[i]!, message.k[i] === k ? 'wrote' : 'received', { other, text })
    })
    events.sort((x, y) => x.at - y.at)
    const bare = events.map(({ at: _, ...event }): LifeEvent => event)
    return { day, date: formatDate(startDay + day), feedItems, events: bare }
  }
}

function each(table: { readonly rows: number }, visit: (row: number) => void): void {
  for (let row = 0; row < table.rows; row++) visit(row)
}

function acquaintances(run: AskedRun, days: readonly LifeDay[], plan: ReturnType<typeof planMarkets>): Acquaintance[] {
  const counts = new Map<number, Record<string, number>>()
  for (const { events } of days) {
    for (const { what, other } of events) {
      if (other === undefined) continue
      const own = counts.get(other) ?? {}
      own[what] = (own[what] ?? 0) + 1
      counts.set(other, own)
    }
  }
  const total = (events: Record<string, number>) => Object.values(events).reduce((sum, each) => sum + each, 0)
  const { count } = run.config
  return [...counts]
    .map(([k, events]): Acquaintance => {
      const { displayName, city } = generateProfile(plan.population, k, k <= count ? -1 : 0)
      return { k, name: displayName, city: plan.population.places.cities[city]!.name, events }
    })
    .sort((x, y) => total(y.events) - total(x.events) || x.k - y.k)
}

import { Life } from '../agents/index.ts'
import { FEED_SOURCES, IdleProbe, Kind, type MatchMaking, type Site } from '../events/index.ts'
import type { AnswerRecord, DecisionRecord, MatchRecord, MessageRecord, OfferRecord, PlanRecord } from './records.ts'
import { postTerms, replyTerms } from './terms.ts'

/** Whom a witness heeds, by person numbers. */
export interface Watched {
  /** Whether what these two decide about each other is wanted, in this order. */
  readonly pair?: (a: number, b: number) => boolean
  /** Whether what this person sees in the feed is wanted. */
  readonly reader?: (a: number) => boolean
}

const PLAN_KINDS: Readonly<Record<number, PlanRecord['kind']>> = {
  [Kind.reply]: 'reply',
  [Kind.farewell]: 'farewell',
  [Kind.followUp]: 'followUp',
}

/** Takes down the decisions of the people that somebody asks about, with the terms as the engine computes them. */
export class Witness extends IdleProbe {
  readonly decisions: DecisionRecord[] = []
  readonly matches: MatchRecord[] = []
  readonly answers: AnswerRecord[] = []
  readonly plans: PlanRecord[] = []
  readonly messages: MessageRecord[] = []
  readonly offers: OfferRecord[] = []
  readonly #watched: Watched
  /** The market looked at. */
  readonly site: Site
  /** Rows who were last dealt someone because of a like. */
  readonly #fromInbox = new Set<number>()
  #offer: Pick<OfferRecord, 'source' | 'attempt' | 'u' | 'chances'> | undefined

  constructor(site: Site, watched: Watched) {
    super()
    this.site = site
    this.#watched = watched
  }

  override dealt(row: number, _candidate: number, fromInbox: boolean): void {
    if (fromInbox) this.#fromInbox.add(row)
    else this.#fromInbox.delete(row)
  }

  override decided(
    row: number,
    other: number,
    fromFeed: number,
    chance: number,
    draw: number,
    liked: number,
    now: number,
  ): void {
    const [a, b] = this.#pair(row, other)
    if (!this.#wants(a, b)) return
    const likes = this.site.sessions.likes[row]!
    const terms = this.site.likes.terms(this.site.people, row, other, likes)
    const from = fromFeed === 1 ? 'feed' : this.#fromInbox.has(row) ? 'inbox' : 'deck'
    const admired = this.site.decided.get(other, row) === 1
    this.decisions.push({ a, b, now, from, likes, admired, chance, draw, liked: liked === 1, terms })
  }

  override matched(match: number, making: MatchMaking, now: number): void {
    const { threads } = this.site
    const [a, b] = this.#pair(threads.a[match]!, threads.b[match]!)
    if (this.#wants(a, b) || this.#wants(b, a)) this.matches.push({ match, a, b, now, ...making })
  }

  override weighed(match: number, row: number, number: number, chance: number, draw: number, now: number): void {
    const [a, b] = this.#pair(row, this.site.threads.partner(match, row))
    if (!this.#wants(a, b)) return
    const terms = replyTerms(this.site, row, match, number)
    const active = this.site.lives.state[row] === Life.active
    this.answers.push({ match, a, b, number, now, chance, draw, active, terms })
  }

  override planned(match: number, row: number, kind: number, then: number): void {
    if (!this.#wantsThread(match)) return
    const number = this.site.threads.messages[match]!
    this.plans.push({ match, a: this.site.people.k[row]!, kind: PLAN_KINDS[kind]!, due: then, number })
  }

  override sent(match: number, row: number, number: number, _move: number, now: number): void {
    if (this.#wantsThread(match)) this.messages.push({ match, a: this.site.people.k[row]!, number, now })
  }

  override offered(row: number, post: number, attempt: number, u: number): void {
    const { feed, people } = this.site
    if (this.#watched.reader?.(people.k[row]!) !== true) return
    const byTry = feed.chancesOf(people, row, post)
    const chances = Object.fromEntries(FEED_SOURCES.map((name, i) => [name, byTry[i]!]))
    this.#offer = { source: FEED_SOURCES[feed.sourceOf(attempt, u)]!, attempt, u, chances }
  }

  override reacted(row: number, post: number, chance: number, curiosity: number, draw: number, now: number): void {
    const { people, feed } = this.site
    if (this.#watched.reader?.(people.k[row]!) !== true) return
    const about = { a: people.k[row]!, author: feed.authorKOf(post), post: post - feed.base, now }
    this.offers.push({ ...about, ...this.#offer!, chance, curiosity, draw, terms: postTerms(this.site, row, post) })
  }

  #pair(row: number, other: number): [number, number] {
    return [this.site.people.k[row]!, this.site.people.k[other]!]
  }

  #wants(a: number, b: number): boolean {
    return this.#watched.pair?.(a, b) === true
  }

  #wantsThread(match: number): boolean {
    const [a, b] = this.#pair(this.site.threads.a[match]!, this.site.threads.b[match]!)
    return this.#wants(a, b) || this.#wants(b, a)
  }
}

import { Life, type People } from '../agents/index.ts'
import { FEED_SOURCES, type Feed, IdleProbe, Kind, type MatchMaking, type Site } from '../events/index.ts'
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
  #site: Site | undefined
  /** Rows who were last dealt someone because of a like. */
  readonly #fromInbox = new Set<number>()
  #offer: Pick<OfferRecord, 'source' | 'attempt' | 'u' | 'chances'> | undefined

  constructor(watched: Watched) {
    super()
    this.#watched = watched
  }

  /** The market looked at. */
  get site(): Site {
    if (this.#site === undefined) throw new Error('the witness looks at no market yet')
    return this.#site
  }

  override attached(site: Site): void {
    this.#site = site
  }

  override dealt(_site: Site, row: number, _candidate: number, fromInbox: boolean): void {
    if (fromInbox) this.#fromInbox.add(row)
    else this.#fromInbox.delete(row)
  }

  override decided(
    site: Site,
    row: number,
    other: number,
    fromFeed: number,
    chance: number,
    draw: number,
    liked: number,
    now: number,
  ): void {
    const [a, b] = this.#pair(site, row, other)
    if (!this.#wants(a, b)) return
    const likes = site.sessions.likes[row]!
    const terms = site.likes.terms(site.people, row, other, likes)
    const from = fromFeed === 1 ? 'feed' : this.#fromInbox.has(row) ? 'inbox' : 'deck'
    const admired = site.decided.get(other, row) === 1
    this.decisions.push({ a, b, now, from, likes, admired, chance, draw, liked: liked === 1, terms })
  }

  override matched(site: Site, match: number, making: MatchMaking, now: number): void {
    const { threads } = site
    const [a, b] = this.#pair(site, threads.a[match]!, threads.b[match]!)
    if (this.#wants(a, b) || this.#wants(b, a)) this.matches.push({ match, a, b, now, ...making })
  }

  override weighed(
    site: Site,
    match: number,
    row: number,
    number: number,
    chance: number,
    draw: number,
    now: number,
  ): void {
    const [a, b] = this.#pair(site, row, site.threads.partner(match, row))
    if (!this.#wants(a, b)) return
    const terms = replyTerms(site, row, match, number)
    const active = site.lives.state[row] === Life.active
    this.answers.push({ match, a, b, number, now, chance, draw, active, terms })
  }

  override planned(site: Site, match: number, row: number, kind: number, then: number): void {
    if (!this.#wantsThread(site, match)) return
    const number = site.threads.messages[match]!
    this.plans.push({ match, a: site.people.k[row]!, kind: PLAN_KINDS[kind]!, due: then, number })
  }

  override sent(site: Site, match: number, row: number, number: number, _move: number, now: number): void {
    if (this.#wantsThread(site, match)) this.messages.push({ match, a: site.people.k[row]!, number, now })
  }

  override offered(feed: Feed, people: People, row: number, post: number, attempt: number, u: number): void {
    if (this.#watched.reader?.(people.k[row]!) !== true) return
    const byTry = feed.chancesOf(people, row, post)
    const chances = Object.fromEntries(FEED_SOURCES.map((name, i) => [name, byTry[i]!]))
    this.#offer = { source: FEED_SOURCES[feed.sourceOf(attempt, u)]!, attempt, u, chances }
  }

  override reacted(
    site: Site,
    row: number,
    post: number,
    chance: number,
    curiosity: number,
    draw: number,
    now: number,
  ): void {
    const { people, feed } = site
    if (this.#watched.reader?.(people.k[row]!) !== true) return
    const about = { a: people.k[row]!, author: feed.authorKOf(post), post: post - feed.base, now }
    this.offers.push({ ...about, ...this.#offer!, chance, curiosity, draw, terms: postTerms(site, row, post) })
  }

  #pair(site: Site, row: number, other: number): [number, number] {
    return [site.people.k[row]!, site.people.k[other]!]
  }

  #wants(a: number, b: number): boolean {
    return this.#watched.pair?.(a, b) === true
  }

  #wantsThread(site: Site, match: number): boolean {
    const [a, b] = this.#pair(site, site.threads.a[match]!, site.threads.b[match]!)
    return this.#wants(a, b) || this.#wants(b, a)
  }
}

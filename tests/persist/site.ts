import type { NewRun } from '../../persist/index.ts'
import type { PersonProfile } from '../../sim/agents/index.ts'
import { GENDERS, INTENTS } from '../../sim/content/index.ts'
import { type DayFacts, FACT_COLUMNS, FACT_KINDS, type FactKind, type MarketDay } from '../../sim/facts/index.ts'
import { makeRng, type Stream } from '../../sim/kernel/index.ts'

const DAY_MS = 86_400_000

/** How much happens on a made-up day, in each market. */
export interface Volume {
  readonly posts: number
  readonly seen: number
  readonly likes: number
  readonly views: number
  readonly sessions: number
  readonly messages: number
}

export const FEW: Volume = { posts: 5, seen: 40, likes: 30, views: 20, sessions: 10, messages: 12 }

/**
 * A site that is made up rather than simulated: facts that keep every rule (unique pairs, causes before effects), so
 * that the writers can be tried with any volume. Equal seeds give equal facts.
 */
export class MadeUpSite {
  readonly markets: number
  readonly #rng: Stream
  readonly #people: number[][]
  readonly #volume: Volume
  readonly #posts: number[]
  readonly #matches: [number, number][][]
  readonly #messages: number[]
  readonly #seen = new Set<string>()
  readonly #liked = new Set<string>()

  constructor(seed: string, people: number, markets = 2, volume: Volume = FEW) {
    this.markets = markets
    this.#rng = makeRng(seed)
    this.#volume = volume
    this.#people = Array.from({ length: markets }, (_, market) =>
      Array.from({ length: people }, (_, i) => i + 1).filter((k) => k % markets === market),
    )
    this.#posts = new Array(markets).fill(0)
    this.#messages = new Array(markets).fill(0)
    this.#matches = Array.from({ length: markets }, () => [])
  }

  /** @param newcomers k of those who join on this day */
  day(day: number, newcomers: readonly number[] = []): DayFacts {
    return { day, markets: Array.from({ length: this.markets }, (_, market) => this.#marketDay(market, newcomers)) }
  }

  #marketDay(market: number, newcomers: readonly number[]): MarketDay {
    const rng = this.#rng
    const volume = this.#volume
    const rows: Record<FactKind, number[][]> = Object.fromEntries(FACT_KINDS.map((kind) => [kind, []])) as never
    const time = (i: number, of: number) => Math.floor((i / of) * (DAY_MS - 10)) + rng.nextInt(5)
    const people = this.#people[market]!
    for (const k of newcomers.filter((k) => k % this.markets === market)) {
      rows.arrival.push([k, 0])
      people.push(k)
    }
    const first = { post: this.#posts[market]!, match: this.#matches[market]!.length, message: this.#messages[market]! }
    const who = () => people[rng.nextInt(people.length)]!
    for (let i = 0; i < volume.sessions; i++) rows.session.push([who(), i === 0 ? -5000 : 10 * i, time(i, 99)])
    for (let i = 0; i < volume.posts; i++) {
      rows.post.push([who(), rng.nextInt(50), rng.nextUint32() | 0, rng.nextInt(40), rng.nextInt(3), i])
      this.#posts[market]!++
    }
    for (let i = 0; i < volume.seen; i++) {
      const [k, post] = [who(), Math.max(0, this.#posts[market]! - 1 - rng.nextInt(volume.posts * 4))]
      if (this.#seen.has(`${market} ${k} ${post}`)) continue
      this.#seen.add(`${market} ${k} ${post}`)
      const at = time(i, volume.seen) + 10
      rows.feed_seen.push([k, post, at])
      if (rng.chance(0.2)) rows.liked_post.push([k, post, at + 1])
    }
    for (let i = 0; i < volume.views; i++) {
      const post = rng.chance(0.5) ? -1 : rng.nextInt(this.#posts[market]!)
      rows.profile_view.push([who(), who(), post, time(i, volume.views)])
    }
    for (let i = 0; i < volume.likes; i++) {
      const [from, to] = [who(), who()]
      if (from === to || this.#liked.has(`${from} ${to}`)) continue
      this.#liked.add(`${from} ${to}`)
      const at = time(i, volume.likes)
      rows.like.push([from, to, rng.chance(0.5) ? 1 : 0, at])
      if (!this.#liked.has(`${to} ${from}`)) continue
      rows.match.push([Math.min(from, to), Math.max(from, to), at + 1])
      this.#matches[market]!.push([from, to])
    }
    for (let i = 0; i < volume.messages && this.#matches[market]!.length > 0; i++) {
      const match = rng.nextInt(this.#matches[market]!.length)
      const sender = this.#matches[market]![match]![rng.nextInt(2)]!
      rows.message.push([sender, match, rng.nextInt(20), rng.nextUint32() | 0, rng.nextInt(9), 3, DAY_MS - 100 + i])
      this.#messages[market]!++
    }
    return marketDay(market, rows, first)
  }
}

function marketDay(market: number, rows: Record<FactKind, number[][]>, first: Record<string, number>): MarketDay {
  const tables = Object.fromEntries(
    FACT_KINDS.map((kind) => {
      const columns = FACT_COLUMNS[kind].map((name, c) => [name, Int32Array.from(rows[kind], (row) => row[c]!)])
      return [kind, { rows: rows[kind].length, first: first[kind] ?? 0, ...Object.fromEntries(columns) }]
    }),
  )
  return { market, tables: tables as MarketDay['tables'], order: new Uint8Array(0), digests: new Uint32Array(36) }
}

/** Person k, who depends on k alone. */
export function person(k: number): PersonProfile {
  const rng = makeRng(`person ${k}`)
  return {
    k,
    displayName: `Zoë ${k} 🙂`,
    bio: k % 3 === 0 ? '' : `I'm no. ${k}\tand I "like"\nbackslashes \\ and {braces, too}`,
    birthDay: 9000 + rng.nextInt(5000),
    gender: GENDERS[k % 3]!,
    seeks: k % 2 === 0 ? ['woman', 'man'] : ['nonbinary'],
    intent: INTENTS[k % 4]!,
    city: rng.nextInt(20),
    latitude: 30 + rng.next() * 10,
    longitude: -100 + rng.next() * 10,
    joinedAt: -rng.nextInt(1e9),
    archetype: 'social',
    sociability: rng.next(),
    selectivity: 0.5,
    engagement: 1,
    interests: [k % 7, 10 + (k % 5), 20 + (k % 11)],
    media: k % 4 === 0 ? [] : [k, k + 1],
    quizzes: k % 5 === 0 ? [] : [{ quiz: 0, options: [0, 1, 2, 3, 0, 1, 2, 3, 0, 1] }],
    lifecycle: 'active',
    flags: k % 16,
  }
}

export function people(from: number, to: number): PersonProfile[] {
  return Array.from({ length: to - from + 1 }, (_, i) => person(from + i))
}

export function newRun(seed: string, people: number, days: number): NewRun {
  return {
    seed,
    startDay: 19723,
    placePack: 'us',
    config: JSON.stringify({ seed, people }),
    engineVersion: 1,
    packageVersion: '0.0.0',
    segment: { fromDay: 0, days, firstPerson: 1, people, gap: 0, inputs: '{}' },
  }
}

/** Fact digests of a day, as the driver would give them. */
export function factDigests(day: number): string[] {
  return FACT_KINDS.map((_, i) => String(day * 100 + i).padStart(32, '0'))
}

/** Texts with whatever could go wrong on the way into a database. */
export const TEXTS = {
  post: (template: number, variant: number, operand: number) =>
    `post ${template}\t${variant}\n"it's" \\N \\. ${operand} 🙂`,
  message: (template: number, variant: number, operand: number, person: number) =>
    `${'çöde, '.repeat(template)}\r\n${variant};${operand};${person}`,
}

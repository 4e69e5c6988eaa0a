import { bitCount, type People } from '../agents/index.ts'
import { TOPICS } from '../content/index.ts'
import type { Stream } from '../kernel/index.ts'
import type { PolicyParameters } from '../parameters.ts'
import { Ring } from './ring.ts'
import { SeenPosts } from './seen.ts'

const HOUR_MS = 3_600_000
/** Items tried before the feed counts as read to its end; after the first few the person scrolls down, to any post. */
const TRIES = 9
const RANKED_TRIES = 4

/**
 * The posts of the last days and who has seen them. What a person is shown next comes from one of five sources, each
 * weighted to the recent: posts by reach (how far a post of its quality spreads), posts that were liked lately
 * (the popular get more popular), posts on an interest of the viewer's, posts from the viewer's city, and any post.
 *
 * Posts have the market's own numbers; `base` is the number of the first post that is a fact (0 without burn-in).
 */
export class Feed {
  base = 0
  /** The first post still shown, and the next to come. */
  floor = 0
  next = 0
  private author = new Int32Array(64)
  /** The author's own number of the post, so that what others draw about it hangs on nothing else. */
  private ordinal = new Int32Array(64)
  private topic = new Uint8Array(64)
  private quality = new Float32Array(64)
  private at = new Float64Array(64)
  /** Which posts each person has seen, of those still shown. */
  readonly seen = new SeenPosts()
  private readonly reach: Ring
  private readonly popular: Ring
  private readonly byTopic: readonly Ring[]
  private readonly byCity: (Ring | null)[]
  private readonly windowMs: number
  private readonly cumulative: Float64Array

  constructor(people: People, cities: number, feed: PolicyParameters['feed']) {
    const size = people.size
    this.windowMs = feed.windowHours * HOUR_MS
    this.reach = new Ring(size * 0.6)
    this.popular = new Ring(size * 1.5)
    this.byTopic = TOPICS.map(() => new Ring(size * 0.05))
    const homes = new Int32Array(cities)
    for (let row = 0; row < size; row++) homes[people.city[row]!]!++
    this.byCity = Array.from(homes, (count) => (count > 0 ? new Ring(count * 0.6) : null))
    const { reach, popular, topic, city, fresh } = feed.sources
    const total = reach + popular + topic + city + fresh
    this.cumulative = Float64Array.of(reach / total, (reach + popular) / total, (reach + popular + topic) / total)
    this.cumulative = Float64Array.of(...this.cumulative, (total - fresh) / total)
  }

  /** Publishes a post with this many entries in the sources and returns its number. */
  publish(
    author: number,
    city: number,
    ordinal: number,
    topic: number,
    quality: number,
    entries: number,
    now: number,
  ): number {
    const post = this.next++
    this.seen.advance(this.floor, this.next)
    if (post - this.floor >= this.author.length) this.grow()
    const slot = post & (this.author.length - 1)
    this.author[slot] = author
    this.ordinal[slot] = ordinal
    this.topic[slot] = topic
    this.quality[slot] = quality
    this.at[slot] = now
    for (let entry = 0; entry < entries; entry++) this.reach.push(post)
    if (entries > 0) {
      this.byTopic[topic]!.push(post)
      this.byCity[city]?.push(post)
    }
    return post
  }

  /** Forgets posts older than the window. */
  expire(now: number): void {
    while (this.floor < this.next && this.at[this.floor & (this.author.length - 1)]! < now - this.windowMs) this.floor++
  }

  /** The next item for this person, marked as seen; −1 when nothing new turns up. */
  choose(stream: Stream, people: People, row: number, now: number): number {
    const cumulative = this.cumulative
    const oldest = now - this.windowMs
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const u = attempt < RANKED_TRIES ? stream.next() : 1
      let post: number
      if (u < cumulative[0]!) post = this.reach.draw(stream)
      else if (u < cumulative[1]!) post = this.popular.draw(stream)
      else if (u < cumulative[2]!) post = this.onTopic(stream, people.topics[row]!)
      else if (u < cumulative[3]!) post = this.byCity[people.city[row]!]?.draw(stream) ?? -1
      else post = this.floor + Math.floor(stream.next() * (this.next - this.floor))
      if (post < this.floor || post >= this.next) continue
      const slot = post & (this.author.length - 1)
      if (this.author[slot] === row || this.at[slot]! < oldest || this.at[slot]! >= now) continue
      if (this.seen.has(row, post)) continue
      this.seen.add(row, post, this.floor)
      return post
    }
    return -1
  }

  /** A post on one of the topics (bits), each equally likely. Two draws. */
  private onTopic(stream: Stream, topics: number): number {
    let nth = Math.floor(stream.next() * bitCount(topics))
    for (let bits = topics; bits !== 0; bits &= bits - 1) {
      if (nth-- === 0) return this.byTopic[31 - Math.clz32(bits & -bits)]!.draw(stream)
    }
    return -1
  }

  /** A like makes the post come up more often. */
  noteLike(post: number): void {
    this.popular.push(post)
  }

  /** Whether the post is still known. */
  knows(post: number): boolean {
    return post >= this.floor && post < this.next
  }

  authorOf(post: number): number {
    return this.author[post & (this.author.length - 1)]!
  }

  ordinalOf(post: number): number {
    return this.ordinal[post & (this.author.length - 1)]!
  }

  topicOf(post: number): number {
    return this.topic[post & (this.author.length - 1)]!
  }

  qualityOf(post: number): number {
    return this.quality[post & (this.author.length - 1)]!
  }

  /**
   * Ends a time that was not told, such as the burn-in: its posts are not shown or counted.
   * @param told posts told so far
   */
  forget(told: number): void {
    this.base = this.next - told
    this.floor = this.next
    for (const ring of this.rings()) ring.clear()
  }

  /** Makes room for newcomers, and for the first of a city. */
  admit(people: People): void {
    this.seen.resize(people.size)
    for (let row = 0; row < people.size; row++) this.byCity[people.city[row]!] ??= new Ring(1)
  }

  private rings(): Ring[] {
    return [this.reach, this.popular, ...this.byTopic, ...this.byCity.filter((ring) => ring !== null)]
  }

  private grow(): void {
    const old = this.author.length
    const size = old * 2
    const moved = <T extends Int32Array | Uint8Array | Float32Array | Float64Array>(from: T, to: T): T => {
      for (let post = this.floor; post < this.next; post++) to[post & (size - 1)] = from[post & (old - 1)]!
      return to
    }
    this.author = moved(this.author, new Int32Array(size))
    this.ordinal = moved(this.ordinal, new Int32Array(size))
    this.topic = moved(this.topic, new Uint8Array(size))
    this.quality = moved(this.quality, new Float32Array(size))
    this.at = moved(this.at, new Float64Array(size))
  }

  get bytes(): number {
    let bytes = this.seen.bytes + this.author.length * 21
    for (const ring of this.rings()) bytes += ring.bytes
    return bytes
  }
}

import type { People } from '../../agents/index.ts'
import { TOPICS } from '../../content/index.ts'
import { bitCount, type Stream } from '../../kernel/index.ts'
import type { PolicyParameters } from '../../parameters/index.ts'
import type { Probe } from '../probe.ts'
import { Ring } from './ring.ts'
import { SeenPosts } from './seen.ts'

const HOUR_MS = 3_600_000
/** Items tried before the feed counts as read to its end; after the first few the person scrolls down, to any post. */
const TRIES = 9
const RANKED_TRIES = 4
/** Posts that there is room for at first. */
const FIRST_ROOM = 64
/** Words of a post: its author's row and number, the author's own number of it, and 8 bits of topic below the group. */
const POST_WORDS = 4
/** Where an item can come from; the last is scrolling down, once the first tries have found nothing new. */
export const FEED_SOURCES = ['reach', 'popular', 'topic', 'city', 'fresh', 'scrolling'] as const
const AUTHOR = 0
const AUTHOR_K = 1
const ORDINAL = 2
const TOPIC_AND_GROUP = 3
const GROUP_SHIFT = 8

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
  /** What a reader needs of a post and its author, `POST_WORDS` a post: one place in memory instead of seven. */
  private posts = new Int32Array(FIRST_ROOM * POST_WORDS)
  private quality = new Float32Array(FIRST_ROOM)
  private at = new Float64Array(FIRST_ROOM)
  /** Which posts each person has seen, of those still shown. */
  readonly seen = new SeenPosts()
  private readonly reach: Ring
  private readonly popular: Ring
  private readonly byTopic: readonly Ring[]
  private readonly byCity: (Ring | null)[]
  // What follows from the policy has private names, which saved states do not hold: a fork has its own.
  readonly #windowMs: number
  /** Of all that is shown, one over the share of each source, and the shares up to and with it. */
  #perShare = new Float64Array(0)
  #ends = new Float64Array(0)

  constructor(people: People, cities: number, feed: PolicyParameters['feed']) {
    const size = people.size
    this.#windowMs = feed.windowHours * HOUR_MS
    this.reach = new Ring(size * 0.6)
    this.popular = new Ring(size * 1.5)
    this.byTopic = TOPICS.map(() => new Ring(size * 0.05))
    const homes = new Int32Array(cities)
    for (let row = 0; row < size; row++) homes[people.city[row]!]!++
    this.byCity = Array.from(homes, (count) => (count > 0 ? new Ring(count * 0.6) : null))
    this.turn(feed)
  }

  /** Deals by another policy from now on. Its window is that of the start: posts are kept as long as it says. */
  turn(feed: PolicyParameters['feed']): void {
    const { reach, popular, topic, city, fresh } = feed.sources
    const total = reach + popular + topic + city + fresh
    const weights = Float64Array.of(reach, popular, topic, city, fresh)
    this.#perShare = weights.map((weight) => total / weight)
    let end = 0
    this.#ends = weights.map((weight) => (end += weight / total))
  }

  /**
   * Publishes a post with this many entries in the sources and returns its number.
   * @param ordinal the author's own number of the post, so that what others draw about it hangs on nothing else
   */
  publish(
    people: People,
    author: number,
    ordinal: number,
    topic: number,
    quality: number,
    entries: number,
    now: number,
  ): number {
    const post = this.next++
    this.seen.advance(this.floor, this.next)
    if (post - this.floor >= this.at.length) this.grow()
    const slot = post & (this.at.length - 1)
    const word = slot * POST_WORDS
    this.posts[word + AUTHOR] = author
    this.posts[word + AUTHOR_K] = people.k[author]!
    this.posts[word + ORDINAL] = ordinal
    this.posts[word + TOPIC_AND_GROUP] = topic | (people.group[author]! << GROUP_SHIFT)
    this.quality[slot] = quality
    this.at[slot] = now
    for (let entry = 0; entry < entries; entry++) this.reach.push(post)
    if (entries > 0) {
      this.byTopic[topic]!.push(post)
      this.byCity[people.city[author]!]?.push(post)
    }
    return post
  }

  /** Forgets posts older than the window. */
  expire(now: number): void {
    while (this.floor < this.next && this.at[this.floor & (this.at.length - 1)]! < now - this.#windowMs) this.floor++
  }

  /** The next item for this person, marked as seen; −1 when nothing new turns up. @param probe told where it came from */
  choose(stream: Stream, people: People, row: number, now: number, probe: Probe | null): number {
    const oldest = now - this.#windowMs
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const u = stream.next()
      const post = attempt < RANKED_TRIES ? this.ranked(u, people, row) : this.any(u)
      if (post < this.floor || post >= this.next) continue
      const slot = post & (this.at.length - 1)
      const at = this.at[slot]!
      if (at < oldest || at >= now || this.posts[slot * POST_WORDS + AUTHOR] === row) continue
      if (this.seen.has(row, post)) continue
      if (probe !== null) probe.offered(row, post, attempt, u)
      this.seen.add(row, post, this.floor)
      return post
    }
    return -1
  }

  /**
   * The post that a uniform number stands for: it falls into the part of one source, and its place there is uniform
   * again and chooses the post.
   */
  private ranked(u: number, people: People, row: number): number {
    const ends = this.#ends
    const perShare = this.#perShare
    if (u < ends[0]!) return this.reach.at(u * perShare[0]!)
    if (u < ends[1]!) return this.popular.at((u - ends[0]!) * perShare[1]!)
    if (u < ends[2]!) return this.onTopic((u - ends[1]!) * perShare[2]!, people.topics[row]!)
    if (u < ends[3]!) return this.byCity[people.city[row]!]!.at((u - ends[2]!) * perShare[3]!)
    return this.any((u - ends[3]!) * perShare[4]!)
  }

  /** Where the item of a try came from, given the try's number and its draw: a position in `FEED_SOURCES`. */
  sourceOf(attempt: number, u: number): number {
    if (attempt >= RANKED_TRIES) return FEED_SOURCES.length - 1
    const source = this.#ends.findIndex((end) => u < end)
    return source < 0 ? this.#ends.length - 1 : source
  }

  /**
   * How likely one try is to come upon a post, by source in the order of `FEED_SOURCES`: the shares of the ranked sources
   * add up to the chance of one of the first tries, the last is that of a later one.
   */
  chancesOf(people: People, row: number, post: number): number[] {
    const share = Array.from(this.#perShare, (per) => 1 / per)
    const any = this.knows(post) ? 1 / (this.next - this.floor) : 0
    const topics = people.topics[row]!
    const topic = this.topicOf(post)
    const onTopic = topics & (1 << topic) ? this.byTopic[topic]!.shareOf(post) / bitCount(topics) : 0
    return [
      share[0]! * this.reach.shareOf(post),
      share[1]! * this.popular.shareOf(post),
      share[2]! * onTopic,
      share[3]! * this.byCity[people.city[row]!]!.shareOf(post),
      share[4]! * any,
      any,
    ]
  }

  /** Any post of the window. */
  private any(u: number): number {
    return this.floor + ((u * (this.next - this.floor)) | 0)
  }

  /** A post on one of the topics (bits), each equally likely; −1 when there is none. */
  private onTopic(u: number, topics: number): number {
    const place = u * bitCount(topics)
    const topic = place | 0
    let nth = topic
    for (let bits = topics; bits !== 0; bits &= bits - 1) {
      if (nth-- === 0) return this.byTopic[31 - Math.clz32(bits & -bits)]!.at(place - topic)
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

  /** The author's row. */
  authorOf(post: number): number {
    return this.word(post, AUTHOR)
  }

  /** The author's person number k. */
  authorKOf(post: number): number {
    return this.word(post, AUTHOR_K)
  }

  /** The author's group, as `People.group` has it. */
  groupOf(post: number): number {
    return this.word(post, TOPIC_AND_GROUP) >> GROUP_SHIFT
  }

  ordinalOf(post: number): number {
    return this.word(post, ORDINAL)
  }

  topicOf(post: number): number {
    return this.word(post, TOPIC_AND_GROUP) & ((1 << GROUP_SHIFT) - 1)
  }

  qualityOf(post: number): number {
    return this.quality[post & (this.at.length - 1)]!
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

  private word(post: number, word: number): number {
    return this.posts[(post & (this.at.length - 1)) * POST_WORDS + word]!
  }

  private grow(): void {
    const { posts, quality, at } = this
    const old = at.length
    const room = old * 2
    this.posts = new Int32Array(room * POST_WORDS)
    this.quality = new Float32Array(room)
    this.at = new Float64Array(room)
    for (let post = this.floor; post < this.next; post++) {
      const from = post & (old - 1)
      const to = post & (room - 1)
      for (let word = 0; word < POST_WORDS; word++) {
        this.posts[to * POST_WORDS + word] = posts[from * POST_WORDS + word]!
      }
      this.quality[to] = quality[from]!
      this.at[to] = at[from]!
    }
  }

  get bytes(): number {
    let bytes = this.seen.bytes + this.posts.byteLength + this.quality.byteLength + this.at.byteLength
    for (const ring of this.rings()) bytes += ring.bytes
    return bytes
  }
}

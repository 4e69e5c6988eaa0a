import {
  CONVERSATION_WINDOW_DAYS,
  DAY_MS,
  type FactTable,
  INACTIVE_DAYS,
  type MarketDay,
  MarketMetrics,
  type ObservedPeople,
  POST_WINDOW_DAYS,
  Thread,
} from '../../../sim/index.ts'

const DAY_S = 86_400
const [WOMAN, MAN] = [0, 1]

/**
 * A metric that can be told person by person: the sum of what each adds to its numerator, over the sum of what each adds to
 * its denominator. So it can be told of an arm of a test.
 */
export interface PersonalMetric {
  readonly key: string
  /** To whom each thing that is counted belongs. */
  readonly whose: string
  /** Days that follow what is counted last; nothing is known of the metric before. */
  readonly settles: number
}

function personal(key: string, whose: string, settles = 0): PersonalMetric {
  return { key, whose, settles }
}

/** What a test can be about. */
export const PERSONAL_METRICS: readonly PersonalMetric[] = [
  personal('match_rate', 'likes of the person, and half of each match'),
  personal('reply_rate', 'first messages that the person got', CONVERSATION_WINDOW_DAYS),
  personal('one_sided', 'first messages that the person got', CONVERSATION_WINDOW_DAYS),
  personal('silent_matches', 'half of each match', CONVERSATION_WINDOW_DAYS),
  personal('feed_engagement', 'items that the person saw'),
  personal('unliked_posts', "the person's posts", POST_WINDOW_DAYS),
  personal('likes_per_post', "the person's posts", POST_WINDOW_DAYS),
  personal('inactive', 'the account', INACTIVE_DAYS),
  personal('like_rate', 'decisions of the person'),
  personal('like_rate_women', 'decisions of the person'),
  personal('like_rate_men', 'decisions of the person'),
  personal('thread_length', 'half of each conversation', CONVERSATION_WINDOW_DAYS),
  personal('sessions', 'of the person'),
  personal('feed_items', 'seen by the person'),
  personal('posts', 'of the person'),
  personal('decisions', 'of the person'),
  personal('likes', 'of the person'),
  personal('matches', 'half of each match'),
  personal('messages', 'of the person'),
]

/** What each person of a market adds to a metric's numerator and denominator; by row. */
export interface Contributions {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Observes a market, and tells at any day's end what each of its people adds to a metric. */
export class PersonMetrics {
  readonly people: ObservedPeople
  private readonly metrics: MarketMetrics
  /** By row: feed items seen, and those of them that the person liked or opened. */
  private readonly seen: number[] = []
  private readonly engaged: number[] = []
  /** The item of the feed that the person liked or opened last. */
  private readonly lastItem: number[] = []
  private readonly authors: number[] = []
  /** Of each day: number of its first post and of its first match. */
  private readonly firstPost: number[] = []
  private readonly firstMatch: number[] = []
  private postsSoFar = 0
  private matchesSoFar = 0

  /** @param startDay first day of the run, in civil days since 1970-01-01 */
  constructor(people: ObservedPeople, startDay: number) {
    this.people = people
    this.metrics = new MarketMetrics(people, startDay)
  }

  observe(day: number, facts: MarketDay): void {
    this.metrics.observe(day, facts)
    const { post, match, feed_seen, liked_post, profile_view } = facts.tables
    for (let row = this.seen.length; row < this.people.size; row++) {
      this.seen.push(0)
      this.engaged.push(0)
      this.lastItem.push(-1)
    }
    while (this.firstPost.length <= day) {
      this.firstPost.push(this.postsSoFar)
      this.firstMatch.push(this.matchesSoFar)
    }
    this.postsSoFar += post.rows
    this.matchesSoFar += match.rows
    for (let i = 0; i < post.rows; i++) this.authors.push(post.k[i]!)
    for (let i = 0; i < feed_seen.rows; i++) this.seen[feed_seen.k[i]!]!++
    this.engage(liked_post, profile_view)
  }

  /** An item that is both liked and opened is one, also when midnight lies between. */
  private engage(liked: FactTable<'liked_post'>, opened: FactTable<'profile_view'>): void {
    const { engaged, lastItem } = this
    let open = 0
    for (let like = 0; like < liked.rows || open < opened.rows; ) {
      const first = like < liked.rows && (open === opened.rows || liked.at[like]! <= opened.at[open]!)
      const [row, item] = first ? [liked.k[like]!, liked.post[like++]!] : [opened.k[open]!, opened.post[open++]!]
      if (item < 0 || lastItem[row] === item) continue
      lastItem[row] = item
      engaged[row]!++
    }
  }

  /** @param key of `PERSONAL_METRICS` */
  contributions(key: string): Contributions {
    const { size } = this.people
    const own: Contributions = { x: new Float64Array(size), y: new Float64Array(size) }
    const { persons, days } = this.metrics
    const each = (x: (row: number) => number, y: (row: number) => number) => {
      for (let row = 0; row < size; row++) {
        own.x[row] = x(row)
        own.y[row] = y(row)
      }
    }
    const likes = (row: number) => persons.likesSent[row]!
    const decisions = (row: number) => persons.likesSent[row]! + persons.dislikesSent[row]!
    const perDay = (x: (row: number) => number) => each(x, () => days)
    switch (key) {
      case 'like_rate':
        each(likes, decisions)
        break
      case 'like_rate_women':
      case 'like_rate_men': {
        const gender = key === 'like_rate_women' ? WOMAN : MAN
        const of = (count: (row: number) => number) => (row: number) =>
          this.people.gender[row] === gender ? count(row) : 0
        each(of(likes), of(decisions))
        break
      }
      case 'feed_engagement':
        each(
          (row) => this.engaged[row]!,
          (row) => this.seen[row]!,
        )
        break
      case 'inactive':
        this.countInactive(own)
        break
      case 'unliked_posts':
      case 'likes_per_post':
        this.countPosts(own, key === 'unliked_posts')
        break
      case 'sessions':
        perDay((row) => persons.sessions[row]!)
        break
      case 'feed_items':
        perDay((row) => this.seen[row]!)
        break
      case 'posts':
        perDay((row) => persons.posts[row]!)
        break
      case 'decisions':
        perDay(decisions)
        break
      case 'likes':
        perDay(likes)
        break
      case 'messages':
        perDay((row) => persons.messages[row]!)
        break
      case 'match_rate':
      case 'matches': {
        const halves = this.halvesOfMatches()
        each((row) => halves[row]!, key === 'matches' ? () => days : likes)
        break
      }
      default:
        this.countThreads(own, key)
    }
    return own
  }

  /** Matches of each person, each half as one belongs to two. */
  private halvesOfMatches(): Float64Array {
    const { threads } = this.metrics
    const halves = new Float64Array(this.people.size)
    for (let match = 0; match < threads.rows; match++) {
      halves[threads.a[match]!]! += 0.5
      halves[threads.b[match]!]! += 0.5
    }
    return halves
  }

  /** Matches and conversations that have had a week since. */
  private countThreads({ x, y }: Contributions, key: string): void {
    const { threads, days } = this.metrics
    const settled = days - CONVERSATION_WINDOW_DAYS
    if (settled <= 0) return
    const matches = settled < this.firstMatch.length ? this.firstMatch[settled]! : this.matchesSoFar
    for (let match = 0; match < threads.rows; match++) {
      const [a, b, flags, messages] = [
        threads.a[match]!,
        threads.b[match]!,
        threads.flags[match]!,
        threads.messages[match]!,
      ]
      if (key === 'silent_matches') {
        if (match >= matches) break
        for (const row of [a, b]) {
          y[row]! += 0.5
          if (messages === 0) x[row]! += 0.5
        }
        continue
      }
      if (messages === 0 || Math.floor(threads.openedAt[match]! / DAY_MS) >= settled) continue
      const both = (flags & Thread.aWrote) !== 0 && (flags & Thread.bWrote) !== 0
      const asked = flags & Thread.aOpened ? b : a
      switch (key) {
        case 'reply_rate':
          y[asked]!++
          if (flags & Thread.answered) x[asked]!++
          break
        case 'one_sided':
          y[asked]!++
          if (!both) x[asked]!++
          break
        case 'thread_length':
          if (!both) break
          for (const row of [a, b]) {
            y[row]! += 0.5
            x[row]! += messages / 2
          }
          break
        default:
          throw new Error(`${key} is not told person by person`)
      }
    }
  }

  /** Posts that have had three days since. */
  private countPosts({ x, y }: Contributions, unliked: boolean): void {
    const { posts, days } = this.metrics
    const settled = days - POST_WINDOW_DAYS
    if (settled <= 0) return
    const rows = settled < this.firstPost.length ? this.firstPost[settled]! : this.postsSoFar
    for (let post = 0; post < rows; post++) {
      const author = this.authors[post]!
      y[author]!++
      x[author]! += unliked ? (posts.likes[post] === 0 ? 1 : 0) : posts.likes[post]!
    }
  }

  /** Accounts at least two weeks old, and those of them without a session in the last two. */
  private countInactive({ x, y }: Contributions): void {
    const since = this.metrics.days - INACTIVE_DAYS
    if (since < 0) return
    const { sessionLast } = this.metrics.persons
    for (let row = 0; row < this.people.size; row++) {
      if (this.people.joinedAt[row]! > since * DAY_MS) continue
      y[row] = 1
      if (sessionLast[row]! < since * DAY_S) x[row] = 1
    }
  }
}

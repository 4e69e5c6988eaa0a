import type { MarketDay } from '../facts/index.ts'
import { badInput } from '../kernel/index.ts'
import type { PostName } from './records.ts'

const DAY_MS = 86_400_000

/** The posts of a market so far, by their authors, and whose likes they got from the people asked about. */
export class Posts {
  readonly #byAuthor = new Map<number, number[]>()
  readonly #authors: number[] = []
  readonly #nth: number[] = []
  readonly #times: number[] = []
  readonly #liked = new Set<string>()
  readonly #reader: (a: number) => boolean

  constructor(reader: (a: number) => boolean) {
    this.#reader = reader
  }

  /** Takes in a day's facts, people as person numbers. */
  add(day: number, { tables }: MarketDay): void {
    const { post, liked_post } = tables
    for (let i = 0; i < post.rows; i++) {
      const k = post.k[i]!
      const own = this.#byAuthor.get(k)
      if (own) own.push(post.first + i)
      else this.#byAuthor.set(k, [post.first + i])
      this.#authors.push(k)
      this.#nth.push(this.#byAuthor.get(k)!.length)
      this.#times.push(day * DAY_MS + post.at[i]!)
    }
    for (let i = 0; i < liked_post.rows; i++) {
      const k = liked_post.k[i]!
      if (this.#reader(k)) this.#liked.add(`${k} ${liked_post.post[i]!}`)
    }
  }

  /** @throws MingleError BAD_INPUT when the author has fewer posts */
  numberOf({ author, nth }: PostName): number {
    const own = this.#byAuthor.get(author) ?? []
    const post = own[nth - 1]
    if (post === undefined) {
      throw badInput(
        `person ${author} has written ${own.length} posts in these days; there is no post ${author}:${nth}`,
      )
    }
    return post
  }

  nameOf(post: number): PostName {
    return { author: this.#authors[post]!, nth: this.#nth[post]! }
  }

  /** Ms since the run's start. */
  publishedAt(post: number): number {
    return this.#times[post]!
  }

  isLikedBy(a: number, post: number): boolean {
    return this.#liked.has(`${a} ${post}`)
  }
}

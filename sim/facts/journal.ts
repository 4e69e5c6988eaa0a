import { Uint8Column } from '../kernel/index.ts'
import { digestTables, withoutRows } from './digest.ts'
import { FACT_COLUMNS, FACT_KINDS, type FactKind, type FactTable, type MarketDay, type MarketSummary } from './kinds.ts'
import type { OwnRows } from './own-rows.ts'

/** Rows of one kind, by column. The capacity doubles; rows of the day are kept until the journal is drained. */
class FactRows {
  readonly width: number
  /** Rows of today. */
  rows = 0
  /** Sequence number of today's first row. */
  first = 0
  c0: Int32Array
  c1: Int32Array
  c2: Int32Array
  c3: Int32Array
  c4: Int32Array
  c5: Int32Array
  c6: Int32Array

  constructor(width: number) {
    this.width = width
    const column = (index: number) => new Int32Array(index < width ? 256 : 0)
    this.c0 = column(0)
    this.c1 = column(1)
    this.c2 = column(2)
    this.c3 = column(3)
    this.c4 = column(4)
    this.c5 = column(5)
    this.c6 = column(6)
  }

  columns(): Int32Array[] {
    return [this.c0, this.c1, this.c2, this.c3, this.c4, this.c5, this.c6].slice(0, this.width)
  }

  /** Makes room for one more row and returns its index. */
  next(): number {
    if (this.rows === this.c0.length) this.grow()
    return this.rows++
  }

  private grow(): void {
    const capacity = this.c0.length * 2
    const wider = (column: Int32Array) => {
      if (column.length === 0) return column
      const grown = new Int32Array(capacity)
      grown.set(column)
      return grown
    }
    this.c0 = wider(this.c0)
    this.c1 = wider(this.c1)
    this.c2 = wider(this.c2)
    this.c3 = wider(this.c3)
    this.c4 = wider(this.c4)
    this.c5 = wider(this.c5)
    this.c6 = wider(this.c6)
  }
}

/** Columns of each kind that hold a person. */
const PERSON_COLUMNS: Readonly<Record<FactKind, readonly number[]>> = {
  arrival: [0],
  session: [0],
  post: [0],
  feed_seen: [0],
  liked_post: [0],
  profile_view: [0, 1],
  like: [0, 1],
  match: [0, 1],
  message: [0],
}

/**
 * The facts of one market's current day, by column, in event order. Person columns hold rows of the market until
 * `drain` turns them into person numbers.
 */
export class Journal {
  readonly arrival = new FactRows(FACT_COLUMNS.arrival.length)
  readonly session = new FactRows(FACT_COLUMNS.session.length)
  readonly post = new FactRows(FACT_COLUMNS.post.length)
  readonly feedSeen = new FactRows(FACT_COLUMNS.feed_seen.length)
  readonly likedPost = new FactRows(FACT_COLUMNS.liked_post.length)
  readonly profileView = new FactRows(FACT_COLUMNS.profile_view.length)
  readonly like = new FactRows(FACT_COLUMNS.like.length)
  readonly match = new FactRows(FACT_COLUMNS.match.length)
  readonly message = new FactRows(FACT_COLUMNS.message.length)
  /** Kinds that an extension brought along. */
  own: readonly OwnRows[] = []
  private readonly order = new Uint8Column()
  private readonly kinds: readonly FactRows[] = [
    this.arrival,
    this.session,
    this.post,
    this.feedSeen,
    this.likedPost,
    this.profileView,
    this.like,
    this.match,
    this.message,
  ]

  addArrival(person: number, at: number): void {
    const t = this.arrival
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = at
    this.order.push(0)
  }

  addSession(person: number, start: number, at: number): void {
    const t = this.session
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = start
    t.c2[row] = at
    this.order.push(1)
  }

  /** Returns the post's sequence number. */
  addPost(person: number, template: number, variant: number, operand: number, media: number, at: number): number {
    const t = this.post
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = template
    t.c2[row] = variant
    t.c3[row] = operand
    t.c4[row] = media
    t.c5[row] = at
    this.order.push(2)
    return t.first + row
  }

  addFeedSeen(person: number, post: number, at: number): void {
    const t = this.feedSeen
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = post
    t.c2[row] = at
    this.order.push(3)
  }

  addLikedPost(person: number, post: number, at: number): void {
    const t = this.likedPost
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = post
    t.c2[row] = at
    this.order.push(4)
  }

  addProfileView(person: number, viewed: number, post: number, at: number): void {
    const t = this.profileView
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = viewed
    t.c2[row] = post
    t.c3[row] = at
    this.order.push(5)
  }

  addLike(person: number, to: number, action: number, at: number): void {
    const t = this.like
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = to
    t.c2[row] = action
    t.c3[row] = at
    this.order.push(6)
  }

  /** Returns the match's sequence number. */
  addMatch(person: number, other: number, at: number): number {
    const t = this.match
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = other
    t.c2[row] = at
    this.order.push(7)
    return t.first + row
  }

  addMessage(
    person: number,
    match: number,
    template: number,
    variant: number,
    operand: number,
    addressed: number,
    at: number,
  ): void {
    const t = this.message
    const row = t.next()
    t.c0[row] = person
    t.c1[row] = match
    t.c2[row] = template
    t.c3[row] = variant
    t.c4[row] = operand
    t.c5[row] = addressed
    t.c6[row] = at
    this.order.push(8)
  }

  /** Today's facts so far, person columns still as rows; views onto the journal, valid until the next fact. */
  peek(market: number): MarketDay {
    const tables: Record<string, FactTable> = {}
    for (let kind = 0; kind < FACT_KINDS.length; kind++) {
      const name = FACT_KINDS[kind]!
      const source = this.kinds[kind]!
      const table: Record<string, number | Int32Array> = { rows: source.rows, first: source.first }
      const columns = source.columns()
      FACT_COLUMNS[name].forEach((column, index) => {
        table[column] = columns[index]!.subarray(0, source.rows)
      })
      tables[name] = table as FactTable
    }
    return {
      market,
      tables: tables as unknown as MarketDay['tables'],
      order: this.order.data.subarray(0, this.order.length),
      digests: new Uint32Array(0),
    }
  }

  /** Ends the day: rows become person numbers (`k[row]`), the digests are computed, the journal is empty again. */
  drain(market: number, k: Int32Array): MarketDay {
    const view = this.close(market, k)
    const tables: Record<string, FactTable> = {}
    for (const name of FACT_KINDS) {
      const seen = view.tables[name] as unknown as Record<string, number | Int32Array>
      const copy: Record<string, number | Int32Array> = { rows: seen.rows as number, first: seen.first as number }
      for (const column of FACT_COLUMNS[name]) copy[column] = (seen[column] as Int32Array).slice()
      tables[name] = copy as FactTable
    }
    const order = view.order.slice()
    this.clear()
    return { ...view, tables: tables as unknown as MarketDay['tables'], order }
  }

  /**
   * Ends the day as `drain` does, but copies no fact.
   * @param leave is given the day as `drain` would give it; views, good until it returns
   */
  summarize(market: number, k: Int32Array, leave?: (facts: MarketDay) => void): MarketSummary {
    const facts = this.close(market, k)
    leave?.(facts)
    this.clear()
    return withoutRows(facts)
  }

  /** Turns rows into person numbers and computes the digests; views, as `peek` gives them. */
  private close(market: number, k: Int32Array): MarketDay {
    for (let kind = 0; kind < FACT_KINDS.length; kind++) {
      const source = this.kinds[kind]!
      const columns = source.columns()
      for (const index of PERSON_COLUMNS[FACT_KINDS[kind]!]) {
        const column = columns[index]!
        for (let row = 0; row < source.rows; row++) column[row] = k[column[row]!]!
      }
    }
    const view = this.peek(market)
    return {
      ...view,
      digests: digestTables(view.tables),
      ...(this.own.length > 0 && { own: this.own.map((rows) => rows.drain()) }),
    }
  }

  /** Drops today's facts and keeps counting from where they ended, or from `first` when given (burn-in). */
  clear(restart = false): void {
    for (const rows of this.kinds) {
      rows.first = restart ? 0 : rows.first + rows.rows
      rows.rows = 0
    }
    this.order.clear()
    for (const rows of this.own) rows.clear(restart)
  }

  /** Bytes of the columns, which hold the largest day so far. */
  get bytes(): number {
    return this.kinds.reduce((sum, { c0, width }) => sum + c0.byteLength * width, this.order.data.byteLength)
  }

  /** Drops today's facts as if they had not been. */
  drop(): void {
    for (const rows of this.kinds) rows.rows = 0
    this.order.clear()
  }

  /** Sequence numbers of the next row of each kind: all that a drained journal remembers. */
  save(): Float64Array {
    return Float64Array.from([...this.kinds, ...this.own], (rows) => rows.first)
  }

  restore(firsts: Float64Array): void {
    this.kinds.forEach((rows, index) => {
      rows.first = firsts[index]!
      rows.rows = 0
    })
    this.own.forEach((rows, index) => {
      rows.clear(true)
      rows.first = firsts[this.kinds.length + index]!
    })
    this.order.clear()
  }
}

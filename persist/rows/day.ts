import { DAY_MS } from '../../sim/content/index.ts'
import type { DayTables, FactKind, FactTable } from '../../sim/facts/index.ts'
import type { TableBatch } from '../batch.ts'
import type { SequenceIds, UserIds } from './ids.ts'
import { type PictureSource, postPictureSeed } from './media.ts'
import { DAY_TABLES, type DayTable } from './placement.ts'
import { TABLES, type TableName } from './tables.ts'

/** Texts from the integers that facts hold. */
export interface Texts {
  post(template: number, variant: number, operand: number): string
  message(template: number, variant: number, operand: number, person: number): string
}

export interface DayContext {
  /** Midnight UTC of day 0, epoch ms. */
  readonly startMs: number
  readonly texts: Texts
  readonly pictures: PictureSource
  readonly users: UserIds
  readonly posts: SequenceIds
  readonly matches: SequenceIds
  /** Room for a column; absent: each has its own. */
  readonly room?: (count: number) => Float64Array
}

/**
 * The rows of a day's facts, markets in order, each in event order. The day's posts, matches and newcomers must have
 * their ids already.
 * @param bases first id of each table
 * @param wanted whether a table's rows are asked for: others are not made
 */
export function dayBatches(
  facts: DayTables,
  bases: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, number>>,
  context: DayContext,
  wanted: (table: DayTable) => boolean = () => true,
): TableBatch[] {
  const dayMs = context.startMs + facts.day * DAY_MS
  const made: Readonly<Record<DayTable, (rows: Rows) => TableBatch>> = {
    sessions: (rows) => sessions(facts, rows, dayMs, context),
    posts: (rows) => posts(facts, rows, dayMs, context),
    post_media: (rows) => postMedia(facts, rows, context),
    feed_seen: (rows) => postReactions(facts, 'feed_seen', rows, 'seen_at', dayMs, context),
    liked_posts: (rows) => postReactions(facts, 'liked_post', rows, 'created_at', dayMs, context),
    profile_views: (rows) => profileViews(facts, rows, dayMs, context),
    likes: (rows) => likes(facts, rows, dayMs, context),
    matches: (rows) => matches(facts, rows, dayMs, context),
    messages: (rows) => messages(facts, rows, dayMs, context),
  }
  return DAY_TABLES.filter(wanted).map((table) =>
    made[table](new Rows(table, counts[table]!, bases[table]!, context.room)),
  )
}

/** A batch that fills market by market. */
class Rows {
  readonly table: TableName
  readonly count: number
  readonly id: Float64Array
  /** Rows of the markets before this one. */
  at = 0

  readonly #room: (count: number) => Float64Array

  constructor(
    table: TableName,
    count: number,
    firstId: number,
    room: DayContext['room'] = (count) => new Float64Array(count),
  ) {
    this.table = table
    this.count = count
    this.#room = room
    this.id = this.numbers()
    for (let i = 0; i < count; i++) this.id[i] = firstId + i
  }

  numbers(): Float64Array {
    return this.#room(this.count)
  }

  strings(): string[] {
    return new Array(this.count)
  }

  batch(columns: TableBatch['columns']): TableBatch {
    return { shape: TABLES[this.table], rows: this.count, columns: { id: this.id, ...columns } }
  }

  /** Runs `fill` for every market; it writes rows `at` … `at + table.rows - 1`. */
  fill<K extends FactKind>(facts: DayTables, kind: K, fill: (table: FactTable<K>, at: number, market: number) => void) {
    for (const { market, tables } of facts.markets) {
      const table = tables[kind] as unknown as FactTable<K>
      if (table.rows > 0) fill(table, this.at, market)
      this.at += table.rows
    }
  }
}

function fillTimes(target: Float64Array, at: number, source: Int32Array, rows: number, dayMs: number): void {
  for (let i = 0; i < rows; i++) target[at + i] = dayMs + source[i]!
}

function fillUsers(target: Float64Array, at: number, source: Int32Array, rows: number, users: UserIds): void {
  for (let i = 0; i < rows; i++) {
    const id = users.get(source[i]!)
    if (id === 0) throw new RangeError(`a fact names person ${source[i]}, whom this run has not written`)
    target[at + i] = id
  }
}

function sessions(facts: DayTables, rows: Rows, dayMs: number, { users }: DayContext): TableBatch {
  const userId = rows.numbers()
  const startedAt = rows.numbers()
  const endedAt = rows.numbers()
  rows.fill(facts, 'session', (table, at) => {
    fillUsers(userId, at, table.k, table.rows, users)
    fillTimes(startedAt, at, table.start, table.rows, dayMs)
    fillTimes(endedAt, at, table.at, table.rows, dayMs)
  })
  return rows.batch({ user_id: userId, started_at: startedAt, ended_at: endedAt })
}

function posts(facts: DayTables, rows: Rows, dayMs: number, { users, texts }: DayContext): TableBatch {
  const userId = rows.numbers()
  const text = rows.strings()
  const createdAt = rows.numbers()
  rows.fill(facts, 'post', (table, at) => {
    fillUsers(userId, at, table.k, table.rows, users)
    fillTimes(createdAt, at, table.at, table.rows, dayMs)
    for (let i = 0; i < table.rows; i++) {
      text[at + i] = texts.post(table.template[i]!, table.variant[i]!, table.operand[i]!)
    }
  })
  return rows.batch({ user_id: userId, text, created_at: createdAt })
}

function postMedia(facts: DayTables, rows: Rows, { posts, pictures }: DayContext): TableBatch {
  const postId = rows.numbers()
  const url = rows.strings()
  const thumbUrl = rows.strings()
  let at = 0
  for (const { market, tables } of facts.markets) {
    const table = tables.post
    for (let i = 0; i < table.rows; i++) {
      for (let index = 0; index < table.media[i]!; index++) {
        const picture = pictures(postPictureSeed(table.variant[i]!, table.operand[i]!, index))
        postId[at] = posts.get(market, table.first + i)
        url[at] = picture.url
        thumbUrl[at++] = picture.thumbUrl
      }
    }
  }
  return rows.batch({ post_id: postId, url, thumb_url: thumbUrl })
}

function postReactions(
  facts: DayTables,
  kind: 'feed_seen' | 'liked_post',
  rows: Rows,
  timeColumn: string,
  dayMs: number,
  { users, posts }: DayContext,
): TableBatch {
  const userId = rows.numbers()
  const postId = rows.numbers()
  const time = rows.numbers()
  rows.fill(facts, kind, (table, at, market) => {
    fillUsers(userId, at, table.k, table.rows, users)
    fillTimes(time, at, table.at, table.rows, dayMs)
    for (let i = 0; i < table.rows; i++) postId[at + i] = posts.get(market, table.post[i]!)
  })
  return rows.batch({ user_id: userId, post_id: postId, [timeColumn]: time })
}

function profileViews(facts: DayTables, rows: Rows, dayMs: number, { users, posts }: DayContext): TableBatch {
  const viewerId = rows.numbers()
  const viewedId = rows.numbers()
  const viewedAt = rows.numbers()
  const sourcePostId = rows.numbers()
  rows.fill(facts, 'profile_view', (table, at, market) => {
    fillUsers(viewerId, at, table.k, table.rows, users)
    fillUsers(viewedId, at, table.viewed, table.rows, users)
    fillTimes(viewedAt, at, table.at, table.rows, dayMs)
    for (let i = 0; i < table.rows; i++) {
      const post = table.post[i]!
      sourcePostId[at + i] = post < 0 ? Number.NaN : posts.get(market, post)
    }
  })
  return rows.batch({
    viewer_id: viewerId,
    viewed_id: viewedId,
    viewed_at: viewedAt,
    source_post_id: sourcePostId,
  })
}

function likes(facts: DayTables, rows: Rows, dayMs: number, { users }: DayContext): TableBatch {
  const fromUserId = rows.numbers()
  const toUserId = rows.numbers()
  const action = rows.strings()
  const createdAt = rows.numbers()
  rows.fill(facts, 'like', (table, at) => {
    fillUsers(fromUserId, at, table.k, table.rows, users)
    fillUsers(toUserId, at, table.to, table.rows, users)
    fillTimes(createdAt, at, table.at, table.rows, dayMs)
    for (let i = 0; i < table.rows; i++) action[at + i] = table.action[i] === 1 ? 'LIKE' : 'DISLIKE'
  })
  return rows.batch({ from_user_id: fromUserId, to_user_id: toUserId, action, created_at: createdAt })
}

/** A match names the smaller user id first; a cohort's ids need not ascend with k. */
function matches(facts: DayTables, rows: Rows, dayMs: number, { users }: DayContext): TableBatch {
  const a = rows.numbers()
  const b = rows.numbers()
  const createdAt = rows.numbers()
  rows.fill(facts, 'match', (table, at) => {
    fillUsers(a, at, table.k, table.rows, users)
    fillUsers(b, at, table.other, table.rows, users)
    fillTimes(createdAt, at, table.at, table.rows, dayMs)
    for (let i = at; i < at + table.rows; i++) {
      const smaller = Math.min(a[i]!, b[i]!)
      b[i] = Math.max(a[i]!, b[i]!)
      a[i] = smaller
    }
  })
  return rows.batch({ user_a_id: a, user_b_id: b, created_at: createdAt })
}

function messages(facts: DayTables, rows: Rows, dayMs: number, { users, matches, texts }: DayContext): TableBatch {
  const matchId = rows.numbers()
  const senderId = rows.numbers()
  const body = rows.strings()
  const sentAt = rows.numbers()
  rows.fill(facts, 'message', (table, at, market) => {
    fillUsers(senderId, at, table.k, table.rows, users)
    fillTimes(sentAt, at, table.at, table.rows, dayMs)
    for (let i = 0; i < table.rows; i++) {
      matchId[at + i] = matches.get(market, table.match[i]!)
      body[at + i] = texts.message(table.template[i]!, table.variant[i]!, table.operand[i]!, table.person[i]!)
    }
  })
  return rows.batch({ match_id: matchId, sender_id: senderId, body, sent_at: sentAt })
}

import type { ObservedPeople } from '../people.ts'

/** Second of the run that stands for "never". */
export const NEVER = -2_147_483_648

/**
 * The words of a person's trace: number of actions, the first and the last in whole seconds; items of the feed seen, the
 * last of them, twice the day it was seen plus 1 if engagement with it is counted; and for the day that is being
 * counted the local offset in ms.
 */
export const Trace = { actions: 0, first: 1, last: 2, seen: 3, item: 4, itemDay: 5, offset: 6 } as const
export const TRACE_WORDS = 8

/**
 * What is counted of each person, one row a person: 116 bytes with the run and two windows. Weeks are those of
 * the run (days 0–6, 7–13, …); the two youngest stay open, because a session is known only when it ends.
 */
export class PersonCounts {
  rows = 0
  likesReceived = new Uint32Array(0)
  likesSent = new Uint32Array(0)
  dislikesSent = new Uint32Array(0)
  messages = new Uint32Array(0)
  posts = new Uint32Array(0)
  /** What every action touches, `TRACE_WORDS` a person (see `Trace`): one place in memory instead of eight. */
  trace = new Int32Array(0)
  /** Starts of sessions in whole seconds: number, first, last, sums of gap² and of gap × next gap, first and last gap. */
  sessions = new Uint32Array(0)
  sessionFirst = new Int32Array(0)
  sessionLast = new Int32Array(0)
  sessionSquares = new Float64Array(0)
  sessionProducts = new Float64Array(0)
  sessionFirstGap = new Int32Array(0)
  sessionLastGap = new Int32Array(0)
  /** Actions in whole seconds: sum of gap². */
  actionSquares = new Float64Array(0)
  /** Bits 1, 2, 4: a session began on day 1, 7, 30 after joining. */
  returned = new Uint8Array(0)
  /** Posts in the open weeks (two a person, by the parity of the week); bits 1 and 2: a session began in them. */
  weekPosts = new Uint16Array(0)
  weekSessions = new Uint8Array(0)
  /** Exposed weeks in which the person posted. */
  postWeeks = new Uint16Array(0)
  /** Exposed weeks and posts in them, for each span of weeks (the whole run, then the windows): spans × capacity. */
  exposedWeeks: Uint16Array[]
  exposedPosts: Uint16Array[]

  constructor(spans: number) {
    this.exposedWeeks = Array.from({ length: spans }, () => new Uint16Array(0))
    this.exposedPosts = Array.from({ length: spans }, () => new Uint16Array(0))
  }

  /** Makes a row for everyone in the market. */
  follow(people: ObservedPeople): void {
    if (people.size > this.likesReceived.length) this.reserve(Math.max(people.size, (this.rows * 5) >> 2))
    for (let row = this.rows; row < people.size; row++) {
      this.trace[row * TRACE_WORDS + Trace.item] = -1
      this.sessionLast[row] = NEVER
    }
    this.rows = people.size
  }

  /** One of the words that every action touches. @param word of `Trace` */
  traceOf(row: number, word: number): number {
    return this.trace[row * TRACE_WORDS + word]!
  }

  private reserve(rows: number): void {
    for (const [name, column] of this.columns()) this.put(name, rows, column)
  }

  /** Every column by name; the windows' are numbered. */
  private columns(): [string, Column][] {
    const found: [string, Column][] = []
    for (const name of COLUMNS) found.push([name, this[name]])
    for (let span = 0; span < this.exposedWeeks.length; span++) {
      found.push([`exposedWeeks.${span}`, this.exposedWeeks[span]!], [`exposedPosts.${span}`, this.exposedPosts[span]!])
    }
    return found
  }

  /** Puts a column in place with the given capacity, filled from `values`. */
  private put(name: string, rows: number, values: Column): void {
    const length = rows * widthOf(name)
    const column = new (values.constructor as new (length: number) => Column)(length)
    column.set(values.length > length ? values.subarray(0, length) : values)
    const [list, span] = name.split('.') as ['exposedWeeks' | 'exposedPosts', string | undefined]
    if (span === undefined) (this as unknown as Record<string, Column>)[name] = column
    else this[list][Number(span)] = column as Uint16Array
  }

  /** The columns without their spare room. */
  save(): Record<string, Column> {
    const sections: Record<string, Column> = {}
    for (const [name, column] of this.columns()) sections[`person.${name}`] = column.slice(0, this.rows * widthOf(name))
    return sections
  }

  restore(sections: Readonly<Record<string, Column>>): void {
    this.rows = sections['person.posts']!.length
    for (const [name] of this.columns()) this.put(name, this.rows, sections[`person.${name}`]!)
  }

  get bytes(): number {
    let bytes = 0
    for (const [, column] of this.columns()) bytes += column.byteLength
    return bytes
  }
}

/** Values a person in a column. */
function widthOf(name: string): number {
  return name === 'trace' ? TRACE_WORDS : name === 'weekPosts' ? 2 : 1
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

const COLUMNS = [
  'likesReceived',
  'likesSent',
  'dislikesSent',
  'messages',
  'posts',
  'trace',
  'sessions',
  'sessionFirst',
  'sessionLast',
  'sessionSquares',
  'sessionProducts',
  'sessionFirstGap',
  'sessionLastGap',
  'actionSquares',
  'returned',
  'weekPosts',
  'weekSessions',
  'postWeeks',
] as const

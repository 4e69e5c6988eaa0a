import { formatDate } from '../../../sim/content/index.ts'
import type { ColumnValues, TableBatch } from '../../batch.ts'
import type { FactName, Source } from '../config/sources.ts'
import type { Question } from './answers.ts'
import type { Earlier } from './earlier.ts'

const DAY_MS = 86_400_000
const NONE: Pick<TableBatch, 'rows' | 'columns'> = { rows: 0, columns: {} }

/**
 * Reference tables whose rows are looked at when a day is mapped: what is mapped, and what the columns of others tell of.
 * @param asked whether it is asked who wrote a post
 */
export function tablesLookedAt(mapped: Iterable<string>, asked: { readonly authors: boolean }): ReadonlySet<string> {
  const tables = new Set([...mapped, 'matches'])
  if (asked.authors || tables.has('post_media')) tables.add('posts')
  return tables
}

/** Names of lookup rows by their number, for the columns that tell them. */
export interface LookupNames {
  readonly interests: ReadonlyMap<number, string>
  readonly quizzes: ReadonlyMap<number, string>
  readonly subjects: ReadonlyMap<number, string>
  /** From interest to its subject. */
  readonly subjectOf: ReadonlyMap<number, number>
  readonly questions: ReadonlyMap<number, Question>
}

export const NO_NAMES: LookupNames = {
  interests: new Map(),
  quizzes: new Map(),
  subjects: new Map(),
  subjectOf: new Map(),
  questions: new Map(),
}

/** The columns of a fact's rows: those of its reference table, and those that are made from them when asked for. */
export class SourceRows {
  readonly source: FactName
  readonly facts: Source
  readonly rows: number
  readonly #batches: ReadonlyMap<string, TableBatch>
  readonly #names: LookupNames
  readonly #earlier: Earlier | undefined
  readonly #made = new Map<string, ColumnValues>()

  /**
   * @param batches all batches of the same step, by reference table
   * @param earlier what facts are asked of earlier ones: who matched, who wrote a post
   */
  constructor(
    source: FactName,
    facts: Source,
    batches: ReadonlyMap<string, TableBatch>,
    names: LookupNames,
    earlier: Earlier | undefined,
  ) {
    this.#earlier = earlier
    this.source = source
    this.facts = facts
    this.#batches = batches
    this.#names = names
    this.rows = this.#own.rows
  }

  column(name: string): ColumnValues {
    let values = this.#made.get(name)
    if (!values) this.#made.set(name, (values = this.#find(name)))
    return values
  }

  get #own(): TableBatch {
    return this.#batches.get(this.facts.table)!
  }

  #find(name: string): ColumnValues {
    const own = this.#own.columns[name]
    if (own) return own
    if (name === 'day') {
      const times = this.column(this.facts.time!) as Float64Array
      return Array.from(times.subarray(0, this.rows), (ms) => formatDate(Math.floor(ms / DAY_MS)))
    }
    switch (this.source) {
      case 'user':
      case 'profile':
        return this.#ofPerson(name)
      case 'like':
        return this.#ofLike(name)
      case 'message':
        return this.#ofMessage(name)
      case 'user_interest':
        return this.#ofInterest(name)
      case 'quiz_answer':
        // Told to functions by `Answers`, which knows the site's keys.
        if (name === 'picks') return this.#own.columns.answers!
        return this.#named('quiz_id', this.#names.quizzes)
      case 'feed_seen':
      case 'liked_post': {
        const earlier = this.#asked()
        return (this.#own.columns.post_id as Float64Array).map((post) => earlier.author(post))
      }
      case 'picture':
        return this.#of('users', 'user_id', 'created_at')
      case 'post_picture':
        return name === 'position' ? this.#places('post_id') : this.#of('posts', 'post_id', name)
      default:
        throw new Error(`${this.source} has no column ${name}`)
    }
  }

  #named(id: string, names: ReadonlyMap<number, string>): string[] {
    return Array.from(this.#own.columns[id] as Float64Array, (number) => names.get(number) ?? '')
  }

  /** A column of the row of the same step that another refers to. */
  #of(table: string, reference: string, name: string): ColumnValues {
    const { rows, columns } = this.#batches.get(table) ?? NONE
    const values = columns[name] as Float64Array | undefined
    const at = new Map<number, number>()
    for (let i = 0; i < rows; i++) at.set(columns.id![i] as number, i)
    return (this.#own.columns[reference] as Float64Array).map((id) => values?.[at.get(id) ?? -1] ?? Number.NaN)
  }

  /** Which of the rows with the same reference a row is, from 0. */
  #places(reference: string): Int32Array {
    const seen = new Map<number, number>()
    return Int32Array.from(this.#own.columns[reference] as Float64Array, (id) => {
      const place = seen.get(id) ?? 0
      seen.set(id, place + 1)
      return place
    })
  }

  #ofInterest(name: string): ColumnValues {
    const { interests, subjects, subjectOf } = this.#names
    if (name === 'created_at') return this.#of('users', 'user_id', 'created_at')
    if (name === 'position') return this.#places('user_id')
    if (name === 'interest') return this.#named('interest_id', interests)
    const ids = (this.#own.columns.interest_id as Float64Array).map((id) => subjectOf.get(id) ?? Number.NaN)
    return name === 'subject_id' ? ids : Array.from(ids, (id) => subjects.get(id) ?? '')
  }

  /** Of the two likes of a day's match, the later one made it. */
  #madeMatches(from: Float64Array, to: Float64Array, action: readonly string[]): Float64Array {
    const { rows, columns } = this.#batches.get('matches') ?? NONE
    const pair = (a: number, b: number) => `${Math.min(a, b)} ${Math.max(a, b)}`
    const matches = new Map<string, number>()
    for (let i = 0; i < rows; i++) {
      matches.set(pair(columns.user_a_id![i] as number, columns.user_b_id![i] as number), columns.id![i] as number)
    }
    const time = this.#own.columns.created_at as Float64Array
    const latest = new Map<string, number>()
    for (let i = 0; i < this.rows; i++) {
      const both = pair(from[i]!, to[i]!)
      const before = latest.get(both)
      if (action[i] === 'LIKE' && matches.has(both) && !(time[before ?? -1]! > time[i]!)) latest.set(both, i)
    }
    const made = new Float64Array(this.rows).fill(Number.NaN)
    for (const [both, i] of latest) made[i] = matches.get(both)!
    return made
  }

  #ofLike(name: string): ColumnValues {
    const from = this.#own.columns.from_user_id as Float64Array
    const to = this.#own.columns.to_user_id as Float64Array
    const action = this.#own.columns.action as readonly string[]
    switch (name) {
      case 'match_id':
        return this.#madeMatches(from, to, action)
      case 'low_user_id':
        return from.map((id, i) => Math.min(id, to[i]!))
      case 'high_user_id':
        return from.map((id, i) => Math.max(id, to[i]!))
      case 'side':
        return Array.from(from, (id, i) => (id < to[i]! ? 'low' : 'high'))
      default:
        return Int32Array.from(action, (word) => (word === 'LIKE' ? 1 : 0))
    }
  }

  #ofMessage(name: string): ColumnValues {
    const earlier = this.#asked()
    if (name === 'position') return earlier.places(this.#own.columns)
    const { match_id: match, sender_id: sender } = this.#own.columns as Record<string, Float64Array>
    return match!.map((id, i) => {
      const [low, high] = earlier.pair(id)
      if (name === 'recipient_id') return low === sender![i] ? high : low
      return name === 'low_user_id' ? low : high
    })
  }

  #asked(): Earlier {
    if (!this.#earlier) throw new Error('nobody asked for earlier facts')
    return this.#earlier
  }

  /** Users and profiles come row beside row, by people. */
  #ofPerson(name: string): ColumnValues {
    for (const table of ['users', 'profiles']) {
      const values = this.#batches.get(table)?.columns[name]
      if (values) return values
    }
    if (name === 'interests') {
      const rows = this.#grouped('user_interests', (batch, i) =>
        this.#names.interests.get(batch.columns.interest_id![i] as number),
      )
      return rows.map((names) => JSON.stringify(names))
    }
    const pictures = this.#grouped('profile_media', (batch, i) => batch.columns.url![i] as string)
    if (name === 'photos') return pictures.map((urls) => JSON.stringify(urls))
    return pictures.map((urls) => (urls[0] as string) ?? null)
  }

  #grouped(table: string, value: (batch: TableBatch, row: number) => unknown): unknown[][] {
    const people = (this.#batches.get('users')!.columns.id as Float64Array).subarray(0, this.rows)
    const at = new Map(Array.from(people, (id, i) => [id, i]))
    const lists: unknown[][] = Array.from(people, () => [])
    const batch = this.#batches.get(table)
    for (let i = 0; i < (batch?.rows ?? 0); i++)
      lists[at.get(batch!.columns.user_id![i] as number)!]!.push(value(batch!, i))
    return lists
  }
}

import type { ColumnValues, TableBatch } from '../../batch.ts'
import { type SourceName, sourceOf } from '../config/sources.ts'
import type { MatchPairs } from './match-pairs.ts'

/** Names of lookup rows by their number, for the columns that tell them. */
export interface LookupNames {
  readonly interests: ReadonlyMap<number, string>
  readonly quizzes: ReadonlyMap<number, string>
}

/** The columns of a fact's rows: those of its reference table, and those that are made from them when asked for. */
export class SourceRows {
  readonly source: SourceName
  readonly rows: number
  readonly #batches: ReadonlyMap<string, TableBatch>
  readonly #names: LookupNames
  readonly #pairs: MatchPairs | undefined
  readonly #made = new Map<string, ColumnValues>()

  /**
   * @param batches all batches of the same step, by reference table
   * @param pairs who matched: messages are asked whom they are for
   */
  constructor(
    source: SourceName,
    batches: ReadonlyMap<string, TableBatch>,
    names: LookupNames,
    pairs: MatchPairs | undefined,
  ) {
    this.#pairs = pairs
    this.source = source
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
    return this.#batches.get(sourceOf(this.source).table)!
  }

  #find(name: string): ColumnValues {
    const own = this.#own.columns[name]
    if (own) return own
    switch (this.source) {
      case 'user':
      case 'profile':
        return this.#ofPerson(name)
      case 'like':
        return this.#ofLike(name)
      case 'message':
        return this.#ofMessage(name)
      case 'user_interest':
        return this.#named('interest_id', this.#names.interests)
      case 'quiz_answer':
        return this.#named('quiz_id', this.#names.quizzes)
      default:
        throw new Error(`${this.source} has no column ${name}`)
    }
  }

  #named(id: string, names: ReadonlyMap<number, string>): string[] {
    return Array.from(this.#own.columns[id] as Float64Array, (number) => names.get(number) ?? '')
  }

  #ofLike(name: string): ColumnValues {
    const from = this.#own.columns.from_user_id as Float64Array
    const to = this.#own.columns.to_user_id as Float64Array
    const action = this.#own.columns.action as readonly string[]
    switch (name) {
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
    const pairs = this.#pairs
    if (!pairs) throw new Error('nobody asked who matched')
    const { match_id: match, sender_id: sender } = this.#own.columns as Record<string, Float64Array>
    return match!.map((id, i) => {
      const [low, high] = pairs.find(id)
      if (name === 'recipient_id') return low === sender![i] ? high : low
      return name === 'low_user_id' ? low : high
    })
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

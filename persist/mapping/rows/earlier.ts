import { badInput } from '../../../sim/kernel/index.ts'
import type { TableBatch } from '../../batch.ts'
import { isCommitted, type LedgerDay, type LedgerRun } from '../../ledger/records.ts'
import { LEDGER } from '../../ledger/tables.ts'
import type { SourceName } from '../config/sources.ts'
import { exampleRow } from '../plan/example.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'

const OF_PAIR: ReadonlySet<string> = new Set(['recipient_id', 'low_user_id', 'high_user_id'])
/** Names of the ledger's rows that keep what is asked; each takes the numbers that MySQL's TEXT has room for. */
const TABLES = { pairs: 'match_pairs', places: 'thread_lengths', authors: 'post_authors' } as const
const NUMBERS_PER_ROW = 5000

/** What facts are asked of earlier ones, which they know by number alone; kept in the ledger as well. */
export interface Asked {
  /** Messages: whom they are for, or between whom. */
  readonly pairs: boolean
  /** Messages: their place in their thread. */
  readonly places: boolean
  /** Posts that are seen or liked: who wrote them. */
  readonly authors: boolean
}

export function askedOf(plan: Plan): Asked {
  const asks = (source: SourceName, column: (name: string) => boolean, made: (make: Make) => boolean) =>
    plan.targets.some(
      ({ source: own, all, target }) =>
        own === source &&
        (Object.keys(target.options.where ?? {}).some(column) ||
          (target.make !== undefined && made(target.make as Make)) ||
          all.some(({ producer }) => {
            if (producer.from === 'function') return made(producer.make as Make)
            if (producer.from === 'key') return producer.columns.some(column)
            return 'column' in producer && column(producer.column)
          })),
    )
  const places = asks('message', is('position'), (make) => looksAt(plan, 'message', make, 'position'))
  const author = (source: SourceName) => asks(source, is('author_id'), () => true)
  return {
    pairs:
      places ||
      asks(
        'message',
        (name) => OF_PAIR.has(name),
        () => true,
      ),
    places,
    authors: author('feed_seen') || author('liked_post'),
  }
}

type Make = (row: Record<string, unknown>) => unknown
const is = (name: string) => (other: string) => other === name

/** Whether a function looks at a column: by its text, or as it is tried on a made-up row. */
function looksAt(plan: Plan, source: SourceName, make: Make, name: string): boolean {
  if (String(make).includes(name)) return true
  const { facts } = plan.targets.find((target: PlannedTarget) => target.source === source)!
  let looked = false
  const row = exampleRow(plan, facts.columns, 0)
  const get = () => {
    looked = true
    return 0
  }
  try {
    make(Object.defineProperty(row, name, { get, enumerable: true }))
  } catch {
    // What it does with made-up rows is its own affair.
  }
  return looked
}

/** The rows of a table that a step made: dense numbers from `first` on. */
interface Step {
  readonly first: number
  /** Of matches: the two people, the one with the smaller number first. Of posts: who wrote them. */
  readonly people: readonly ArrayLike<number>[]
  /** Messages of each match so far. */
  readonly said: Uint32Array | null
}

/** What is asked of a run's earlier facts: 16 bytes a match, 4 more where places are asked, 8 bytes a post. */
export class Earlier {
  readonly #asked: Asked
  readonly #matches: Step[] = []
  readonly #posts: Step[] = []
  readonly #places = new WeakMap<object, Int32Array>()

  constructor(asked: Asked) {
    this.#asked = asked
  }

  /** @param days the run's rows of the ledger */
  static of(days: readonly LedgerDay[], run: LedgerRun, asked: Asked): Earlier {
    const earlier = new Earlier(asked)
    const rows = days.filter((row) => row.markets !== null && isCommitted(row, run))
    const named = (name: string) => rows.filter(({ table }) => table.startsWith(name)).map(({ markets }) => markets!)
    for (const [first = 0, ...people] of named(TABLES.pairs)) {
      const half = (side: number) => Float64Array.from({ length: people.length / 2 }, (_, i) => people[2 * i + side]!)
      earlier.#add(earlier.#matches, first, [half(0), half(1)])
    }
    for (const [first = 0, ...authors] of named(TABLES.authors)) {
      earlier.#add(earlier.#posts, first, [Float64Array.from(authors)])
    }
    // Later steps come later, and each says how many there were by then.
    for (const lengths of asked.places ? named(TABLES.places) : []) {
      for (let i = 0; i < lengths.length; i += 2) earlier.#setLength(lengths[i]!, lengths[i + 1]!)
    }
    return earlier
  }

  /** Adds the facts of a step. */
  add(batches: readonly TableBatch[]): void {
    const { pairs, authors, places } = this.#asked
    const matches = pairs && rowsOf(batches, 'matches')
    if (matches) {
      const { id, user_a_id: low, user_b_id: high } = matches.columns as Record<string, Float64Array>
      this.#add(this.#matches, id![0]!, [low!, high!])
    }
    const posts = authors && rowsOf(batches, 'posts')
    if (posts) this.#add(this.#posts, posts.columns.id![0] as number, [posts.columns.user_id as Float64Array])
    const messages = places && rowsOf(batches, 'messages')
    if (messages) this.#places.set(messages.columns, this.#count(messages.columns.match_id as Float64Array))
  }

  /** The two people of a match. @throws Error when the match was written by a version that did not keep them */
  pair(match: number): readonly [low: number, high: number] {
    const { people, at } = found(this.#matches, match, `the people of match ${match}`)
    return [people[0]![at]!, people[1]![at]!]
  }

  /** Who wrote a post. @throws Error as `pair` does */
  author(post: number): number {
    const { people, at } = found(this.#posts, post, `who wrote post ${post}`)
    return people[0]![at]!
  }

  /** Which message of its thread each row is, from 0. @throws MingleError BAD_INPUT when nothing says that it is asked */
  places(messages: TableBatch['columns']): Int32Array {
    const places = this.#places.get(messages)
    if (places) return places
    throw badInput(
      "a function of 'message' asks for the position in a way that cannot be seen beforehand; let it read row.position itself, or map the column",
    )
  }

  /** The announcement of a step, with what its facts will be asked. @param days rows of `seed_run_days`, all of one day */
  withRows(days: TableBatch, batches: readonly TableBatch[]): TableBatch {
    if (days.rows === 0) return days
    const texts = [...this.#pairTexts(batches), ...this.#authorTexts(batches), ...this.#placeTexts(batches)]
    return texts.length === 0 ? days : withTexts(days, texts)
  }

  #pairTexts(batches: readonly TableBatch[]): Text[] {
    const matches = this.#asked.pairs && rowsOf(batches, 'matches')
    if (!matches) return []
    const { id, user_a_id: low, user_b_id: high } = matches.columns as Record<string, Float64Array>
    return inParts(matches.rows, NUMBERS_PER_ROW / 2, (from, to) => {
      const people = Array.from({ length: to - from }, (_, i) => [low![from + i]!, high![from + i]!])
      return [TABLES.pairs, [id![from]!, ...people.flat()]]
    })
  }

  #authorTexts(batches: readonly TableBatch[]): Text[] {
    const posts = this.#asked.authors && rowsOf(batches, 'posts')
    if (!posts) return []
    const { id, user_id: author } = posts.columns as Record<string, Float64Array>
    return inParts(posts.rows, NUMBERS_PER_ROW, (from, to) => [
      TABLES.authors,
      [id![from]!, ...author!.subarray(from, to)],
    ])
  }

  #placeTexts(batches: readonly TableBatch[]): Text[] {
    const messages = this.#asked.places && rowsOf(batches, 'messages')
    if (!messages) return []
    const matches = [...new Set((messages.columns.match_id as Float64Array).subarray(0, messages.rows))]
    return inParts(matches.length, NUMBERS_PER_ROW / 2, (from, to) => [
      TABLES.places,
      matches.slice(from, to).flatMap((match) => [match, this.#length(match)]),
    ])
  }

  #add(steps: Step[], first: number, people: readonly ArrayLike<number>[]): void {
    const said = steps === this.#matches && this.#asked.places ? new Uint32Array(people[0]!.length) : null
    steps.push({ first, people, said })
    const last = steps.length - 1
    if (last > 0 && steps[last - 1]!.first > first) steps.sort((a, b) => a.first - b.first)
  }

  #count(matches: Float64Array): Int32Array {
    return Int32Array.from(matches, (match) => {
      const length = this.#length(match)
      this.#setLength(match, length + 1)
      return length
    })
  }

  #length(match: number): number {
    const { said, at } = found(this.#matches, match, `match ${match}`)
    return said![at]!
  }

  #setLength(match: number, length: number): void {
    const { said, at } = found(this.#matches, match, `match ${match}`)
    said![at] = length
  }
}

function rowsOf(batches: readonly TableBatch[], table: string): TableBatch | null {
  const batch = batches.find(({ shape }) => shape.table === table)
  return batch && batch.rows > 0 ? batch : null
}

/** The step that made a number, and where in it. */
function found(steps: readonly Step[], number: number, what: string): Step & { readonly at: number } {
  let at = steps.length - 1
  let from = 0
  while (from < at) {
    const middle = (from + at + 1) >> 1
    if (steps[middle]!.first <= number) from = middle
    else at = middle - 1
  }
  const step = steps[from]
  const place = step ? number - step.first : -1
  if (step && place >= 0 && place < step.people[0]!.length) return { ...step, at: place }
  throw new Error(`the ledger does not know ${what}: the run was begun under another mapping`)
}

type Text = readonly [table: string, numbers: readonly number[]]

function inParts(count: number, size: number, make: (from: number, to: number) => Text): Text[] {
  const starts = Array.from({ length: Math.ceil(count / size) }, (_, i) => i * size)
  return starts.map((from) => make(from, Math.min(count, from + size)))
}

/** Rows of `seed_run_days` with further ones, of which each is a list of numbers. */
function withTexts(days: TableBatch, texts: readonly Text[]): TableBatch {
  const { run_id, day, chunk } = days.columns
  const nth = texts.map(([table], i) => texts.slice(0, i).filter(([other]) => other === table).length + 1)
  const own: Record<string, (i: number) => string | number | null> = {
    run_id: () => run_id![0] as number,
    day: () => day![0] as number,
    chunk: () => chunk![0] as number,
    table_name: (i) => `${texts[i]![0]} ${nth[i]}`,
    rows: () => 0,
    first_id: () => 0,
    last_id: () => -1,
    fact_digest: () => null,
    content_digest: () => '',
    markets: (i) => JSON.stringify(texts[i]![1]),
  }
  const columns = Object.fromEntries(
    Object.keys(LEDGER.seed_run_days.columns).map((name) => {
      const values = days.columns[name]!
      const more = texts.map((_, i) => own[name]!(i))
      return [
        name,
        Array.isArray(values)
          ? [...values.slice(0, days.rows), ...(more as (string | null)[])]
          : Float64Array.from([...(values as Float64Array).subarray(0, days.rows), ...(more as number[])]),
      ]
    }),
  )
  return { ...days, rows: days.rows + texts.length, columns }
}

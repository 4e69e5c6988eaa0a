import type { PersonProfile } from '../../sim/agents/index.ts'
import { type DayFacts, FACT_KINDS } from '../../sim/facts/index.ts'
import type { TableBatch } from '../batch.ts'
import { accountsOf } from '../blocks/account.ts'
import type { Account } from '../ledger/account.ts'
import type { Cursor, LedgerDay } from '../ledger/records.ts'
import { daysBatch, peopleBatch } from '../ledger/tables.ts'
import { ownBatches, shapeIn } from '../own/index.ts'
import { dayBatches } from '../rows/day.ts'
import { addRanges } from '../rows/ids.ts'
import {
  checkIds,
  DAY_TABLES,
  type DayTable,
  type FirstIds,
  type MarketCounts,
  marketRanges,
  sumCounts,
} from '../rows/placement.ts'
import { countMedia, dirtyInterests, PROFILE_TABLES, profileBatches } from '../rows/profiles.ts'
import { LOOKUPS, TABLES } from '../rows/tables.ts'
import type { Receipt, RenderedDay, RenderedPeople } from '../store.ts'
import { accountOf, accountOfNone, ledgerDay, receipt, withFactDigests } from './announcement.ts'
import type { Backend } from './backend.ts'
import { DayAhead } from './day-ahead.ts'
import type { RunState } from './run-state.ts'
import type { Transactions } from './transactions.ts'

/** A day's rows with their ids: what the ledger records of them by table, and their way into the place. */
interface DayRows {
  readonly accounts: Readonly<Record<string, Account>>
  /** Facts of an extension by table: under a mapping, rows may be more or fewer. */
  readonly own: Readonly<Record<string, number>>
  insert(): Promise<void>
}

/** The first id that a day takes of each table, and the next one of people. */
export type DayIds = Readonly<Record<DayTable, number> & { users?: number }>

/** What one transaction writes. */
interface StepRows {
  readonly rows: readonly LedgerDay[]
  /** What the ledger and the jobs are told of people; null without any. */
  readonly people: { readonly ledger: TableBatch; readonly marks: TableBatch } | null
  insert(): Promise<void>
}

/** What a run's steps write: a chunk of people, or a day. Each is called inside a transaction. */
export class Steps {
  readonly #backend: Backend
  readonly #transactions: Transactions
  readonly ahead: DayAhead

  constructor(backend: Backend, transactions: Transactions) {
    this.#backend = backend
    this.#transactions = transactions
    this.ahead = new DayAhead(backend, transactions)
  }

  /** One chunk of phase A. */
  async writeChunk(state: RunState, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    return this.#writeChunk(state, people.length, done, async (day, chunk) => {
      const { batches, rows } = await this.#profileRows(state, people, day, chunk)
      return { rows, people: peopleOf(state, people), insert: () => this.#insert(batches) }
    })
  }

  /** One chunk of phase A, from the blocks that were made of it elsewhere. */
  async writePeople(state: RunState, people: RenderedPeople, done: boolean): Promise<Receipt> {
    return this.#writeChunk(state, people.people, done, async (day, chunk) => {
      const bases = await this.#transactions.nextIds(state.ends, state.run.id, ['users', 'profile_media'])
      const [users, media] = [bases.users!, bases.profile_media!]
      for (let i = 0; i < people.people; i++) state.users.set(people.first + i, users + i)
      const { blocks, ledger, marks } = await people.blocks({ users, profile_media: media })
      const accounts = accountsOf(blocks)
      const rows = PROFILE_TABLES.map((table) => {
        const [first, count] = table === 'profile_media' ? [media, people.media] : [users, people.people]
        const account = accounts[table] ?? accountOfNone(TABLES[table], state.run.layouts.at(-1)!)
        return ledgerDay(day, chunk, table, first, first + count - 1, account)
      })
      return { rows, people: { ledger, marks: marksBatch(marks) }, insert: () => this.#backend.insertBlocks!(blocks) }
    })
  }

  async #writeChunk(
    state: RunState,
    people: number,
    done: boolean,
    make: (day: number, chunk: number) => Promise<StepRows>,
  ): Promise<Receipt> {
    const { run } = state
    const chunk = run.chunks + 1
    await this.#transactions.move(run, run)
    const made = await make(run.segments.at(-1)!.fromDay, chunk)
    const to: Cursor = {
      ...run,
      status: done ? 'activity' : 'profiles',
      profilesThrough: run.profilesThrough + people,
      chunks: chunk,
      people: run.people + people,
    }
    await this.#write(state, made)
    await this.#transactions.move(run, to)
    state.run = { ...run, ...to }
    return receipt(made.rows)
  }

  /** People who are there already: the ledger gets to know them. */
  async adopt(state: RunState, people: readonly PersonProfile[], userIds: readonly number[]): Promise<void> {
    const { run } = state
    await this.#transactions.move(run, run)
    people.forEach(({ k }, i) => {
      state.users.set(k, userIds[i]!)
    })
    await this.#backend.insert(peopleBatch(run.id, people, state.users))
    const { length } = people
    const to: Cursor = {
      ...run,
      status: 'activity',
      profilesThrough: run.profilesThrough + length,
      people: run.people + length,
    }
    await this.#transactions.move(run, to)
    state.run = { ...run, ...to }
  }

  /**
   * Where tables are kept by day: makes room for one before it is written, in a transaction of its own, as others wait for that.
   * @returns the ids that it takes then; undefined where they are found as it is written
   */
  async openDay({ run, ends }: RunState, day: number, markets: readonly MarketCounts[]): Promise<DayIds | undefined> {
    const backend = this.#backend
    if (!(await backend.keepsDays?.())) return undefined
    const counts = sumCounts(markets)
    // Not within the transaction: whoever has read a table must not wait to lock it.
    const first = (await this.#transactions.nextIds(ends, run.id, DAY_TABLES)) as DayIds
    checkIds(first, counts)
    const ranges = DAY_TABLES.map((table) => ({
      table,
      day,
      first: first[table],
      last: first[table] + counts[table] - 1,
    }))
    await this.#transactions.transaction(async () => {
      await this.#transactions.move(run, run)
      const taken = ranges.filter((range) => range.first <= range.last)
      await backend.advanceSequences(Object.fromEntries(taken.map(({ table, last }) => [table, last])))
      await backend.openDays!(run.id, ranges)
    })
    return first
  }

  /** One day, from its facts. @param opened its ids, where room was made for it */
  async writeFacts(
    state: RunState,
    facts: DayFacts,
    markets: readonly MarketCounts[],
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
    opened?: DayIds,
  ): Promise<Receipt> {
    return this.#writeDay(state, { day: facts.day, markets, newcomers, factDigests }, opened, async (bases) => {
      const own = state.own.length > 0 ? ownBatches(facts, state.own, bases, state) : []
      const wanted = (table: DayTable) => this.#backend.wants?.(table) ?? true
      const made = [...dayBatches(facts, bases, sumCounts(markets), state, wanted), ...own]
      const accounts = this.#account(state, made)
      return {
        accounts: Object.fromEntries(made.map(({ shape }, i) => [shape.table, accounts[i]!])),
        own: Object.fromEntries(own.map(({ shape, rows }) => [shape.table, rows])),
        insert: () => this.#insert(made),
      }
    })
  }

  /** One day, from the blocks that were made of it elsewhere. @param opened its ids, where room was made for it, or its rows are there */
  async writeBlocks(state: RunState, day: RenderedDay, opened?: DayIds): Promise<Receipt> {
    return this.#writeDay(state, day, opened, async (bases) => {
      const blocks = await day.blocks(bases)
      const insert = async () => {
        if (day.next) this.ahead.start(state, () => day.next!())
        await this.#backend.insertBlocks!(blocks)
      }
      return { accounts: accountsOf(blocks), own: {}, insert }
    })
  }

  async #writeDay(
    state: RunState,
    { day, markets, newcomers, factDigests }: Omit<RenderedDay, 'blocks' | 'next'>,
    opened: DayIds | undefined,
    make: (bases: FirstIds) => Promise<DayRows>,
  ): Promise<Receipt> {
    const { run } = state
    await this.#transactions.move(run, run)
    const profiles = await this.#profileRows(state, newcomers, day, 0)
    // The newcomers' users are not there yet, but have their ids.
    const next = opened ?? (await this.#transactions.nextIds(state.ends, run.id))
    const nextUser = next.users ?? (await this.#transactions.nextIds(state.ends, run.id, ['users'])).users!
    const own = state.own.map(({ table }) => table)
    const nextOwn = own.length > 0 ? await this.#transactions.nextIds(state.ends, run.id, own) : {}
    const bases = {
      ...next,
      ...nextOwn,
      users: newcomers.length > 0 ? state.users.get(newcomers[0]!.k) : nextUser,
    } as FirstIds
    const ranges = { posts: marketRanges(markets, 'posts'), matches: marketRanges(markets, 'matches') }
    addRanges(state.posts, ranges.posts, bases.posts)
    addRanges(state.matches, ranges.matches, bases.matches)
    const counts = sumCounts(markets)
    checkIds(bases, counts)
    const { accounts, own: facts, insert } = await make(bases)
    const layout = run.layouts.at(-1)!
    const rows: LedgerDay[] = DAY_TABLES.map((table) => ({
      ...ledgerDay(
        ...([day, 0, table, bases[table], bases[table] + counts[table] - 1] as const),
        accounts[table] ?? accountOfNone(TABLES[table], layout),
      ),
      markets: ranges[table as keyof typeof ranges] ?? null,
    }))
    let kind = FACT_KINDS.length
    for (const table of own) {
      const account = accounts[table] ?? accountOfNone(shapeIn(state.own, table), layout)
      const first = nextOwn[table]!
      const count = facts[table] ?? 0
      const digest = count > 0 ? factDigests[kind++]! : null
      rows.push({
        ...ledgerDay(day, 0, table, first, first + count - 1, account),
        factDigest: digest,
        markets: null,
      })
    }
    const to: Cursor = { ...run, status: 'activity', lastDay: day, people: run.people + newcomers.length }
    const announced = withFactDigests(day, [...profiles.rows, ...rows], factDigests, layout)
    await this.#write(state, {
      rows: announced,
      people: peopleOf(state, newcomers),
      insert: async () => {
        await this.#insert(profiles.batches)
        await insert()
      },
    })
    await this.#transactions.move(run, to)
    state.run = { ...run, ...to }
    return receipt(announced)
  }

  /** Gives people their ids and makes their rows, announced as `day` and `chunk`. */
  async #profileRows(state: RunState, people: readonly PersonProfile[], day: number, chunk: number) {
    const batches: TableBatch[] = []
    const rows: LedgerDay[] = []
    if (people.length === 0) return { batches, rows }
    const bases = await this.#transactions.nextIds(state.ends, state.run.id, ['users', 'profile_media'])
    const [firstUser, firstMedia] = [bases.users!, bases.profile_media!]
    people.forEach((person, i) => {
      state.users.set(person.k, firstUser + i)
    })
    const lastUser = firstUser + people.length - 1
    const made = profileBatches(people, state.users, firstMedia, state)
    const accounts = this.#account(state, made)
    made.forEach((batch, i) => {
      batches.push(batch)
      const media = batch.shape.table === 'profile_media'
      const range = media ? [firstMedia, firstMedia + countMedia(people) - 1] : [firstUser, lastUser]
      rows.push(ledgerDay(day, chunk, batch.shape.table, range[0]!, range[1]!, accounts[i]!))
    })
    return { batches, rows }
  }

  /** What the ledger records of each batch. */
  #account({ run }: RunState, batches: readonly TableBatch[]): Account[] {
    return this.#backend.account?.(batches) ?? batches.map((batch) => accountOf(batch, run.layouts.at(-1)!))
  }

  async #insert(batches: readonly TableBatch[]): Promise<void> {
    for (const batch of batches) if (batch.rows > 0) await this.#backend.insert(batch)
  }

  /** Writes a transaction's rows: the announcement first. */
  async #write(state: RunState, { rows, people, insert }: StepRows): Promise<void> {
    const backend = this.#backend
    const lastIds: Record<string, number> = {}
    for (const row of rows) {
      if (row.lastId < row.firstId) continue
      state.ends.set(row.table, row.lastId)
      if (shapeIn(state.own, row.table).key === 'id') lastIds[row.table] = row.lastId
    }
    await backend.advanceSequences(lastIds)
    if (backend.transactional) await backend.insert(daysBatch(state.run.id, rows))
    else await this.#transactions.announce(state.run, rows)
    if (people) await backend.insert(people.ledger)
    await insert()
    if (people) await backend.insertMissing(people.marks)
  }
}

/** What the ledger and the jobs are told of people; null without any. */
function peopleOf(state: RunState, people: readonly PersonProfile[]): StepRows['people'] {
  if (people.length === 0) return null
  return { ledger: peopleBatch(state.run.id, people, state.users), marks: dirtyInterests(people, state) }
}

/** @param marks [interest's id, epoch ms, …] */
function marksBatch(marks: readonly number[]): TableBatch {
  const every = (first: number) => Float64Array.from({ length: marks.length / 2 }, (_, i) => marks[first + i * 2]!)
  const columns = { interest_id: every(0), marked_at: every(1) }
  return { shape: LOOKUPS.interest_dirty, rows: marks.length / 2, columns }
}

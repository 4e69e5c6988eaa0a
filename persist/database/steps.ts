import type { PersonProfile } from '../../sim/agents/index.ts'
import type { DayFacts } from '../../sim/facts/index.ts'
import type { TableBatch } from '../batch.ts'
import type { Cursor, LedgerDay } from '../ledger/records.ts'
import { daysBatch, peopleBatch } from '../ledger/tables.ts'
import { addRanges, countRows, dayBatches, marketRanges } from '../rows/day.ts'
import { countMedia, dirtyInterests, profileBatches } from '../rows/profiles.ts'
import { TABLES, type TableName } from '../rows/tables.ts'
import type { Receipt } from '../store.ts'
import { accountOf, ledgerDay, receipt, withFactDigests } from './announcement.ts'
import type { Account, Backend } from './backend.ts'
import type { RunState } from './run-state.ts'
import type { Transactions } from './transactions.ts'

/** What a run's steps write: a chunk of people, or a day. Each is called inside a transaction. */
export class Steps {
  readonly #backend: Backend
  readonly #transactions: Transactions

  constructor(backend: Backend, transactions: Transactions) {
    this.#backend = backend
    this.#transactions = transactions
  }

  /** One chunk of phase A. */
  async writeChunk(state: RunState, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    const { run } = state
    const chunk = run.chunks + 1
    await this.#transactions.move(run, run)
    const { batches, rows } = await this.#profileRows(state, people, run.segments.at(-1)!.fromDay, chunk)
    const to: Cursor = {
      ...run,
      status: done ? 'activity' : 'profiles',
      profilesThrough: run.profilesThrough + people.length,
      chunks: chunk,
      people: run.people + people.length,
    }
    await this.#write(state, batches, rows, people)
    await this.#transactions.move(run, to)
    state.run = { ...run, ...to }
    return receipt(rows)
  }

  /** One day. */
  async writeFacts(
    state: RunState,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt> {
    const { run } = state
    await this.#transactions.move(run, run)
    const { batches, rows } = await this.#profileRows(state, newcomers, facts.day, 0)
    const counts = countRows(facts)
    const bases = await this.#transactions.nextIds(state.ends, run.id)
    const markets = { posts: marketRanges(facts, 'post'), matches: marketRanges(facts, 'match') }
    addRanges(state.posts, markets.posts, bases.posts!)
    addRanges(state.matches, markets.matches, bases.matches!)
    const made = dayBatches(facts, bases, counts, state)
    const accounts = this.#account(made)
    made.forEach((batch, i) => {
      batches.push(batch)
      const { table } = batch.shape
      rows.push({
        ...ledgerDay(facts.day, 0, batch, bases[table]!, bases[table]! + batch.rows - 1, accounts[i]!),
        markets: markets[table as keyof typeof markets] ?? null,
      })
    })
    const to: Cursor = { ...run, status: 'activity', lastDay: facts.day, people: run.people + newcomers.length }
    await this.#write(state, batches, withFactDigests(facts.day, rows, factDigests), newcomers)
    await this.#transactions.move(run, to)
    state.run = { ...run, ...to }
    return receipt(rows)
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
    const accounts = this.#account(made)
    made.forEach((batch, i) => {
      batches.push(batch)
      const media = batch.shape.table === 'profile_media'
      const range = media ? [firstMedia, firstMedia + countMedia(people) - 1] : [firstUser, lastUser]
      rows.push(ledgerDay(day, chunk, batch, range[0]!, range[1]!, accounts[i]!))
    })
    return { batches, rows }
  }

  /** What the ledger records of each batch. */
  #account(batches: readonly TableBatch[]): Account[] {
    return this.#backend.account?.(batches) ?? batches.map(accountOf)
  }

  /** Writes a transaction's rows: the announcement first. */
  async #write(
    state: RunState,
    batches: readonly TableBatch[],
    rows: readonly LedgerDay[],
    people: readonly PersonProfile[],
  ): Promise<void> {
    const backend = this.#backend
    const lastIds: Record<string, number> = {}
    for (const row of rows) {
      if (row.lastId < row.firstId) continue
      state.ends.set(row.table, row.lastId)
      if (TABLES[row.table as TableName].key === 'id') lastIds[row.table] = row.lastId
    }
    await backend.advanceSequences(lastIds)
    if (backend.transactional) await backend.insert(daysBatch(state.run.id, rows))
    else await this.#transactions.announce(state.run, rows)
    if (people.length > 0) await backend.insert(peopleBatch(state.run.id, people, state.users))
    for (const batch of batches) if (batch.rows > 0) await backend.insert(batch)
    if (people.length > 0) await backend.insertMissing(dirtyInterests(people, state))
  }
}

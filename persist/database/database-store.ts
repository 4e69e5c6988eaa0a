import type { PersonProfile } from '../../sim/agents/index.ts'
import { type DayFacts, FACT_KINDS } from '../../sim/facts/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import { type Cursor, isCommitted, type LedgerDay, type LedgerRun } from '../ledger/records.ts'
import { daysBatch, peopleBatch, runBatch, segmentBatch } from '../ledger/tables.ts'
import { addRanges, countRows, dayBatches, marketRanges } from '../rows/day.ts'
import { ensureLookups, type LookupIds } from '../rows/lookups.ts'
import { countMedia, dirtyInterests, profileBatches } from '../rows/profiles.ts'
import { TABLE_NAMES, TABLES, type TableName } from '../rows/tables.ts'
import type { DayRecord, NewRun, Receipt, RunRecord, RunStore, Segment, Verification } from '../store.ts'
import { accountOf, factTable, ledgerDay, moved, receipt, runExists, sumRows, withFactDigests } from './announcement.ts'
import type { Account, Backend } from './backend.ts'
import { refuseForeignRows } from './foreign.ts'
import { removeAnnounced, resetRun } from './removal.ts'
import { isFault, persistently } from './retry.ts'
import { loadState, type RowSources, type RunState } from './run-state.ts'
import { missingDay, verifyRun } from './verify.ts'

/** Tables of the reference schema whose ids a run gives. */
const WITH_ID = TABLE_NAMES.filter((name) => TABLES[name].key === 'id')

/** A `RunStore` over any place that keeps tables. */
export class DatabaseStore implements RunStore {
  readonly #backend: Backend
  readonly #sources: RowSources
  #state: RunState | undefined
  #lookups: LookupIds | undefined
  readonly #intoExisting: boolean
  #prepared = false
  #closed = false

  /** @param intoExisting whether the first run may be written beside rows that are there already */
  constructor(backend: Backend, sources: RowSources, intoExisting = false) {
    this.#backend = backend
    this.#sources = sources
    this.#intoExisting = intoExisting
  }

  get url(): string {
    return this.#backend.url
  }

  get writer(): string {
    return this.#backend.writer
  }

  get profileChunk(): number {
    return this.#backend.profileChunk
  }

  async findRun(seed: string): Promise<RunRecord | null> {
    try {
      return (await this.#backend.exists()) ? ((await this.#backend.ledger.runs({ seed }))[0] ?? null) : null
    } catch (error) {
      throw this.#backend.explain?.(error) ?? error
    }
  }

  async listRuns(): Promise<RunRecord[]> {
    return (await this.#backend.exists()) ? this.#backend.ledger.runs() : []
  }

  async createRun(run: NewRun): Promise<RunRecord> {
    if (run.seed.length === 0 || run.seed.length > 191) {
      throw badInput(`a run seed has 1 to 191 characters, got ${run.seed.length}`)
    }
    if (!this.#intoExisting && (await this.#backend.exists())) await refuseForeignRows(this.#backend)
    await this.#prepare()
    if (await this.findRun(run.seed)) throw runExists(run.seed, this.url)
    const id = await this.#transaction(async () => {
      this.#lookups = await ensureLookups(this.#backend)
      const id = (await this.#backend.greatestId('seed_runs')) + 1
      const cursor: Cursor = {
        status: 'profiles',
        profilesThrough: run.segment.firstPerson - 1,
        chunks: 0,
        lastDay: run.segment.fromDay - 1,
        people: 0,
        digest: null,
        metrics: null,
      }
      await this.#backend.insert(runBatch(id, run, cursor, Date.now()))
      await this.#backend.insert(segmentBatch(id, 0, run.segment, await this.#nextIds(new Map())))
      return id
    })
    return this.#run(id)
  }

  async addSegment(runId: number, segment: Segment): Promise<RunRecord> {
    const state = await this.#load(runId)
    const { run } = state
    if (run.status === 'profiles') {
      throw badInput(`run '${run.seed}' is still in its profile phase; complete it with 'mingle resume' first`)
    }
    if (segment.fromDay <= run.lastDay) {
      throw badInput(
        `run '${run.seed}' has day ${run.lastDay} already; a new segment cannot start at ${segment.fromDay}`,
      )
    }
    const to: Cursor = {
      ...run,
      status: segment.people > 0 ? 'profiles' : 'activity',
      profilesThrough: segment.firstPerson - 1,
      lastDay: segment.fromDay - 1,
    }
    await this.#transaction(async () => {
      const bases = await this.#nextIds(state.ends)
      await this.#backend.insert(segmentBatch(runId, run.segments.length, segment, bases))
      await this.#move(run, to)
    })
    this.#state = undefined
    return this.#run(runId)
  }

  async writeProfiles(runId: number, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    let chunks: number | undefined
    return this.#persistently(async () => {
      const state = await this.#load(runId)
      const { run } = state
      // The connection broke while the commit was under way, and it was carried out.
      if (chunks !== undefined && run.chunks > chunks) return this.#committed(runId, (row) => row.chunk === run.chunks)
      chunks = run.chunks
      if (run.status !== 'profiles') throw moved(run)
      people.forEach((person, i) => {
        if (person.k !== run.profilesThrough + 1 + i) throw moved(run)
      })
      return this.#transaction(() => this.#writeChunk(state, people, done))
    })
  }

  async writeDay(
    runId: number,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt> {
    let again = false
    return this.#persistently(async () => {
      const state = await this.#load(runId)
      const { run } = state
      if (again && run.lastDay === facts.day) {
        return this.#committed(runId, (row) => row.chunk === 0 && row.day === facts.day)
      }
      again = true
      if (run.status === 'profiles' || facts.day !== run.lastDay + 1) throw moved(run)
      return this.#transaction(() => this.#writeFacts(state, facts, newcomers, factDigests))
    })
  }

  async finishRun(runId: number, result: { digest: string; metrics?: string }): Promise<RunRecord> {
    return this.#persistently(async () => {
      const { run } = await this.#load(runId)
      const to: Cursor = { ...run, status: 'finished', digest: result.digest, metrics: result.metrics ?? null }
      await this.#transaction(() => this.#move(run, to))
      this.#state = undefined
      return this.#run(runId)
    })
  }

  async days(runId: number, fromDay = 0): Promise<DayRecord[]> {
    const run = await this.#run(runId)
    const byDay = new Map<number, LedgerDay[]>()
    for (const row of await this.#backend.ledger.days(runId)) {
      if (row.chunk > 0 || row.day < fromDay || !isCommitted(row, run)) continue
      const rows = byDay.get(row.day)
      if (rows) rows.push(row)
      else byDay.set(row.day, [row])
    }
    return [...byDay].map(([day, rows]) => ({
      day,
      rows: sumRows(rows),
      factDigests: FACT_KINDS.map((kind) => rows.find(({ table }) => table === factTable(kind))?.factDigest ?? ''),
    }))
  }

  async rows(runId: number): Promise<Readonly<Record<string, number>>> {
    const run = await this.#run(runId)
    return sumRows((await this.#backend.ledger.days(runId)).filter((row) => isCommitted(row, run)))
  }

  async userId(runId: number, k: number): Promise<number> {
    return (await this.#load(runId)).users.get(k) || -1
  }

  async reset(runId: number, what: 'all' | 'activity'): Promise<void> {
    const run = await this.#run(runId)
    this.#state = undefined
    await resetRun(this.#backend, run, what)
  }

  async verify(runId: number, progress: (day: number) => void = () => {}): Promise<Verification> {
    // It only reads, so a lost connection costs nothing but time.
    return this.#persistently(async () => {
      const run = await this.#run(runId)
      const missing = await missingDay(this.#backend.ledger, run)
      if (missing) return missing
      return this.#backend.verify?.(run, progress) ?? verifyRun(this.#backend, run, progress)
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#backend.close()
  }

  /** One chunk of phase A, inside a transaction. */
  async #writeChunk(state: RunState, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    const { run } = state
    const chunk = run.chunks + 1
    await this.#move(run, run)
    const { batches, rows } = await this.#profileRows(state, people, run.segments.at(-1)!.fromDay, chunk)
    const to: Cursor = {
      ...run,
      status: done ? 'activity' : 'profiles',
      profilesThrough: run.profilesThrough + people.length,
      chunks: chunk,
      people: run.people + people.length,
    }
    await this.#write(state, batches, rows, people)
    await this.#move(run, to)
    state.run = { ...run, ...to }
    return receipt(rows)
  }

  /** One day, inside a transaction. */
  async #writeFacts(
    state: RunState,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt> {
    const { run } = state
    await this.#move(run, run)
    const { batches, rows } = await this.#profileRows(state, newcomers, facts.day, 0)
    const counts = countRows(facts)
    const bases = await this.#nextIds(state.ends)
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
    await this.#move(run, to)
    state.run = { ...run, ...to }
    return receipt(rows)
  }

  /** What the ledger says of a transaction that was committed. */
  async #committed(runId: number, which: (row: LedgerDay) => boolean): Promise<Receipt> {
    return receipt((await this.#backend.ledger.days(runId)).filter(which))
  }

  /** Runs `attempt` until it succeeds or fails for good; after a lost connection the ledger is read anew. */
  #persistently<T>(attempt: () => Promise<T>): Promise<T> {
    return persistently(
      attempt,
      (error) => isFault(this.#backend, error),
      (message) => {
        this.#state = undefined
        this.#sources.onFault(`${this.url}: ${message}`)
      },
    )
  }

  async #prepare(): Promise<void> {
    if (this.#prepared) return
    try {
      await this.#backend.prepare()
    } catch (error) {
      throw this.#backend.explain?.(error) ?? error
    }
    this.#prepared = true
  }

  async #run(runId: number): Promise<LedgerRun> {
    const run = (await this.#backend.ledger.runs({ id: runId }))[0]
    if (!run) throw new MingleError('RUN_MISSING', `there is no run ${runId} in ${this.url}; was it reset meanwhile?`)
    this.#backend.focus?.(run)
    return run
  }

  /** The run's state; when a writer was cut off, what it announced is removed first. */
  async #load(runId: number): Promise<RunState> {
    if (this.#state?.run.id === runId) {
      this.#backend.focus?.(this.#state.run)
      return this.#state
    }
    await this.#prepare()
    await this.#backend.claim?.(runId)
    const run = await this.#run(runId)
    this.#lookups ??= await this.#transaction(() => ensureLookups(this.#backend))
    const state = await loadState(run, this.#backend.ledger, this.#lookups, this.#sources)
    if (state.announced.length > 0) {
      await this.#transaction(async () => {
        // Rows beyond a cursor that was read a moment ago may be those of a day that another process has just committed.
        await this.#move(run, run)
        await removeAnnounced(this.#backend, state)
      })
    }
    return (this.#state = state)
  }

  /** Gives people their ids and makes their rows, announced as `day` and `chunk`. */
  async #profileRows(state: RunState, people: readonly PersonProfile[], day: number, chunk: number) {
    const batches: TableBatch[] = []
    const rows: LedgerDay[] = []
    if (people.length === 0) return { batches, rows }
    const bases = await this.#nextIds(state.ends, ['users', 'profile_media'])
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
    await backend.insert(daysBatch(state.run.id, rows))
    if (people.length > 0) await backend.insert(peopleBatch(state.run.id, people, state.users))
    for (const batch of batches) if (batch.rows > 0) await backend.insert(batch)
    if (people.length > 0) await backend.insertMissing(dirtyInterests(people, state))
  }

  /** Also the lock: of two processes, the second finds the cursor elsewhere, and waits for the first to commit. */
  async #move(run: LedgerRun, to: Cursor): Promise<void> {
    if (!(await this.#backend.moveCursor(run.id, run, to))) throw moved(run)
  }

  /** The next free id of each table: above the run's own last, and above whatever others wrote since. */
  async #nextIds(
    ends: ReadonlyMap<string, number>,
    tables: readonly string[] = WITH_ID,
  ): Promise<Record<string, number>> {
    const next: Record<string, number> = {}
    for (const table of tables) next[table] = Math.max(ends.get(table) ?? 0, await this.#backend.greatestId(table)) + 1
    return next
  }

  /** Runs `work` as one transaction. When it fails, what is held of the run is forgotten and read again. */
  async #transaction<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.#backend.begin()
      const result = await work()
      await this.#backend.commit()
      return result
    } catch (error) {
      this.#state = undefined
      await this.#backend.rollback()
      throw this.#backend.explain?.(error) ?? error
    }
  }
}

import { MingleError } from '../../sim/kernel/index.ts'
import { type Cursor, type LedgerDay, type LedgerRun, unchecked } from '../ledger/records.ts'
import { daysBatch } from '../ledger/tables.ts'
import { ownTablesOf } from '../own/own-table.ts'
import { leaveLookups } from '../removal/lookup-rows.ts'
import { ensureLookups, type LookupIds, type MadeLookups, ownLookups } from '../rows/lookups.ts'
import { TABLE_NAMES, TABLES, type TableName } from '../rows/tables.ts'
import { moved } from './announcement.ts'
import type { Backend } from './backend.ts'
import { overlap, removeAnnounced } from './removal.ts'
import { isFault, isLocked, isUnanswered, persistently, plainWords } from './retry.ts'
import { loadState, type RowSources, type RunState } from './run-state.ts'

/** Tables of the reference schema whose ids a run gives. */
const WITH_ID = TABLE_NAMES.filter((name) => TABLES[name].key === 'id')

/** The transactions of one store: taken one after another, tried again, and what is held of the run between them. */
export class Transactions {
  readonly #backend: Backend
  readonly #sources: RowSources
  #state: RunState | undefined
  #lookups: { readonly of: string; readonly ids: LookupIds } | undefined
  /** Lookup rows that this store added, where an attempt that was cut off leaves its rows. */
  #made: MadeLookups = {}
  #prepared = false
  /** Whether the database has answered: a server that was never there is a wrong URL, and not waited for. */
  #reached = false
  /** Seconds that commits took. */
  committing = 0

  constructor(backend: Backend, sources: RowSources) {
    this.#backend = backend
    this.#sources = sources
  }

  /**
   * Carries out `attempt`, again after a lost connection or when another process was quicker; what is held of the run
   * is then read anew. `attempt` finds out whether it was carried out before.
   */
  async persistently<T>(attempt: () => Promise<T>): Promise<T> {
    const isTransient = (error: unknown) => isFault(this.#backend, error) && (this.#reached || !isUnanswered(error))
    const isConflict = (error: unknown) =>
      codeOf(error) === 'IDS_TAKEN' || (this.#backend.isConflict?.(causeOf(error)) ?? false)
    try {
      return await persistently(
        async () => {
          const result = await attempt().catch((error) => {
            throw this.#explained(error)
          })
          this.#reached = true
          return result
        },
        { isTransient, isConflict },
        (message) => {
          this.#state = undefined
          this.#sources.onFault(`${this.#backend.url}: ${message}`)
        },
      )
    } catch (error) {
      const lost = this.#reached && isTransient(error) && !isLocked(error)
      throw lost ? this.#givenUp(error) : error
    }
  }

  /** Whether a transaction that failed so may have been carried out all the same: the connection broke, the answer with it. */
  isUncertain(error: unknown): boolean {
    return isFault(this.#backend, error) && !isLocked(this.#explained(error))
  }

  #explained(error: unknown): unknown {
    return error instanceof MingleError ? error : (this.#backend.explain?.(error) ?? error)
  }

  #givenUp(error: unknown): MingleError {
    const message = `${this.#backend.url} does not answer any more (${plainWords((error as Error).message)}); go on when it does`
    return Object.assign(new MingleError('CONNECTION_LOST', message), { cause: error })
  }

  async prepare(): Promise<void> {
    if (this.#prepared) return
    await this.#backend.prepare()
    this.#reached = true
    this.#prepared = true
  }

  /** A run of the ledger. @throws MingleError RUN_MISSING */
  async run(runId: number): Promise<LedgerRun> {
    const run = (await this.#backend.ledger.runs({ id: runId }))[0]
    this.#reached = true
    if (!run) {
      throw new MingleError('RUN_MISSING', `there is no run ${runId} in ${this.#backend.url}; was it reset meanwhile?`)
    }
    await this.#backend.focus?.(run)
    return run
  }

  /** The run's state; when a writer was cut off, what it announced is removed first. */
  async load(runId: number): Promise<RunState> {
    if (this.#state?.run.id === runId) {
      await this.#backend.focus?.(this.#state.run)
      return this.#state
    }
    await this.prepare()
    await this.#backend.claim?.(runId)
    const run = await this.run(runId)
    const lookups = await this.#lookupsOf(run)
    const state = await loadState(run, this.#backend.ledger, lookups, this.#sources)
    if (state.announced.length > 0) {
      await this.transaction(async () => {
        // Rows beyond a cursor that was read a moment ago may be those of a day that another process has just committed.
        await this.move(run, run)
        await removeAnnounced(this.#backend, state)
      })
    }
    return (this.#state = state)
  }

  /** What is held of the run is read again before it is used. */
  forget(): void {
    this.#state = undefined
  }

  /**
   * Runs `work` as one transaction. When it fails, what is held of the run is forgotten and read again.
   * @param begun whether it was begun before
   */
  async transaction<T>(work: () => Promise<T>, begun = false): Promise<T> {
    try {
      if (!begun) await this.#backend.begin()
      const result = await work()
      const start = performance.now()
      await this.#backend.commit()
      this.committing += (performance.now() - start) / 1000
      return result
    } catch (error) {
      this.#state = undefined
      await this.#backend.rollback()
      throw this.#explained(error)
    }
  }

  /** Also the lock: of two processes, the second finds the cursor elsewhere, and waits for the first to commit. */
  async move(run: LedgerRun, to: Cursor): Promise<void> {
    if (!(await this.#backend.moveCursor(run.id, run, to))) throw moved(run)
  }

  /** Another process was quicker to create the run: what this store added before goes with that one. */
  async leaveLookups(runId: number): Promise<void> {
    await leaveLookups(this.#backend, runId, this.#made)
    this.#made = {}
  }

  /** A run has recorded the lookup rows that were added: the next one did not add them. */
  lookupsRecorded(): void {
    this.#made = {}
  }

  /** Within a transaction: the lookup rows are there. @param inputs of the run's first segment */
  async ensureLookups(inputs: string): Promise<LookupIds> {
    const own = ownLookups(inputs)
    const made = this.#backend.transactional ? {} : this.#made
    const ids = await (this.#backend.ensureLookups?.(own) ?? ensureLookups(this.#backend, own, made))
    return (this.#lookups = { of: broughtAlong(inputs), ids }).ids
  }

  /** Those of the last run are kept: a run without quizzes and interests of its own has the same as any other. */
  async #lookupsOf({ segments }: LedgerRun): Promise<LookupIds> {
    const { inputs } = segments[0]!
    const known = this.#lookups
    if (known?.of === broughtAlong(inputs)) return known.ids
    return this.transaction(() => this.ensureLookups(inputs))
  }

  /**
   * The next free id of each table: above the run's own last, above what other runs have announced, and above whatever
   * others wrote since.
   *
   * @param runId absent: of a run that is being created
   * @param greatest the tables' greatest ids, where they are known
   */
  async nextIds(
    ends: ReadonlyMap<string, number>,
    runId?: number,
    tables: readonly string[] = WITH_ID,
    greatest?: readonly number[],
  ): Promise<Record<string, number>> {
    const next: Record<string, number> = {}
    const there = greatest ?? (await this.#greatestIds(tables))
    tables.forEach((table, i) => {
      next[table] = Math.max(ends.get(table) ?? 0, there[i]!) + 1
    })
    for (const { table, lastId } of runId === undefined ? [] : await this.#backend.ledger.announcedBeside(runId)) {
      if (next[table] !== undefined) next[table] = Math.max(next[table], lastId + 1)
    }
    return next
  }

  async #greatestIds(tables: readonly string[]): Promise<number[]> {
    const backend = this.#backend
    if (backend.greatestIds) return backend.greatestIds(tables)
    const greatest: number[] = []
    for (const table of tables) greatest.push(await backend.greatestId(table))
    return greatest
  }

  /**
   * For a writer without transactions: announces what it is about to write, looks whether another took ids of these ranges
   * meanwhile, and says that they are its own. Both announce before they look, so that one of them sees the other.
   *
   * @throws MingleError IDS_TAKEN, the announcement taken back
   */
  async announce(run: LedgerRun, rows: readonly LedgerDay[]): Promise<void> {
    const [first] = rows
    if (!first) return
    const { day, chunk } = first
    await this.#backend.insert(
      daysBatch(
        run.id,
        rows.map((row) => ({ ...row, chunk: unchecked(chunk) })),
      ),
    )
    const beside = await this.#backend.ledger.announcedBeside(run.id)
    for (const row of rows.filter(({ firstId, lastId }) => firstId <= lastId)) {
      const announced = beside.some((other) => other.table === row.table && overlap(other, row))
      if (!announced && (await this.#isFree(row))) continue
      // Whoever slept since may find the run taken over, and these rows of the ledger another's.
      await this.#backend.claim?.(run.id)
      await this.move(run, run)
      await this.#backend.deleteLedger(run.id, { part: 'days', day, chunk: unchecked(chunk) })
      throw new MingleError('IDS_TAKEN', `another process is writing ${row.table} in ${this.#backend.url}; try again`)
    }
    // A mapping may have announced more rows of the ledger: who matched.
    if ((await this.#backend.confirm!(run.id, day, chunk)) < rows.length) throw moved(run)
  }

  /**
   * Under a mapping, rows are found by keys that follow from the run's seed: no id is anybody else's. Tables of an extension have
   * ids like those of ours.
   */
  async #isFree({ table, firstId }: LedgerDay): Promise<boolean> {
    const numbered = WITH_ID.includes(table as TableName) || !(table in TABLES)
    if (this.#backend.account || !numbered) return true
    return (await this.#backend.greatestId(table)) < firstId
  }
}

/** What a run's lookup rows, and under a mapping the ways to them, follow from. */
function broughtAlong(inputs: string): string {
  return JSON.stringify([ownLookups(inputs), ownTablesOf(inputs)])
}

/** The driver's error below ours. */
function causeOf(error: unknown): unknown {
  return error instanceof MingleError && error.cause !== undefined ? error.cause : error
}

function codeOf(error: unknown): string | undefined {
  return error instanceof MingleError ? error.code : undefined
}

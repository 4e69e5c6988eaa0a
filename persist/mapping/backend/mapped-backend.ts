import { badInput, MingleError } from '../../../sim/kernel/index.ts'
import type { Adoptable, AdoptWish } from '../../adopt/person.ts'
import type { TableBatch } from '../../batch.ts'
import type { Backend, KeyRange, LedgerPart } from '../../database/backend.ts'
import type { Account } from '../../ledger/account.ts'
import { type Cursor, isCommitted, type LedgerDay, type LedgerReader, type LedgerRun } from '../../ledger/records.ts'
import { type OwnTable, ownTablesOf } from '../../own/own-table.ts'
import type { LookupIds, OwnLookups } from '../../rows/lookups.ts'
import { RowSum } from '../../rows/row-sum.ts'
import type { Verification } from '../../store.ts'
import { liveProblems } from '../check/live.ts'
import { refuseAllProblems, withOwnFacts } from '../check/own-facts.ts'
import { problemsFound } from '../config/problem.ts'
import { REFERENCE_TABLES } from '../config/sources.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { countDerived, removeDerived, removeDerivedOf } from '../read/derived.ts'
import { greatestNumber, occupiedTables } from '../read/foreign.ts'
import { refuseChanged } from '../read/kept.ts'
import { rangesOfDays } from '../read/ranges.ts'
import { removeRows, removeStep } from '../read/removal.ts'
import { rowsOfRun } from '../read/rows-of-run.ts'
import { verifyMapped } from '../read/verify.ts'
import { type Asked, askedOf, Earlier } from '../rows/earlier.ts'
import { NO_NAMES, tablesLookedAt } from '../rows/source-rows.ts'
import { type MappedBatch, type Resolved, Translator } from '../rows/translate.ts'
import { asKept } from '../sql/integer-times.ts'
import { readOnly } from '../sql/live/index.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { beginChecked } from '../write/begin-checked.ts'
import { LookupRows, resolveLookups } from '../write/lookups.ts'
import { refusalAtEnd } from '../write/refusal.ts'
import { NUMBERS_TAKEN, reserveNumbers } from '../write/reserve.ts'
import { writeRows } from '../write/write.ts'
import { refuseOtherMapping, withFingerprint } from './fingerprint.ts'

type Announced = Pick<LedgerDay, 'day' | 'chunk'>

/**
 * A database with the user's own models. Runs are kept in the ledger as in any other; reference rows become rows of the
 * models on their way in, and are found again by their keys, which follow from the run's seed and the rows' numbers.
 */
export class MappedBackend implements Backend {
  readonly #inner: SqlBackend
  readonly #given: Plan
  /** With the facts of the extension of the run in focus. */
  #plan: Plan
  /** By these facts: what was looked up for a plan is known by the plan's own objects. */
  readonly #plans = new Map<string, Plan>()
  #asked: Asked
  #wanted: ReadonlySet<string>
  #prepared = false
  #resolved: Resolved | undefined
  /** Targets of which a row was read back. */
  readonly #lookedAt = new Set<PlannedTarget>()
  #run: LedgerRun | undefined
  #translator: Translator | undefined
  #mapped = new WeakMap<TableBatch, MappedBatch[]>()
  /** Who matched and who wrote what, where facts are asked: read with the first transaction, and anew after one that failed. */
  #earlier: Earlier | undefined
  /** The step's batches, and what they become. */
  #step: TableBatch[] = []
  #pending: MappedBatch[] = []
  /** What this transaction wrote to. */
  #written: PlannedTarget[] = []
  /** A step that a writer without transactions was cut off at: its announcement stays until it is written again. */
  #cutOff: { readonly runId: number; readonly steps: readonly Announced[] } | undefined

  /** @param plan as the site's rows have it; it may have the facts of an extension */
  constructor(inner: SqlBackend, plan: Plan) {
    this.#inner = inner
    this.#given = plan
    this.#plan = plan
    this.#plans.set(JSON.stringify(plan.own), plan)
    this.#asked = askedOf(plan)
    this.#wanted = lookedAt(plan, this.#asked)
  }

  get url(): string {
    return this.#inner.url
  }

  get writer(): string {
    return this.#inner.writer
  }

  get transactional(): boolean {
    return this.#inner.transactional
  }

  get profileChunk(): number {
    return this.#inner.profileChunk
  }

  get ledger(): LedgerReader {
    return this.#inner.ledger
  }

  isLost(error: unknown): boolean {
    return this.#inner.isLost?.(error) ?? false
  }

  isConflict(error: unknown): boolean {
    return (error as { code?: string }).code === NUMBERS_TAKEN || (this.#inner.isConflict?.(error) ?? false)
  }

  explain(error: unknown): unknown {
    return this.#inner.explain?.(error) ?? error
  }

  exists(): Promise<boolean> {
    return this.#inner.exists()
  }

  /** Creates nothing: the tables are the user's. */
  async prepare(): Promise<void> {
    if (this.#prepared) return
    if (!(await this.exists())) {
      throw badInput(
        `${this.url} has no ledger (table seed_runs): 'mingle init' adds its models to the schema, 'prisma migrate dev' the tables`,
      )
    }
    const closed = await readOnly(this.#inner)
    if (closed !== null) throw badInput(`${this.url}: ${closed}; name one that can be written to`)
    const problems = await liveProblems(this.#inner, this.#plan)
    if (problems.length > 0) throw problemsFound(`the mapping does not fit ${this.url}`, problems)
    this.#prepared = true
  }

  /** Finds the site's lookup rows, or adds them, within a transaction. */
  async ensureLookups(own: OwnLookups): Promise<LookupIds> {
    const lookups = await LookupRows.make(own)
    this.#resolved = await resolveLookups(this.#inner, this.#plan, lookups)
    this.#translator = undefined
    // What is added belongs to no run.
    return { ...lookups.ids, made: {} }
  }

  /** @throws MingleError BAD_INPUT when the mapping does not say where the facts of a new run's extension go */
  async ownFacts(own: readonly OwnTable[]): Promise<void> {
    await this.#goBy(own)
    refuseAllProblems(this.#plan)
    if (own.length === 0) return
    const live = await liveProblems(this.#inner, this.#plan)
    if (live.length > 0) throw problemsFound(`the mapping does not fit ${this.#inner.url}`, live)
  }

  async claim(runId: number): Promise<void> {
    await this.#inner.claim?.(runId)
  }

  /** Says which run the next calls are about: text keys follow from its seed. */
  async focus(run: LedgerRun): Promise<void> {
    await this.#goBy(ownTablesOf(run.segments[0]!.inputs))
    if (this.#cutOff?.runId !== run.id) this.#cutOff = undefined
    if (this.#run?.seed !== run.seed || this.#run.segments.length !== run.segments.length) {
      this.#translator = undefined
      this.#earlier = undefined
    }
    this.#run = run
  }

  async accept(run: Pick<LedgerRun, 'seed' | 'segments'>): Promise<void> {
    await this.#goBy(ownTablesOf(run.segments[0]!.inputs))
    refuseOtherMapping(run, this.#plan)
  }

  account(batches: readonly TableBatch[]): Account[] {
    this.#earlier?.add(batches)
    this.#step.push(...batches)
    const mapped = this.#translate().translate(batches, this.#earlier)
    return batches.map((batch) => {
      const sum = new RowSum()
      const rows = mapped.get(batch)!
      for (const { full, target } of rows) if (!target.many) sum.add(full, target.group)
      this.#mapped.set(batch, rows)
      return { rows: sum.rows, contentDigest: sum.hex }
    })
  }

  /** Facts that become no row of the site's are not made rows of the reference schema either. */
  wants(table: string): boolean {
    return this.#wanted.has(table)
  }

  confirm(runId: number, day: number, chunk: number): Promise<number> {
    return this.#inner.confirm!(runId, day, chunk)
  }

  async begin(): Promise<void> {
    this.#pending = []
    this.#written = []
    this.#step = []
    if (this.#asksEarlier && this.#run && !this.#earlier) {
      const [run] = await this.#inner.ledger.runs({ id: this.#run.id })
      if (run) this.#earlier = Earlier.of(await this.#inner.ledger.days(run.id), run, this.#asked)
    }
    await beginChecked(this.#inner)
  }

  async commit(): Promise<void> {
    await this.#flush()
    try {
      await this.#inner.commit()
    } catch (error) {
      throw await refusalAtEnd(this.#inner, error, this.#written)
    }
    if (this.#step.length > 0) this.#cutOff = undefined
  }

  rollback(): Promise<void> {
    this.#pending = []
    this.#step = []
    this.#earlier = undefined
    this.#cutOff = undefined
    return this.#inner.rollback()
  }

  async insert(batch: TableBatch): Promise<void> {
    if (batch.shape.table === 'seed_run_days') {
      await reserveNumbers(this.#inner, this.#plan, this.#step)
      return this.#inner.insert(this.#earlier?.withRows(batch, this.#step) ?? batch)
    }
    if (batch.shape.table === 'seed_run_segments') return this.#inner.insert(withFingerprint(batch, this.#plan))
    if (!this.#takes(batch.shape.table)) return this.#inner.insert(batch)
    const mapped = this.#mapped.get(batch)
    if (!mapped) throw new Error(`rows of ${batch.shape.table} were not accounted for`)
    this.#pending.push(...mapped)
  }

  /** Marks for the site's own jobs have no model here. */
  async insertMissing(batch: TableBatch): Promise<void> {
    if (!REFERENCE_TABLES.has(batch.shape.table)) return this.#inner.insertMissing(batch)
  }

  async occupied(): Promise<string[]> {
    // Tables that are not there are told in words, before any is asked.
    await this.prepare()
    return occupiedTables(this.#inner, this.#plan)
  }

  greatestId(table: string): Promise<number> {
    return this.#takes(table) ? greatestNumber(this.#inner, this.#plan, table) : this.#inner.greatestId(table)
  }

  async count(table: string): Promise<number> {
    return this.#takes(table) ? 0 : this.#inner.count(table)
  }

  async naturalKeys(table: string): Promise<Map<string, number>> {
    throw new MingleError('MAPPED', `rows of ${table} are the site's own`)
  }

  /** The step's rows come first: where there are no transactions, the cursor says that they are there. */
  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    await this.#flush()
    if (!(await this.#inner.moveCursor(runId, from, to))) return false
    if (this.#cutOff?.runId !== runId) return true
    // In the transaction that writes the step again, before it takes its numbers.
    for (const { day, chunk } of this.#cutOff.steps) await this.deleteLedger(runId, { part: 'days', day, chunk })
    this.#cutOff = { runId, steps: [] }
    return true
  }

  /** Done with the rows: see `writeRows`. */
  async advanceSequences(): Promise<void> {}

  // biome-ignore lint/correctness/useYield: there is nothing to give
  async *read({ shape }: KeyRange): AsyncIterable<TableBatch> {
    throw new MingleError('MAPPED', `${shape.table} is a table of the reference schema; this database has its own`)
  }

  async deleteRange(range: KeyRange): Promise<void> {
    await this.deleteAnnounced([range])
  }

  /** A writer with transactions keeps the announcement: not every row that another left tells its step by its key. */
  async deleteAnnounced(ranges: readonly KeyRange[]): Promise<boolean> {
    const run = this.#run!
    const days = await this.#inner.ledger.days(run.id)
    await removeStep(this.#inner, this.#plan, ranges, { run, days }, this.#keyOf())
    if (!this.transactional) return false
    this.#cutOff = { runId: run.id, steps: days.filter((row) => row.chunk >= 0 && !isCommitted(row, run)) }
    return true
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      const days = await this.#inner.ledger.days(this.#run!.id)
      const tables = new Set(ranges.map(({ shape }) => shape.table))
      await removeDerivedOf(this.#inner, this.#plan, tables, rangesOfDays(days), this.#keyOf())
      await removeRows(this.#inner, this.#plan, ranges, rangesOfDays(days), this.#keyOf())
      await also()
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  async adoptable(wish: AdoptWish): Promise<Adoptable[]> {
    const { adoptableMembers } = await import('../site/adoptable-members.ts')
    return adoptableMembers(this.#inner, this.#plan, wish)
  }

  derivedRows(whose: 'jobs' | 'others'): Promise<Record<string, number>> {
    this.#refuseUnderived()
    return countDerived(this.#inner, this.#plan, whose)
  }

  emptyDerived(): Promise<void> {
    this.#refuseUnderived()
    return removeDerived(this.#inner, this.#plan)
  }

  #refuseUnderived(): void {
    if (this.#plan.derived.length > 0) return
    throw badInput(
      `the mapping says of no model of ${this.url} that jobs fill it, so there is nothing of theirs to remove; ` +
        "map what they derive, such as match_score: to('MatchScore', { … }) (docs/jobs.md)",
    )
  }

  deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    return this.#inner.deleteLedger(runId, what)
  }

  async verify(run: LedgerRun, progress: (day: number) => void): Promise<Verification> {
    await this.focus(run)
    return verifyMapped(this.#inner, this.#plan, run, this.#keyOf(), progress)
  }

  async rowsOf(run: LedgerRun): Promise<Record<string, number>> {
    await this.focus(run)
    return rowsOfRun(this.#inner, this.#plan, run, this.#keyOf())
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  async #flush(): Promise<void> {
    const pending = this.#pending
    this.#pending = []
    const repeated = !this.transactional || this.#cutOff !== undefined
    if (pending.length === 0) return
    this.#written = pending.map(({ target }) => target)
    await writeRows(this.#inner, this.#plan, pending, repeated)
    for (const rows of pending) {
      if (this.#lookedAt.has(rows.target) || rows.full.rows === 0) continue
      this.#lookedAt.add(rows.target)
      const facts = this.#step.find(({ shape }) => shape.table === rows.target.facts.table)
      if (facts) await refuseChanged(this.#inner, rows, facts, this.#keyOf())
    }
  }

  /** Whether a table's rows become rows of the site's models. */
  #takes(table: string): boolean {
    return REFERENCE_TABLES.has(table) || this.#plan.own.some((own) => own.table === table)
  }

  /** Has the mapping as it is for runs with these facts of an extension, which share models and keys with all others. */
  async #goBy(own: readonly OwnTable[]): Promise<void> {
    const known = JSON.stringify(own)
    if (known === JSON.stringify(this.#plan.own)) return
    const plan = this.#plans.get(known) ?? (await asKept(this.#inner, withOwnFacts(this.#given, own)))
    this.#plans.set(known, plan)
    this.#plan = plan
    this.#asked = askedOf(this.#plan)
    this.#wanted = lookedAt(this.#plan, this.#asked)
    this.#translator = undefined
    this.#earlier = undefined
    this.#lookedAt.clear()
  }

  get #asksEarlier(): boolean {
    return this.#asked.pairs || this.#asked.authors
  }

  #keyOf() {
    const translator = this.#translate()
    return translator.key.bind(translator)
  }

  #translate(): Translator {
    if (!this.#run) throw new Error('no run is in focus')
    const nothing = { tables: new Map(), finds: new Map(), names: NO_NAMES }
    return (this.#translator ??= new Translator(
      this.#plan,
      this.#run.seed,
      this.#resolved ?? nothing,
      this.#run.segments,
    ))
  }
}

function lookedAt({ targets }: Plan, asked: Asked): ReadonlySet<string> {
  return tablesLookedAt(
    targets.map(({ facts }) => facts.table),
    asked,
  )
}

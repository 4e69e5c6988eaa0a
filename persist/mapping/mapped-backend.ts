import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import type { Account, Backend, KeyRange, LedgerPart } from '../database/backend.ts'
import type { Cursor, LedgerReader, LedgerRun } from '../ledger/records.ts'
import type { Verification } from '../store.ts'
import { RowSum } from './digest.ts'
import { liveProblems } from './live.ts'
import { LookupRows, resolveLookups } from './lookups.ts'
import type { Plan, PlannedTarget } from './plan.ts'
import { problemText } from './problem.ts'
import { runRanges } from './ranges.ts'
import { rowsOfRun } from './rows-of-run.ts'
import { deleteRows, type NumberRange } from './select.ts'
import { REFERENCE_TABLES, sourceOf, sourcesOfTable } from './sources.ts'
import { modelTable, quoted, type SqlBackend } from './sql.ts'
import { type MappedBatch, type Resolved, Translator } from './translate.ts'
import { verifyMapped } from './verify.ts'
import { writeRows } from './write.ts'

/**
 * A database with the user's own models. Runs are kept in the ledger as in any other; reference rows become rows of the
 * models on their way in, and are found again by their keys, which follow from the run's seed and the rows' numbers.
 */
export class MappedBackend implements Backend {
  readonly #inner: SqlBackend
  readonly #plan: Plan
  #lookups: LookupRows | undefined
  #resolved: Resolved | undefined
  #run: LedgerRun | undefined
  #translator: Translator | undefined
  #mapped = new WeakMap<TableBatch, MappedBatch[]>()
  #pending: MappedBatch[] = []

  constructor(inner: SqlBackend, plan: Plan) {
    this.#inner = inner
    this.#plan = plan
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
    return this.#inner.isConflict?.(error) ?? false
  }

  explain(error: unknown): unknown {
    return this.#inner.explain?.(error) ?? error
  }

  async claim(runId: number): Promise<void> {
    await this.#inner.claim?.(runId)
  }

  exists(): Promise<boolean> {
    return this.#inner.exists()
  }

  /** Creates nothing but lookup rows: the tables are the user's. */
  async prepare(): Promise<void> {
    if (this.#resolved) return
    if (!(await this.exists())) {
      throw badInput(
        `${this.url} has no ledger (table seed_runs): 'mingle init' adds its models to the schema, 'prisma migrate dev' the tables`,
      )
    }
    const problems = await liveProblems(this.#inner, this.#plan)
    if (problems.length > 0)
      throw badInput(`the mapping does not fit ${this.url}:\n${problems.map(problemText).join('\n')}`)
    this.#lookups = await LookupRows.make()
    await this.begin()
    try {
      this.#resolved = await resolveLookups(this.#inner, this.#plan, this.#lookups)
      await this.commit()
    } catch (error) {
      await this.rollback()
      throw error
    }
  }

  /** Says which run the next calls are about: text keys follow from its seed. */
  focus(run: LedgerRun): void {
    if (this.#run?.seed !== run.seed) this.#translator = undefined
    this.#run = run
  }

  account(batches: readonly TableBatch[]): Account[] {
    const mapped = this.#translate().translate(batches)
    return batches.map((batch) => {
      const sum = new RowSum()
      const rows = mapped.get(batch)!
      for (const { full, target } of rows) sum.add(full, target.group)
      this.#mapped.set(batch, rows)
      return { rows: sum.rows, contentDigest: sum.hex }
    })
  }

  async begin(): Promise<void> {
    this.#pending = []
    // The user's foreign keys are looked up, whatever the reference schema can do without.
    if (this.#inner.dialect === 'sqlite') await this.#inner.execute('PRAGMA foreign_keys = ON')
    await this.#inner.begin()
    if (this.#inner.dialect === 'sqlite') await this.#inner.execute('PRAGMA defer_foreign_keys = ON')
    else {
      const [role] = await this.#inner.query("SELECT current_setting('session_replication_role')")
      if (role![0] === 'replica') await this.#inner.execute('SET LOCAL session_replication_role = origin')
    }
  }

  async commit(): Promise<void> {
    const pending = this.#pending
    this.#pending = []
    await writeRows(this.#inner, this.#plan, pending)
    await this.#inner.commit()
  }

  rollback(): Promise<void> {
    this.#pending = []
    return this.#inner.rollback()
  }

  async insert(batch: TableBatch): Promise<void> {
    if (!REFERENCE_TABLES.has(batch.shape.table)) return this.#inner.insert(batch)
    const mapped = this.#mapped.get(batch)
    if (!mapped) throw new Error(`rows of ${batch.shape.table} were not accounted for`)
    this.#pending.push(...mapped)
  }

  /** Marks for the site's own jobs have no model here. */
  async insertMissing(batch: TableBatch): Promise<void> {
    if (!REFERENCE_TABLES.has(batch.shape.table)) return this.#inner.insertMissing(batch)
  }

  /** Models of lookup rows are meant to hold some. */
  async occupied(): Promise<string[]> {
    const lookups = new Set([...this.#plan.lookups.values()].map(({ model }) => model.name))
    const tables = new Set<string>()
    for (const { model, verb } of this.#plan.targets) {
      if (verb === 'update' || lookups.has(model.name) || tables.has(modelTable(model))) continue
      const [row] = await this.#inner.query(`SELECT 1 FROM ${modelTable(model)} LIMIT 1`)
      if (row) tables.add(modelTable(model))
    }
    return [...tables]
  }

  async greatestId(table: string): Promise<number> {
    if (!REFERENCE_TABLES.has(table)) return this.#inner.greatestId(table)
    // Numbers of other runs are not given again: what is made of them (an e-mail address) must differ as well.
    const [given] = await this.#inner.query(
      `SELECT max(last_id) FROM seed_run_days WHERE table_name = ${this.#inner.dialect === 'sqlite' ? '?' : '$1'}`,
      [table],
    )
    let greatest = Number(given![0] ?? 0)
    for (const target of this.#plan.targets.filter(({ facts }) => facts.table === table)) {
      const selector = target.selector
      if (selector?.scope !== 'step' || selector.rule.kind !== 'number' || target.verb === 'update') continue
      const column = quoted(selector.column.field.column)
      const [row] = await this.#inner.query(`SELECT max(${column}) FROM ${modelTable(target.model)}`)
      greatest = Math.max(greatest, Math.ceil((Number(row![0] ?? 0) - selector.rule.lane) / selector.rule.stride))
    }
    return greatest
  }

  async count(table: string): Promise<number> {
    return REFERENCE_TABLES.has(table) ? 0 : this.#inner.count(table)
  }

  naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    return this.#lookups!.tables.naturalKeys(table, columns)
  }

  moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    return this.#inner.moveCursor(runId, from, to)
  }

  /** Done with the rows: see `writeRows`. */
  async advanceSequences(): Promise<void> {}

  // biome-ignore lint/correctness/useYield: there is nothing to give
  async *read({ shape }: KeyRange): AsyncIterable<TableBatch> {
    throw new MingleError('MAPPED', `${shape.table} is a table of the reference schema; this database has its own`)
  }

  async deleteRange(range: KeyRange): Promise<void> {
    await this.#delete([range])
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      await this.#delete(ranges)
      await also()
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    return this.#inner.deleteLedger(runId, what)
  }

  verify(run: LedgerRun, progress: (day: number) => void): Promise<Verification> {
    this.focus(run)
    return verifyMapped(this.#inner, this.#plan, run, this.#keyOf(), progress)
  }

  rowsOf(run: LedgerRun): Promise<Record<string, number>> {
    this.focus(run)
    return rowsOfRun(this.#inner, this.#plan, run, this.#keyOf())
  }

  close(): Promise<void> {
    return this.#inner.close()
  }

  /** Children before parents, whatever the order of the facts. */
  async #delete(ranges: readonly KeyRange[]): Promise<void> {
    const byTable = new Map<string, NumberRange[]>()
    for (const { shape, first, last } of ranges) {
      const list = byTable.get(shape.table) ?? []
      byTable.set(shape.table, [...list, { first, last }])
    }
    const gone = [...byTable.keys()].flatMap(sourcesOfTable)
    const rank = (target: PlannedTarget) =>
      target.verb === 'update' ? Infinity : this.#plan.order.indexOf(target.model.name)
    const targets = this.#plan.targets.filter(({ source, selector }) => gone.includes(source) && selector)
    const whole = await runRanges(this.#inner.ledger, this.#run!)
    for (const target of [...targets].sort((a, b) => rank(b) - rank(a))) {
      const { scope, space } = target.selector!
      const where = scope === 'step' ? byTable.get(sourceOf(target.source).table)! : (whole.get(space) ?? [])
      await deleteRows(this.#inner, target, where, this.#keyOf())
    }
  }

  #keyOf() {
    const translator = this.#translate()
    return translator.key.bind(translator)
  }

  #translate(): Translator {
    if (!this.#run) throw new Error('no run is in focus')
    const nothing = { tables: new Map(), finds: new Map(), names: { interests: new Map(), quizzes: new Map() } }
    return (this.#translator ??= new Translator(this.#plan, this.#run.seed, this.#resolved ?? nothing))
  }
}

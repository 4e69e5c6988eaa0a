import type { PersonProfile } from '../../sim/agents/index.ts'
import { type DayFacts, FACT_KINDS } from '../../sim/facts/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { adoptable } from '../adopt/adoptable.ts'
import type { Adoptable, AdoptWish } from '../adopt/person.ts'
import type { BlockSetup } from '../blocks/maker.ts'
import { type Cursor, isCommitted, LAYOUT, type LedgerDay } from '../ledger/records.ts'
import { runBatch, segmentBatch } from '../ledger/tables.ts'
import { createOwnTables, ownTablesOf } from '../own/index.ts'
import type { EnteredRun } from '../planned/entered-run.ts'
import type { TaskSetup } from '../planned/task-setup.ts'
import { derivedRows, emptyDerived } from '../removal/derived.ts'
import { countMarket, type FirstIds, type MarketCounts } from '../rows/placement.ts'
import type {
  DayRecord,
  NewRun,
  Receipt,
  Removal,
  RenderedDay,
  RenderedPeople,
  RunRecord,
  RunStore,
  Segment,
  Verification,
} from '../store.ts'
import { factTable, moved, receipt, runExists, sumRows } from './announcement.ts'
import type { Backend } from './backend.ts'
import { checkTaskIds, enterRun } from './enter.ts'
import { refuseForeignRows } from './foreign.ts'
import { removalOf, resetRun } from './removal.ts'
import { plainWords } from './retry.ts'
import { idsOf, type RowSources, type RunState } from './run-state.ts'
import { type DayIds, Steps } from './steps.ts'
import { Transactions } from './transactions.ts'
import { missingFromLedger, verifyRun } from './verify.ts'

/** What holds of runs that are created. */
export interface NewRunOptions {
  /** Whether the first one may be written beside rows that are there already; default false. */
  readonly intoExisting?: boolean
  /** Whether tables of days are kept by day where the place can do that; default: when a run is large, and they are empty. */
  readonly partition?: boolean | undefined
}

/** Chosen: a table of days then comes to hundreds of millions of rows, and indexes no longer lie in memory. */
const PARTITIONED_PERSON_DAYS = 25_000_000
/** Whoever reads a table as a whole locks each of its partitions, and a server has room for some thousand locks. */
const PARTITIONED_DAYS = 200

/** A `RunStore` over any place that keeps tables. */
export class DatabaseStore implements RunStore {
  readonly #backend: Backend
  readonly #options: NewRunOptions
  readonly #transactions: Transactions
  readonly #steps: Steps
  readonly #say: (message: string) => void
  #closed = false

  constructor(backend: Backend, sources: RowSources, options: NewRunOptions = {}) {
    this.#backend = backend
    this.#options = options
    this.#transactions = new Transactions(backend, sources)
    this.#steps = new Steps(backend, this.#transactions)
    this.#say = sources.onFault
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

  get committing(): number {
    return this.#transactions.committing
  }

  get makers(): number {
    return this.#backend.makers ?? Infinity
  }

  async findRun(seed: string): Promise<RunRecord | null> {
    return this.#transactions.persistently(() => this.#find(seed))
  }

  async listRuns(): Promise<RunRecord[]> {
    return this.#transactions.persistently(async () =>
      (await this.#backend.exists()) ? this.#backend.ledger.runs() : [],
    )
  }

  async createRun(run: NewRun): Promise<RunRecord> {
    if (run.seed.length === 0 || run.seed.length > 191) {
      throw badInput(`a run seed has 1 to 191 characters, got ${run.seed.length}`)
    }
    let tried = false
    return this.#transactions.persistently(async () => {
      const { intoExisting = false, partition } = this.#options
      if (!intoExisting && (await this.#backend.exists())) await refuseForeignRows(this.#backend)
      await this.#transactions.prepare()
      if (partition ?? isLarge(run.segment)) {
        const plain = await this.#backend.partition?.(partition ? 'wish' : 'itself')
        if (plain) this.#say(`${this.url}: its tables are not partitioned by day: ${plain}`)
      }
      await createOwnTables(this.#backend, ownTablesOf(run.segment.inputs))
      const there = await this.#find(run.seed)
      // The connection broke while the commit was under way, and it was carried out.
      const isOurs = there !== null && tried && isUntouched(there, run)
      if (isOurs) this.#transactions.lookupsRecorded()
      if (isOurs) return there
      if (there) await this.#transactions.leaveLookups(there.id)
      if (there) throw runExists(run.seed, this.url)
      const id = await this.#transactions
        .transaction(() => this.#insertRun(run))
        .catch((error) => {
          // Where another process was quicker, the run that is found next is not ours.
          tried = this.#transactions.isUncertain(error)
          throw error
        })
      this.#transactions.lookupsRecorded()
      return this.#transactions.run(id)
    })
  }

  async accept(run: RunRecord): Promise<void> {
    await this.#transactions.persistently(async () => this.#backend.accept?.(run))
  }

  async addSegment(runId: number, segment: Segment): Promise<RunRecord> {
    let segments: number | undefined
    return this.#transactions.persistently(async () => {
      const state = await this.#transactions.load(runId)
      const { run } = state
      await this.#backend.accept?.(run)
      if (segments !== undefined && run.segments.length > segments) return run
      segments = run.segments.length
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
      await this.#transactions.transaction(async () => {
        const bases = await this.#transactions.nextIds(state.ends)
        await this.#backend.insert(segmentBatch(runId, run.segments.length, segment, bases))
        await this.#transactions.move(run, to)
      })
      this.#transactions.forget()
      return this.#transactions.run(runId)
    })
  }

  async writeProfiles(runId: number, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    return this.#writeChunk(runId, people[0]?.k, (state) => {
      people.forEach(({ k }, i) => {
        if (k !== state.run.profilesThrough + 1 + i) throw moved(state.run)
      })
      return this.#steps.writeChunk(state, people, done)
    })
  }

  async peopleSetup(runId: number): Promise<TaskSetup | null> {
    return this.#backend.takesPeopleBlocks ? this.#peopleSetup(runId, () => true) : null
  }

  async writePeople(runId: number, people: RenderedPeople, done: boolean): Promise<Receipt> {
    return this.#writeChunk(runId, people.first, (state) => this.#steps.writePeople(state, people, done))
  }

  /** @param first number of the first person; undefined when there is none */
  async #writeChunk(
    runId: number,
    first: number | undefined,
    write: (state: RunState) => Promise<Receipt>,
  ): Promise<Receipt> {
    let chunks: number | undefined
    return this.#transactions.persistently(async () => {
      const state = await this.#transactions.load(runId)
      const { run } = state
      // The connection broke while the commit was under way, and it was carried out.
      if (chunks !== undefined && run.chunks > chunks) return this.#committed(runId, (row) => row.chunk === run.chunks)
      chunks = run.chunks
      if (run.status !== 'profiles' || (first !== undefined && first !== run.profilesThrough + 1)) throw moved(run)
      return this.#transactions.transaction(() => write(state))
    })
  }

  async adoptable(wish: AdoptWish): Promise<Adoptable[]> {
    return this.#transactions.persistently(async () => {
      await this.#transactions.prepare()
      return adoptable(this.#backend, wish)
    })
  }

  async adopt(runId: number, people: readonly PersonProfile[], userIds: readonly number[]): Promise<void> {
    let again = false
    await this.#transactions.persistently(async () => {
      const state = await this.#transactions.load(runId)
      const { run } = state
      // The connection broke while the commit was under way, and it was carried out.
      if (again && run.status !== 'profiles') return
      again = true
      if (run.status !== 'profiles' || people[0]?.k !== run.profilesThrough + 1) throw moved(run)
      await this.#transactions.transaction(() => this.#steps.adopt(state, people, userIds))
    })
  }

  async writeDay(
    runId: number,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt> {
    const markets = facts.markets.map(countMarket)
    return this.#writeDay(runId, facts.day, markets, (state, opened) =>
      this.#steps.writeFacts(state, facts, markets, newcomers, factDigests, opened),
    )
  }

  async blockSetup(runId: number): Promise<BlockSetup | null> {
    if (!this.#backend.encoding || !this.#backend.insertBlocks) return null
    return this.#transactions.persistently(async () => {
      const state = await this.#transactions.load(runId)
      // Blocks are digested in the form of today's ledger.
      if (state.run.layouts.at(-1) !== LAYOUT) return null
      // An extension's facts become rows here, from the facts themselves.
      if (state.own.length > 0) return null
      const encoding = await this.#backend.encoding!()
      if (!encoding) return null
      const next = (await this.#transactions.nextIds(state.ends, runId)) as FirstIds
      return { ids: idsOf(state, next), encoding, sources: state.plain }
    })
  }

  async taskSetup(runId: number): Promise<TaskSetup | null> {
    return this.#peopleSetup(
      runId,
      ({ segments, profilesThrough }) => segments.length === 1 && profilesThrough < segments[0]!.firstPerson,
    )
  }

  async #peopleSetup(runId: number, fits: (run: RunRecord) => boolean): Promise<TaskSetup | null> {
    const setup = await this.blockSetup(runId)
    if (!setup?.sources) return null
    return this.#transactions.persistently(async () => {
      const { run, lookups } = await this.#transactions.load(runId)
      if (!fits(run)) return null
      const { firstPerson, people } = run.segments.at(-1)!
      const { inputs } = run.segments[0]!
      const { users, profile_media } = await this.#transactions.nextIds(new Map(), runId)
      const ids = {
        ...setup.ids,
        written: firstPerson + people - 1,
        users: [firstPerson, users!, people],
        next: { ...setup.ids.next, users: users! + people },
      }
      return {
        runId,
        blocks: { ...setup, ids },
        people: { lookups, inputs, chunk: this.profileChunk, users: users!, profile_media: profile_media! },
      }
    })
  }

  async checkTaskIds(setup: TaskSetup): Promise<void> {
    return this.#transactions.persistently(() => checkTaskIds(this.#backend, this.#transactions, setup))
  }

  async enterRun(runId: number, entered: EnteredRun): Promise<RunRecord> {
    return this.#transactions.persistently(async () => {
      const run = await this.#transactions.run(runId)
      // The connection broke while the commit was under way, and it was carried out; or an earlier call was cut off behind it.
      if (run.status === 'finished' && run.digest === entered.digest) return run
      if (run.status !== 'profiles' || run.chunks > 0) throw moved(run)
      await this.#transactions.prepare()
      await this.#backend.claim?.(runId)
      await this.#transactions.transaction(() => enterRun(this.#backend, this.#transactions, run, entered))
      this.#transactions.forget()
      return this.#transactions.run(runId)
    })
  }

  async writeBlocks(runId: number, day: RenderedDay): Promise<Receipt> {
    return this.#writeDay(runId, day.day, day.markets, (state, opened) => this.#steps.writeBlocks(state, day, opened))
  }

  async endDays(): Promise<void> {
    await this.#steps.ahead.end()
  }

  async finishRun(runId: number, result: { digest: string; metrics?: string }): Promise<RunRecord> {
    return this.#transactions.persistently(async () => {
      const { run } = await this.#transactions.load(runId)
      const to: Cursor = { ...run, status: 'finished', digest: result.digest, metrics: result.metrics ?? null }
      await this.#transactions.transaction(() => this.#transactions.move(run, to))
      this.#transactions.forget()
      return this.#transactions.run(runId)
    })
  }

  async days(runId: number, fromDay = 0): Promise<DayRecord[]> {
    return this.#transactions.persistently(async () => {
      const run = await this.#transactions.run(runId)
      const own = ownTablesOf(run.segments[0]!.inputs)
      const byDay = new Map<number, LedgerDay[]>()
      for (const row of await this.#backend.ledger.days(runId)) {
        if (row.chunk > 0 || row.day < fromDay || !isCommitted(row, run)) continue
        const rows = byDay.get(row.day)
        if (rows) rows.push(row)
        else byDay.set(row.day, [row])
      }
      return [...byDay].map(([day, rows]) => ({
        day,
        rows: sumRows(rows, own),
        factDigests: [
          ...FACT_KINDS.map((kind) => rows.find(({ table }) => table === factTable(kind))?.factDigest ?? ''),
          // Of an extension's kinds, those that the day has facts of.
          ...own.flatMap(({ table }) => rows.find((row) => row.table === table)?.factDigest ?? []),
        ],
      }))
    })
  }

  async rows(runId: number): Promise<Readonly<Record<string, number>>> {
    return this.#transactions.persistently(async () => {
      const run = await this.#transactions.run(runId)
      if (this.#backend.rowsOf) return this.#backend.rowsOf(run)
      const rows = (await this.#backend.ledger.days(runId)).filter((row) => isCommitted(row, run))
      return sumRows(rows, ownTablesOf(run.segments[0]!.inputs))
    })
  }

  async userId(runId: number, k: number): Promise<number> {
    return this.#transactions.persistently(async () => (await this.#transactions.load(runId)).users.get(k) || -1)
  }

  async removal(runId: number, what: 'all' | 'activity'): Promise<Removal> {
    return this.#transactions.persistently(async () => {
      const run = await this.#transactions.run(runId)
      await this.#backend.accept?.(run)
      return removalOf(this.#backend, run, what)
    })
  }

  async reset(runId: number, what: 'all' | 'activity'): Promise<Readonly<Record<string, number>>> {
    let tried = false
    const lookups = await this.#transactions.persistently(async () => {
      this.#transactions.forget()
      const [run] = await this.#backend.ledger.runs({ id: runId })
      if (!run && tried) return {}
      tried = true
      // Under another mapping its rows are not found: the ledger alone would go.
      if (run) await this.#backend.accept?.(run)
      return resetRun(this.#backend, await this.#transactions.run(runId), what)
    })
    try {
      await this.#transactions.persistently(async () => this.#backend.closeDays?.(runId))
    } catch (error) {
      // The rows are gone, and committed to be: empty room takes nothing from anybody. Of a run that stays, others' resets leave it.
      const next = what === 'all' ? 'the next reset there' : 'the next reset of this run'
      this.#say(
        `${this.url}: the run is reset; its empty partitions are left, and dropped by ${next}: ${plainWords((error as Error).message)}`,
      )
    }
    return lookups
  }

  async derived(whose: 'jobs' | 'others' = 'jobs'): Promise<Readonly<Record<string, number>>> {
    return this.#transactions.persistently(() => derivedRows(this.#backend, whose))
  }

  async resetDerived(): Promise<void> {
    await this.#transactions.persistently(() =>
      emptyDerived(this.#backend, (work) => this.#transactions.transaction(work)),
    )
  }

  async verify(runId: number, progress: (day: number) => void = () => {}): Promise<Verification> {
    // It only reads, so a lost connection costs nothing but time.
    return this.#transactions.persistently(async () => {
      const run = await this.#transactions.run(runId)
      await this.#backend.accept?.(run)
      const missing = await missingFromLedger(this.#backend.ledger, run)
      if (missing) return missing
      const found = await (this.#backend.verify?.(run, progress) ?? verifyRun(this.#backend, run, progress))
      const strayFiles = await this.#backend.strayFiles?.()
      const unenteredFiles = await this.#backend.unenteredFiles?.()
      return { ...found, ...(strayFiles && { strayFiles }), ...(unenteredFiles && { unenteredFiles }) }
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#backend.close()
  }

  async #writeDay(
    runId: number,
    day: number,
    markets: readonly MarketCounts[],
    write: (state: RunState, opened?: DayIds) => Promise<Receipt>,
  ): Promise<Receipt> {
    let again = false
    return this.#transactions.persistently(async () => {
      const state = await this.#transactions.load(runId)
      const { run } = state
      // The connection broke while the commit was under way, and it was carried out.
      if (again && run.lastDay === day) return this.#committed(runId, (row) => row.chunk === 0 && row.day === day)
      if (run.status === 'profiles' || day !== run.lastDay + 1) throw moved(run)
      if (again) this.#steps.ahead.rest(day)
      again = true
      const begun = await this.#steps.ahead.begin(state, day)
      const opened = begun ?? (await this.#steps.openDay(state, day, markets))
      return this.#transactions.transaction(() => write(state, opened), begun !== undefined)
    })
  }

  async #find(seed: string): Promise<RunRecord | null> {
    return (await this.#backend.exists()) ? ((await this.#backend.ledger.runs({ seed }))[0] ?? null) : null
  }

  /** Within a transaction. @returns the run's id */
  async #insertRun(run: NewRun): Promise<number> {
    const { made } = await this.#transactions.ensureLookups(run.segment.inputs)
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
    const bases = await this.#transactions.nextIds(new Map())
    const kept = Object.keys(made).length > 0 ? { ...bases, made } : bases
    await this.#backend.insert(segmentBatch(id, 0, run.segment, kept))
    return id
  }

  /** What the ledger says of a transaction that was committed. */
  async #committed(runId: number, which: (row: LedgerDay) => boolean): Promise<Receipt> {
    return receipt((await this.#backend.ledger.days(runId)).filter(which))
  }
}

/** Whether a run stands as it was created, and was created as this one would be. */
function isUntouched(there: RunRecord, run: NewRun): boolean {
  const first = run.segment.firstPerson - 1
  return there.config === run.config && there.status === 'profiles' && there.profilesThrough === first
}

/** Whether a run's tables are kept by day without anybody's wish. */
function isLarge({ people, days }: Segment): boolean {
  return people * days >= PARTITIONED_PERSON_DAYS && days <= PARTITIONED_DAYS
}

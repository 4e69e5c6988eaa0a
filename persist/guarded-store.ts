import type { PersonProfile } from '../sim/agents/index.ts'
import type { DayFacts } from '../sim/facts/index.ts'
import type { Backend } from './database/backend.ts'
import { DatabaseStore, type NewRunOptions } from './database/database-store.ts'
import type { RowSources } from './database/run-state.ts'
import type { EnteredRun } from './planned/entered-run.ts'
import { refuseProduction } from './production.ts'
import type { NewRun, Receipt, RenderedDay, RenderedPeople, RunRecord, Segment } from './store.ts'
import { writesReference } from './unmapped.ts'

/** A store that writes nowhere where a real site may live, unless told to, nor onto a site's models unmapped; reading is free. */
export class GuardedStore extends DatabaseStore {
  readonly #refuse: () => void
  readonly #guarded: <T>(work: () => Promise<T>) => Promise<T>

  /** @param database its URL, which is never shown */
  constructor(
    backend: Backend,
    sources: RowSources,
    options: NewRunOptions & {
      readonly database: string
      readonly allowProduction: boolean
      readonly mapped: boolean
    },
  ) {
    super(backend, sources, options)
    const { database, allowProduction } = options
    this.#refuse = () => refuseProduction(database, allowProduction)
    this.#guarded = (work) => (options.mapped ? work() : writesReference(backend, work))
  }

  override async createRun(run: NewRun): Promise<RunRecord> {
    this.#refuse()
    return this.#guarded(() => super.createRun(run))
  }

  override async addSegment(runId: number, segment: Segment): Promise<RunRecord> {
    this.#refuse()
    return this.#guarded(() => super.addSegment(runId, segment))
  }

  override async writeProfiles(runId: number, people: readonly PersonProfile[], done: boolean): Promise<Receipt> {
    this.#refuse()
    return this.#guarded(() => super.writeProfiles(runId, people, done))
  }

  override async writePeople(runId: number, people: RenderedPeople, done: boolean): Promise<Receipt> {
    this.#refuse()
    return this.#guarded(() => super.writePeople(runId, people, done))
  }

  override async adopt(runId: number, people: readonly PersonProfile[], userIds: readonly number[]): Promise<void> {
    this.#refuse()
    return this.#guarded(() => super.adopt(runId, people, userIds))
  }

  override async writeDay(
    runId: number,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt> {
    this.#refuse()
    return this.#guarded(() => super.writeDay(runId, facts, newcomers, factDigests))
  }

  override async writeBlocks(runId: number, day: RenderedDay): Promise<Receipt> {
    this.#refuse()
    return this.#guarded(() => super.writeBlocks(runId, day))
  }

  override async enterRun(runId: number, entered: EnteredRun): Promise<RunRecord> {
    this.#refuse()
    return this.#guarded(() => super.enterRun(runId, entered))
  }

  override async reset(runId: number, what: 'all' | 'activity'): Promise<Readonly<Record<string, number>>> {
    this.#refuse()
    return super.reset(runId, what)
  }

  override async resetDerived(): Promise<void> {
    this.#refuse()
    return super.resetDerived()
  }
}

/**
 * What a run needs of persistence: one `RunStore` is one open database, folder of files, memory, or nothing at all.
 * `openStore` (persist/open.ts) makes one from a URL. Calls on one store must follow one another: await each before the
 * next.
 *
 * Life of a run: `createRun` → `writeProfiles` (or `writePeople`) chunk by chunk, the last with `done` → `writeDay` 0, 1, 2, … →
 * `finishRun`; later `addSegment` → (`writeProfiles` of the new cohort) → `writeDay` … → `finishRun`. Every call that
 * writes is one transaction (or, where the writer cannot, is made repeatable by the ledger): after a kill at any
 * instruction `findRun` tells exactly what is there.
 */

import type { PersonProfile } from '../sim/agents/index.ts'
import type { DayFacts } from '../sim/facts/index.ts'
import type { Adoptable, AdoptWish } from './adopt/person.ts'
import type { Block, PeopleBlocks, PeopleIds } from './blocks/block.ts'
import type { BlockSetup } from './blocks/maker.ts'
import type { EnteredRun } from './planned/entered-run.ts'
import type { TaskSetup } from './planned/task-setup.ts'
import type { FirstIds, MarketCounts } from './rows/placement.ts'

/**
 * `profiles`: people are being written. `activity`: everybody is there, days are being written (or none was asked for
 * yet). `finished`: `finishRun` was called; `addSegment` opens the run again.
 */
export type RunStatus = 'profiles' | 'activity' | 'finished'

/** A stretch of days, and the people who joined at its start. */
export interface Segment {
  /** First day of the segment, counted from the run's first day (0). */
  readonly fromDay: number
  /** How many days it has; 0 for profiles alone. */
  readonly days: number
  /** People who join before `fromDay` by `writeProfiles`: k = `firstPerson` … `firstPerson + people - 1`; `people` may be 0. */
  readonly firstPerson: number
  readonly people: number
  /** Days left empty between the segment before and this one. */
  readonly gap: number
  /** Whatever a replay of this segment needs, frozen, as JSON text (changed policy, adopted people's features, …). */
  readonly inputs: string
}

/** What `createRun` is told. */
export interface NewRun {
  /** The run seed: unique in a database; 1–191 characters. */
  readonly seed: string
  /** Civil days since 1970-01-01 of day 0. */
  readonly startDay: number
  /** Name of the place pack, which turns a city's number into name, state and time zone. */
  readonly placePack: string
  /** The full configuration, as JSON text; never interpreted here. */
  readonly config: string
  readonly engineVersion: number
  /** Version of the package that made the run: recorded, never compared. */
  readonly packageVersion: string
  /** The first segment: `fromDay` 0, `firstPerson` 1. */
  readonly segment: Segment
}

/** A run as the ledger knows it. */
export interface RunRecord extends Omit<NewRun, 'segment'> {
  readonly id: number
  readonly status: RunStatus
  /** In order of time; the last is the current one. */
  readonly segments: readonly Segment[]
  /**
   * Phase A of the current segment: the greatest k committed by `writeProfiles`, `firstPerson - 1` if none.
   * Continue with the next k. When the phase is done (`status` is not `profiles`): the cohort's last k.
   */
  readonly profilesThrough: number
  /** The last committed day, −1 if none. Continue with the next one. */
  readonly lastDay: number
  /** Everybody in the run, newcomers included. */
  readonly people: number
  /** The run digest that `finishRun` recorded (hex), null before. */
  readonly digest: string | null
  /** JSON text that `finishRun` recorded, null before. */
  readonly metrics: string | null
}

/** What one transaction wrote. */
export interface Receipt {
  /** Rows by table name, tables without rows left out; the ledger's own tables are not counted. */
  readonly rows: Readonly<Record<string, number>>
  /** 128-bit content digest by table name (32 hex digits). */
  readonly contentDigests: Readonly<Record<string, string>>
}

/** A day whose rows are made where its facts are. */
export interface RenderedDay extends DayBlocks {
  /** As `writeDay` has them. */
  readonly newcomers: readonly PersonProfile[]
  readonly factDigests: readonly string[]
  /**
   * The day that comes next, once it was simulated; null, or absent: there is none. A place that can takes its rows in beside this one's;
   * it is written by a call of its own all the same.
   */
  next?(): Promise<DayBlocks | null>
}

/** A day's rows, made elsewhere. */
export interface DayBlocks {
  readonly day: number
  /** The markets in their order. */
  readonly markets: readonly MarketCounts[]
  /**
   * The rows with these ids (`placeMarkets`), the markets in their order. May be asked again, with other ids where others
   * wrote meanwhile. @param bases the day's first id of each table
   */
  blocks(bases: FirstIds): Promise<readonly Block[]>
}

/** People whose rows are made elsewhere. */
export interface RenderedPeople {
  /** Number of the first of them; the others follow. */
  readonly first: number
  readonly people: number
  /** Pictures that they have together. */
  readonly media: number
  /** Their rows with these ids. May be asked again, with other ids where others wrote meanwhile. */
  blocks(first: PeopleIds): Promise<PeopleBlocks>
}

/** A recorded day, as a replay compares it. */
export interface DayRecord {
  readonly day: number
  readonly rows: Readonly<Record<string, number>>
  /** 32 hex digits by fact kind, in the order of `FACT_KINDS`. */
  readonly factDigests: readonly string[]
}

export interface Difference {
  /** Null: somewhere in the run; rows whose keys do not tell their day are summed over all of it. */
  readonly day: number | null
  readonly table: string
  /** Rows that the ledger promises, and rows found in its id range. */
  readonly expectedRows: number
  readonly foundRows: number
  /** Files: the one that cannot be read, by its path in the folder, and why. */
  readonly damaged?: { readonly file: string; readonly reason: string }
}

export interface Verification {
  /** Days compared, phase A included as one. */
  readonly days: number
  readonly rows: number
  /** The first day and table whose rows are not those that were written; null when all are. */
  readonly difference: Difference | null
  /** Rows by table that no run of Mingle wrote; never an error. */
  readonly foreignRows: Readonly<Record<string, number>>
  /** Files: those beside the runs' own that whoever reads a whole folder would take for rows, by their paths in it. */
  readonly strayFiles?: readonly string[]
  /** Files: those of runs that the ledger has nothing of yet, as tasks write them before all are done. */
  readonly unenteredFiles?: readonly string[]
}

/** Rows by table that would go; tables without any are left out. */
export interface Removal {
  /** Written by the run. */
  readonly rows: Readonly<Record<string, number>>
  /** Files of the run that its ledger does not list (yet), by table: tasks write them before all are done. Absent: none. */
  readonly files?: Readonly<Record<string, number>>
  /** Computed by jobs from those. */
  readonly derived: Readonly<Record<string, number>>
  /** Of others, hanging by foreign keys on rows of the run (under a mapping these are not counted). */
  readonly dependents: Readonly<Record<string, number>>
}

export interface RunStore {
  /** The database's URL, its password replaced by `***`. */
  readonly url: string
  /** `sqlite`, `postgres`, `prisma`, `memory`, `none`, `ndjson`, … */
  readonly writer: string
  /** People that one call of `writeProfiles` should take; any number is right, this one is quick. */
  readonly profileChunk: number

  /** Seconds that commits took so far, copying the log back included: waiting for the disk, mostly. */
  readonly committing: number
  /** How many makers of blocks one day may have at most. */
  readonly makers: number

  findRun(seed: string): Promise<RunRecord | null>
  /** All runs, by id. */
  listRuns(): Promise<RunRecord[]>
  /** @throws {MingleError} RUN_EXISTS when the seed is there already; nothing is written. */
  createRun(run: NewRun): Promise<RunRecord>
  /** Whether the run can go on here. @throws {MingleError} BAD_INPUT when it was written under another mapping. */
  accept(run: RunRecord): Promise<void>
  /**
   * Opens a finished (or activity) run for more days, and more people. `segment.fromDay` is beyond the last day.
   * @throws {MingleError} BAD_INPUT when it is not, or when the run is still in phase A.
   */
  addSegment(runId: number, segment: Segment): Promise<RunRecord>

  /**
   * Phase A: the people `profilesThrough + 1 …` of the current segment, ascending k, one transaction; `done` with the
   * last of them moves the run to `activity` in the same transaction (the chunk may then be empty).
   * @throws {MingleError} RUN_MOVED when the ledger is elsewhere (another process writes this run).
   */
  writeProfiles(runId: number, people: readonly PersonProfile[], done: boolean): Promise<Receipt>

  /**
   * How the people of the current segment can be made into blocks elsewhere; null where this place wants profiles
   * (`writeProfiles`).
   */
  peopleSetup(runId: number): Promise<TaskSetup | null>
  /** `writeProfiles` of people who were made into blocks by `peopleSetup`: the same rows, receipts and guarantees. */
  writePeople(runId: number, people: RenderedPeople, done: boolean): Promise<Receipt>

  /** People whom no run made. @throws {MingleError} BAD_INPUT for a condition that is none */
  adoptable(wish: AdoptWish): Promise<Adoptable[]>
  /**
   * Phase A of people who are there already: nothing of theirs is written, the ledger alone knows them. All people of the
   * current segment at once.
   * @param userIds their row ids, in the order of `people`
   */
  adopt(runId: number, people: readonly PersonProfile[], userIds: readonly number[]): Promise<void>

  /**
   * One day, one transaction: ids, rendered rows, both digests, the cursor. Days follow one another, save for a
   * segment's gap.
   * @param newcomers profiles of the day's `arrival` facts, in the order of those facts (markets in order, then rows)
   * @param factDigests 32 hex digits by fact kind, in the order of `FACT_KINDS`
   * @throws {MingleError} RUN_MOVED as above
   */
  writeDay(
    runId: number,
    facts: DayFacts,
    newcomers: readonly PersonProfile[],
    factDigests: readonly string[],
  ): Promise<Receipt>

  /**
   * How the days that follow can be made into blocks elsewhere; null where this place wants facts (`writeDay`). Good for
   * the days after the last committed one, until `addSegment`.
   */
  blockSetup(runId: number): Promise<BlockSetup | null>
  /** `writeDay` of a day that was made into blocks by `blockSetup`: the same rows, receipts and guarantees. */
  writeBlocks(runId: number, day: RenderedDay): Promise<Receipt>

  /** No day follows for now: what a place has taken in of the next one is undone. */
  endDays(): Promise<void>

  /**
   * What tasks on other machines need to write a new run's rows, its people among them; null where this place wants facts, or
   * something of the run is written already.
   */
  taskSetup(runId: number): Promise<TaskSetup | null>
  /**
   * Looks whether tasks can still write what was planned, before any of them has.
   * @throws {MingleError} BAD_INPUT when others have written into the place since `taskSetup`
   */
  checkTaskIds(setup: TaskSetup): Promise<void>
  /**
   * Enters a run that tasks have written: the ledger alone is written, in one transaction, and the run is finished. Safe to be
   * called again.
   * @throws {MingleError} IDS_TAKEN when others have written into the place since `taskSetup`
   */
  enterRun(runId: number, entered: EnteredRun): Promise<RunRecord>

  /** Marks the run finished. @param result.metrics JSON text */
  finishRun(runId: number, result: { readonly digest: string; readonly metrics?: string }): Promise<RunRecord>

  /** The committed days from `fromDay` on, ascending. */
  days(runId: number, fromDay?: number): Promise<DayRecord[]>
  /** Rows by table that this run wrote, phase A included; under a mapping, by the user's own tables. */
  rows(runId: number): Promise<Readonly<Record<string, number>>>
  /** The row id of person k, or −1. */
  userId(runId: number, k: number): Promise<number>

  /**
   * Removes the run's rows: everything (`all`: as if it had never been), or the days alone (`activity`: profiles of
   * phase A stay, newcomers go). Rows of the site's own that hang on them go by the schema's cascades; `removal` counts
   * them beforehand. With the last run go the subjects, interests and quizzes that runs added and nobody else uses.
   * @returns the rows of these lookup tables that went
   */
  reset(runId: number, what: 'all' | 'activity'): Promise<Readonly<Record<string, number>>>
  /** What `reset` would remove. @throws {MingleError} BAD_INPUT when the run was written under another mapping; so does `reset`. */
  removal(runId: number, what: 'all' | 'activity'): Promise<Removal>
  /** Rows by derived table, of no run, those without left out: written by jobs (the default), or by others. */
  derived(whose?: 'jobs' | 'others'): Promise<Readonly<Record<string, number>>>
  /** Removes what jobs wrote into the derived tables, never a row of others, and marks every interest to be computed again. */
  resetDerived(): Promise<void>
  /** Recomputes the content digests from the database's rows, day by day. */
  verify(runId: number, progress?: (day: number) => void): Promise<Verification>
  /** Ends the connection. Safe to call twice. */
  close(): Promise<void>
}

import { setTimeout as sleep } from 'node:timers/promises'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { accountsOf } from '../blocks/account.ts'
import { type Block, blocksByTable } from '../blocks/block.ts'
import { accountOfNone, ledgerDay } from '../database/announcement.ts'
import type { DayRange } from '../database/backend.ts'
import { isFault, isUnanswered } from '../database/retry.ts'
import { LAYOUT, type LedgerDay } from '../ledger/records.ts'
import { daysBatch } from '../ledger/tables.ts'
import { CREATE_OBJECTS, ifMadeByAnother, isNoTable, keysOf, OBJECTS_TABLE } from '../objects/postgres-objects.ts'
import { openBackend } from '../open.ts'
import { DAYS_AT_ONCE } from '../postgres/partitions/index.ts'
import { PostgresBackend } from '../postgres/postgres-backend.ts'
import { TABLES, type TableName } from '../rows/tables.ts'
import type { MadePeople } from './people-maker.ts'

/**
 * Chunks of the ledger under which tasks announce their rows: no cursor ever reaches them, so that whoever resets the run, or
 * takes it over, removes these rows too.
 */
const FIRST_OF_PEOPLE = 1_000_000
const FIRST_OF_DAYS = 2_000_000
/** Which task of which run. */
export interface TaskName {
  readonly runId: number
  /** Of its record. */
  readonly key: string
  readonly pass: 1 | 2
  readonly group: number
}

/** Between two looks at whether another session with the same task has ended. */
const LOOK_MS = 500

/**
 * The rows of one task of a run, brought into a PostgreSQL database beside other tasks': one transaction, which also keeps the
 * task's record. Whoever is cut off, at whatever moment, has either left the record and all rows, or nothing.
 */
export class TaskTransaction {
  readonly #backend: PostgresBackend
  readonly #runId: number
  readonly #key: string
  /** Of all keys of the run's database. */
  readonly #prefix: string
  readonly #chunk: number
  #announced: LedgerDay[] = []

  private constructor(backend: PostgresBackend, { runId, key, pass, group }: TaskName, prefix: string) {
    this.#backend = backend
    this.#runId = runId
    this.#prefix = prefix
    this.#key = prefix + key
    this.#chunk = chunkOf(pass, group)
  }

  /** What tasks keep their records in. @throws MingleError BAD_INPUT where this user may create nothing */
  static async prepare(url: string): Promise<void> {
    const backend = await postgres(url)
    try {
      for (const sql of CREATE_OBJECTS) await backend.execute(sql).catch(ifMadeByAnother)
    } finally {
      await backend.close()
    }
  }

  /** Removes what was kept for a run that is finished, by the beginnings of its keys; and what it was kept in, when that is empty. */
  static async clear(url: string, prefixes: readonly string[]): Promise<void> {
    const backend = await postgres(url)
    try {
      for (const prefix of prefixes) {
        await backend.execute(`DELETE FROM ${OBJECTS_TABLE} WHERE starts_with(key, $1)`, [keysOf(url) + prefix])
      }
      if (await isEmpty(backend)) await dropObjects(backend)
    } catch (error) {
      if (!isNoTable(error)) throw error
    } finally {
      await backend.rollback()
      await backend.close()
    }
  }

  /** Makes room for the days of a run before tasks write them, where tables are kept by day. */
  static async openDays(url: string, runId: number, days: readonly DayRange[]): Promise<void> {
    const backend = await postgres(url)
    try {
      const numbers = [...new Set(days.map(({ day }) => day))]
      for (let from = 0; from < numbers.length; from += DAYS_AT_ONCE) {
        const some = new Set(numbers.slice(from, from + DAYS_AT_ONCE))
        await backend.begin()
        await backend.query("SELECT pg_advisory_xact_lock(hashtextextended('mingle days', 0))")
        await backend.openDays(
          runId,
          days.filter(({ day }) => some.has(day)),
        )
        await backend.commit()
      }
    } catch (error) {
      throw (error as MingleError).code === 'IDS_TAKEN' ? idsTaken(backend, error) : error
    } finally {
      await backend.rollback()
      await backend.close()
    }
  }

  /** Whether there are the tables of a ledger. */
  static async hasLedger(url: string): Promise<boolean> {
    const backend = await postgres(url)
    try {
      return (await backend.query("SELECT to_regclass('seed_runs')"))[0]![0] !== null
    } finally {
      await backend.close()
    }
  }

  static async open(url: string, name: TaskName): Promise<TaskTransaction> {
    return new TaskTransaction(await postgres(url), name, keysOf(url))
  }

  /** Of some tasks of a pass, the groups whose rows are there. */
  static async groupsThere(url: string, runId: number, pass: 1 | 2, groups: number): Promise<Set<number>> {
    const backend = await postgres(url)
    try {
      const first = chunkOf(pass, 0)
      const rows = await backend.query(
        'SELECT DISTINCT chunk FROM seed_run_days WHERE run_id = $1 AND chunk BETWEEN $2 AND $3',
        [runId, first, first + groups - 1],
      )
      return new Set(rows.map(([chunk]) => Number(chunk) - first))
    } finally {
      await backend.close()
    }
  }

  /** Whether an error means that the connection broke, so that the task may be carried out again. */
  static isLost(error: unknown): boolean {
    return isFault(PostgresBackend.prototype, error)
  }

  /** Whether it means that nobody answered at all: at the first contact a wrong URL. */
  static isUnanswered(error: unknown): boolean {
    return isUnanswered(error)
  }

  get url(): string {
    return this.#backend.url
  }

  /** What is kept beside the rows, as this transaction sees it; null when there is none. */
  async object(key: string): Promise<Uint8Array | null> {
    return this.#kept(this.#prefix + key)
  }

  /**
   * The record, once the task is committed; one whose rows were removed since, by a reset, counts no more. With the last run of tasks goes
   * what records are kept in.
   */
  async record(): Promise<Uint8Array | null> {
    const isThere = 'EXISTS (SELECT FROM seed_run_days WHERE run_id = $2 AND chunk = $3)'
    return this.#kept(this.#key, ` AND ${isThere}`, [this.#runId, this.#chunk])
  }

  async #kept(key: string, and = '', values: readonly unknown[] = []): Promise<Uint8Array | null> {
    const [table] = await this.#backend.query('SELECT to_regclass($1)', [OBJECTS_TABLE])
    if (table![0] === null) return null
    const sql = `SELECT encode(bytes, 'base64') FROM ${OBJECTS_TABLE} WHERE key = $1${and}`
    const [row] = await this.#backend.query(sql, [key, ...values])
    return row ? Buffer.from(String(row[0]), 'base64') : null
  }

  /**
   * Begins, once no other session carries out the same task. One that has said nothing for too long is ended: its machine sleeps,
   * or is gone, and its rows would be waited for.
   *
   * @returns the record, when the task was committed meanwhile: nothing is left to do
   * @throws MingleError RUN_MOVED when the run is finished, or was taken over
   */
  async begin(patienceMs: number): Promise<Uint8Array | null> {
    const backend = this.#backend
    this.#announced = []
    const name = `mingle ${this.#key}`.slice(-63)
    await backend.execute("SELECT set_config('application_name', $1, false)", [name])
    await backend.begin()
    for (;;) {
      const [row] = await backend.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))', [name])
      if (row![0] === 't') break
      await backend.query(END_SILENT, [name, patienceMs / 1000])
      await sleep(LOOK_MS)
    }
    const record = await this.record()
    if (record) {
      await backend.rollback()
      return record
    }
    const [run] = await backend.query('SELECT status, chunks FROM seed_runs WHERE id = $1 FOR SHARE', [this.#runId])
    if (run?.[0] === 'profiles' && Number(run[1]) === 0) return null
    await backend.rollback()
    throw new MingleError(
      'RUN_MOVED',
      `the run of this task is ${run ? `finished, or was taken over by another process (it stands at '${run[0]}')` : 'gone'} in ${backend.url}; nothing was written`,
    )
  }

  /** @param day on which they join; 0 for those who are there at the start */
  async writePeople(made: MadePeople, day: number): Promise<void> {
    await this.#advance(made.tables)
    for (const { table, batch, firstId, lastId, rows, contentDigest } of made.tables) {
      await this.#backend.insert(batch)
      if (!(table in TABLES)) continue
      const account = { rows, contentDigest }
      this.#announced.push(ledgerDay(day, this.#chunk, table, firstId, lastId, account))
    }
  }

  async writeBlocks(blocks: readonly Block[], day: number): Promise<void> {
    const rows = [...blocksByTable(blocks)].map(([table, own]) => {
      const account = accountsOf(own)[table]!
      const { firstId } = own[0]!
      return ledgerDay(day, this.#chunk, table, firstId, firstId + account.rows - 1, account)
    })
    await this.#advance(rows)
    await this.#backend.insertBlocks(blocks)
    this.#announced.push(...rows)
  }

  /** Ends the transaction with the task's record. */
  async commit(record: Uint8Array): Promise<void> {
    // By a row of the ledger it is known that the task's rows are there, also where it has none.
    if (this.#announced.length === 0) {
      const none = accountOfNone(TABLES.sessions, LAYOUT)
      this.#announced.push(ledgerDay(0, this.#chunk, 'sessions', 1, 0, none))
    }
    await this.#backend.execute(`DELETE FROM ${OBJECTS_TABLE} WHERE key = $1`, [this.#key])
    await this.#backend.insert(daysBatch(this.#runId, joined(this.#announced)))
    await this.#backend.execute(`INSERT INTO ${OBJECTS_TABLE} VALUES ($1, decode($2, 'base64'))`, [
      this.#key,
      Buffer.from(record).toString('base64'),
    ])
    await this.#backend.commit()
  }

  /** What the server's errors mean to the user. */
  explain(error: unknown): unknown {
    if ((error as { cause?: { code?: string } }).cause?.code === '23505' || this.#backend.isConflict(error)) {
      return idsTaken(this.#backend, error)
    }
    return error instanceof MingleError ? error : this.#backend.explain(error)
  }

  async close(): Promise<void> {
    await this.#backend.rollback()
    await this.#backend.close()
  }

  /** The site's own inserts go on above. */
  async #advance(rows: readonly { table: string; firstId: number; lastId: number }[]): Promise<void> {
    const last = rows.filter(({ table, firstId, lastId }) => {
      return firstId <= lastId && TABLES[table as TableName]?.key === 'id'
    })
    await this.#backend.advanceSequences(Object.fromEntries(last.map(({ table, lastId }) => [table, lastId])))
  }
}

/**
 * Sessions with the task that the server waits for: between two statements, or (four times as long) within one, since rows may
 * come slowly.
 */
const END_SILENT =
  'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() ' +
  "AND datname = current_database() AND wait_event = 'ClientRead' AND (" +
  "state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > make_interval(secs => $2) OR " +
  "state = 'active' AND clock_timestamp() - query_start > make_interval(secs => 4 * $2::float))"

async function isEmpty(backend: PostgresBackend): Promise<boolean> {
  return Number((await backend.query(`SELECT count(*) FROM ${OBJECTS_TABLE}`))[0]![0]) === 0
}

/** What nobody else is using just now, and what nobody has put anything into meanwhile. */
async function dropObjects(backend: PostgresBackend): Promise<void> {
  await backend.begin()
  try {
    await backend.execute(`LOCK TABLE ${OBJECTS_TABLE} IN ACCESS EXCLUSIVE MODE NOWAIT`)
  } catch (error) {
    if ((error as MingleError).code === 'DATABASE_LOCKED') return backend.rollback()
    throw error
  }
  if (await isEmpty(backend)) await backend.execute(`DROP SCHEMA ${OBJECTS_TABLE.split('.')[0]} CASCADE`)
  await backend.commit()
}

function idsTaken({ url }: PostgresBackend, error: unknown): MingleError {
  return Object.assign(
    new MingleError(
      'IDS_TAKEN',
      `${url} has taken in other rows since the plan was made, so its ids are taken (${(error as Error).message}); reset the run and make its plan again`,
    ),
    { cause: error },
  )
}

function chunkOf(pass: 1 | 2, group: number): number {
  return (pass === 1 ? FIRST_OF_PEOPLE : FIRST_OF_DAYS) + group
}

/** Chunks of people who follow one another are announced as one. */
function joined(rows: readonly LedgerDay[]): LedgerDay[] {
  const all = new Map<string, LedgerDay>()
  for (const row of rows) {
    const key = `${row.day} ${row.chunk} ${row.table}`
    const before = all.get(key)
    all.set(
      key,
      before ? { ...before, rows: before.rows + row.rows, lastId: Math.max(before.lastId, row.lastId) } : row,
    )
  }
  return [...all.values()]
}

async function postgres(url: string): Promise<PostgresBackend> {
  const backend = await openBackend(url)
  if (backend instanceof PostgresBackend) return backend
  await backend.close()
  throw badInput(`tasks write into files or PostgreSQL, not into '${backend.url}'`)
}

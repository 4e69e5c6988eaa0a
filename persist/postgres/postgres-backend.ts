import type pg from 'pg'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import type { Block, Encoding } from '../blocks/block.ts'
import type { Backend, DayRange, KeyRange, LedgerPart, RowsAhead } from '../database/backend.ts'
import { ledgerDeletion } from '../database/ledger-sql.ts'
import { isFault, isLocked } from '../database/retry.ts'
import { quoted } from '../identifiers.ts'
import type { Cursor } from '../ledger/records.ts'
import { migrations } from '../migrate/folder.ts'
import { RECORDS } from '../migrate/occupied.ts'
import { voidClaim } from '../prisma/claim.ts'
import { DAY_TABLES } from '../rows/placement.ts'
import { batchOf } from '../rows/read.ts'
import { redactUrl } from '../url.ts'
import { postgresClaims } from './claims.ts'
import { explained, isLost } from './connection.ts'
import { copyEncoding } from './copy-blocks.ts'
import { createTables } from './create.ts'
import {
  daysGone,
  dropDays,
  hindrance,
  isTaken,
  openDays,
  partitionTables,
  plainTables,
  RoomLedger,
} from './partitions/index.ts'
import { ReadingConnection } from './reading-connection.ts'
import { removeWithOrphans } from './removal.ts'
import { type Ahead, SessionAhead } from './session-ahead.ts'
import { WritingSession } from './writing-session.ts'

/** Keys per SELECT of `read`. */
const KEYS_PER_READ = 20_000

/** For tables that are partitioned without anybody's having asked for it. */
const LOCK_PATIENCE = '3s'
const INSTEAD = 'name a database with tables that are empty and as mingle made them, or leave --partition out'
const IN_USE = 'another session is using them, and they would be made anew; the run goes on with them as they are'

/** Tables by day that were not had at once: unlike one that was waited for, such a lock is tried again. */
class RoomLocked extends MingleError {
  constructor(url: string, cause: unknown) {
    super(
      'DATABASE_LOCKED',
      `${url} is locked: another session (a dump or a report, say) keeps tables that are to get partitions for days, or to lose them; what is committed stays, go on when it has ended`,
    )
    this.cause = cause
  }
}

/** PostgreSQL through COPY, one transaction a day; the next one's rows may be under way beside it. */
export class PostgresBackend implements Backend {
  readonly url: string
  readonly writer = 'postgres'
  readonly dialect = 'postgresql'
  readonly transactional = true
  readonly profileChunk = 1000
  readonly #fullUrl: string
  /** Whether tables of days are kept by day; undefined: not asked yet. */
  #keepsDays: boolean | undefined
  #session: WritingSession
  readonly #ahead = new SessionAhead(() => this.#newSession())
  readonly #beside: ReadingConnection
  /** The rows that the present transaction was begun with. */
  #begunWith: Ahead | undefined

  constructor(url: string) {
    this.#fullUrl = url
    this.url = redactUrl(url)
    this.#session = this.#newSession()
    this.#beside = new ReadingConnection(url)
  }

  /** What is committed: whoever asks while a transaction is under way must not see into it. */
  get ledger(): RoomLedger {
    const read = (sql: string, values: readonly unknown[]) => this.#beside.read(sql, values)
    return new RoomLedger((sql, values) => read(numbered(sql), values), read)
  }

  isLost(error: unknown): boolean {
    return isLost(error) || error instanceof RoomLocked
  }

  isConflict(error: unknown): boolean {
    return (error as { code?: string }).code === '23505'
  }

  explain(error: unknown): unknown {
    return explained(error, this.#fullUrl)
  }

  async exists(): Promise<boolean> {
    return this.#hasTable('seed_runs')
  }

  async prepare(): Promise<void> {
    if (await this.#isUpToDate()) return
    // Where another process made them meanwhile, or there are some already, it is looked once more.
    if ((await this.#do(createTables)) || (await this.#isUpToDate())) return
    const { migrate } = await import('../migrate/apply.ts')
    const { loneAdapter } = await import('./adapter.ts')
    await migrate('postgresql', loneAdapter(this.#fullUrl), this.url)
  }

  async partition(by: 'itself' | 'wish'): Promise<string | null> {
    try {
      const tables = await this.#do(plainTables)
      if (tables.length === 0) return null
      const hindered = (await this.#do((client) => hindrance(client, tables))) ?? (await this.#partition(tables, by))
      if (hindered && by === 'wish') throw badInput(`${this.url} cannot be partitioned by day: ${hindered}; ${INSTEAD}`)
      return hindered
    } catch (error) {
      // Nobody asked for it: a run goes on with the tables as they are.
      if (by === 'wish' || isFault(this, error) || this.isConflict(error)) throw error
      return isLocked(error) ? IN_USE : (error as Error).message
    }
  }

  async #partition(tables: readonly string[], by: 'itself' | 'wish'): Promise<string | null> {
    try {
      await this.begin()
      // The site waits behind whoever waits for its tables.
      if (by === 'itself') await this.#query(`SET LOCAL lock_timeout = '${LOCK_PATIENCE}'`)
      const hindered = await this.#do((client) => partitionTables(client, tables))
      if (!hindered) await this.commit()
      return hindered
    } finally {
      await this.rollback()
      this.#session.forget()
      this.#keepsDays = undefined
    }
  }

  async keepsDays(): Promise<boolean> {
    return (this.#keepsDays ??= (await this.#do(plainTables)).length < DAY_TABLES.length)
  }

  async openDays(runId: number, days: readonly DayRange[]): Promise<void> {
    await this.#session.trust(false)
    try {
      await this.#lockBriefly((client) => openDays(client, runId, days))
    } catch (error) {
      if (!isTaken(error)) throw error
      const words = `another has taken ids in ${this.url} that a day of run ${runId} was to take (${(error as Error).message})`
      throw Object.assign(new MingleError('IDS_TAKEN', words), { cause: error })
    }
  }

  async closeDays(runId: number): Promise<void> {
    if (!(await this.keepsDays())) return
    for (const some of await this.#do((client) => daysGone(client, runId))) {
      try {
        await this.begin()
        await this.#lockBriefly((client) => dropDays(client, some))
        await this.commit()
      } finally {
        await this.rollback()
      }
    }
  }

  async claim(runId: number): Promise<void> {
    await voidClaim(
      postgresClaims((sql, values) => this.#query(sql, values)),
      runId,
    )
  }

  async begin(): Promise<void> {
    // The day that was begun beside another was not the next one after all.
    this.#ahead.discard()
    await this.#session.begin()
  }

  async commit(): Promise<void> {
    await this.#session.commit()
    this.#begunWith = undefined
  }

  async rollback(): Promise<void> {
    // None of them must be copied behind it.
    await this.#begunWith?.copied.catch(() => {})
    this.#begunWith = undefined
    await this.#session.rollback()
  }

  async copyAhead(runId: number, tables: readonly string[], rows: RowsAhead): Promise<boolean> {
    // The server's own triggers would look for rows of the day before, which are not there yet.
    return this.#session.mayTrust && this.#ahead.copy(runId, tables, rows)
  }

  async beginCopied(): Promise<boolean> {
    const taken = this.#ahead.take(this.#session)
    if (!taken) return false
    this.#session = taken.session
    this.#begunWith = taken
    return true
  }

  async dropCopied(): Promise<void> {
    await this.#ahead.close()
  }

  async insert(batch: TableBatch): Promise<void> {
    if (batch.rows > 0) await this.#session.insert(batch)
  }

  async encoding(): Promise<Encoding | null> {
    return copyEncoding((table) => this.#session.factsOf(table))
  }

  async insertBlocks(blocks: readonly Block[]): Promise<void> {
    if (!this.#begunWith) return this.#session.insertBlocks(blocks)
    if (this.#begunWith.blocks === blocks) return this.#begunWith.copied
    throw new MingleError(
      'IDS_TAKEN',
      `rows of a day lie in ${this.url} with ids that it does not take; it is written again`,
    )
  }

  async insertMissing(batch: TableBatch): Promise<void> {
    if (batch.rows === 0) return
    const { table } = batch.shape
    const waiting = `new_${table}`
    await this.#query(`CREATE TEMPORARY TABLE IF NOT EXISTS ${quoted(waiting)} (LIKE ${quoted(table)}) ON COMMIT DROP`)
    await this.insert({ ...batch, shape: { ...batch.shape, table: waiting } })
    await this.execute(`INSERT INTO ${quoted(table)} SELECT * FROM ${quoted(waiting)} ON CONFLICT DO NOTHING`)
  }

  async greatestId(table: string): Promise<number> {
    return (await this.greatestIds([table]))[0]!
  }

  async greatestIds(tables: readonly string[]): Promise<number[]> {
    return this.#session.greatestIds(tables)
  }

  async count(table: string): Promise<number> {
    return Number((await this.#query(`SELECT count(*) FROM ${quoted(table)}`)).rows[0]![0])
  }

  async naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.#query(
      `SELECT id, ${columns.map((name) => quoted(name)).join(', ')} FROM ${quoted(table)}`,
    )
    return new Map(rows.map(([id, ...key]) => [key.join('|'), Number(id)]))
  }

  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    const sql =
      'UPDATE seed_runs SET status = $1, profiles_through = $2, chunks = $3, last_day = $4, people = $5, digest = $6, ' +
      "metrics = $7, updated_at = now() AT TIME ZONE 'UTC' " +
      'WHERE id = $8 AND status = $9 AND profiles_through = $10 AND chunks = $11 AND last_day = $12 AND claimed_by IS NULL'
    const set = [to.status, to.profilesThrough, to.chunks, to.lastDay, to.people, to.digest, to.metrics]
    const where = [runId, from.status, from.profilesThrough, from.chunks, from.lastDay]
    return (await this.#query(sql, [...set, ...where])).rowCount === 1
  }

  async advanceSequences(lastIds: Readonly<Record<string, number>>): Promise<void> {
    await this.#session.advanceSequences(lastIds)
  }

  async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const columns = Object.keys(shape.columns).map((name) => quoted(name))
    const sql = `SELECT ${columns.join(', ')} FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN $1 AND $2 ORDER BY ${shape.order.map((name) => quoted(name)).join(', ')}`
    for (let from = first; from <= last; from += KEYS_PER_READ) {
      const { rows } = await this.#query(sql, [from, Math.min(last, from + KEYS_PER_READ - 1)])
      yield batchOf(shape, rows)
    }
  }

  async deleteRange({ shape, first, last }: KeyRange): Promise<void> {
    await this.#session.trust(true)
    await this.#query(`DELETE FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN $1 AND $2`, [first, last])
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      const remove = (range: KeyRange) => this.deleteRange(range)
      // For other users the server's own triggers do it, with its tables' owners' rights.
      if (this.#session.mayTrust) await removeWithOrphans(await this.#session.client(), ranges, remove)
      else for (const range of ranges) await remove(range)
      await this.#session.trust(false)
      await also()
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    for (const { sql, values } of ledgerDeletion(runId, what)) await this.#query(numbered(sql), values)
  }

  /** Rows of a statement, in the order of its columns, every value as the server spells it. */
  async query(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    await this.#session.trust(false)
    return (await this.#query(sql, [...values])).rows
  }

  /** Carries out a statement that gives no rows. */
  async execute(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.#session.trust(false)
    await this.#query(sql, [...values])
  }

  async close(): Promise<void> {
    const session = this.#session
    this.#session = this.#newSession()
    await this.#ahead.close()
    await session.close()
    await this.#beside.close()
  }

  #newSession(): WritingSession {
    return new WritingSession(this.#fullUrl, () => {
      this.#keepsDays = undefined
    })
  }

  async #isUpToDate(): Promise<boolean> {
    if (!(await this.#hasTable(RECORDS))) return false
    const { rows } = await this.#query(
      `SELECT migration_name FROM ${RECORDS} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    const names = new Set(rows.map(([name]) => name))
    return migrations('postgresql').every(({ name }) => names.has(name))
  }

  async #hasTable(name: string): Promise<boolean> {
    const { rows } = await this.#query('SELECT to_regclass($1) IS NOT NULL', [name])
    return rows[0]![0] === 't'
  }

  #query(text: string, values: unknown[] = []): Promise<pg.QueryArrayResult<string[]>> {
    return this.#session.query(text, values)
  }

  #do<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    return this.#session.do(work)
  }

  /** Work that waits for others only as long as a site may wait behind it. @throws RoomLocked */
  async #lockBriefly<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    try {
      return await this.#do(work)
    } catch (error) {
      throw isLocked(error) ? new RoomLocked(this.url, error) : error
    }
  }
}

/** Values by number, as this server has them, in place of question marks. */
function numbered(sql: string): string {
  let parameter = 0
  return sql.replaceAll('?', () => `$${++parameter}`)
}

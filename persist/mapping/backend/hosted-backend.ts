import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { TableBatch } from '../../batch.ts'
import type { Backend, KeyRange, LedgerPart } from '../../database/backend.ts'
import { isFault, persistently } from '../../database/retry.ts'
import type { Cursor, LedgerReader } from '../../ledger/records.ts'
import { LEDGER } from '../../ledger/tables.ts'
import { BATCH_ROWS, OTHER_ROWS, PAUSE_MS, pause } from '../../prisma/insert-batch.ts'
import { PrismaBackend, type PrismaBackendOptions } from '../../prisma/prisma-backend.ts'
import { type DatabaseUrl, redactUrl } from '../../url.ts'
import type { Dialect, SqlBackend } from '../sql/sql.ts'

/** A claim of a minute is renewed this often, in ms. */
const RENEW_MS = 15_000

/** Kinds of the adapters' errors that mean: the connection is gone, or the server asks to try again. */
const LOST_KINDS =
  /^(ConnectionClosed|SocketTimeout|DatabaseNotReachable|TooManyConnections|TransactionWriteConflict|TlsConnectionError)$/

/**
 * The user's models through Prisma's driver adapter, gently: statements such as `createMany` sends, in batches with a pause.
 * The ledger goes through our own typed client. @see docs/decisions/0007-gentle-mapping.md for why the user's is not asked
 */
export class HostedBackend implements SqlBackend {
  readonly url: string
  readonly dialect: Dialect
  readonly writer = 'prisma'
  readonly transactional = false
  readonly profileChunk = 100
  readonly #target: DatabaseUrl
  readonly #options: PrismaBackendOptions
  readonly #inner: PrismaBackend
  #adapter: Promise<SqlDriverAdapter> | undefined
  #claimed: number | undefined
  #renewedAt = 0

  constructor(target: DatabaseUrl & { kind: Dialect }, shown: string, options: PrismaBackendOptions) {
    this.#target = target
    this.#options = options
    this.url = redactUrl(shown)
    this.dialect = target.kind
    this.#inner = new PrismaBackend(target, shown, options)
  }

  async connect(): Promise<this> {
    await this.#inner.connect()
    return this
  }

  get ledger(): LedgerReader {
    return this.#inner.ledger
  }

  isLost(error: unknown): boolean {
    const { kind, originalCode, originalMessage, state } = adapterError(error)
    if (kind !== undefined && (LOST_KINDS.test(kind) || state?.startsWith('08'))) return true
    return this.#inner.isLost(error) || this.#inner.isLost({ code: originalCode, message: originalMessage })
  }

  isConflict(error: unknown): boolean {
    return this.#inner.isConflict?.(error) ?? false
  }

  explain(error: unknown): unknown {
    const { kind, originalCode, originalMessage } = adapterError(error)
    if (kind === undefined) return this.#inner.explain(error)
    const known = { code: originalCode, message: originalMessage }
    const better = this.#inner.explain(known)
    const explained = better === known ? new Error(`${this.url}: ${originalMessage ?? kind}`) : (better as Error)
    return Object.assign(explained, { cause: error })
  }

  exists(): Promise<boolean> {
    return this.#inner.exists()
  }

  prepare(): Promise<void> {
    return this.#inner.prepare()
  }

  async claim(runId: number): Promise<void> {
    await this.#inner.claim(runId)
    this.#claimed = runId
    this.#renewedAt = Date.now()
  }

  confirm(runId: number, day: number, chunk: number): Promise<number> {
    return this.#inner.confirm(runId, day, chunk)
  }

  begin(): Promise<void> {
    return this.#inner.begin()
  }

  commit(): Promise<void> {
    return this.#inner.commit()
  }

  rollback(): Promise<void> {
    return this.#inner.rollback()
  }

  /** The ledger's rows; those of the user's models come as statements. */
  insert(batch: TableBatch): Promise<void> {
    if (!(batch.shape.table in LEDGER)) throw new Error(`${batch.shape.table} is written by statements`)
    return this.#inner.insert(batch)
  }

  insertMissing(batch: TableBatch): Promise<void> {
    return this.#inner.insertMissing(batch)
  }

  greatestId(table: string): Promise<number> {
    return this.#inner.greatestId(table)
  }

  count(table: string): Promise<number> {
    return this.#inner.count(table)
  }

  naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    return this.#inner.naturalKeys(table, columns)
  }

  moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    return this.#inner.moveCursor(runId, from, to)
  }

  async advanceSequences(): Promise<void> {}

  read(range: KeyRange): AsyncIterable<TableBatch> {
    return this.#inner.read(range)
  }

  deleteRange(range: KeyRange): Promise<void> {
    return this.#inner.deleteRange(range)
  }

  deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    return this.#inner.deleteRanges(ranges, also)
  }

  deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    return this.#inner.deleteLedger(runId, what)
  }

  rowsAtOnce(table: string): number {
    return this.#options.batchSize ?? BATCH_ROWS[table] ?? OTHER_ROWS
  }

  async query(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    const adapter = await this.#connected()
    return (await adapter.queryRaw(asQuery(sql, values))).rows
  }

  async execute(sql: string, values: readonly unknown[] = [], again = sql): Promise<void> {
    let statement = sql
    // Before, not after: a process that slept meanwhile finds its run taken, and adds nothing to another's rows.
    if (this.#claimed !== undefined && Date.now() - this.#renewedAt > RENEW_MS) await this.claim(this.#claimed)
    await persistently(
      async () => {
        await (await this.#connected()).executeRaw(asQuery(statement, values))
      },
      // SQLite has no connection that breaks half-way; where it is locked, the whole step is tried again.
      { isTransient: (error) => this.dialect !== 'sqlite' && isFault(this as Backend, error) },
      (message) => {
        statement = again
        this.#options.onFault?.(`${this.url}: ${message}`)
      },
    )
    await pause(this.#options.pauseMs ?? PAUSE_MS)
  }

  async close(): Promise<void> {
    const adapter = await this.#adapter?.catch(() => undefined)
    this.#adapter = undefined
    await adapter?.dispose()
    await this.#inner.close()
  }

  #connected(): Promise<SqlDriverAdapter> {
    return (this.#adapter ??= this.#connect().catch((error) => {
      this.#adapter = undefined
      throw error
    }))
  }

  async #connect(): Promise<SqlDriverAdapter> {
    const target = this.#target
    switch (target.kind) {
      case 'sqlite': {
        const { sqliteAdapter } = await import('../../sqlite/adapter.ts')
        return sqliteAdapter(target.path).connect()
      }
      case 'postgresql': {
        const { prismaAdapter } = await import('../../postgres/adapter.ts')
        return prismaAdapter(target.url, 1).connect()
      }
      case 'mysql': {
        const { PrismaMariaDb } = await import('@prisma/adapter-mariadb')
        const { poolUrl } = await import('../../mysql/connection.ts')
        const url = poolUrl(target.url)
        url.searchParams.set('timezone', 'Z')
        url.searchParams.set('connectionLimit', '1')
        return new PrismaMariaDb(url.href).connect()
      }
      default:
        throw new Error(`Prisma does not connect to '${target.kind}:'`)
    }
  }
}

function asQuery(sql: string, values: readonly unknown[]) {
  const plain = { scalarType: 'unknown', arity: 'scalar' } as const
  return { sql, args: [...values], argTypes: values.map(() => plain) }
}

interface AdapterError {
  readonly kind?: string
  readonly originalCode?: string
  readonly originalMessage?: string
  readonly state?: string
}

/** What an adapter says of the driver's error. */
function adapterError(error: unknown): AdapterError {
  const { name, cause } = error as { name?: string; cause?: AdapterError }
  return name === 'DriverAdapterError' && cause ? cause : {}
}

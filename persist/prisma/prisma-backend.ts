import { existsSync } from 'node:fs'
import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch, TableShape } from '../batch.ts'
import type { Backend, KeyRange, LedgerPart } from '../database/backend.ts'
import { isFault, isLocked, persistently } from '../database/retry.ts'
import type { SqlPlace } from '../database/statements.ts'
import { PrismaLedger } from '../ledger/prisma-ledger.ts'
import { type Cursor, unchecked } from '../ledger/records.ts'
import { type Model, models } from '../migrate/models.ts'
import { explained, isLost } from '../postgres/connection.ts'
import { batchOf } from '../rows/read.ts'
import { createDatabase } from '../sqlite/create.ts'
import { type DatabaseUrl, redactUrl } from '../url.ts'
import { hasAll } from './applied.ts'
import { Claim, prismaClaims, voidClaim } from './claim.ts'
import { type AnyClient, type Connected, connectPrisma } from './client.ts'
import { explainedOf } from './explained.ts'
import { BATCH_ROWS, insertBatch, OTHER_ROWS, PAUSE_MS, pause } from './insert-batch.ts'
import { type Delegate, RawDelegate, statementsOf } from './raw-delegate.ts'
import { reserveIds } from './sequences.ts'
import { type Data, dataOf } from './values.ts'

const KEYS_PER_READ = 2000

export interface PrismaBackendOptions {
  /** Rows per `createMany`; by default the plan's size of each table. */
  readonly batchSize?: number | undefined
  /** Milliseconds between two batches. */
  readonly pauseMs?: number | undefined
  /** Told when a connection was lost and a statement is given again. */
  readonly onFault?: ((message: string) => void) | undefined
}

/**
 * Plain `createMany` through the typed client, in batches with a pause: for hosted databases that want to be treated
 * gently, and wherever Prisma works. A day is many statements, so it is no transaction: its ranges are announced
 * first and the cursor moves last.
 */
export class PrismaBackend implements Backend {
  readonly url: string
  readonly writer = 'prisma'
  readonly transactional = false
  readonly profileChunk = 100
  readonly #target: DatabaseUrl
  readonly #options: PrismaBackendOptions
  #connected: Connected | undefined
  #models = new Map<string, Model>()
  #claim: Claim | undefined
  /** Rows of runs and segments, which go with the next move of the cursor, or with the commit. */
  #deferred: TableBatch[] = []

  constructor(target: DatabaseUrl, shown: string, options: PrismaBackendOptions) {
    this.#target = target
    this.#options = options
    this.url = redactUrl(shown)
  }

  async connect(): Promise<this> {
    this.#connected = await connectPrisma(this.#target, this.url)
    this.#models = models(this.#connected.provider)
    this.#claim = new Claim(this.#client)
    return this
  }

  get ledger(): PrismaLedger {
    return new PrismaLedger(this.#client)
  }

  isLost(error: unknown): boolean {
    return isLost(error) || isLocked(error)
  }

  isConflict(error: unknown): boolean {
    return (error as { code?: string }).code === 'P2002'
  }

  explain(error: unknown): unknown {
    return explainedOf(error, this.#target, this.url)
  }

  async exists(): Promise<boolean> {
    if (this.#target.kind === 'sqlite' && !existsSync(this.#target.path)) return false
    try {
      await this.#client.seedRun.count()
      return true
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      // The adapter of SQLite does not always say P2021.
      if (code === 'P2021' || /no such table: main\.seed_runs/.test(message)) return false
      throw this.#target.kind === 'sqlite' ? error : explained(error, this.url)
    }
  }

  async prepare(): Promise<void> {
    const { provider, migrate } = this.#connected!
    if (this.#target.kind === 'sqlite' && !existsSync(this.#target.path)) await createDatabase(this.#target.path)
    if ((await this.exists()) && (await hasAll(this.#client, provider))) return
    await migrate()
  }

  get statements(): SqlPlace {
    return statementsOf(this.#client, this.#connected!.provider)
  }

  async claim(runId: number): Promise<void> {
    await this.#claim!.take(runId)
  }

  async confirm(runId: number, day: number, chunk: number): Promise<number> {
    const where = { runId, day, chunk: unchecked(chunk) }
    return (await this.#client.seedRunDay.updateMany({ where, data: { chunk } })).count
  }

  /** For a writer with transactions that reads through this one. */
  voidClaim(runId: number): Promise<void> {
    return voidClaim(prismaClaims(this.#client), runId)
  }

  async begin(): Promise<void> {
    this.#deferred = []
  }

  async commit(): Promise<void> {
    if (this.#deferred.length > 0) await this.#client.$transaction((client) => this.#flush(client as AnyClient))
  }

  async rollback(): Promise<void> {
    this.#deferred = []
  }

  async insert(batch: TableBatch): Promise<void> {
    const { table } = batch.shape
    if (table === 'seed_runs' || table === 'seed_run_segments') {
      this.#deferred.push(batch)
      return
    }
    const { batchSize = BATCH_ROWS[table] ?? OTHER_ROWS, pauseMs = PAUSE_MS } = this.#options
    const model = this.#model(batch.shape)
    const delegate = this.#delegate(table)
    for (let from = 0; from < batch.rows; from += batchSize) {
      const data = dataOf(batch, model, this.#bigIds, from, Math.min(batch.rows, from + batchSize))
      // Before, not after: a process that slept meanwhile finds its run taken, and adds nothing to another's rows.
      await this.#claim!.renew()
      await this.#insert(delegate, data)
      await pause(pauseMs)
    }
  }

  async insertMissing(batch: TableBatch): Promise<void> {
    const model = this.#model(batch.shape)
    const key = model.fields[batch.shape.key]!
    const delegate = this.#delegate(batch.shape.table)
    const there = new Set((await delegate.findMany({ select: { [key]: true } })).map((row) => Number(row[key])))
    const data = dataOf(batch, model, this.#bigIds, 0, batch.rows).filter((row) => !there.has(Number(row[key])))
    if (data.length > 0) await insertBatch(delegate, data, OTHER_ROWS, this.#options.pauseMs)
  }

  async greatestId(table: string): Promise<number> {
    return Number((await this.#delegate(table).aggregate({ _max: { id: true } }))._max.id ?? 0)
  }

  async count(table: string): Promise<number> {
    return this.#delegate(table).count()
  }

  async naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    const { fields } = this.#models.get(table)!
    const rows = await this.#delegate(table).findMany({})
    return new Map(rows.map((row) => [columns.map((column) => row[fields[column]!]).join('|'), Number(row.id)]))
  }

  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    const { status, profilesThrough, chunks, lastDay } = from
    const data = {
      status: to.status,
      profilesThrough: to.profilesThrough,
      chunks: to.chunks,
      lastDay: to.lastDay,
      people: to.people,
      digest: to.digest,
      metrics: to.metrics,
      updatedAt: new Date(),
    }
    const where = { id: runId, status, profilesThrough, chunks, lastDay, ...this.#claim!.proof(runId) }
    if (this.#deferred.length === 0) return (await this.#client.seedRun.updateMany({ where, data })).count === 1
    return this.#client.$transaction(async (client) => {
      await this.#flush(client as AnyClient)
      return (await client.seedRun.updateMany({ where, data })).count === 1
    })
  }

  async advanceSequences(lastIds: Readonly<Record<string, number>>): Promise<void> {
    await reserveIds(this.#client, this.#connected!.provider, lastIds)
  }

  async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const { fields } = this.#model(shape)
    const names = Object.keys(shape.columns).map((column) => fields[column]!)
    const select = Object.fromEntries(names.map((name) => [name, true]))
    const orderBy = shape.order.map((column) => ({ [fields[column]!]: 'asc' }))
    for (let from = first; from <= last; from += KEYS_PER_READ) {
      const where = { [fields[shape.key]!]: { gte: from, lte: Math.min(last, from + KEYS_PER_READ - 1) } }
      const rows = await this.#delegate(shape.table).findMany({ select, where, orderBy })
      yield batchOf(
        shape,
        rows.map((row) => names.map((name) => row[name])),
      )
    }
  }

  async deleteRange({ shape, first, last }: KeyRange): Promise<void> {
    const field = this.#model(shape).fields[shape.key]!
    for (let from = first; from <= last; from += KEYS_PER_READ) {
      await this.#delegate(shape.table).deleteMany({
        where: { [field]: { gte: from, lte: Math.min(last, from + KEYS_PER_READ - 1) } },
      })
    }
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    // What hangs on the rows goes by the schema's cascades. A reset that is cut off can be given again.
    for (const range of ranges) await this.deleteRange(range)
    await also()
  }

  async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    const client = this.#client
    switch (what.part) {
      case 'run':
        await client.seedPerson.deleteMany({ where: { runId } })
        await client.seedRunDay.deleteMany({ where: { runId } })
        await client.seedRun.deleteMany({ where: { id: runId } })
        break
      case 'days':
        await client.seedRunDay.deleteMany({ where: { runId, day: what.day, chunk: what.chunk } })
        break
      case 'people':
        await client.seedPerson.deleteMany({ where: { runId, userId: { gte: what.first, lte: what.last } } })
        break
      case 'later':
        await client.seedPerson.deleteMany({ where: { runId, k: { gt: what.after } } })
        break
      case 'segments':
        await client.seedRunSegment.deleteMany({ where: { runId, position: { gt: 0 } } })
        await client.seedRunSegment.updateMany({ where: { runId }, data: { days: 0 } })
        break
      default:
        what satisfies never
    }
  }

  async close(): Promise<void> {
    if (!this.#connected) return
    await this.#claim!.release().catch(() => {})
    await this.#client.$disconnect()
    this.#connected = undefined
  }

  get #client(): AnyClient {
    if (!this.#connected) throw new MingleError('CLOSED', `${this.url} was closed`)
    return this.#connected.client
  }

  get #bigIds(): boolean {
    return this.#connected!.provider !== 'sqlite'
  }

  /** A table of an extension has no model: its columns are called as they are. */
  #model({ table, columns }: TableShape): Model {
    const fields = Object.fromEntries(Object.keys(columns).map((name) => [name, name]))
    return this.#models.get(table) ?? { delegate: '', fields }
  }

  #delegate(table: string): Delegate {
    const model = this.#models.get(table)
    if (!model) return new RawDelegate(this.statements, table)
    return (this.#client as unknown as Record<string, Delegate>)[model.delegate]!
  }

  /**
   * One statement. When the connection breaks meanwhile nobody knows whether it was carried out, so it is given again
   * without the rows that are there: their ids are ours.
   */
  async #insert(delegate: Delegate, data: Data[]): Promise<void> {
    let again = false
    await persistently(
      async () => {
        await delegate.createMany(again ? { data, skipDuplicates: true } : { data })
      },
      // SQLite has no connection that breaks half-way; where it is locked, the whole step is tried again.
      { isTransient: (error) => this.#target.kind !== 'sqlite' && isFault(this, error) },
      (message) => {
        again = true
        this.#options.onFault?.(`${this.url}: ${message}`)
      },
    )
  }

  async #flush(client: AnyClient): Promise<void> {
    const deferred = this.#deferred
    this.#deferred = []
    for (const batch of deferred) {
      const model = this.#model(batch.shape)
      const delegate = (client as unknown as Record<string, Delegate>)[model.delegate]!
      await delegate.createMany({ data: dataOf(batch, model, this.#bigIds, 0, batch.rows) })
    }
  }
}

import type pg from 'pg'
import type { TableBatch } from '../batch.ts'
import { type Block, blocksByTable } from '../blocks/block.ts'
import { ForeignKeys } from '../database/foreign-keys.ts'
import { quoted } from '../identifiers.ts'
import { TABLES, type TableName } from '../rows/tables.ts'
import { connect, explained, isLost, mayTrust } from './connection.ts'
import { Copy } from './copy.ts'
import { tuplesOf } from './copy-blocks.ts'
import { AS_TEXT } from './reading-connection.ts'
import { lockReferred, readTableFacts, type TableFacts, type TypedForeignKey } from './table-facts.ts'

const CLOSED = 'the session was closed'

/** A session that writes, one transaction after another. It connects when it is first asked, and again after it was cut. */
export class WritingSession {
  readonly #url: string
  readonly #connects: () => void
  readonly #copy = new Copy()
  readonly #foreignKeys = new ForeignKeys<TypedForeignKey>()
  readonly #tables = new Map<string, TableFacts>()
  /** Whether this user may have foreign keys checked by us, not by the server's triggers; asked of each connection. */
  #mayTrust = false
  #trusting = false
  #client: pg.Client | undefined
  #open = false
  /** Why the server takes nothing more of the transaction: whoever comes next is told this, not that it is so. */
  #aborted: unknown
  /** Whether the connection was lost with a transaction: what is still to come of that must not be carried out without one. */
  #broken = false
  #closed = false
  /** The driver is given one statement after another: rows of a transaction may come from two sides. */
  #last: Promise<unknown> = Promise.resolve()

  /** @param connects told of each connection: what was known of the database may hold no longer */
  constructor(url: string, connects: () => void) {
    this.#url = url
    this.#connects = connects
  }

  get mayTrust(): boolean {
    return this.#mayTrust
  }

  /** Whether a transaction is under way. */
  get open(): boolean {
    return this.#open
  }

  async begin(): Promise<void> {
    this.#foreignKeys.clear()
    this.#trusting = false
    this.#broken = false
    this.#aborted = undefined
    // Before it is: a connection that is cut together with the answer must not be replaced by one without a transaction.
    this.#open = true
    await this.query('BEGIN')
  }

  async commit(): Promise<void> {
    await this.do((client) => this.#foreignKeys.check((key, values) => lockReferred(client, key, values)))
    await this.query('COMMIT')
    this.#open = false
  }

  async rollback(): Promise<void> {
    const client = this.#client
    this.#broken = false
    if (!this.#open || !client) return
    this.#open = false
    try {
      await client.query('ROLLBACK')
    } catch {
      // Whatever state the connection is in, the server forgets the transaction with it.
      this.#client = undefined
      await client.end().catch(() => {})
    }
  }

  async insert(batch: TableBatch): Promise<void> {
    const table = tableOf(batch)
    await this.do(async (client) => {
      const facts = await this.#factsOf(client, table)
      await this.#trust(client, facts.plain)
      if (this.#trusting) this.#foreignKeys.add(batch, facts.foreignKeys)
      await this.#copy.write(client, table, batch, facts)
    })
  }

  async insertBlocks(blocks: readonly Block[]): Promise<void> {
    for (const [table, own] of blocksByTable(blocks)) {
      await this.do(async (client) => {
        const facts = await this.#factsOf(client, quoted(table))
        await this.#trust(client, facts.plain)
        if (this.#trusting)
          for (const { referred } of own) this.#foreignKeys.addValues(table, facts.foreignKeys, referred)
        await this.#copy.writeTuples(client, quoted(table), TABLES[table as TableName], own.map(tuplesOf))
      })
    }
  }

  /** @param table as SQL spells it */
  async factsOf(table: string): Promise<TableFacts> {
    return this.do((client) => this.#factsOf(client, table))
  }

  async greatestIds(tables: readonly string[]): Promise<number[]> {
    const each = tables.map((table) => `(SELECT max(id) FROM ${quoted(table)})`)
    const { rows } = await this.query(`SELECT ${each.join(', ')}`)
    return rows[0]!.map((greatest) => Number(greatest ?? 0))
  }

  async advanceSequences(lastIds: Readonly<Record<string, number>>): Promise<void> {
    const tables = Object.keys(lastIds)
    if (tables.length === 0) return
    // A sequence that others moved further stays where it is.
    await this.query(
      "SELECT setval(s, last) FROM (SELECT pg_get_serial_sequence(name, 'id') AS s, last " +
        'FROM unnest($1::text[], $2::bigint[]) AS t (name, last)) q ' +
        'WHERE s IS NOT NULL AND last > coalesce(pg_sequence_last_value(s::regclass), 0)',
      [tables.map((table) => quoted(table)), Object.values(lastIds)],
    )
  }

  /**
   * Whether the server's triggers leave the next statements' foreign keys to us. Only some users may say so; for others
   * the server goes on looking up every row.
   */
  async trust(trusting: boolean): Promise<void> {
    if (this.#open && trusting !== this.#trusting) await this.do((client) => this.#trust(client, trusting))
  }

  /** Rows of a statement, every value as the server spells it. */
  query(text: string, values: unknown[] = []): Promise<pg.QueryArrayResult<string[]>> {
    return this.do((client) => client.query<string[]>({ text, values, rowMode: 'array', types: AS_TEXT }))
  }

  /** For work that itself asks the session for more. */
  async client(): Promise<pg.Client> {
    return this.#connected()
  }

  /** @param work asks nobody else of the session meanwhile. @throws what `explained` makes of the server's errors */
  async do<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      const client = await this.#connected()
      try {
        return await work(client)
      } catch (error) {
        throw this.#failure(error)
      }
    })
    this.#last = done.catch(() => {})
    return done
  }

  /** Tables are not as they were. */
  forget(): void {
    this.#tables.clear()
  }

  /**
   * For good, lest what is still to come of a transaction is carried out without one; also in the middle of a statement: the server then
   * undoes what was not committed.
   */
  async close(): Promise<void> {
    this.#closed = true
    this.#open = false
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => {})
  }

  async #trust(client: pg.Client, trusting: boolean): Promise<void> {
    if (!this.#open || !this.#mayTrust || trusting === this.#trusting) return
    await client.query(`SET LOCAL session_replication_role = ${trusting ? 'replica' : 'origin'}`)
    this.#trusting = trusting
  }

  async #factsOf(client: pg.Client, table: string): Promise<TableFacts> {
    const known = this.#tables.get(table)
    if (known) return known
    const facts = await readTableFacts(client, table)
    this.#tables.set(table, facts)
    return facts
  }

  async #connected(): Promise<pg.Client> {
    if (this.#broken) throw new Error('the connection ended within a transaction')
    if (this.#client) return this.#client
    if (this.#closed) throw new Error(CLOSED)
    const client = await connect(this.#url)
    this.#mayTrust = await mayTrust(client)
    if (this.#closed) {
      await client.end().catch(() => {})
      throw new Error(CLOSED)
    }
    this.#tables.clear()
    this.#connects()
    // Cut between two transactions: nothing is lost with it. Within one, its next statement fails.
    client.once('error', () => {
      if (this.#client === client && !this.#open) this.#client = undefined
    })
    return (this.#client = client)
  }

  /** After a lost connection the next call makes a new one. */
  #failure(error: unknown): unknown {
    if (isLost(error)) {
      this.#broken = this.#open
      this.#open = false
      this.#client?.end().catch(() => {})
      this.#client = undefined
    }
    const told = (error as { code?: string }).code === '25P02' && this.#aborted ? this.#aborted : error
    if (this.#open) this.#aborted = told
    return explained(told, this.#url)
  }
}

function tableOf({ shape }: TableBatch): string {
  return shape.schema === undefined ? quoted(shape.table) : `${quoted(shape.schema)}.${quoted(shape.table)}`
}

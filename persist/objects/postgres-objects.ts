import type pg from 'pg'
import { connect, explained, isLost, splitUrl } from '../postgres/connection.ts'
import { settledUrl } from '../postgres/tls.ts'
import type { Listed, ObjectStore } from './object-store.ts'
import { withoutPassword } from './output-url.ts'

/** In a schema of its own, so that the site's schema is what its migrations say. */
const SCHEMA = 'mingle_tasks'
export const OBJECTS_TABLE = `${SCHEMA}.objects`

/** Idempotent; two that create at once may collide, which the second attempt survives. */
export const CREATE_OBJECTS = [
  `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
  `CREATE TABLE IF NOT EXISTS ${OBJECTS_TABLE} (key text PRIMARY KEY, bytes bytea NOT NULL)`,
]

/**
 * A table of a PostgreSQL database, for what the tasks of a run need to know of each other: small objects. A fragment of the URL
 * (`…/database#run`) is the beginning of their keys.
 */
export class PostgresObjects implements ObjectStore {
  readonly url: string
  readonly #fullUrl: string
  readonly #prefix: string
  #client: pg.Client | undefined
  #before: Promise<unknown> = Promise.resolve()
  #made = false

  constructor(url: string) {
    this.#fullUrl = url.split('#')[0]!
    this.#prefix = keysOf(url)
    this.url = withoutPassword(url)
  }

  async put(key: string, pieces: readonly Uint8Array[]): Promise<void> {
    await this.#write(
      `INSERT INTO ${OBJECTS_TABLE} VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes`,
      [this.#prefix + key, Buffer.concat(pieces)],
    )
  }

  async putNew(key: string, bytes: Uint8Array): Promise<Uint8Array | null> {
    const { rowCount } = await this.#write(`INSERT INTO ${OBJECTS_TABLE} VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      this.#prefix + key,
      Buffer.from(bytes),
    ])
    return rowCount === 1 ? null : this.get(key)
  }

  async get(key: string): Promise<Uint8Array | null> {
    const { rows } = await this.#read(`SELECT bytes FROM ${OBJECTS_TABLE} WHERE key = $1`, [this.#prefix + key])
    return (rows[0]?.bytes as Buffer | undefined) ?? null
  }

  async list(prefix: string): Promise<Listed[]> {
    const { rows } = await this.#read(
      `SELECT key, length(bytes) AS bytes FROM ${OBJECTS_TABLE} WHERE starts_with(key, $1) ORDER BY key COLLATE "C"`,
      [this.#prefix + prefix],
    )
    return rows.map(({ key, bytes }) => ({ key: (key as string).slice(this.#prefix.length), bytes: bytes as number }))
  }

  async remove(key: string): Promise<void> {
    await this.#read(`DELETE FROM ${OBJECTS_TABLE} WHERE key = $1`, [this.#prefix + key])
  }

  async sweep(): Promise<void> {}

  async close(): Promise<void> {
    await this.#client?.end().catch(() => {})
    this.#client = undefined
  }

  /** Again where the table was dropped meanwhile, as when another run that kept something there was finished. */
  async #write(sql: string, values: unknown[]): Promise<pg.QueryResult> {
    for (let again = false; ; again = true) {
      if (!this.#made) for (const statement of CREATE_OBJECTS) await this.#query(statement, []).catch(ifMadeByAnother)
      this.#made = true
      try {
        return await this.#query(sql, values)
      } catch (error) {
        if (again || !isNoTable(error)) throw error
        this.#made = false
      }
    }
  }

  /** Where no table is, there are no objects. */
  async #read(sql: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    try {
      return await this.#query(sql, values)
    } catch (error) {
      if (isNoTable(error)) return { rows: [] }
      throw error
    }
  }

  /** One after the other: a connection does one thing at a time. */
  #query(sql: string, values: unknown[]): Promise<pg.QueryResult> {
    const answer = this.#before.then(() => this.#ask(sql, values))
    this.#before = answer.catch(() => {})
    return answer
  }

  /** A connection that broke is made anew once: statements here may be carried out twice. */
  async #ask(sql: string, values: unknown[]): Promise<pg.QueryResult> {
    for (let again = false; ; again = true) {
      try {
        this.#client ??= await connect(await settledUrl(this.#fullUrl))
        return await this.#client.query(sql, values)
      } catch (error) {
        if (isLost(error)) {
          this.#client?.end().catch(() => {})
          this.#client = undefined
          if (!again) continue
        }
        throw explained(error, this.#fullUrl)
      }
    }
  }
}

/** Beginning of the keys at a URL: several schemas of a database share the table, and know nothing of each other's runs. */
export function keysOf(url: string): string {
  const [database = '', ...fragment] = url.split('#')
  const { schema } = splitUrl(database)
  return (schema === 'public' ? '' : `schema ${schema}/`) + (fragment.length > 0 ? `${fragment.join('#')}/` : '')
}

/** Of the schema, or of the table. */
export function isNoTable(error: unknown): boolean {
  return /^(42P01|3F000)$/.test(codeOf(error))
}

/** Another created the same at the same moment. */
export function ifMadeByAnother(error: unknown): void {
  if (!/^(23505|42P06|42P07)$/.test(codeOf(error))) throw error
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return cause?.code ?? code ?? ''
}

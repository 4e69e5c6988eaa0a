import type { TableBatch } from '../../batch.ts'
import type { Staging } from '../read/invert/index.ts'
import type { SqlBackend } from '../sql/sql.ts'

/** A database of tables and statements, as jobs use one. */
export type SqlTables = Pick<
  SqlBackend,
  'dialect' | 'query' | 'execute' | 'begin' | 'commit' | 'rollback' | 'insert' | 'insertMissing' | 'isConflict'
>

/** The staged tables as a database for jobs. Nobody else writes there, and nothing of it outlives the process. */
export class StagedTables implements SqlTables {
  readonly dialect = 'sqlite'
  readonly #staging: Staging
  #open = false

  constructor(staging: Staging) {
    this.#staging = staging
  }

  async query(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    return this.#staging.db
      .prepare(sql)
      .raw()
      .all(...values) as unknown as unknown[][]
  }

  async execute(sql: string, values: readonly unknown[] = []): Promise<void> {
    this.#staging.db.prepare(sql).run(...values)
  }

  async begin(): Promise<void> {
    this.#staging.db.exec('BEGIN')
    this.#open = true
  }

  async commit(): Promise<void> {
    this.#staging.db.exec('COMMIT')
    this.#open = false
  }

  async rollback(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    this.#staging.db.exec('ROLLBACK')
  }

  async insert(batch: TableBatch): Promise<void> {
    this.#staging.add(batch)
  }

  async insertMissing(batch: TableBatch): Promise<void> {
    this.#staging.add(batch, 'INSERT OR IGNORE')
  }
}

import { statSync } from 'node:fs'
import { aside, type Connection, openConnection } from './connection.ts'

/** Chosen: pages that several days touch are then copied once, and the log's file stays within sight. */
const BEGIN_BYTES = 80e6
/** A log this long is waited for: it can start anew only when all of it has been copied and nobody writes. */
const MOST_BYTES = 240e6

/**
 * Copies the write-ahead log back into the database on a thread of the driver's, while the next day is being written; by
 * itself SQLite would do so within a commit, and wait for the disk there.
 */
export class Checkpoints {
  readonly #path: string
  #connection: Connection | undefined
  #running: Promise<void> | undefined
  /** Bytes of the log that were there when it was last copied. */
  #copied = 0

  /** @param path of the database */
  constructor(path: string) {
    this.#path = path
  }

  /** After each commit, no transaction being open. Returns at once, unless the log has become too long. */
  async committed(): Promise<void> {
    const length = this.#length()
    if (length < this.#copied) this.#copied = 0
    if (length > MOST_BYTES) {
      await this.#running
      await this.#copy('TRUNCATE')
    } else if (!this.#running && length - this.#copied > BEGIN_BYTES) {
      this.#copied = length
      this.#copy('PASSIVE')
    }
  }

  /** Waits for the one that runs, if any, and lets go of the file. */
  async close(): Promise<void> {
    await this.#running
    this.#connection?.close()
    this.#connection = undefined
  }

  #copy(mode: 'PASSIVE' | 'TRUNCATE'): Promise<void> {
    if (!this.#connection) {
      this.#connection = openConnection(this.#path)
      // Somebody who reads for long keeps the log from being emptied; it is tried again after the next day.
      this.#connection.exec('PRAGMA busy_timeout = 0')
    }
    // What keeps one from it, such as a full disk, the next commit says as well.
    this.#running = aside(this.#connection, `PRAGMA wal_checkpoint(${mode})`)
      .catch(() => {})
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  #length(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  }
}

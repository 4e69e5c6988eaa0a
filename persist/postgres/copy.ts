import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { TableBatch, TableShape } from '../batch.ts'
import { quoted } from '../identifiers.ts'
import { binaryForms, COPY_HEADER, COPY_TRAILER, CopyBinary } from './copy-binary.ts'
import { CopyText } from './copy-text.ts'
import type { TableFacts } from './table-facts.ts'

/** Writes batches through COPY: binary where every column's type is one that we can write, else as text. */
export class Copy {
  readonly #text = new CopyText()
  readonly #binary = new CopyBinary()

  /** @param table as SQL spells it */
  async write(client: pg.Client, table: string, batch: TableBatch, { types }: TableFacts): Promise<void> {
    const forms = binaryForms(batch.shape.columns, types)
    const pieces = forms ? this.#binary.encode(batch, forms) : this.#text.encode(batch)
    await this.#send(client, table, batch.shape, forms ? ' (FORMAT binary)' : '', pieces)
  }

  /** @param tuples of the binary format, in pieces */
  async writeTuples(client: pg.Client, table: string, shape: TableShape, tuples: readonly Uint8Array[]): Promise<void> {
    await this.#send(client, table, shape, ' (FORMAT binary)', [COPY_HEADER, ...tuples, COPY_TRAILER])
  }

  async #send(
    client: pg.Client,
    table: string,
    shape: TableShape,
    format: string,
    pieces: Iterable<Uint8Array>,
  ): Promise<void> {
    const columns = Object.keys(shape.columns).map((name) => quoted(name))
    const stream = client.query(copyFrom(`COPY ${table} (${columns.join(',')}) FROM STDIN${format}`))
    // A stream that fails while it is written to: the failure is thrown where the end is awaited.
    const ended = new Promise<void>((resolve, reject) => {
      stream.on('finish', resolve)
      stream.on('error', reject)
    })
    ended.catch(() => {})
    try {
      for (const piece of pieces) {
        if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), ended])
      }
    } catch (error) {
      stream.destroy(error as Error)
      throw error
    }
    stream.end()
    await ended
  }
}

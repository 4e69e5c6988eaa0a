import type { TableBatch } from '../batch.ts'
import { FORMATS } from '../files/formats.ts'
import { CopyBinary, type Form } from '../postgres/copy-binary.ts'
import type { Image } from '../sqlite/image/image.ts'
import type { BlockData, Encoding } from './block.ts'

/** Brings rows into the form that a place's writer takes. */
export class BlockEncoder {
  readonly #encoding: Encoding
  #copy: CopyBinary | undefined

  constructor(encoding: Encoding) {
    this.#encoding = encoding
  }

  /** @param image what rows go to that an SQLite file takes */
  encode(batch: TableBatch, image: Image | null): BlockData {
    const { form } = this.#encoding
    switch (form) {
      case 'columns':
        return { form, batch }
      case 'ndjson':
      case 'csv':
      case 'parquet':
        return FORMATS[form].part(batch)
      case 'copy': {
        this.#copy ??= new CopyBinary()
        const forms = this.#encoding.copyForms![batch.shape.table] as readonly Form[]
        return { form: 'bytes', bytes: joined([...this.#copy.tuples(batch, forms)]) }
      }
      case 'sqlite':
        image!.add(batch)
        return { form, file: image!.path }
      default:
        return form satisfies never
    }
  }
}

/** In memory of its own, so that it can move to another thread. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

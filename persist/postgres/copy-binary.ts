import { badInput } from '../../sim/kernel/index.ts'
import type { ColumnKind, ColumnValues, TableBatch } from '../batch.ts'

const CHUNK = 1 << 18
/** Longest value that is written without asking for room. */
const SHORT = 16
/** `PGCOPY\n\377\r\n\0`, no flags, no extension. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
/** A tuple of −1 fields. */
export const COPY_TRAILER = Buffer.from('ffff', 'hex')
/** 2000-01-01, epoch ms: the server's own zero. */
const EPOCH_MS = 946_684_800_000
const DAY_MS = 86_400_000
const WORD = 4_294_967_296

const FORM = { long: 0, int: 1, double: 2, time: 3, date: 4, text: 5, jsonb: 6 } as const
export type Form = (typeof FORM)[keyof typeof FORM]

/** How a column's values are written, by the kind of column and the server's type; other pairs go as text. */
const FORMS: Readonly<Record<ColumnKind, Readonly<Record<string, Form>>>> = {
  id: { int8: FORM.long, int4: FORM.int },
  int: { int8: FORM.long, int4: FORM.int },
  float: { float8: FORM.double },
  time: { timestamp: FORM.time, timestamptz: FORM.time },
  date: { date: FORM.date },
  json: { json: FORM.text, jsonb: FORM.jsonb },
  text: { text: FORM.text, varchar: FORM.text, bpchar: FORM.text, enum: FORM.text },
}

/** The forms of a batch's columns; null when there is one that only the text format can carry. */
export function binaryForms(
  columns: Readonly<Record<string, ColumnKind>>,
  types: Readonly<Record<string, string | null>>,
): readonly Form[] | null {
  const forms = Object.entries(columns).map(([name, kind]) => FORMS[kind][types[name] ?? ''])
  return forms.every((form) => form !== undefined) ? forms : null
}

/** Rows in the binary format of PostgreSQL's COPY: the server has nothing to parse. */
export class CopyBinary {
  #bytes = Buffer.allocUnsafe(CHUNK)
  #view = viewOf(this.#bytes)
  #at = 0;

  /** The rows of a batch, in pieces of about 256 KB. */
  *encode(batch: TableBatch, forms: readonly Form[]): Iterable<Buffer> {
    yield COPY_HEADER
    yield* this.tuples(batch, forms)
    yield COPY_TRAILER
  }

  /** What lies between header and trailer: pieces of several batches may follow one another. */
  *tuples(batch: TableBatch, forms: readonly Form[]): Iterable<Buffer> {
    const names = Object.keys(batch.shape.columns)
    const columns = names.map((name) => batch.columns[name]!)
    // A batch that failed half-way may have left some bytes.
    this.#at = 0
    for (let row = 0; row < batch.rows; row++) {
      this.#room(2 + SHORT * columns.length)
      this.#view.setInt16(this.#at, columns.length)
      this.#at += 2
      for (let c = 0; c < columns.length; c++) this.#value(forms[c]!, columns[c]!, row, batch, c)
      if (this.#at > CHUNK - 4096) yield this.#take()
    }
    if (this.#at > 0) yield this.#take()
  }

  #value(form: Form, values: ColumnValues, row: number, batch: TableBatch, column: number): void {
    const value = values[row]!
    const view = this.#view
    const at = this.#at
    if (typeof value === 'number') {
      if (Number.isNaN(value)) {
        view.setInt32(at, -1)
        this.#at = at + 4
      } else if (form === FORM.long) this.#long(value)
      else if (form === FORM.time) this.#long((value - EPOCH_MS) * 1000)
      else if (form === FORM.int) {
        if (value !== (value | 0)) throw outOfRange(batch, column, value)
        view.setInt32(at, 4)
        view.setInt32(at + 4, value)
        this.#at = at + 8
      } else {
        view.setInt32(at, 8)
        view.setFloat64(at + 4, value)
        this.#at = at + 12
      }
    } else if (value === null) {
      view.setInt32(at, -1)
      this.#at = at + 4
    } else if (form === FORM.date) {
      view.setInt32(at, 4)
      view.setInt32(at + 4, (Date.parse(value) - EPOCH_MS) / DAY_MS)
      this.#at = at + 8
    } else this.#text(value, form === FORM.jsonb)
  }

  #long(value: number): void {
    const at = this.#at
    this.#view.setInt32(at, 8)
    this.#view.setInt32(at + 4, Math.floor(value / WORD))
    this.#view.setInt32(at + 8, value | 0)
    this.#at = at + 12
  }

  /** A `jsonb` begins with the number of its format. */
  #text(text: string, versioned: boolean): void {
    this.#room(text.length * 3 + SHORT * 64)
    const start = this.#at + 4
    let at = start
    if (versioned) this.#bytes[at++] = 1
    // Letters of ASCII are most of it; anything else is left to the encoder.
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 128) {
        at += this.#bytes.write(text.slice(i), at)
        break
      }
      this.#bytes[at++] = code
    }
    this.#view.setInt32(start - 4, at - start)
    this.#at = at
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(this.#bytes.length * 2 + length)
    this.#bytes.copy(grown, 0, 0, this.#at)
    this.#bytes = grown
    this.#view = viewOf(grown)
  }

  #take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafe(CHUNK)
    this.#view = viewOf(this.#bytes)
    this.#at = 0
    return taken
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

function outOfRange({ shape }: TableBatch, column: number, value: number): Error {
  const name = Object.keys(shape.columns)[column]
  return badInput(`${shape.table}.${name} is an integer of 32 bits, and ${value} is none`)
}

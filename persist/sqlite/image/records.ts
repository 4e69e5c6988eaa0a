import type { ColumnKind, ColumnValues, TableBatch } from '../../batch.ts'
import { TimeBytes } from '../../rows/times.ts'
import type { TableTree } from './b-tree.ts'
import { putVarint, varintLength } from './varint.ts'

/** Serial types of a record's values (https://www.sqlite.org/fileformat2.html, section 2.1). */
const NULL = 0
const INT8 = 1
const INT16 = 2
const INT24 = 3
const INT32 = 4
const INT48 = 5
const INT64 = 6
const DOUBLE = 7
const ZERO = 8
const ONE = 9
const TEXT = 13
const BYTES_OF_INT = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]

const FORM = { whole: 0, double: 1, time: 2, date: 3, text: 4 } as const
type Form = (typeof FORM)[keyof typeof FORM]
const FORMS: Readonly<Record<ColumnKind, Form>> = {
  id: FORM.whole,
  int: FORM.whole,
  float: FORM.double,
  time: FORM.time,
  date: FORM.date,
  json: FORM.text,
  text: FORM.text,
}

const MIDNIGHT = 'T00:00:00.000+00:00'

/** Writes rows as records, values as `Inserter` binds them: the same bytes come to lie in the database. */
export class RecordWriter {
  /** As Prisma's own SQLite adapter writes DateTime, so that the site's comparisons hold. */
  readonly #times = new TimeBytes('T', '+00:00')
  readonly #serials = new Float64Array(2000)
  readonly #double = new DataView(new ArrayBuffer(8))

  /**
   * @param names the columns to write, in the order of the image's table
   * @param firstRowid rows get this row id and those that follow
   */
  write(tree: TableTree, batch: TableBatch, names: readonly string[], firstRowid: number): void {
    const forms = names.map((name) => FORMS[batch.shape.columns[name]!])
    const columns = names.map((name) => batch.columns[name]!)
    const serials = this.#serials
    for (let row = 0; row < batch.rows; row++) {
      let header = 0
      let body = 0
      for (let c = 0; c < forms.length; c++) {
        const serial = this.#serial(forms[c]!, columns[c]!, row)
        serials[c] = serial
        header += serial < 128 ? 1 : varintLength(serial)
        body += serial < 10 ? BYTES_OF_INT[serial]! : (serial - TEXT) / 2
      }
      // The length of the header counts itself.
      header += header < 127 ? 1 : 2
      let at = tree.row(firstRowid + row, header + body)
      const { bytes } = tree
      at = putVarint(bytes, at, header)
      for (let c = 0; c < forms.length; c++) at = putVarint(bytes, at, serials[c]!)
      for (let c = 0; c < forms.length; c++) at = this.#value(bytes, at, forms[c]!, serials[c]!, columns[c]!, row)
    }
  }

  #serial(form: Form, values: ColumnValues, row: number): number {
    const value = values[row]!
    if (form === FORM.text) return value === null ? NULL : TEXT + 2 * utf8Length(value as string)
    if (value === null || Number.isNaN(value)) return NULL
    if (form === FORM.whole) return wholeSerial(value as number)
    if (form === FORM.double) return DOUBLE
    return form === FORM.time ? TEXT + 2 * this.#times.length : TEXT + 2 * ((value as string).length + MIDNIGHT.length)
  }

  #value(bytes: Buffer, at: number, form: Form, serial: number, values: ColumnValues, row: number): number {
    if (serial === NULL) return at
    switch (form) {
      case FORM.whole:
        return putWhole(bytes, at, values[row] as number, serial)
      case FORM.double:
        this.#double.setFloat64(0, values[row] as number)
        for (let i = 0; i < 8; i++) bytes[at + i] = this.#double.getUint8(i)
        return at + 8
      case FORM.time:
        this.#times.write(bytes, at, values[row] as number)
        return at + this.#times.length
      case FORM.date:
        return putText(bytes, putText(bytes, at, values[row] as string), MIDNIGHT)
      case FORM.text:
        return putText(bytes, at, values[row] as string)
      default:
        return form satisfies never
    }
  }
}

function wholeSerial(value: number): number {
  if (value === 0) return ZERO
  if (value === 1) return ONE
  if (value >= -0x80 && value < 0x80) return INT8
  if (value >= -0x8000 && value < 0x8000) return INT16
  if (value >= -0x800000 && value < 0x800000) return INT24
  if (value >= -0x80000000 && value < 0x80000000) return INT32
  return value >= -(2 ** 47) && value < 2 ** 47 ? INT48 : INT64
}

/** Big-endian, in two's complement. */
function putWhole(bytes: Buffer, at: number, value: number, serial: number): number {
  const length = BYTES_OF_INT[serial]!
  if (length > 4) {
    const high = Math.floor(value / 2 ** 32)
    bytes.writeIntBE(high, at, length - 4)
    putLow(bytes, at + length - 4, value | 0, 4)
  } else putLow(bytes, at, value, length)
  return at + length
}

function putLow(bytes: Buffer, at: number, value: number, length: number): void {
  for (let i = 0, shift = (length - 1) * 8; i < length; i++, shift -= 8) bytes[at + i] = value >> shift
}

function utf8Length(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 128) return Buffer.byteLength(text)
  return text.length
}

function putText(bytes: Buffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 128) return at + i + bytes.write(text.slice(i), at + i)
    bytes[at + i] = code
  }
  return at + text.length
}

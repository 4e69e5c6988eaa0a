import type { ColumnKind, TableBatch } from '../batch.ts'
import { TimeBytes } from '../rows/times.ts'

const CHUNK = 1 << 18
const TAB = 9
const NEWLINE = 10
const BACKSLASH = 92
/** Longest value that is written without asking for room: a number or a time. */
const SHORT = 32

/** Rows in the text format of PostgreSQL's COPY: tabs between values, `\N` for NULL. */
export class CopyText {
  readonly #times = new TimeBytes(' ', '')
  #bytes = Buffer.allocUnsafe(CHUNK)
  #at = 0

  #value(kind: ColumnKind, value: number | string | null): void {
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) {
      this.#bytes[this.#at++] = BACKSLASH
      this.#bytes[this.#at++] = 78
    } else if (typeof value === 'string') this.#text(value)
    else if (kind === 'time') {
      this.#times.write(this.#bytes, this.#at, value)
      this.#at += this.#times.length
    } else if (kind === 'float' || value < 0 || value > Number.MAX_SAFE_INTEGER) this.#text(String(value))
    else this.#digits(value)
  }

  /** The rows of a batch, in pieces of about 256 KB. */
  *encode(batch: TableBatch): Iterable<Buffer> {
    const columns = Object.entries(batch.shape.columns)
    for (let row = 0; row < batch.rows; row++) {
      for (let c = 0; c < columns.length; c++) {
        const [name, kind] = columns[c]!
        this.#room(SHORT)
        if (c > 0) this.#bytes[this.#at++] = TAB
        this.#value(kind, batch.columns[name]![row]!)
      }
      this.#room(1)
      this.#bytes[this.#at++] = NEWLINE
      if (this.#at > CHUNK - 4096) yield this.#take()
    }
    if (this.#at > 0) yield this.#take()
  }

  #digits(value: number): void {
    let width = 1
    for (let bound = 10; bound <= value; bound *= 10) width++
    let rest = value
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      const next = Math.floor(rest / 10)
      this.#bytes[at] = 48 + (rest - next * 10)
      rest = next
    }
    this.#at += width
  }

  #text(text: string): void {
    const escaped = /[\\\n\r\t]/.test(text) ? escapedText(text) : text
    this.#room(escaped.length * 3)
    // Letters of ASCII are most of it; anything else is left to the encoder.
    for (let i = 0; i < escaped.length; i++) {
      const code = escaped.charCodeAt(i)
      if (code >= 128) {
        this.#at += this.#bytes.write(escaped.slice(i), this.#at)
        return
      }
      this.#bytes[this.#at++] = code
    }
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(this.#bytes.length * 2 + length)
    this.#bytes.copy(grown, 0, 0, this.#at)
    this.#bytes = grown
  }

  #take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafe(CHUNK)
    this.#at = 0
    return taken
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapedText(text: string): string {
  return text.replaceAll(/[\\\n\r\t]/g, (character) => ESCAPES[character]!)
}

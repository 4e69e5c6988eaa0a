import { Bytes, putVarint } from './bytes.ts'
import { CODEC, ENCODING, PAGE, type PhysicalType, type ValueEncoding } from './format.ts'
import { snappy, snappyBound } from './snappy.ts'
import { ThriftStruct } from './thrift.ts'

/** What a file's footer says of a row group, but for where in the file it lies. Plain data. */
export interface RowGroupPart {
  readonly rows: number
  /** Bytes before compression, headers of pages included. */
  readonly uncompressed: number
  /** Of each column, one after the other: its `ColumnMetaData` up to field 7, and from field 12 on. */
  readonly meta: Uint8Array
  /**
   * Of each column: where the first and the second part of its meta data end, and where in the row group its data and its
   * dictionary begin (−1: none).
   */
  readonly places: Int32Array
}

/** The rows of a page, and how their values are written. */
export interface PageData {
  readonly rows: number
  /** Rows that have a value. */
  readonly count: number
  readonly levels: Uint8Array
  readonly encoding: ValueEncoding
  readonly values: Uint8Array
}

export interface ChunkStatistics {
  readonly nulls: number
  readonly least?: Uint8Array
  readonly greatest?: Uint8Array
}

/** A row group, column by column, each of one chunk. */
export class RowGroupWriter {
  readonly #rows: number
  readonly #bytes: Bytes
  readonly #packed = new Bytes(0)
  readonly #meta = new Bytes()
  readonly #places: number[] = []
  #uncompressed = 0
  /** Where columns make their values: its memory is used again and again. */
  readonly scratch = new Bytes(0)

  /** @param bytes that it will have, roughly */
  constructor(rows: number, bytes: number) {
    this.#rows = rows
    this.#bytes = new Bytes(bytes)
  }

  /** A column chunk. @param compressed by Snappy */
  column(name: string, type: PhysicalType, compressed: boolean, write: (chunk: ChunkWriter) => ChunkStatistics): void {
    const start = this.#bytes.length
    const chunk = new ChunkWriter(this.#bytes, compressed ? this.#packed : null)
    const { nulls, least, greatest } = write(chunk)
    new ThriftStruct(this.#meta)
      .int(1, type)
      .ints(2, [ENCODING.RLE, ...chunk.encodings])
      .texts(3, [name])
      .int(4, compressed ? CODEC.SNAPPY : CODEC.UNCOMPRESSED)
      .long(5, this.#rows)
      .long(6, chunk.uncompressed)
      .long(7, this.#bytes.length - start)
    this.#places.push(this.#meta.length)
    // The offsets are fields 9 and 11.
    new ThriftStruct(this.#meta, chunk.dictionaryOffset < 0 ? 9 : 11).struct(12, (statistics) => {
      statistics.long(3, nulls)
      if (greatest && least) statistics.binary(5, greatest).binary(6, least)
    })
    this.#places.push(this.#meta.length, chunk.dataOffset, chunk.dictionaryOffset)
    this.#uncompressed += chunk.uncompressed
  }

  finish(): { readonly bytes: Uint8Array; readonly group: RowGroupPart } {
    const group = {
      rows: this.#rows,
      uncompressed: this.#uncompressed,
      meta: this.#meta.taken(),
      places: Int32Array.from(this.#places),
    }
    return { bytes: this.#bytes.taken(), group }
  }
}

/** The pages of one column chunk. */
export class ChunkWriter {
  readonly encodings = new Set<number>()
  uncompressed = 0
  /** Where in the row group its pages begin; −1 while there are none. */
  dataOffset = -1
  dictionaryOffset = -1
  readonly #bytes: Bytes
  readonly #packed: Bytes | null

  /** @param packed where pages are compressed; null: they are not */
  constructor(bytes: Bytes, packed: Bytes | null) {
    this.#bytes = bytes
    this.#packed = packed
  }

  /** @param values one behind the other, plain */
  dictionary(entries: number, values: Uint8Array): void {
    this.dictionaryOffset = this.#bytes.length
    this.encodings.add(ENCODING.PLAIN)
    const data = this.#pack(values)
    this.#page(0, values.length, data, (header) =>
      header
        .int(1, PAGE.DICTIONARY)
        .int(2, values.length)
        .int(3, data.length)
        .struct(7, (own) => own.int(1, entries).int(2, ENCODING.PLAIN)),
    )
  }

  page({ rows, count, levels, encoding, values }: PageData): void {
    if (this.dataOffset < 0) this.dataOffset = this.#bytes.length
    this.encodings.add(encoding)
    const data = this.#pack(values)
    this.#page(
      levels.length,
      values.length,
      data,
      (header) =>
        header
          .int(1, PAGE.DATA_V2)
          .int(2, levels.length + values.length)
          .int(3, levels.length + data.length)
          .struct(8, (own) => {
            own
              .int(1, rows)
              .int(2, rows - count)
              .int(3, rows)
              .int(4, encoding)
              .int(5, levels.length)
              .int(6, 0)
            own.boolean(7, this.#packed !== null)
          }),
      levels,
    )
  }

  #page(
    levelBytes: number,
    plainBytes: number,
    data: Uint8Array,
    write: (header: ThriftStruct) => ThriftStruct,
    levels?: Uint8Array,
  ): void {
    const start = this.#bytes.length
    write(new ThriftStruct(this.#bytes)).end()
    this.uncompressed += this.#bytes.length - start + levelBytes + plainBytes
    if (levels) this.#bytes.append(levels)
    this.#bytes.append(data)
  }

  #pack(values: Uint8Array): Uint8Array {
    const packed = this.#packed
    if (!packed) return values
    packed.length = 0
    packed.room(snappyBound(values.length))
    return packed.array.subarray(0, snappy(values, values.length, packed.array, 0))
  }
}

/**
 * Which rows have a value: one run where all have, else a bit a row.
 * @param there asked of rows 0 … `rows` − 1 where some have none
 */
export function definitionLevels(rows: number, count: number, there: (row: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(12 + Math.ceil(rows / 8))
  if (count === rows || count === 0) {
    const at = putVarint(bytes, 0, rows * 2)
    bytes[at] = count === 0 ? 0 : 1
    return bytes.subarray(0, at + 1)
  }
  const groups = Math.ceil(rows / 8)
  const at = putVarint(bytes, 0, groups * 2 + 1)
  for (let row = 0; row < rows; row++) if (there(row)) bytes[at + (row >>> 3)]! |= 1 << (row & 7)
  return bytes.subarray(0, at + groups)
}

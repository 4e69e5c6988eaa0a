import type { ColumnChunk } from 'hyparquet'
import type { ByteWriter } from 'hyparquet-writer'
import { packDeltas, putVarint, putZigzag } from './delta.ts'

/** `PageType` and `Encoding` of https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
const DATA_PAGE_V2 = 3
const DELTA_BINARY_PACKED = 5

/**
 * A column of whole numbers as a column chunk of one page, written behind what `writer` holds. The package that writes the
 * others makes a BigInt of every value: ten times the work.
 *
 * @param values NaN is null
 * @returns null when it cannot be written so; nothing was written then
 */
export function writeIntegers(
  writer: ByteWriter,
  name: string,
  type: 'INT64' | 'INT32',
  values: Float64Array | Int32Array | Uint8Array,
  rows: number,
): ColumnChunk | null {
  const numbers = new Float64Array(rows)
  let [count, least, greatest] = [0, Infinity, -Infinity]
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    numbers[count++] = value
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  if (count === 0 || greatest > 2 ** 51 || least < -(2 ** 51)) return null
  const packed = packDeltas(numbers, count)
  if (!packed) return null
  const levels = definitionLevels(values, rows, count)
  const header = pageHeader(rows, rows - count, levels.length, packed.length)
  const offset = writer.offset
  for (const part of [header, levels, packed]) writer.appendBytes(part)
  const size = BigInt(writer.offset - offset)
  return {
    file_offset: BigInt(offset),
    meta_data: {
      type,
      encodings: ['RLE', 'DELTA_BINARY_PACKED'],
      path_in_schema: [name],
      codec: 'UNCOMPRESSED',
      num_values: BigInt(rows),
      total_uncompressed_size: size,
      total_compressed_size: size,
      data_page_offset: BigInt(offset),
      statistics: {
        min_value: type === 'INT64' ? BigInt(least) : least,
        max_value: type === 'INT64' ? BigInt(greatest) : greatest,
        null_count: BigInt(rows - count),
      },
    },
  }
}

/** Which rows have a value: one run where all have, else a bit a row. */
function definitionLevels(values: ArrayLike<number>, rows: number, count: number): Uint8Array {
  const bytes = new Uint8Array(12 + Math.ceil(rows / 8))
  if (count === rows) {
    const at = putVarint(bytes, 0, rows * 2)
    bytes[at] = 1
    return bytes.subarray(0, at + 1)
  }
  const groups = Math.ceil(rows / 8)
  const at = putVarint(bytes, 0, groups * 2 + 1)
  for (let i = 0; i < rows; i++) if (!Number.isNaN(values[i]!)) bytes[at + (i >>> 3)]! |= 1 << (i & 7)
  return bytes.subarray(0, at + groups)
}

/** `PageHeader` in Thrift's compact form: each field is its distance from the one before and its type, then its value. */
function pageHeader(rows: number, nulls: number, levels: number, data: number): Uint8Array {
  const bytes = new Uint8Array(100)
  let at = 0
  const integer = (value: number) => {
    bytes[at] = 0x15
    at = putZigzag(bytes, at + 1, value)
  }
  for (const value of [DATA_PAGE_V2, levels + data, levels + data]) integer(value)
  // Field 8, a structure: `DataPageHeaderV2`.
  bytes[at++] = 0x5c
  for (const value of [rows, nulls, rows, DELTA_BINARY_PACKED, levels, 0]) integer(value)
  // Not compressed; the ends of both structures.
  bytes.set([0x12, 0, 0], at)
  return bytes.subarray(0, at + 3)
}

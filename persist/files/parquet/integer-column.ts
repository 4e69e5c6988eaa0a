import type { Bytes } from './bytes.ts'
import { deltaBound, packDeltas } from './delta.ts'
import { ENCODING, TYPE } from './format.ts'
import { definitionLevels, type RowGroupWriter } from './row-group.ts'

/** Greater numbers, and what they differ by, would not be exact. */
const LIMIT = 2 ** 51
const WORD = 2 ** 32

/** A column of whole numbers: what neighbours differ by, or as they are where that is too much. @param given NaN is null */
export function writeIntegers(
  group: RowGroupWriter,
  name: string,
  type: 'INT64' | 'INT32',
  given: Float64Array | Int32Array | Uint8Array,
  rows: number,
): void {
  // One kind of array for the loops below: they see no other.
  const values = given instanceof Float64Array ? given : Float64Array.from(given.subarray(0, rows))
  let [count, least, greatest] = [0, Infinity, -Infinity]
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    // NaN is neither.
    if (value < least) least = value
    if (value > greatest) greatest = value
    if (!Number.isNaN(value)) count++
  }
  const numbers = count === rows ? values : values.subarray(0, rows).filter((value) => !Number.isNaN(value))
  const packed = count > 0 && least >= -LIMIT && greatest <= LIMIT ? deltas(group.scratch, numbers, count) : null
  const levels = definitionLevels(rows, count, (row) => !Number.isNaN(values[row]))
  group.column(name, TYPE[type], !packed, (chunk) => {
    const encoding = packed ? ENCODING.DELTA_BINARY_PACKED : ENCODING.PLAIN
    chunk.page({ rows, count, levels, encoding, values: packed ?? plain(type, numbers, count) })
    const nulls = rows - count
    if (count === 0) return { nulls }
    return { nulls, least: plain(type, [least], 1), greatest: plain(type, [greatest], 1) }
  })
}

function deltas(scratch: Bytes, numbers: Float64Array, count: number): Uint8Array | null {
  scratch.length = 0
  scratch.room(deltaBound(count))
  const end = packDeltas(scratch.array, 0, numbers, count)
  return end < 0 ? null : scratch.array.subarray(0, end)
}

/** Little-endian, of 4 or 8 bytes each. */
function plain(type: 'INT64' | 'INT32', numbers: ArrayLike<number>, count: number): Uint8Array {
  const words = new Int32Array(type === 'INT64' ? count * 2 : count)
  for (let i = 0; i < count; i++) {
    const value = numbers[i]!
    if (type === 'INT32') words[i] = value
    else {
      words[i * 2] = value
      words[i * 2 + 1] = Math.floor(value / WORD)
    }
  }
  return new Uint8Array(words.buffer)
}

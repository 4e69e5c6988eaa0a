import { packBits } from './bits.ts'
import { type Bytes, putVarint } from './bytes.ts'
import { ENCODING, TYPE } from './format.ts'
import { definitionLevels, type RowGroupWriter } from './row-group.ts'

/** Bytes of a page, roughly: readers hold a page as a whole. */
const PAGE_BYTES = 1 << 20
/** How many rows each text of a dictionary must stand for, and texts by which a beginning may have too many. */
const ROWS_PER_ENTRY = 2
const SPARE = 64
const UTF8 = new TextEncoder()

/** A column of texts, compressed; by a dictionary where the same ones come again and again. */
export function writeTexts(
  group: RowGroupWriter,
  name: string,
  values: readonly (string | null)[],
  rows: number,
): void {
  group.column(name, TYPE.BYTE_ARRAY, true, (chunk) => {
    const data = group.scratch
    const places = new Int32Array(rows)
    const entries = dictionaryOf(values, rows, places)
    let nulls = 0
    if (entries) {
      data.length = 0
      for (const entry of entries) putText(data, entry)
      chunk.dictionary(entries.length, data.array.subarray(0, data.length))
      const there = places.filter((place) => place >= 0)
      const count = there.length
      const levels = definitionLevels(rows, count, (row) => places[row]! >= 0)
      const encoding = ENCODING.RLE_DICTIONARY
      chunk.page({ rows, count, levels, encoding, values: packPlaces(there, entries.length) })
      nulls = rows - count
    } else {
      for (let from = 0; from < rows; ) {
        data.length = 0
        let [end, count] = [from, 0]
        for (; end < rows && data.length < PAGE_BYTES; end++) {
          const value = values[end]!
          if (value === null) continue
          putText(data, value)
          count++
        }
        const first = from
        const levels = definitionLevels(end - first, count, (row) => values[first + row] !== null)
        const page = data.array.subarray(0, data.length)
        chunk.page({ rows: end - first, count, levels, encoding: ENCODING.PLAIN, values: page })
        nulls += end - first - count
        from = end
      }
    }
    return { nulls }
  })
}

/**
 * The different texts in the order in which they come first.
 * @param places is given each row's place among them, −1 for none
 * @returns null where there are too many, or none; `places` then mean nothing
 */
function dictionaryOf(values: readonly (string | null)[], rows: number, places: Int32Array): string[] | null {
  const known = new Map<string, number>()
  const entries: string[] = []
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (value === null) {
      places[i] = -1
      continue
    }
    let place = known.get(value)
    if (place === undefined) {
      place = entries.length
      if (place >= SPARE + i / ROWS_PER_ENTRY) return null
      known.set(value, place)
      entries.push(value)
    }
    places[i] = place
  }
  return entries.length > 0 && entries.length * ROWS_PER_ENTRY <= rows ? entries : null
}

/** Places in a dictionary: how many bits each takes, then one run. */
function packPlaces(places: Int32Array, entries: number): Uint8Array {
  const { length } = places
  const width = Math.max(1, 32 - Math.clz32(entries - 1))
  const groups = Math.ceil(length / 8)
  const bytes = new Uint8Array(12 + groups * width)
  bytes[0] = width
  if (entries <= 1) {
    // The same place over and over.
    const at = putVarint(bytes, 1, length * 2)
    bytes[at] = 0
    return bytes.subarray(0, at + 1)
  }
  const at = putVarint(bytes, 1, groups * 2 + 1)
  packBits(bytes, at, places, 0, length, width)
  return bytes.subarray(0, at + groups * width)
}

/** A text's length in four bytes, little-endian, and its bytes. */
function putText(data: Bytes, text: string): void {
  const { length } = text
  data.room(4 + length * 3)
  const { array } = data
  const start = data.length + 4
  let at = start
  // Letters of ASCII are most of it; anything else is left to the encoder.
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 128) {
      at += UTF8.encodeInto(text.slice(i), array.subarray(at)).written
      break
    }
    array[at++] = code
  }
  const size = at - start
  array[start - 4] = size
  array[start - 3] = size >>> 8
  array[start - 2] = size >>> 16
  array[start - 1] = size >>> 24
  data.length = at
}

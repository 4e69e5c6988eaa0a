import type { ColumnKind, TableShape } from '../../batch.ts'
import { Bytes } from './bytes.ts'
import { CONVERTED, OPTIONAL, type PhysicalType, TYPE } from './format.ts'
import type { RowGroupPart } from './row-group.ts'
import { ThriftStruct } from './thrift.ts'

const VERSION = 2
/** Numbers of a column in `RowGroupPart.places`. */
const PLACES = 4

/** How a column's values are kept, and what readers take them for. */
const KEPT: Readonly<Record<ColumnKind, readonly [type: PhysicalType, converted: number | null]>> = {
  id: [TYPE.INT64, null],
  int: [TYPE.INT32, null],
  float: [TYPE.DOUBLE, null],
  time: [TYPE.INT64, CONVERTED.TIMESTAMP_MILLIS],
  date: [TYPE.INT32, CONVERTED.DATE],
  json: [TYPE.BYTE_ARRAY, CONVERTED.JSON],
  text: [TYPE.BYTE_ARRAY, CONVERTED.UTF8],
}

/** A row group and where in its file it begins. */
export interface PlacedGroup {
  readonly group: RowGroupPart
  readonly bytes: number
  readonly offset: number
}

/** What follows the row groups: the file's meta data, its length and the last four bytes. */
export function footerOf({ columns }: TableShape, groups: readonly PlacedGroup[]): Uint8Array {
  const bytes = new Bytes()
  const names = Object.keys(columns)
  const rows = groups.reduce((sum, { group }) => sum + group.rows, 0)
  new ThriftStruct(bytes)
    .int(1, VERSION)
    .structs(2, ['', ...names], (element, name, at) => {
      if (at === 0) return element.text(4, 'root').int(5, names.length)
      const [type, converted] = KEPT[columns[name]!]
      element.int(1, type).int(3, OPTIONAL).text(4, name)
      return converted === null ? element : element.int(6, converted)
    })
    .long(3, rows)
    .structs(4, groups, (own, { group, bytes: size, offset }) => {
      own
        .structs(1, names, (chunk, _, at) => writeChunk(chunk, group, at, offset))
        .long(2, group.uncompressed)
        .long(3, group.rows)
        .long(6, size)
    })
    .text(6, 'mingle')
    // Least and greatest values are in the order of their types.
    .structs(7, names, (order) => order.struct(1, () => {}))
    .end()
  const length = bytes.length
  bytes.append(Uint8Array.of(length, length >>> 8, length >>> 16, length >>> 24))
  bytes.append(MAGIC)
  return bytes.taken()
}

export const MAGIC: Uint8Array = new TextEncoder().encode('PAR1')

function writeChunk(chunk: ThriftStruct, { meta, places }: RowGroupPart, at: number, offset: number): void {
  const place = at * PLACES
  const before = at === 0 ? 0 : places[place - PLACES + 1]!
  const [middle, end, data, dictionary] = places.subarray(place, place + PLACES) as unknown as [
    number,
    number,
    number,
    number,
  ]
  chunk.long(2, offset + (dictionary < 0 ? data : dictionary)).struct(3, (own) => {
    own.written(meta.subarray(before, middle), 7).long(9, offset + data)
    if (dictionary >= 0) own.long(11, offset + dictionary)
    own.written(meta.subarray(middle, end), 12)
  })
}

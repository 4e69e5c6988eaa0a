import { parquetReadObjects } from 'hyparquet'
import { DAY_MS } from '../../../sim/content/index.ts'
import type { ColumnKind, ColumnValues } from '../../batch.ts'
import { batchOf } from '../../rows/read.ts'
import type { FileFormat } from '../file-format.ts'
import { writeDoubles } from './double-column.ts'
import { footerOf, MAGIC, type PlacedGroup } from './footer.ts'
import { writeIntegers } from './integer-column.ts'
import { RowGroupWriter } from './row-group.ts'
import { writeTexts } from './text-column.ts'

/** Of a page's header, and of a value of the main job's tables: two thirds of its rows are who saw what, and when. */
const HEADER_BYTES = 64
const VALUE_BYTES = 2

/** Ids INT64, times TIMESTAMP (ms, UTC), dates DATE, JSON as JSON; texts by Snappy. A part is a row group. */
export const parquet: FileFormat = {
  extension: 'parquet',
  part({ shape, rows, columns }) {
    const kinds = Object.entries(shape.columns)
    const group = new RowGroupWriter(rows, kinds.length * (HEADER_BYTES + rows * VALUE_BYTES))
    for (const [name, kind] of kinds) writeColumn(group, name, kind, columns[name]!, rows)
    return { form: 'parquet', ...group.finish() }
  },
  join(shape, parts) {
    const pieces: Uint8Array[] = [MAGIC]
    const groups: PlacedGroup[] = []
    let offset = MAGIC.length
    for (const part of parts) {
      if (part.form !== 'parquet') throw new Error(`a block of form ${part.form} is no part of this file`)
      const { bytes, group } = part
      if (group.rows === 0) continue
      groups.push({ group, bytes: bytes.length, offset })
      pieces.push(bytes)
      offset += bytes.length
    }
    return [...pieces, footerOf(shape, groups)]
  },
  async decode(shape, bytes) {
    const names = Object.keys(shape.columns)
    const file = new Uint8Array(bytes).buffer
    const objects = await parquetReadObjects({ file, columns: names })
    return batchOf(
      shape,
      objects.map((object) => names.map((name) => object[name] ?? null)),
    )
  },
}

function writeColumn(group: RowGroupWriter, name: string, kind: ColumnKind, values: ColumnValues, rows: number): void {
  switch (kind) {
    case 'id':
    case 'time':
      writeIntegers(group, name, 'INT64', values as Float64Array, rows)
      break
    case 'int':
      writeIntegers(group, name, 'INT32', values as Int32Array, rows)
      break
    case 'date':
      writeIntegers(group, name, 'INT32', days(values as readonly (string | null)[], rows), rows)
      break
    case 'float':
      writeDoubles(group, name, values as Float64Array, rows)
      break
    case 'json':
    case 'text':
      writeTexts(group, name, values as readonly (string | null)[], rows)
      break
    default:
      kind satisfies never
  }
}

/** Civil days since 1970-01-01; NaN is null. */
function days(dates: readonly (string | null)[], rows: number): Float64Array {
  const numbers = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const date = dates[i]!
    numbers[i] = date === null ? Number.NaN : Date.parse(date) / DAY_MS
  }
  return numbers
}

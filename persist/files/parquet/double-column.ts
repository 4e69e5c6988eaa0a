import { ENCODING, TYPE } from './format.ts'
import { definitionLevels, type RowGroupWriter } from './row-group.ts'

/** A column of doubles, compressed. @param values NaN is null */
export function writeDoubles(group: RowGroupWriter, name: string, values: ArrayLike<number>, rows: number): void {
  const numbers = new Float64Array(rows)
  let count = 0
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (!Number.isNaN(value)) numbers[count++] = value
  }
  const levels = definitionLevels(rows, count, (row) => !Number.isNaN(values[row]))
  group.column(name, TYPE.DOUBLE, true, (chunk) => {
    const encoding = ENCODING.PLAIN
    chunk.page({ rows, count, levels, encoding, values: new Uint8Array(numbers.buffer, 0, count * 8) })
    return { nulls: rows - count }
  })
}

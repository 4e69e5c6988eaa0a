import type { TableBatch } from '../batch.ts'

/** Numbers that lie this much further apart than there are rows are sorted, not ticked off in a table of bytes. */
const SPREAD = 64

/** The distinct values of some columns of numbers, ascending, without NULL. */
export function distinctValues(
  { columns, rows }: TableBatch,
  names: readonly string[] = [],
): Record<string, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, distinct(columns[name] as Float64Array, rows)]))
}

export function distinct(values: Float64Array, rows: number): Float64Array {
  let least = Infinity
  let greatest = -Infinity
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  if (least > greatest) return new Float64Array(0)
  if (greatest - least > rows * SPREAD) {
    const sorted = values.slice(0, rows).sort()
    return sorted.filter((value, i) => !Number.isNaN(value) && value !== sorted[i - 1])
  }
  const seen = new Uint8Array(greatest - least + 1)
  let found = 0
  for (let i = 0; i < rows; i++) {
    const at = values[i]! - least
    // NULL is NaN, which is no index.
    if (seen[at] === 0) {
      seen[at] = 1
      found++
    }
  }
  const result = new Float64Array(found)
  for (let at = 0, i = 0; i < found; at++) if (seen[at] === 1) result[i++] = least + at
  return result
}

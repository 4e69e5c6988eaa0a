import { type SourceColumn, type SourceName, sourceOf } from '../../config/sources.ts'
import { exampleRow } from '../../plan/example.ts'
import type { Plan } from '../../plan/plan.ts'

/** What a function was found to do: it gives a column back, as it is or in other words. */
export interface Probed {
  readonly column: string
  /** What it makes of each word of the column; null: the word itself. */
  readonly made: readonly (readonly [word: string, made: unknown])[] | null
}

const ROWS = 3

/**
 * Tries a function on made-up rows, to see which column it gives back. What it does with any other row is its own
 * affair: a function that changes some values alone is taken at its word for these.
 *
 * @returns null when it gives none back, or more than its result cannot be told from
 */
export function probe(plan: Plan, source: SourceName, make: (row: Record<string, unknown>) => unknown): Probed | null {
  const { columns } = sourceOf(source)
  const rows = Array.from({ length: ROWS }, (_, row) => exampleRow(plan, columns, row))
  try {
    const results = rows.map((row) => make({ ...row }))
    const copied = Object.keys(columns).find((name) => rows.every((row, i) => same(row[name], results[i])))
    if (copied !== undefined) return { column: copied, made: null }
    return translated(columns, rows, make)
  } catch {
    return null
  }
}

/** A function of one column with few values: what it makes of each, whatever the other columns say. */
function translated(
  columns: Readonly<Record<string, SourceColumn>>,
  rows: readonly Record<string, unknown>[],
  make: (row: Record<string, unknown>) => unknown,
): Probed | null {
  for (const [column, { values, words: texts, greatest, kind }] of Object.entries(columns)) {
    const words = values ?? texts ?? (kind === 'int' && greatest === 1 ? [0, 1] : null)
    if (!words) continue
    const made = words.map((word) => [String(word), rows.map((row) => make({ ...row, [column]: word }))] as const)
    const alike = made.every(([, results]) => results.every((result) => same(result, results[0])))
    const different = new Set(made.map(([, results]) => shown(results[0]))).size === words.length
    if (alike && different) return { column, made: made.map(([word, results]) => [word, results[0]]) }
  }
  return null
}

function same(a: unknown, b: unknown): boolean {
  return typeof a === typeof b && shown(a) === shown(b)
}

function shown(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : JSON.stringify(value instanceof Date ? value.getTime() : value)
}

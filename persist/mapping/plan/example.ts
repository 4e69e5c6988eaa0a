import type { SourceColumn, Space } from '../config/sources.ts'
import type { KeyRule } from './plan.ts'

/** A made-up row of a fact, as a function of the mapping would see it. @param row rows differ by it */
export function exampleRow(
  plan: { readonly primary: ReadonlyMap<Space, KeyRule> },
  columns: Readonly<Record<string, SourceColumn>>,
  row: number,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, column], at) => [name, example(plan, column, row, at)]))
}

/** A made-up value of a fact's column. */
function example(
  plan: { readonly primary: ReadonlyMap<Space, KeyRule> },
  { kind, space, values, words = values }: SourceColumn,
  row: number,
  at: number,
): unknown {
  const number = 1000 + 97 * at + row
  switch (kind) {
    case 'id':
      return space !== undefined && plan.primary.get(space)?.kind === 'text' ? `key-${number}` : number
    // Nothing round: what rounds does not give the column back.
    case 'time':
      return new Date(Date.UTC(2001 + row, at % 12, 1 + at, 7, 13, 17, 191 + row))
    case 'date':
      return new Date(Date.UTC(1971 + row, at % 12, 1 + at))
    case 'float':
      return number + 0.123456789
    case 'json':
      return [`first ${number}`, `second ${number}`]
    case 'text':
      // Spaces and capitals: what trims or lowers them does not give the column back.
      return words ? words[row % words.length] : ` Text ${number} `
    default:
      return number
  }
}

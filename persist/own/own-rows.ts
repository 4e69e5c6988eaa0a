import { DAY_MS } from '../../sim/content/index.ts'
import type { DayFacts } from '../../sim/facts/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { ColumnValues, TableBatch } from '../batch.ts'
import type { DayContext } from '../rows/day.ts'
import { contentOf, type OwnTable, shapeOfOwn } from './own-table.ts'

/**
 * The rows of a day's facts of an extension, markets in order, each in event order.
 * @param tables by kind of fact, in the extension's order  @param bases first id of each table
 */
export function ownBatches(
  { day, markets }: DayFacts,
  tables: readonly OwnTable[],
  bases: Readonly<Record<string, number>>,
  context: DayContext,
): TableBatch[] {
  return tables.map((own, index) => {
    const parts = markets.map(({ market, own: facts }) => ({ market, facts: facts![index]! }))
    const rows = parts.reduce((sum, { facts }) => sum + facts.rows, 0)
    const columns: Record<string, ColumnValues> = {
      id: Float64Array.from({ length: rows }, (_, i) => bases[own.table]! + i),
    }
    for (const [name, column] of Object.entries(own.columns)) {
      const [way, of] = contentOf(column)
      const words = 'of' in column ? column.of : []
      const values: (number | string)[] = []
      for (const { market, facts } of parts) {
        const source = facts.columns[of]!
        for (let i = 0; i < facts.rows; i++) values.push(cellOf(way, source[i]!, market, day, words, context, own))
      }
      columns[name] = way === 'word' ? (values as string[]) : Float64Array.from(values as number[])
    }
    return { shape: shapeOfOwn(own), rows, columns }
  })
}

function cellOf(
  way: string,
  value: number,
  market: number,
  day: number,
  words: readonly string[],
  { startMs, users, posts, matches }: DayContext,
  { kind, table }: OwnTable,
): number | string {
  switch (way) {
    case 'person': {
      const id = users.get(value)
      if (id === 0) throw badInput(`a fact '${kind}' names person ${value}, whom this run does not have`)
      return id
    }
    case 'match':
      return matches.get(market, value)
    case 'post':
      return posts.get(market, value)
    case 'time':
      return startMs + day * DAY_MS + value
    case 'word': {
      const word = words[value]
      if (word === undefined) throw badInput(`a fact '${kind}' for ${table} has word ${value} of ${words.length}`)
      return word
    }
    default:
      return value
  }
}

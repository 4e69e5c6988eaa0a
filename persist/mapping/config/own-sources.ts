import type { OwnColumn } from '../../../sim/facts/index.ts'
import type { OwnTable } from '../../own/own-table.ts'
import { day, id, type Source, type SourceColumn, spaceOfTable, time } from './source-columns.ts'

/**
 * Facts of an extension as a mapping sees them: rows of the table that the extension describes in the reference schema's
 * style, with the columns that it has there.
 */
export function ownSource({ table, columns, unique = [] }: OwnTable): Source {
  const space = spaceOfTable(table)!
  const known = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, columnOf(column)]))
  const moment = Object.keys(known).find((name) => known[name]!.kind === 'time')
  return {
    table,
    space,
    own: ['id'],
    keys: [['id'], ...unique],
    columns: { id: id(space), ...(moment !== undefined && { day }), ...known },
    ...(moment !== undefined && { time: moment }),
  }
}

function columnOf(column: OwnColumn): SourceColumn {
  if ('person' in column) return id('user')
  if ('match' in column) return id('match')
  if ('post' in column) return id('post')
  if ('time' in column) return time
  if ('word' in column) {
    return { kind: 'text', values: column.of, longest: Math.max(...column.of.map((word) => word.length)) }
  }
  return { kind: 'int' }
}

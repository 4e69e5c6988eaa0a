import type { OwnColumn, RowsOfFact } from '../../sim/facts/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { ColumnKind, TableShape } from '../batch.ts'
import { DERIVED } from '../rows/derived.ts'
import { LOOKUPS, TABLES } from '../rows/tables.ts'

/** A table that an extension's facts of a kind go to, as the run's first segment keeps it. */
export interface OwnTable extends RowsOfFact {
  readonly kind: string
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  person: 'id',
  match: 'id',
  post: 'id',
  time: 'time',
  number: 'int',
  word: 'text',
}
/** Names that every database takes; those of a site's own tables have capitals too. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,47}$/

/** What a column holds: the way, and the column of the fact. */
export function contentOf(column: OwnColumn): readonly [way: string, of: string] {
  return Object.entries(column).find(([way]) => way in KINDS) as [string, string]
}

export function shapeOfOwn({ table, columns }: OwnTable): TableShape {
  const kinds = Object.entries(columns).map(([name, column]) => [name, KINDS[contentOf(column)[0]]!] as const)
  return { table, key: 'id', order: ['id'], columns: { id: 'id', ...Object.fromEntries(kinds) } }
}

/** The shape of any table that a run writes. */
export function shapeIn(own: readonly OwnTable[], table: string): TableShape {
  return (
    (TABLES as Readonly<Record<string, TableShape>>)[table] ?? shapeOfOwn(own.find((each) => each.table === table)!)
  )
}

/** What the first segment of a run keeps of its extension; empty without one. @param inputs its JSON text */
export function ownTablesOf(inputs: string): readonly OwnTable[] {
  return (JSON.parse(inputs) as { extension?: { tables?: readonly OwnTable[] } }).extension?.tables ?? []
}

/**
 * Where an extension's facts go.
 * @throws MingleError BAD_INPUT when a kind names no table, or one that cannot be
 */
export function ownTables(
  name: string,
  facts: readonly { readonly kind: string; readonly columns: readonly string[]; readonly rows?: RowsOfFact }[],
): readonly OwnTable[] {
  const tables = facts.map(({ kind, columns, rows }): OwnTable => {
    const where = `extension '${name}', facts '${kind}'`
    if (rows === undefined) {
      throw badInput(
        `${where}: no table is named for them; give rows: { table: '${kind}s', columns: { user_id: { person: '${columns[0]}' }, … } }`,
      )
    }
    if (typeof rows.table !== 'string' || !NAME.test(rows.table) || isTaken(rows.table)) {
      throw badInput(
        `${where}: the table is '${rows.table}'; expected a name of letters, digits and _ that is none of Mingle's own`,
      )
    }
    const given = Object.entries(rows.columns ?? {})
    if (given.length === 0) throw badInput(`${where}: table '${rows.table}' has no columns`)
    for (const [column, holds] of given) checkColumn(`${where}: ${rows.table}.${column}`, column, holds, columns)
    checkUniques(`${where}: ${rows.table}`, rows)
    const { table, columns: held, unique } = rows
    return { kind, table, columns: held, ...(unique && { unique }) }
  })
  const twice = tables.find(
    ({ table }, i) => tables.findIndex((each) => each.table.toLowerCase() === table.toLowerCase()) < i,
  )
  if (twice) throw badInput(`extension '${name}': two kinds of fact go to table '${twice.table}'; each has its own`)
  return tables
}

function checkColumn(where: string, column: string, holds: OwnColumn, known: readonly string[]): void {
  if (!NAME.test(column) || column.toLowerCase() === 'id') {
    throw badInput(`${where}: expected a name of letters, digits and _ other than id, which numbers the rows`)
  }
  const ways = typeof holds === 'object' && holds !== null ? Object.keys(holds).filter((way) => way in KINDS) : []
  const of = ways.length === 1 ? (holds as unknown as Record<string, unknown>)[ways[0]!] : undefined
  if (typeof of !== 'string' || !known.includes(of)) {
    throw badInput(
      `${where} is ${JSON.stringify(holds)}; expected one of ${Object.keys(KINDS).join(', ')} with a column of the fact ` +
        `(${known.join(', ')}), such as { person: '${known[0]}' }`,
    )
  }
  if (ways[0] === 'word') {
    const { of: words } = holds as { of?: unknown }
    if (!Array.isArray(words) || words.length === 0 || words.some((word) => typeof word !== 'string')) {
      throw badInput(`${where}: a word needs of: a list of words, the first for 0, got ${JSON.stringify(words)}`)
    }
  }
}

function checkUniques(where: string, { unique = [], columns }: RowsOfFact): void {
  const isOne = (each: unknown) =>
    Array.isArray(each) && each.length > 0 && each.every((name) => typeof name === 'string' && name in columns)
  if (Array.isArray(unique) && unique.every(isOne)) return
  throw badInput(
    `${where}: unique is ${JSON.stringify(unique)}; expected lists of its columns, such as [['${Object.keys(columns).join("', '")}']]`,
  )
}

/** SQLite knows names whatever their case. */
function isTaken(table: string): boolean {
  const name = table.toLowerCase()
  return name in TABLES || name in LOOKUPS || name in DERIVED || /^(seed|_prisma|sqlite)_/.test(name)
}

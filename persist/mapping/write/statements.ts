import type { ColumnKind, TableBatch } from '../../batch.ts'
import type { PlannedColumn } from '../plan/plan.ts'
import { modelTable, quoted, type SqlBackend, Statement, tableOf, VALUES_PER_STATEMENT } from '../sql/sql.ts'

/** Rows of a statement where nobody asks for fewer. */
const ROWS = 200

/** What becomes of a row that is there already. */
export type Conflict =
  | { readonly action: 'error' | 'skip' }
  /** It gets these columns of the new one. @param unique the columns that find it */
  | { readonly action: 'update'; readonly unique: readonly string[]; readonly set: readonly string[] }

/**
 * Plain multi-row INSERTs with bound values, as Prisma's `createMany` sends them, for what a bulk path cannot do: writers
 * that go gently, rows that may be there already, references that the database looks up.
 * @param columns the planned columns of the batch, where some are bytes or parts of a reference
 */
export async function insertRows(
  backend: SqlBackend,
  batch: TableBatch,
  columns: readonly PlannedColumn[],
  conflict: Conflict,
  atOnce = ROWS,
): Promise<void> {
  const cells = cellsOf(batch, columns)
  const width = cells.reduce((sum, { names }) => sum + names.length, 0)
  const step = Math.max(1, Math.min(atOnce, Math.floor(VALUES_PER_STATEMENT / width)))
  const { dialect } = backend
  const list = cells.map(({ column }) => quoted(column, dialect)).join(', ')
  // Of a key that is GENERATED ALWAYS AS IDENTITY, as COPY does it.
  const overriding = dialect === 'postgresql' ? 'OVERRIDING SYSTEM VALUE ' : ''
  const head = `INSERT INTO ${tableOf(batch.shape, dialect)} (${list}) ${overriding}VALUES `
  const tail = conflictClause(backend, cells[0]!.column, conflict)
  const again = conflict.action === 'error' ? conflictClause(backend, cells[0]!.column, { action: 'skip' }) : tail
  const starts = Array.from({ length: Math.ceil(batch.rows / step) }, (_, i) => i * step)
  // MySQL's counter follows the greatest number: the site's own rows go above these from the first statement on.
  if (dialect === 'mysql') starts.reverse()
  for (const from of starts) {
    const statement = new Statement(dialect)
    const tuples: string[] = []
    for (let row = from; row < Math.min(batch.rows, from + step); row++) {
      tuples.push(`(${cells.map((cell) => cell.expression(statement, row)).join(', ')})`)
    }
    const rows = head + tuples.join(', ')
    await backend.execute(rows + tail, statement.values, rows + again)
  }
}

interface Cell {
  /** The column that is filled. */
  readonly column: string
  /** The columns of the batch that it takes. */
  readonly names: readonly string[]
  readonly expression: (statement: Statement, row: number) => string
}

/** What fills each column: a value, or a subselect for one that is given in parts. */
function cellsOf(batch: TableBatch, columns: readonly PlannedColumn[]): Cell[] {
  const planned = new Map(columns.map((column) => [column.field.column, column]))
  const done = new Set<string>()
  return Object.entries(batch.shape.columns).flatMap(([name, kind]): Cell[] => {
    const column = planned.get(name)
    if (!column?.part) return [{ column: name, names: [name], expression: valueCell(batch, name, kind, column) }]
    const { of, model, key } = column.part
    if (done.has(of.name)) return []
    done.add(of.name)
    const halves = columns.filter(({ part }) => part?.of === of)
    const expression = (statement: Statement, row: number) => {
      const where = halves.map(
        (half) =>
          `${statement.name(half.part!.by.column)} = ${statement.valueOf(half, batch.columns[half.field.column]![row]!)}`,
      )
      const from = modelTable(model, statement.dialect)
      return `(SELECT ${statement.name(key.column)} FROM ${from} WHERE ${where.join(' AND ')})`
    }
    return [{ column: of.column, names: halves.map(({ field }) => field.column), expression }]
  })
}

function valueCell(batch: TableBatch, name: string, kind: ColumnKind, column: PlannedColumn | undefined) {
  const values = batch.columns[name]!
  const bytes = column?.bytes ?? batch.shape.binary?.includes(name) ?? false
  return (statement: Statement, row: number) => statement.valueOf({ kind, bytes }, values[row]!)
}

function conflictClause({ dialect }: SqlBackend, first: string, conflict: Conflict): string {
  if (conflict.action === 'error') return ''
  const name = (column: string) => quoted(column, dialect)
  const [unique, set] = conflict.action === 'update' ? [conflict.unique, conflict.set] : [[], []]
  if (dialect === 'mysql') {
    // IGNORE would let more pass than a row that is there.
    const action =
      set.length > 0 ? set.map((c) => `${name(c)} = VALUES(${name(c)})`) : [`${name(first)} = ${name(first)}`]
    return ` ON DUPLICATE KEY UPDATE ${action.join(', ')}`
  }
  if (conflict.action === 'skip') return ' ON CONFLICT DO NOTHING'
  const action =
    set.length > 0 ? `UPDATE SET ${set.map((c) => `${name(c)} = excluded.${name(c)}`).join(', ')}` : 'NOTHING'
  return ` ON CONFLICT (${unique.map(name).join(', ')}) DO ${action}`
}

/**
 * Changes rows that are there, by statements that every database takes: a CASE for each column, with the column itself as
 * its last word, which also tells PostgreSQL the type.
 */
export async function updateRows(
  backend: SqlBackend,
  batch: TableBatch,
  keys: readonly PlannedColumn[],
  changed: readonly PlannedColumn[],
  atOnce = ROWS,
): Promise<void> {
  const { dialect } = backend
  for (let from = 0; from < batch.rows; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, batch.rows - from) }, (_, i) => from + i)
    const statement = new Statement(dialect)
    const value = (column: PlannedColumn, row: number) =>
      statement.valueOf(column, batch.columns[column.field.column]![row]!)
    const isRow = (row: number) =>
      keys.map((key) => `${statement.name(key.field.column)} = ${value(key, row)}`).join(' AND ')
    const set = changed.map((column) => {
      const name = statement.name(column.field.column)
      const cases = rows.map((row) => `WHEN ${isRow(row)} THEN ${value(column, row)}`)
      return `${name} = CASE ${cases.join(' ')} ELSE ${name} END`
    })
    const where = rows.map((row) => (keys.length > 1 ? `(${isRow(row)})` : isRow(row)))
    await backend.execute(
      `UPDATE ${tableOf(batch.shape, dialect)} SET ${set.join(', ')} WHERE ${where.join(' OR ')}`,
      statement.values,
    )
  }
}

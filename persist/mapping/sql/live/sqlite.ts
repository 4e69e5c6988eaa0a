import type { Model } from '../../metadata/metadata.ts'
import type { SqlBackend } from '../sql.ts'
import { type LiveCheck, type LiveColumn, type LiveTable, NO_TABLE, uniquesOfRows } from './live-table.ts'

export async function sqliteTable(backend: SqlBackend, { table }: Model): Promise<LiveTable> {
  const [found] = await backend.query(
    "SELECT type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?",
    [table],
  )
  if (!found) return NO_TABLE
  const rows = await backend.query(
    'SELECT name, "notnull", dflt_value IS NOT NULL, hidden, type, pk, (SELECT max(pk) FROM pragma_table_xinfo(?)) FROM pragma_table_xinfo(?)',
    [table, table],
  )
  const columns = rows.map(([name, required, filled, hidden, type, pk, keys]): [string, LiveColumn] => {
    // The row's own number, under another name.
    const counted = Number(pk) === 1 && Number(keys) === 1 && /^integer$/i.test(String(type))
    return [
      String(name),
      {
        required: Number(required) === 1,
        filled: Number(filled) === 1 || counted,
        generated: Number(hidden) >= 2,
        type: String(type).toLowerCase(),
        native: null,
        characters: null,
      },
    ]
  })
  const key = rows.filter(([, , , , , pk]) => Number(pk) > 0).sort((a, b) => Number(a[5]) - Number(b[5]))
  const indexes = await backend.query(
    `SELECT l.name, i.name, 0 FROM pragma_index_list(?) l, pragma_index_info(l.name) i
     WHERE l."unique" = 1 AND l.partial = 0 AND l.origin <> 'pk' ORDER BY l.seq, i.seqno`,
    [table],
  )
  const triggers = await backend.query(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '%INSERT%ON%'",
    [table],
  )
  return {
    kind: found[0] === 'view' ? 'view' : 'table',
    columns: new Map(columns),
    uniques: uniquesOfRows([...key.map(([name]) => ['', name, 0]), ...indexes]),
    checks: checksOf(String(found[1] ?? '')).map((check) => ({
      ...check,
      columns: columns.map(([name]) => name).filter((name) => mentions(check.clause, name)),
    })),
    triggers: triggers.map(([name]) => String(name)),
    obstacles: [],
  }
}

function mentions(clause: string, column: string): boolean {
  return new RegExp(`(?<![\\w$])${column.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i').test(clause)
}

/** The CHECKs of a CREATE TABLE, which SQLite keeps as it was written. */
function checksOf(sql: string): Omit<LiveCheck, 'columns'>[] {
  const bare = sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
  return [...bare.matchAll(/(?:\bCONSTRAINT\s+["`[]?(\w+)["`\]]?\s+)?\bCHECK\s*\(/gi)].map((match) => {
    const from = match.index + match[0].length
    return { name: match[1] ?? 'CHECK', clause: untilClosed(bare, from).trim() }
  })
}

/** Up to the parenthesis that closes one which is open; parentheses in texts are none. */
function untilClosed(sql: string, from: number): string {
  let depth = 1
  let quote = ''
  for (let at = from; at < sql.length; at++) {
    const letter = sql[at]!
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === "'" || letter === '"' || letter === '`') quote = letter
    else if (letter === '(') depth++
    else if (letter === ')' && --depth === 0) return sql.slice(from, at)
  }
  return sql.slice(from)
}

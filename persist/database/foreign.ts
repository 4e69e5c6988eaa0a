import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { TABLE_NAMES } from '../rows/tables.ts'
import type { Backend, KeyRange } from './backend.ts'

/**
 * Refuses to be the first to mix made-up people with rows that are there. Once a database holds a run, further runs and
 * the site's own rows live side by side.
 *
 * @throws MingleError BAD_INPUT when tables hold rows and the ledger no run
 */
export async function refuseForeignRows(backend: Backend): Promise<void> {
  const untouched = async () => (await backend.ledger.runs()).length === 0
  if (!(await untouched())) return
  const tables = await (backend.occupied?.() ?? occupied(backend))
  // Asked once more: another process may have begun its run meanwhile.
  if (tables.length === 0 || !(await untouched())) return
  throw badInput(
    `${tables.join(', ')} in ${backend.url} ${tables.length === 1 ? 'holds' : 'hold'} rows that no run of Mingle made; ` +
      'name another database, or add --into-existing (intoExisting: true) to write beside them. Nothing was written',
  )
}

async function occupied(backend: Backend): Promise<string[]> {
  const tables: string[] = []
  for (const table of TABLE_NAMES) if ((await backend.count(table)) > 0) tables.push(table)
  return tables
}

/** Rows of the site's own that a foreign key without a cascade ties to rows that were to be removed. */
export function rowsHang(child: string, columns: readonly string[], parent: string): MingleError {
  return new MingleError(
    'ROWS_HANG',
    `rows of ${child} refer by ${columns.join(', ')} to rows of ${parent} that would be removed, and their foreign key ` +
      'does not let these go; remove or change the rows first. Nothing was removed',
  )
}

/** Ranges per level of parentheses: SQLite bounds how deep an expression may be. */
const RANGES_PER_TERM = 100

/** Whether a value lies in one of the ranges, as SQL. There is at least one range. */
export function liesIn(value: string, ranges: readonly KeyRange[]): string {
  const terms: string[] = []
  for (let from = 0; from < ranges.length; from += RANGES_PER_TERM) {
    const some = ranges.slice(from, from + RANGES_PER_TERM)
    terms.push(`(${some.map(({ first, last }) => `${value} BETWEEN ${first} AND ${last}`).join(' OR ')})`)
  }
  return `(${terms.join(' OR ')})`
}

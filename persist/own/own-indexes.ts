import { badInput, Hash128, textWords } from '../../sim/kernel/index.ts'
import type { SqlPlace } from '../database/statements.ts'
import { type Dialect, quoted } from '../identifiers.ts'
import { contentOf, type OwnTable } from './own-table.ts'

/** What PostgreSQL keeps of a name. */
const LONGEST_NAME = 63

/** An index that an extension's table is to have. */
interface WantedIndex {
  readonly name: string
  readonly unique: boolean
  readonly columns: readonly string[]
  readonly sql: string
}

interface Index {
  readonly name: string
  readonly unique: boolean
  readonly primary: boolean
  /** In order; null for an expression. */
  readonly columns: readonly (string | null)[]
}

/**
 * Makes the indexes that a table lacks, where it has none but the first of these (or such as hold for some rows alone): it was just made,
 * or its maker was cut off. Another table, or one with rows, gets none, and must have the extension's uniques already.
 * @param parents what columns refer to, by what they hold
 * @throws MingleError BAD_INPUT when such a table lacks a unique
 */
export async function createOwnIndexes(
  place: SqlPlace,
  own: OwnTable,
  parents: Readonly<Record<string, string>>,
): Promise<void> {
  const { dialect } = place
  // Rows first: who makes the table at the same time writes none before its indexes are there.
  const hasRows = (await place.query(`SELECT 1 FROM ${quoted(own.table, dialect)} LIMIT 1`)).length > 0
  const wanted = wantedIndexes(place, own, parents)
  const there = await indexesOf(place, own.table)
  const missing = wanted.filter((index) => !has(there, index, dialect))
  if (hasRows || !isBeginning(there, wanted, dialect)) {
    const lacking = missing.find(({ unique }) => unique)
    if (!lacking) return
    throw badInput(
      `table ${own.table} is there and has no unique on (${lacking.columns.join(', ')}), as the extension wants for the facts ` +
        `'${own.kind}': name another table, or add it: ${lacking.sql}`,
    )
  }
  for (const index of missing) {
    try {
      await place.execute(index.sql)
    } catch (error) {
      // Another process may have made it meanwhile.
      if (!has(await indexesOf(place, own.table), index, dialect)) throw error
    }
  }
}

function has(there: readonly Index[], { unique, columns }: WantedIndex, dialect: Dialect): boolean {
  return there.some((index) =>
    unique
      ? index.unique &&
        index.columns.every((name) => name !== null && columns.some((each) => isSame(each, name, dialect)))
      : isSame(index.columns[0] ?? '', columns[0]!, dialect),
  )
}

/** Whether a table has no indexes for all of its rows but the first of those that it is to have, its primary key aside. */
function isBeginning(there: readonly Index[], wanted: readonly WantedIndex[], dialect: Dialect): boolean {
  // MySQL makes one for each foreign key itself.
  const own = there.filter(
    ({ primary, unique, columns }) => !primary && (dialect !== 'mysql' || unique || columns.length > 1),
  )
  const first = wanted.slice(0, own.length).map(({ name }) => name)
  return own.every(({ name }) => first.includes(name))
}

function wantedIndexes(
  { dialect }: SqlPlace,
  { table, columns, unique = [] }: OwnTable,
  parents: Readonly<Record<string, string>>,
): WantedIndex[] {
  const spelt = (text: string) => quoted(text, dialect)
  const index = (kind: 'INDEX' | 'UNIQUE INDEX', of: readonly string[], end: string): WantedIndex => {
    const name = indexName(`${table}_${of.join('_')}_${end}`)
    const sql = `CREATE ${kind} ${spelt(name)} ON ${spelt(table)} (${of.map(spelt).join(', ')})`
    return { name, unique: kind === 'UNIQUE INDEX', columns: of, sql }
  }
  const referring = Object.keys(columns).filter((column) => contentOf(columns[column]!)[0] in parents)
  return [
    // MySQL makes an index for each foreign key itself.
    ...(dialect === 'mysql' ? [] : referring.map((column) => index('INDEX', [column], 'idx'))),
    ...unique.map((of) => index('UNIQUE INDEX', of, 'key')),
  ]
}

/** A name that is too long ends in a hash of the whole, so that no two are one when they are cut. */
function indexName(whole: string): string {
  if (whole.length <= LONGEST_NAME) return whole
  const hash = new Hash128()
  hash.update(textWords(whole))
  const end = (hash.digest()[0]! >>> 0).toString(16).padStart(8, '0')
  return `${whole.slice(0, LONGEST_NAME - 1 - end.length)}_${end}`
}

/** The indexes that hold for all rows. */
async function indexesOf(place: SqlPlace, table: string): Promise<Index[]> {
  const sql = {
    sqlite: `SELECT l.name AS "index", l."unique" AS "one", l.origin = 'pk' AS "primary", c.name AS "column"
      FROM pragma_index_list('${table}') l JOIN pragma_index_info(l.name) c WHERE l.partial = 0 ORDER BY l.seq, c.seqno`,
    postgresql: `SELECT x.relname::text AS "index", i.indisunique::int AS "one", i.indisprimary::int AS "primary", a.attname::text AS "column"
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (n, place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
      WHERE i.indrelid = to_regclass('${quoted(table, 'postgresql')}') AND i.indpred IS NULL AND i.indisvalid
        AND k.place <= i.indnkeyatts ORDER BY i.indexrelid, k.place`,
    mysql: `SELECT index_name AS \`index\`, 1 - non_unique AS \`one\`, index_name = 'PRIMARY' AS \`primary\`,
        CASE WHEN sub_part IS NULL THEN column_name END AS \`column\`
      FROM information_schema.statistics WHERE table_schema = database() AND table_name = '${table}'
      ORDER BY index_name, seq_in_index`,
  }[place.dialect]
  const found = new Map<string, Index & { readonly columns: (string | null)[] }>()
  for (const [index, one, primary, column] of await place.query(sql)) {
    const name = String(index)
    const known = found.get(name) ?? { name, unique: Number(one) === 1, primary: Number(primary) === 1, columns: [] }
    found.set(name, known)
    known.columns.push(column === null || column === undefined ? null : String(column))
  }
  return [...found.values()]
}

/** SQLite and MySQL know names of columns whatever their case. */
function isSame(a: string, b: string, dialect: Dialect): boolean {
  return dialect === 'postgresql' ? a === b : a.toLowerCase() === b.toLowerCase()
}

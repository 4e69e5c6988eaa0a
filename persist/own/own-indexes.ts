import { badInput, Hash128, textWords } from '../../sim/kernel/index.ts'
import type { SqlPlace } from '../database/statements.ts'
import { quoted } from '../identifiers.ts'
import { contentOf, type OwnTable } from './own-table.ts'

/** What PostgreSQL keeps of a name. */
const LONGEST_NAME = 63

/** An index that an extension's table is to have. */
interface WantedIndex {
  readonly unique: boolean
  readonly columns: readonly string[]
  readonly sql: string
}

/**
 * Makes the indexes that a table lacks. One with rows gets none, and must have the extension's uniques already.
 * @param parents what columns refer to, by what they hold
 * @throws MingleError BAD_INPUT when a table with rows lacks a unique
 */
export async function createOwnIndexes(
  place: SqlPlace,
  own: OwnTable,
  parents: Readonly<Record<string, string>>,
): Promise<void> {
  const there = await indexesOf(place, own.table)
  const missing = wantedIndexes(place, own, parents).filter(
    ({ unique, columns }) =>
      !there.some((index) =>
        unique
          ? index.unique && index.columns.every((name) => name !== null && columns.some((each) => isSame(each, name)))
          : isSame(index.columns[0] ?? '', columns[0]!),
      ),
  )
  const hasRows = (await place.query(`SELECT 1 FROM ${quoted(own.table, place.dialect)} LIMIT 1`)).length > 0
  const lacking = missing.find(({ unique }) => unique)
  if (hasRows && lacking) {
    throw badInput(
      `table ${own.table} is there and has no unique on (${lacking.columns.join(', ')}), as the extension wants for the facts ` +
        `'${own.kind}': name another table, or add it: ${lacking.sql}`,
    )
  }
  if (!hasRows) for (const { sql } of missing) await place.execute(sql)
}

function wantedIndexes(
  { dialect }: SqlPlace,
  { table, columns, unique = [] }: OwnTable,
  parents: Readonly<Record<string, string>>,
): WantedIndex[] {
  const name = (text: string) => quoted(text, dialect)
  const index = (kind: 'INDEX' | 'UNIQUE INDEX', of: readonly string[], end: string): WantedIndex => ({
    unique: kind === 'UNIQUE INDEX',
    columns: of,
    sql: `CREATE ${kind} ${name(indexName(`${table}_${of.join('_')}_${end}`))} ON ${name(table)} (${of.map(name).join(', ')})`,
  })
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

/** The indexes that hold for all rows: columns in order, null for an expression. */
async function indexesOf(place: SqlPlace, table: string) {
  const sql = {
    sqlite: `SELECT l.name AS "index", l."unique" AS "one", c.name AS "column"
      FROM pragma_index_list('${table}') l JOIN pragma_index_info(l.name) c WHERE l.partial = 0 ORDER BY l.seq, c.seqno`,
    postgresql: `SELECT i.indexrelid::text AS "index", i.indisunique::int AS "one", a.attname::text AS "column"
      FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (n, place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
      WHERE i.indrelid = to_regclass('${quoted(table, 'postgresql')}') AND i.indpred IS NULL AND i.indisvalid
        AND k.place <= i.indnkeyatts ORDER BY i.indexrelid, k.place`,
    mysql: `SELECT index_name AS \`index\`, 1 - non_unique AS \`one\`, CASE WHEN sub_part IS NULL THEN column_name END AS \`column\`
      FROM information_schema.statistics WHERE table_schema = database() AND table_name = '${table}'
      ORDER BY index_name, seq_in_index`,
  }[place.dialect]
  const found = new Map<string, { readonly unique: boolean; readonly columns: (string | null)[] }>()
  for (const [index, one, column] of await place.query(sql)) {
    const known = found.get(String(index)) ?? { unique: Number(one) === 1, columns: [] }
    found.set(String(index), known)
    known.columns.push(column === null || column === undefined ? null : String(column))
  }
  return [...found.values()]
}

/** Databases know names of columns whatever their case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

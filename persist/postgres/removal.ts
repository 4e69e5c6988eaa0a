import type pg from 'pg'
import type { KeyRange } from '../database/backend.ts'
import { liesIn, rowsHang } from '../database/foreign.ts'
import { quoted } from '../identifiers.ts'

interface ForeignKey {
  readonly child_id: string
  readonly parent_id: string
  /** As SQL spells them. */
  readonly child: string
  readonly parent: string
  readonly child_name: string
  readonly parent_name: string
  readonly columns: readonly string[]
  readonly parent_columns: readonly string[]
  readonly on_delete: string
}

/** Every foreign key, whatever schemas its tables are in; those of partitions are their tables'. */
const FOREIGN_KEYS = `
  SELECT c.conrelid::text AS child_id, c.confrelid::text AS parent_id,
         c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
         x.relname AS child_name, y.relname AS parent_name, c.confdeltype AS on_delete,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.conkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num) AS columns,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.confkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.num) AS parent_columns
    FROM pg_constraint c JOIN pg_class x ON x.oid = c.conrelid JOIN pg_class y ON y.oid = c.confrelid
   WHERE c.contype = 'f' AND coalesce(to_jsonb(c) ->> 'conparentid', '0') = '0' ORDER BY c.conrelid, c.oid`

/**
 * Removes ranges and does what the schema's cascades would do, by one scan a foreign key; the server's own take one look
 * a removed row, which without an index on the referring column is a scan each. Rows that referred to nothing before stay.
 * @throws MingleError ROWS_HANG when a foreign key of the site's own says that its rows must not be left behind
 */
export async function removeWithOrphans(
  client: pg.Client,
  ranges: readonly KeyRange[],
  removeRange: (range: KeyRange) => Promise<void>,
): Promise<void> {
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS)
  /** Foreign keys whose parents went, and which of the child's rows (as `t`) referred to those. */
  const waiting: { key: ForeignKey; referred: string }[] = []
  let kept = 0
  /** Keeps what a foreign key may refer to of rows (as `t`) that are about to go. */
  const keep = async (key: ForeignKey, where: string) => {
    const gone = `mingle_gone_${kept++}`
    const columns = key.parent_columns.map((column, i) => `t.${quoted(column)} AS k${i}`).join(', ')
    await client.query(
      `CREATE TEMP TABLE ${gone} ON COMMIT DROP AS SELECT ${columns} FROM ${key.parent} t WHERE ${where}`,
    )
    const names = key.columns.map((column) => `t.${quoted(column)}`).join(', ')
    waiting.push({ key, referred: `(${names}) IN (SELECT * FROM pg_temp.${gone})` })
  }

  for (const { table, key: id } of new Set(ranges.map(({ shape }) => shape))) {
    const own = ranges.filter(({ shape }) => shape.table === table)
    const { rows } = await client.query<{ oid: string }>('SELECT to_regclass($1)::oid::text AS oid', [quoted(table)])
    for (const key of keys.filter(({ parent_id }) => parent_id === rows[0]!.oid)) {
      const column = key.columns[key.parent_columns.indexOf(id)]
      if (column === undefined) await keep(key, liesIn(`t.${quoted(id)}`, own))
      else waiting.push({ key, referred: liesIn(`t.${quoted(column)}`, own) })
    }
  }
  for (const range of ranges) await removeRange(range)

  for (let item = waiting.shift(); item; item = waiting.shift()) {
    const { child, child_id, parent, child_name, parent_name, columns, parent_columns, on_delete } = item.key
    const there = columns.map((column) => `t.${quoted(column)} IS NOT NULL`).join(' AND ')
    const same = columns.map((column, i) => `p.${quoted(parent_columns[i]!)} = t.${quoted(column)}`).join(' AND ')
    const orphan = `${there} AND ${item.referred} AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE ${same})`
    if (on_delete === 'n') {
      const set = columns.map((column) => `${quoted(column)} = NULL`).join(', ')
      await client.query(`UPDATE ${child} t SET ${set} WHERE ${orphan}`)
    } else if (on_delete === 'c') {
      const before = waiting.length
      for (const key of keys.filter(({ parent_id }) => parent_id === child_id)) await keep(key, orphan)
      const { rowCount } = await client.query(`DELETE FROM ${child} t WHERE ${orphan}`)
      if (!rowCount) waiting.length = before
    } else if ((await client.query(`SELECT 1 FROM ${child} t WHERE ${orphan} LIMIT 1`)).rows.length > 0) {
      throw rowsHang(child_name, columns, parent_name)
    }
  }
}

import type pg from 'pg'
import type { ForeignKey } from '../database/foreign-keys.ts'

export interface TypedForeignKey extends ForeignKey {
  readonly parentType: string
}

/** What COPY must know of a table. */
export interface TableFacts {
  /** By column: the name of a type of the server's own, `enum`, or nothing for others (domains, arrays, extensions). */
  readonly types: Readonly<Record<string, string | null>>
  readonly foreignKeys: readonly TypedForeignKey[]
  /**
   * Whether the server does nothing for a new row but what `ForeignKeys` can do instead: no triggers of the site, no
   * deferrable uniques, no foreign key of several columns, none to a table whose rows this user may not lock.
   */
  readonly plain: boolean
}

const FACTS = `
  WITH t AS (SELECT c.oid, c.relkind FROM pg_class c WHERE c.oid = to_regclass($1)),
  keys AS (SELECT k.* FROM pg_constraint k JOIN t ON k.conrelid = t.oid
            WHERE k.contype = 'f' AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
              AND coalesce(to_jsonb(k) ->> 'conparentid', '0') = '0')
  SELECT json_build_object(
    'types', (SELECT json_object_agg(a.attname, CASE
                WHEN y.typtype = 'e' THEN 'enum'
                WHEN y.typtype = 'b' AND y.typnamespace = 'pg_catalog'::regnamespace THEN y.typname END)
              FROM pg_attribute a JOIN t ON a.attrelid = t.oid JOIN pg_type y ON y.oid = a.atttypid WHERE a.attnum > 0),
    'foreignKeys', (SELECT coalesce(json_agg(json_build_object(
                'column', a.attname, 'parent', k.confrelid::regclass, 'parentColumn', quote_ident(b.attname),
                'parentType', format_type(b.atttypid, -1))), '[]')
              FROM keys k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
              JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]),
    'plain', EXISTS (SELECT FROM t WHERE relkind IN ('r', 'p'))
      AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid IN (SELECT oid FROM t UNION SELECT i.inhrelid FROM t JOIN pg_inherits i ON i.inhparent = t.oid) AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'R'))
      AND NOT EXISTS (SELECT FROM pg_constraint k JOIN t ON k.conrelid = t.oid WHERE k.contype <> 'f' AND k.condeferrable)
      AND NOT EXISTS (SELECT FROM keys WHERE cardinality(conkey) > 1 OR NOT has_table_privilege(confrelid, 'UPDATE'))
  )::text`

/** @param table as SQL spells it */
export async function readTableFacts(client: pg.Client, table: string): Promise<TableFacts> {
  const { rows } = await client.query<[string]>({ text: FACTS, values: [table], rowMode: 'array' })
  const facts = JSON.parse(rows[0]![0]) as TableFacts
  return { ...facts, types: facts.types ?? {} }
}

/** Values that no row of the parent has; the rows of the others are locked, as the server's own triggers would lock them. */
export async function lockReferred(
  client: pg.Client,
  { parent, parentColumn, parentType }: TypedForeignKey,
  values: readonly (number | string)[],
): Promise<string[]> {
  // A sub-select that locks is carried out value by value: one look into the index each.
  const sql =
    `SELECT v::text FROM unnest($1::${parentType}[]) v ` +
    `WHERE NOT EXISTS (SELECT FROM ${parent} WHERE ${parentColumn} = v FOR KEY SHARE) LIMIT 3`
  const { rows } = await client.query<[string]>({ text: sql, values: [values], rowMode: 'array' })
  return rows.map(([value]) => value)
}

import { badInput } from '../../../sim/kernel/index.ts'
import type { Model } from '../metadata/metadata.ts'
import type { PlannedTarget } from '../plan/plan.ts'
import { type Dialect, modelTable, quoted, type SqlBackend, tableOf } from '../sql/sql.ts'
import { conditions, type KeyMaker, type NumberRange } from './select.ts'

/** A foreign key of the live database, with which rows hang on a table's rows and keep them from being removed. */
export interface Reference {
  readonly schema: string | null
  readonly table: string
  readonly pairs: readonly (readonly [column: string, parent: string])[]
}

/** The foreign keys that are looked up once for a table; of some tables there are many statements. */
export class Hanging {
  readonly #backend: SqlBackend
  readonly #references = new Map<string, Promise<readonly Reference[]>>()

  constructor(backend: SqlBackend) {
    this.#backend = backend
  }

  /**
   * Rows that hang on those which are about to be removed, where no foreign key says what becomes of them. The run's own are
   * gone by then: children are removed before parents.
   * @param own how many of the run's own are not
   * @throws MingleError BAD_INPUT when there are any: which, how many, and what to do
   */
  async refuse(
    target: PlannedTarget,
    ranges: readonly NumberRange[],
    keyOf: KeyMaker,
    own: (reference: Reference) => Promise<number> = async () => 0,
  ): Promise<void> {
    const { model } = target
    let references = this.#references.get(model.name)
    if (!references) this.#references.set(model.name, (references = referencesTo(this.#backend, model)))
    const { dialect } = this.#backend
    for (const reference of await references) {
      const { schema, table, pairs } = reference
      let rows = 0
      for (const { where, statement } of conditions(this.#backend, target, ranges, keyOf)) {
        const name = (column: string) => quoted(column, dialect)
        const same = pairs.map(([column, parent]) => `p_.${name(parent)} = c_.${name(column)}`).join(' AND ')
        const sql =
          `SELECT count(*) FROM ${tableOf({ schema, table }, dialect)} c_ ` +
          `WHERE EXISTS (SELECT 1 FROM ${modelTable(model, dialect)} p_ WHERE ${where} AND ${same})`
        const [row] = await this.#backend.query(sql, statement.values)
        rows += Number(row![0])
      }
      if (rows > 0) rows -= await own(reference)
      if (rows <= 0) continue
      const columns = pairs.map(([column]) => column).join(', ')
      throw badInput(
        `${rows} ${rows === 1 ? 'row' : 'rows'} of ${table} (${columns}) ${rows === 1 ? 'hangs' : 'hang'} on rows of ${model.name} that this run made, and ` +
          `the foreign key does not say what becomes of them; nothing was removed. Remove these rows first, or give the relation ` +
          `onDelete: Cascade (or SetNull) and migrate, then reset again`,
      )
    }
  }
}

async function referencesTo(backend: SqlBackend, model: Model): Promise<Reference[]> {
  const rows = await backend.query(...SQL[backend.dialect](model))
  const found = new Map<string, { schema: string | null; table: string; pairs: [string, string][] }>()
  for (const [key, schema, table, column, parent] of rows.map((row) =>
    row.map((value) => (value === null ? null : String(value))),
  )) {
    // A row that hangs on another of its table goes with it.
    if (table === model.table) continue
    const known = found.get(`${schema} ${table} ${key}`)
    // SQLite: a reference that names no column is to the key.
    const pair: [string, string] = [column!, parent ?? model.primaryKey[0]!]
    if (known) known.pairs.push(pair)
    else found.set(`${schema} ${table} ${key}`, { schema: schema ?? null, table: table!, pairs: [pair] })
  }
  return [...found.values()]
}

const SQL: Readonly<Record<Dialect, (model: Model) => [sql: string, values: unknown[]]>> = {
  sqlite: ({ table }) => [
    `SELECT f.id, NULL, m.name, f."from", f."to" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
     WHERE m.type = 'table' AND lower(f."table") = lower(?) AND f.on_delete IN ('NO ACTION', 'RESTRICT') ORDER BY m.name, f.id, f.seq`,
    [table],
  ],
  postgresql: (model) => [
    `SELECT k.conname::text, n.nspname::text, c.relname::text, a.attname::text, b.attname::text
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (own, parent)
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.own
     JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.parent
     WHERE k.contype = 'f' AND coalesce(to_jsonb(k) ->> 'conparentid', '0') = '0' AND k.confrelid = to_regclass($1::text) AND k.confdeltype IN ('a', 'r') ORDER BY 2, 3, 1`,
    [modelTable(model, 'postgresql')],
  ],
  mysql: ({ schema, table }) => [
    `SELECT u.constraint_name, u.table_schema, u.table_name, u.column_name, u.referenced_column_name
     FROM information_schema.key_column_usage u JOIN information_schema.referential_constraints r
       ON r.constraint_schema = u.constraint_schema AND r.constraint_name = u.constraint_name AND r.table_name = u.table_name
     WHERE u.referenced_table_schema = coalesce(?, database()) AND u.referenced_table_name = ?
       AND r.delete_rule IN ('NO ACTION', 'RESTRICT') ORDER BY 2, 3, 1, u.ordinal_position`,
    [schema, table],
  ],
}

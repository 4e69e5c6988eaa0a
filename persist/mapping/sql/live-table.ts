import type { Model } from '../metadata/metadata.ts'
import { type Dialect, modelTable, type SqlBackend } from './sql.ts'

/** A table as the database has it: what a Prisma schema does not say of it, too. */
export interface LiveTable {
  /** `null`: there is none. */
  readonly kind: 'table' | 'view' | 'partitioned' | 'foreign' | null
  readonly columns: ReadonlyMap<string, LiveColumn>
  /** Why rows can't be written there by this user, or would not all be seen, as far as the database tells beforehand. */
  readonly obstacles: readonly Obstacle[]
}

export interface LiveColumn {
  readonly required: boolean
  /** The database fills it where a row leaves it out: a default, a counter, an identity. */
  readonly filled: boolean
  /** The database computes it, and takes no value. */
  readonly generated: boolean
  readonly type: string
}

export type Obstacle = 'row security' | 'no partition' | 'may not insert' | 'may not read'

export function liveTable(backend: SqlBackend, model: Model): Promise<LiveTable> {
  return LIVE[backend.dialect](backend, model)
}

const NONE: LiveTable = { kind: null, columns: new Map(), obstacles: [] }

const LIVE: Readonly<Record<Dialect, (backend: SqlBackend, model: Model) => Promise<LiveTable>>> = {
  async sqlite(backend, { table }) {
    const [found] = await backend.query("SELECT type FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?", [
      table,
    ])
    if (!found) return NONE
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
        },
      ]
    })
    return { kind: found[0] === 'view' ? 'view' : 'table', columns: new Map(columns), obstacles: [] }
  },

  async postgresql(backend, model) {
    const name = modelTable(model, 'postgresql')
    const [found] = await backend.query(
      `SELECT c.relkind::text, row_security_active(c.oid)::text, has_table_privilege(c.oid, 'INSERT')::text,
         has_table_privilege(c.oid, 'SELECT')::text, EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)::text
       FROM pg_class c WHERE c.oid = to_regclass($1::text)`,
      [name],
    )
    if (!found) return NONE
    const [kind, secured, inserts, reads, parts] = found.map(String)
    const rows = await backend.query(
      `SELECT attname::text, attnotnull::text, (atthasdef OR attidentity <> '' OR t.typdefault IS NOT NULL)::text,
         (attgenerated <> '')::text, t.typname::text
       FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE attrelid = to_regclass($1::text) AND attnum > 0 AND NOT attisdropped`,
      [name],
    )
    const yes = (value: unknown) => value === 'true'
    const columns = rows.map(([column, required, filled, generated, type]): [string, LiveColumn] => [
      String(column),
      { required: yes(required), filled: yes(filled), generated: yes(generated), type: String(type) },
    ])
    const obstacles: Obstacle[] = []
    if (secured === 'true') obstacles.push('row security')
    if (inserts !== 'true') obstacles.push('may not insert')
    if (reads !== 'true') obstacles.push('may not read')
    if (kind === 'p' && parts !== 'true') obstacles.push('no partition')
    return { kind: KINDS[kind!] ?? 'view', columns: new Map(columns), obstacles }
  },

  async mysql(backend, { schema, table }) {
    const [found] = await backend.query(
      'SELECT table_type FROM information_schema.tables WHERE table_schema = coalesce(?, database()) AND table_name = ?',
      [schema, table],
    )
    if (!found) return NONE
    const rows = await backend.query(
      `SELECT column_name, is_nullable, column_default IS NOT NULL, extra, data_type
       FROM information_schema.columns WHERE table_schema = coalesce(?, database()) AND table_name = ?`,
      [schema, table],
    )
    const columns = rows.map(([name, nullable, filled, extra, type]): [string, LiveColumn] => [
      String(name),
      {
        required: nullable === 'NO',
        filled: Number(filled) === 1 || /auto_increment|default_generated/i.test(String(extra)),
        generated: /(?:virtual|stored|persistent) generated|^(?:virtual|persistent)/i.test(String(extra)),
        type: String(type).toLowerCase(),
      },
    ])
    return { kind: /view/i.test(String(found[0])) ? 'view' : 'table', columns: new Map(columns), obstacles: [] }
  },
}

const KINDS: Readonly<Record<string, LiveTable['kind']>> = { r: 'table', p: 'partitioned', f: 'foreign' }

/** Why this session writes nothing at all; null when it may. */
export async function readOnly(backend: SqlBackend): Promise<string | null> {
  const sql = {
    sqlite: 'SELECT query_only FROM pragma_query_only',
    postgresql:
      "SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' THEN 1 ELSE 0 END",
    mysql: 'SELECT @@global.read_only',
  }[backend.dialect]
  const [row] = await backend.query(sql)
  if (Number(row?.[0]) !== 1) return null
  return backend.dialect === 'mysql'
    ? 'the server is read-only (read_only is on)'
    : 'the session is read-only (a standby, or default_transaction_read_only is on)'
}

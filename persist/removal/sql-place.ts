import type { Backend } from '../database/backend.ts'
import type { SqlPlace } from '../database/statements.ts'
import { quoted } from '../identifiers.ts'

export type { SqlPlace } from '../database/statements.ts'

/** The database with the reference schema's tables behind a backend; undefined for files, memory, and a mapping's models. */
export function sqlPlaceOf(backend: Backend): SqlPlace | undefined {
  if (backend.account !== undefined || !('dialect' in backend)) return undefined
  return backend as Backend & SqlPlace
}

/** A foreign key as the database has it. */
export interface Reference {
  /** The referring table as SQL spells it, and its bare name when that name alone finds it. */
  readonly child: string
  readonly childName: string
  readonly columns: readonly string[]
  readonly parent: string
  readonly parentName: string
  readonly parentColumns: readonly string[]
}

const POSTGRES = `
  SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, x.relname, y.relname,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.conkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num)::text,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.confkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.num)::text,
         c.confrelid = to_regclass(quote_ident(y.relname)), c.conrelid = to_regclass(quote_ident(x.relname))
    FROM pg_constraint c JOIN pg_class x ON x.oid = c.conrelid JOIN pg_class y ON y.oid = c.confrelid
   WHERE c.contype = 'f' AND coalesce(to_jsonb(c) ->> 'conparentid', '0') = '0' ORDER BY c.conrelid, c.oid`

const MYSQL = `
  SELECT table_schema, table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
    FROM information_schema.key_column_usage
   WHERE referenced_table_schema = database() AND referenced_table_name IS NOT NULL
   ORDER BY table_schema, table_name, constraint_name, ordinal_position`

const SQLITE = `
  SELECT m.name, f.id, f."from", f."table", coalesce(f."to", (SELECT name FROM pragma_table_info(f."table") p WHERE p.pk = f.seq + 1))
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
   WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq`

/** Every foreign key of the database. */
export async function referencesOf(place: SqlPlace): Promise<Reference[]> {
  const { dialect } = place
  if (dialect === 'postgresql') {
    return (await place.query(POSTGRES)).map((row) => {
      const [child, parent, childName, parentName, columns, parentColumns, parentHere, childHere] = row as string[]
      return {
        child: child!,
        childName: isTrue(childHere) ? childName! : child!,
        columns: JSON.parse(columns!) as string[],
        parent: parent!,
        parentName: isTrue(parentHere) ? parentName! : parent!,
        parentColumns: JSON.parse(parentColumns!) as string[],
      }
    })
  }
  if (dialect === 'mysql') {
    const [[here] = []] = await place.query('SELECT database()')
    const rows = (await place.query(MYSQL)) as string[][]
    return [...grouped(rows, ([schema, table, key]) => `${schema}.${table}.${key}`).values()].map((parts) => {
      const [schema, table, , , parent] = parts[0] as [string, string, string, string, string]
      const child = schema === here ? quoted(table, dialect) : `${quoted(schema, dialect)}.${quoted(table, dialect)}`
      return {
        child,
        childName: schema === here ? table : child,
        columns: parts.map((part) => part[3]!),
        parent: quoted(parent, dialect),
        parentName: parent,
        parentColumns: parts.map((part) => part[5]!),
      }
    })
  }
  const rows = (await place.query(SQLITE)) as string[][]
  return [...grouped(rows, ([table, id]) => `${table}.${id}`).values()].map((parts) => {
    const [table, , , parent] = parts[0] as [string, string, string, string]
    return {
      child: quoted(table),
      childName: folded(table),
      columns: parts.map((part) => part[2]!),
      parent: quoted(parent),
      parentName: folded(parent),
      parentColumns: parts.map((part) => folded(part[4]!)),
    }
  })
}

/** Drivers give a truth as text, number or itself. */
function isTrue(value: unknown): boolean {
  return value === true || value === 't' || value === 'true' || value === 1
}

/** SQLite knows names whatever their case; only ASCII letters have one. */
function folded(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Rows by key, in the order of their first. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

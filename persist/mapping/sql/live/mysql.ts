import type { Model } from '../../metadata/metadata.ts'
import { modelTable, quoted, type SqlBackend } from '../sql.ts'
import { type LiveColumn, type LiveTable, NO_TABLE, type Obstacle, uniquesOfRows } from './live-table.ts'
import { mysqlType } from './native-type.ts'

/** ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR: by number, or in Prisma's words. */
const DENIED = /\b114[23]\b|command denied to user/

export async function mysqlTable(backend: SqlBackend, model: Model): Promise<LiveTable> {
  const { schema, table } = model
  const place = [schema, table]
  const [found] = await backend.query(
    'SELECT table_type FROM information_schema.tables WHERE table_schema = coalesce(?, database()) AND table_name = ?',
    place,
  )
  if (!found) return NO_TABLE
  const triggers = await backend.query(
    `SELECT trigger_name, action_timing FROM information_schema.triggers
     WHERE event_object_schema = coalesce(?, database()) AND event_object_table = ? AND event_manipulation = 'INSERT'`,
    place,
  )
  const mayFill = triggers.some(([, timing]) => timing === 'BEFORE')
  const rows = await backend.query(
    `SELECT column_name, is_nullable, column_default IS NOT NULL, extra, data_type, character_set_name, column_type,
       character_maximum_length, numeric_precision, numeric_scale, datetime_precision
     FROM information_schema.columns WHERE table_schema = coalesce(?, database()) AND table_name = ? ORDER BY ordinal_position`,
    place,
  )
  const columns = rows.map((row): [string, LiveColumn] => {
    const [name, nullable, filled, extra, type, characters, whole, length, precision, scale, digits] = row
    const bare = String(type).toLowerCase()
    return [
      String(name),
      {
        required: nullable === 'NO',
        filled: Number(filled) === 1 || mayFill || /auto_increment|default_generated/i.test(String(extra)),
        generated: /(?:virtual|stored|persistent) generated|^(?:virtual|persistent)/i.test(String(extra)),
        type: String(whole).toLowerCase(),
        native: mysqlType(bare, String(whole), { length, precision, scale, digits }),
        characters:
          characters === null || /^(?:utf8mb4|utf16|utf16le|utf32|binary)$/.test(String(characters))
            ? null
            : String(characters),
      },
    ]
  })
  const uniques = await backend.query(
    `SELECT index_name, CASE WHEN sub_part IS NULL THEN column_name END, 0 FROM information_schema.statistics
     WHERE table_schema = coalesce(?, database()) AND table_name = ? AND non_unique = 0 ORDER BY index_name, seq_in_index`,
    place,
  )
  const kind = /view/i.test(String(found[0])) ? 'view' : 'table'
  const obstacles = kind === 'view' ? [] : await obstaclesOf(backend, model, columns)
  return {
    kind,
    columns: new Map(columns),
    uniques: uniquesOfRows(uniques),
    checks: (await checksOf(backend, place)).map(([name, clause]) => ({
      name: String(name),
      clause: String(clause),
      columns: columns.map(([column]) => column).filter((column) => String(clause).includes(`\`${column}\``)),
    })),
    triggers: triggers.map(([name]) => String(name)),
    obstacles,
  }
}

/** MariaDB says whose a CHECK is, MySQL in another table; what keeps JSON whole is MariaDB's own. */
async function checksOf(backend: SqlBackend, place: readonly unknown[]): Promise<unknown[][]> {
  const where =
    "WHERE c.constraint_schema = coalesce(?, database()) AND {}.table_name = ? AND c.check_clause NOT LIKE 'json_valid(%'"
  const mariadb = `SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints c ${where.replace('{}', 'c')}`
  const mysql = `SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints c
    JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name) ${where.replace('{}', 't')}`
  return backend
    .query(mariadb, place)
    .catch(() => backend.query(mysql, place))
    .catch(() => [])
}

/** Rights are known to the server alone: it looks at them before it explains a statement. */
async function obstaclesOf(
  backend: SqlBackend,
  model: Model,
  columns: readonly (readonly [string, LiveColumn])[],
): Promise<Obstacle[]> {
  const name = modelTable(model, 'mysql')
  const plain = columns.filter(([, { generated }]) => !generated).map(([column]) => quoted(column, 'mysql'))
  const refused = (sql: string) =>
    backend.query(sql).then(
      () => false,
      (error: { errno?: number; message?: string }) => DENIED.test(`${error.errno} ${error.message}`),
    )
  const insert = `EXPLAIN INSERT INTO ${name} (${plain.join(', ')}) SELECT ${plain.map(() => 'NULL').join(', ')} FROM DUAL WHERE 1 = 0`
  return [
    ...((await refused(insert)) ? (['may not insert'] as const) : []),
    ...((await refused(`SELECT 1 FROM ${name} LIMIT 0`)) ? (['may not read'] as const) : []),
  ]
}

import type { Model } from '../../metadata/metadata.ts'
import { modelTable, type SqlBackend } from '../sql.ts'
import { type LiveColumn, type LiveTable, NO_TABLE, type Obstacle, uniquesOfRows } from './live-table.ts'
import { postgresqlType } from './native-type.ts'

const KINDS: Readonly<Record<string, LiveTable['kind']>> = { r: 'table', p: 'partitioned', f: 'foreign' }
const yes = (value: unknown) => value === 'true'

export async function postgresqlTable(backend: SqlBackend, model: Model): Promise<LiveTable> {
  const name = modelTable(model, 'postgresql')
  const [found] = await backend.query(
    `SELECT c.relkind::text, row_security_active(c.oid)::text, has_table_privilege(c.oid, 'INSERT')::text,
       has_table_privilege(c.oid, 'SELECT')::text, EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)::text,
       current_setting('server_encoding')
     FROM pg_class c WHERE c.oid = to_regclass($1::text)`,
    [name],
  )
  if (!found) return NO_TABLE
  const [kind, secured, inserts, reads, parts, encoding] = found.map(String)
  // Rows before (2) they are inserted (4), each (1).
  const triggers = await backend.query(
    `SELECT tgname::text, ((tgtype & 7) = 7)::text FROM pg_trigger
     WHERE tgrelid = to_regclass($1::text) AND NOT tgisinternal AND tgenabled <> 'D' AND (tgtype & 4) = 4 ORDER BY 1`,
    [name],
  )
  const mayFill = triggers.some(([, before]) => yes(before))
  const rows = await backend.query(
    `SELECT attname::text, (attnotnull OR t.typnotnull)::text,
       (atthasdef OR attidentity <> '' OR t.typdefault IS NOT NULL)::text,
       (attgenerated <> '')::text, t.typname::text, (a.attcollation <> 0)::text, a.atttypmod::text
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE attrelid = to_regclass($1::text) AND attnum > 0 AND NOT attisdropped`,
    [name],
  )
  const limited = encoding === 'UTF8' || encoding === 'SQL_ASCII' ? null : encoding!
  const columns = rows.map(([column, required, filled, generated, type, text, modifier]): [string, LiveColumn] => [
    String(column),
    {
      required: yes(required),
      filled: yes(filled) || mayFill,
      generated: yes(generated),
      type: String(type),
      native: postgresqlType(String(type), Number(modifier)),
      characters: yes(text) ? limited : null,
    },
  ])
  const uniques = await backend.query(
    `SELECT i.indexrelid::text, a.attname::text, CASE WHEN i.indimmediate THEN 0 ELSE 1 END
     FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (n, place)
       LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n
     WHERE i.indrelid = to_regclass($1::text) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
       AND k.place <= i.indnkeyatts ORDER BY i.indexrelid, k.place`,
    [name],
  )
  const checks = await backend.query(
    `SELECT k.conname::text, pg_get_constraintdef(k.oid, true), coalesce((SELECT json_agg(a.attname)::text
       FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)), '[]')
     FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid = to_regclass($1::text) ORDER BY 1`,
    [name],
  )
  const obstacles: Obstacle[] = []
  if (secured === 'true') obstacles.push('row security')
  if (inserts !== 'true') obstacles.push('may not insert')
  if (reads !== 'true') obstacles.push('may not read')
  if (kind === 'p' && parts !== 'true') obstacles.push('no partition')
  return {
    kind: KINDS[kind!] ?? 'view',
    columns: new Map(columns),
    uniques: uniquesOfRows(uniques),
    checks: checks.map(([check, clause, of]) => ({
      name: String(check),
      clause: String(clause).replace(/^CHECK \((.*)\)(?: NO INHERIT| NOT VALID)*$/s, '$1'),
      columns: JSON.parse(String(of)) as string[],
    })),
    triggers: triggers.map(([trigger]) => String(trigger)),
    obstacles,
  }
}

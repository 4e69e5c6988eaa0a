import { MingleError } from '../../../sim/kernel/index.ts'
import type { TableBatch } from '../../batch.ts'
import type { Field, Model } from '../metadata/metadata.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { type Dialect, modelTable, type SqlBackend, Statement } from '../sql/sql.ts'

/** Told to a step whose numbers the site has taken meanwhile: it begins again with others. */
export const NUMBERS_TAKEN = 'NUMBERS_TAKEN'

/**
 * Lets the site's own inserts go on above the numbers of a step, before these are announced. Within a transaction that is
 * PostgreSQL's need alone. Without one, whatever lies among announced numbers is removed should the step be cut off: so
 * none of the site's rows may come to lie there, and none may lie there already.
 *
 * @throws MingleError NUMBERS_TAKEN when one does
 */
export async function reserveNumbers(backend: SqlBackend, plan: Plan, step: readonly TableBatch[]): Promise<void> {
  if (backend.transactional && backend.dialect !== 'postgresql') return
  const claims = step.flatMap((batch) => plan.targets.flatMap((target) => claimOf(target, batch)))
  // Once a model: another fact's numbers in it must not move the counter back.
  for (const model of new Set(claims.map((claim) => claim.model))) {
    const own = claims.filter((claim) => claim.model === model)
    const last = own.reduce((greatest, claim) => Math.max(greatest, claim.last), 0)
    await advanceCounter(backend, model, own[0]!.column, last)
  }
  if (!backend.transactional) for (const claim of claims) await refuseTaken(backend, claim)
}

/** Numbers of a model that a step takes. */
interface NumberClaim {
  readonly model: Model
  readonly column: string
  readonly first: number
  readonly last: number
}

function claimOf({ facts, selector, model, verb, target }: PlannedTarget, batch: TableBatch): NumberClaim[] {
  const { shape, rows, columns } = batch
  if (rows === 0 || facts.table !== shape.table || verb !== 'insert') return []
  const counted = selector?.scope === 'step' && isCounted(selector.column.field)
  if (!counted || selector.rule.kind !== 'number') return []
  const { stride, lane } = selector.rule
  const numbers = columns[facts.own[0]!] as Float64Array
  const first = numbers[0]! * stride + lane
  const last = numbers[rows - 1]! * stride + lane + (target.most ?? 1) - 1
  return [{ model, column: selector.column.field.column, first, last }]
}

/** Whether the database gives the site's own rows their numbers; `dbgenerated`: perhaps, the database is asked. */
export function isCounted({ default: by }: Field): boolean {
  return by === 'autoincrement' || by === 'dbgenerated'
}

async function refuseTaken(backend: SqlBackend, { model, column, first, last }: NumberClaim) {
  const statement = new Statement(backend.dialect)
  const range = `${statement.name(column)} BETWEEN ${statement.value(first)} AND ${statement.value(last)}`
  const sql = `SELECT 1 FROM ${modelTable(model, backend.dialect)} WHERE ${range} LIMIT 1`
  if ((await backend.query(sql, statement.values)).length === 0) return
  const message = `others write into ${model.name} of ${backend.url}; nothing of this step was written`
  throw new MingleError(NUMBERS_TAKEN, message)
}

/** A counter that others moved further stays where it is. */
export async function advanceCounter(backend: SqlBackend, model: Model, column: string, last: number): Promise<void> {
  await COUNTERS[backend.dialect](backend, model, column, last)
}

/** PostgreSQL: the sequence that a column's default asks, whether the column owns it or not; else the identity's. */
const COUNTER_OF = `
  SELECT coalesce(
    (SELECT d.refobjid::regclass FROM pg_attrdef f
      JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
      JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
      JOIN pg_class c ON c.oid = d.refobjid AND c.relkind = 'S'
      WHERE f.adrelid = $2::text::regclass AND a.attname = $3::text LIMIT 1),
    (SELECT d.objid::regclass FROM pg_depend d
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'
        AND d.refobjid = $2::text::regclass AND a.attname = $3::text LIMIT 1),
    (SELECT to_regclass((regexp_match(pg_get_expr(f.adbin, f.adrelid), 'nextval\\(''([^'']+)'''))[1]) FROM pg_attrdef f
      JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
      WHERE f.adrelid = $2::text::regclass AND a.attname = $3::text),
    pg_get_serial_sequence($2::text, $3::text)::regclass)`

type Advance = (backend: SqlBackend, model: Model, column: string, last: number) => Promise<void>

const COUNTERS: Readonly<Record<Dialect, Advance>> = {
  async postgresql(backend, model, column, last) {
    await backend.query(
      `SELECT setval(s, $1::bigint)::text FROM (${COUNTER_OF}) q (s) ` +
        'WHERE s IS NOT NULL AND $1::bigint > coalesce(pg_sequence_last_value(s), 0)',
      [last, modelTable(model, 'postgresql'), column],
    )
  },
  /** Tables without AUTOINCREMENT have no counter: the next number follows the greatest that is there. */
  async sqlite(backend, { table }, _, last) {
    const [counted] = await backend.query(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql LIKE '%AUTOINCREMENT%'",
      [table],
    )
    if (!counted) return
    await backend.execute('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?', [last, table])
    await backend.execute(
      'INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)',
      [table, last, table],
    )
  },
  /**
   * It changes the table's definition alone, but waits for whoever reads the table, and whoever comes after waits for it:
   * so it gives up in a second. Then, and for users who may not alter tables, the rows themselves move the counter, the
   * last of them first. The server keeps it above the rows that are there.
   */
  async mysql(backend, model, _, last) {
    const sql = `ALTER TABLE ${modelTable(model, 'mysql')} AUTO_INCREMENT = ${last + 1}`
    await backend.execute('SET SESSION lock_wait_timeout = 1')
    await backend.execute(sql).catch((error) => {
      if (backend.isLost?.(error)) throw error
    })
    await backend.execute('SET SESSION lock_wait_timeout = DEFAULT')
  },
}

import type { DerivedRows } from '../plan/derived-rows.ts'
import type { PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { Staging } from '../read/invert/index.ts'
import { quoted, written } from '../sql/sql.ts'

/** What is to be done about rows: `renew` those of which the moment alone differs. */
export type Deed = 'remove' | 'renew' | 'change' | 'add'

export interface Difference {
  /** Rows to be treated, by deed: of the staged table `there` for `remove`, else of `made`. */
  readonly rows: Readonly<Record<Deed, number>>
  readonly unchanged: number
  /** Rows in the way that no job wrote. */
  readonly kept: number
}

/**
 * Compares the rows of a model with those that were computed. Both stand in staged tables with the target's columns.
 * @param moments as of which the job ever computed, in epoch ms: rows with another are somebody else's
 */
export function compare(
  staging: Staging,
  target: PlannedTarget,
  { by, computedAt }: DerivedRows,
  tables: { readonly there: string; readonly made: string; readonly deeds: string },
  moments: Iterable<number>,
): Difference {
  const { there, made, deeds } = tables
  const name = ({ field }: PlannedColumn) => quoted(field.column)
  const keys = by.map(name).join(', ')
  // Where two rows of lookup tables have become one, so do rows about them.
  staging.db.exec(
    `DELETE FROM ${made} WHERE rowid NOT IN (SELECT min(rowid) FROM ${made} GROUP BY ${keys});
     CREATE INDEX ${made}_keys ON ${made} (${keys}); CREATE INDEX ${there}_keys ON ${there} (${keys})`,
  )
  const same = by.map((column) => `t.${name(column)} = m.${name(column)}`).join(' AND ')
  const stored = [...moments].map((at) => literal(computedAt, at)).join(', ')
  const own = `t.${name(computedAt)} IN (${stored})`
  const others = comparedColumns(target, by).filter((column) => column !== computedAt)
  const differs = others.map((column) => `t.${name(column)} IS NOT m.${name(column)}`).join(' OR ') || '0'
  const joined = `FROM ${there} t JOIN ${made} m ON ${same}`
  const renewed = `t.${name(computedAt)} IS NOT m.${name(computedAt)}`
  staging.db.exec(`CREATE TABLE ${deeds} (deed TEXT, n INTEGER)`)
  const note = (deed: Deed, sql: string) => staging.db.exec(`INSERT INTO ${deeds} SELECT '${deed}', ${sql}`)
  const order = by.map((column) => `x.${name(column)}`).join(', ')
  const ordered = (alias: string) => ` ORDER BY ${order.replaceAll('x.', `${alias}.`)}`
  note(
    'remove',
    `t.rowid FROM ${there} t LEFT JOIN ${made} m ON ${same} WHERE m.rowid IS NULL AND ${own}${ordered('t')}`,
  )
  note('renew', `m.rowid ${joined} WHERE ${own} AND NOT (${differs}) AND ${renewed}${ordered('m')}`)
  note('change', `m.rowid ${joined} WHERE ${own} AND (${differs})${ordered('m')}`)
  note('add', `m.rowid FROM ${made} m LEFT JOIN ${there} t ON ${same} WHERE t.rowid IS NULL${ordered('m')}`)
  const count = (deed: Deed) => staging.number(`SELECT count(*) FROM ${deeds} WHERE deed = '${deed}'`)
  return {
    rows: { remove: count('remove'), renew: count('renew'), change: count('change'), add: count('add') },
    unchanged: staging.number(`SELECT count(*) ${joined} WHERE ${own} AND NOT (${differs}) AND NOT (${renewed})`),
    kept: staging.number(`SELECT count(*) ${joined} WHERE NOT coalesce(${own}, 0)`),
  }
}

/** What a row says, in contrast to its own key, and to whom or what it is about. */
export function comparedColumns({ all, model }: PlannedTarget, by: readonly PlannedColumn[]): PlannedColumn[] {
  return all.filter((column) => !by.includes(column) && !model.primaryKey.includes(column.field.name))
}

/** A moment as a staged column has it. */
function literal({ kind, tick }: PlannedColumn, at: number): string {
  const kept = Math.floor(at / tick) * tick
  if (kind !== 'time') return String(kept)
  return `'${written('sqlite', 'time', kept)}'`
}

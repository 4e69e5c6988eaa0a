import type { NativeType } from './native-type.ts'

/** A table as the database has it: what a Prisma schema does not say of it, too. */
export interface LiveTable {
  /** `null`: there is none. */
  readonly kind: 'table' | 'view' | 'partitioned' | 'foreign' | null
  readonly columns: ReadonlyMap<string, LiveColumn>
  /** The primary key among them; none that is partial or of expressions. */
  readonly uniques: readonly LiveUnique[]
  readonly checks: readonly LiveCheck[]
  /** What fires on each row that is inserted. */
  readonly triggers: readonly string[]
  /** Why rows can't be written there by this user, or would not all be seen, as far as the database tells beforehand. */
  readonly obstacles: readonly Obstacle[]
}

export interface LiveColumn {
  readonly required: boolean
  /** The database fills it where a row leaves it out: a default, a counter, an identity, perhaps a trigger. */
  readonly filled: boolean
  /** The database computes it, and takes no value. */
  readonly generated: boolean
  readonly type: string
  /** What bounds it, in the words of a Prisma schema. */
  readonly native: NativeType
  /** Of a text whose characters are not all that there are: which it has. */
  readonly characters: string | null
}

export interface LiveUnique {
  readonly columns: readonly string[]
  /** PostgreSQL: looked at when the transaction ends, so that no row can be folded by it. */
  readonly late: boolean
}

export interface LiveCheck {
  readonly name: string
  /** What must hold, in the database's words. */
  readonly clause: string
  readonly columns: readonly string[]
}

export type Obstacle = 'row security' | 'no partition' | 'may not insert' | 'may not read'

export const NO_TABLE: LiveTable = {
  kind: null,
  columns: new Map(),
  uniques: [],
  checks: [],
  triggers: [],
  obstacles: [],
}

/** Columns by the index they belong to. @param rows index, column, and whether the index is late, in order */
export function uniquesOfRows(rows: readonly (readonly unknown[])[]): LiveUnique[] {
  const found = new Map<string, { columns: string[]; late: boolean; plain: boolean }>()
  for (const [index, column, late] of rows) {
    const unique = found.get(String(index)) ?? { columns: [], late: Number(late) === 1, plain: true }
    found.set(String(index), unique)
    if (column === null || column === undefined) unique.plain = false
    else unique.columns.push(String(column))
  }
  return [...found.values()].filter(({ plain }) => plain).map(({ columns, late }) => ({ columns, late }))
}

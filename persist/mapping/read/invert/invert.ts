import { isCommitted, type LedgerDay, type LedgerRun } from '../../../ledger/records.ts'
import { daysBatch, LEDGER, runBatch } from '../../../ledger/tables.ts'
import { ownLookups } from '../../../rows/lookups.ts'
import { batchOf } from '../../../rows/read.ts'
import { TABLE_NAMES, TABLES } from '../../../rows/tables.ts'
import { type Space, spaceOfTable } from '../../config/sources.ts'
import type { Plan, PlannedTarget } from '../../plan/plan.ts'
import { adoptedKeys } from '../../plan/rule-names.ts'
import { Translator } from '../../rows/translate.ts'
import { quoted, type SqlBackend, Statement } from '../../sql/sql.ts'
import { LookupRows, resolveLookups } from '../../write/lookups.ts'
import { runRanges } from '../ranges.ts'
import { type KeyMaker, type NumberRange, readRows } from '../select.ts'
import { isWhole } from '../whole.ts'
import { fill, type Hole, holesOf } from './fill.ts'
import { Inverter } from './inverse.ts'
import { type Part, type Recipe, recipeOf } from './recipe.ts'
import { RunNumbers } from './run-numbers.ts'
import type { Staging } from './staging.ts'

const PEOPLE_PER_READ = 20_000
/** About as many rows are read at a time, and as many numbers at most. */
const ROWS_AT_ONCE = 20_000
const NUMBERS_AT_ONCE = 5000

/** What of the reference schema a user's rows tell. */
export interface Holding {
  /**
   * `likes.action`: the column is told; `likes.created_at!`: exactly, to the millisecond; `likes#`: how many rows the
   * run wrote; `likes.dislikes`: not LIKEs alone; `profiles.own`: profiles have rows of their own.
   */
  readonly held: ReadonlySet<string>
  readonly holes: readonly Hole[]
  /** The key that the user's model has for a row of a reference table; null where its number is not the run's. */
  readonly keyOf: (table: string, id: number) => string | null
}

/** Turns a run's rows back into rows of the reference schema, in a database of its own. It only reads the user's. */
export async function invertRun(sql: SqlBackend, plan: Plan, run: LedgerRun, staging: Staging): Promise<Holding> {
  const days = (await sql.ledger.days(run.id)).filter((row) => isCommitted(row, run))
  const numbers = await runRanges(sql.ledger, run)
  const brought = ownLookups(run.segments[0]!.inputs)
  const resolved = await resolveLookups(sql, plan, await LookupRows.make(brought), false)
  const translator = new Translator(plan, run.seed, resolved, run.segments)
  const keyOf = translator.key.bind(translator)
  const inverter = new Inverter(
    plan,
    resolved,
    new RunNumbers(resolved, keyOf, numbers, staging, adoptedKeys(run.segments)),
    staging,
  )
  const held = new Set<string>()
  const holes: Hole[] = []
  const ledger: LedgerDay[] = []
  const staged = new Map<PlannedTarget, string>()
  for (const table of TABLE_NAMES) {
    const recipe = recipeOf(plan, table, inverter, (target) => isWhole(plan, target, days))
    if (!recipe) {
      // The run wrote such facts, and nothing of them is told.
      if (days.some((row) => row.table === table)) ledger.push(rangeOf(table, 1, 0))
      continue
    }
    for (const { target } of recipe.branches.flat()) {
      if (!staged.has(target)) staged.set(target, await stage(sql, target, days, numbers, keyOf, staging))
    }
    const stagedAs = ({ target }: Part) => staged.get(target)!
    fill(staging, recipe, stagedAs)
    holes.push(...holesOf(staging, recipe, stagedAs))
    const own = days.filter((row) => row.table === table)
    const promised = recipe.likesAlone
      ? plan.targets.filter(({ facts }) => facts.table === table).length === 1
        ? sum(own.map(({ rows }) => rows))
        : null
      : sum(own.map(({ firstId, lastId }) => lastId - firstId + 1))
    ledger.push(...ledgerOf(staging, recipe, own, promised))
    note(held, recipe, promised !== null)
    // The same rows may tell people and their profiles.
    if (table !== 'users') for (const [target, name] of staged) if (staged.delete(target)) staging.drop(name)
  }
  staging.insert(runBatch(run.id, { ...run, segment: run.segments[0]! }, run, 0))
  if (ledger.length > 0) staging.insert(daysBatch(run.id, ledger))
  await copyPeople(sql, run.id, staging)
  const nameOf = (table: string, id: number) => {
    const space = spaceOfTable(table)
    const rule = space && plan.primary.get(space)
    return rule && held.has(`${table}.id`) ? String(keyOf(rule, id)) : null
  }
  return { held, holes: [...new Map(holes.map((hole) => [hole.label, hole])).values()], keyOf: nameOf }
}

function note(held: Set<string>, { table, held: columns, likesAlone, branches }: Recipe, counted: boolean): void {
  for (const [name, exact] of columns) {
    held.add(`${table}.${name}`)
    if (exact) held.add(`${table}.${name}!`)
  }
  if (counted) held.add(`${table}#`)
  if (table === 'likes' && !likesAlone) held.add('likes.dislikes')
  if (table === 'profiles' && branches[0]![0].target.source === 'profile') held.add('profiles.own')
}

/** Copies a target's rows as they are. @returns the table they are in */
async function stage(
  sql: SqlBackend,
  target: PlannedTarget,
  days: readonly LedgerDay[],
  numbers: ReadonlyMap<Space, readonly NumberRange[]>,
  keyOf: KeyMaker,
  staging: Staging,
): Promise<string> {
  const { scope, space } = target.selector!
  const own = days.filter((row) => row.table === target.facts.table && row.lastId >= row.firstId)
  const ranges =
    scope === 'run' ? (numbers.get(space) ?? []) : own.map(({ firstId, lastId }) => ({ first: firstId, last: lastId }))
  const { name, insert } = staging.table(target.full)
  const each = sum(own.map(({ rows }) => rows)) / Math.max(1, sum(ranges.map(({ first, last }) => last - first + 1)))
  for await (const batch of readRows(sql, target, [...pieces(ranges, each)], keyOf)) if (batch.rows > 0) insert(batch)
  return name
}

/** Ranges in parts that hold about as many rows. @param each rows of a number */
function* pieces(ranges: readonly NumberRange[], each: number): Iterable<NumberRange> {
  const size = Math.min(NUMBERS_AT_ONCE, Math.max(1, Math.floor(ROWS_AT_ONCE / Math.max(1, each))))
  for (const { first, last } of ranges) {
    for (let from = first; from <= last; from += size) yield { first: from, last: Math.min(last, from + size - 1) }
  }
}

/** The ledger as it would be beside these rows. */
function ledgerOf(staging: Staging, recipe: Recipe, own: readonly LedgerDay[], promised: number | null): LedgerDay[] {
  if (TABLES[recipe.table].key !== 'id') return []
  if (recipe.numbered && promised !== null && !recipe.likesAlone) {
    return own.map((row) => ({ ...row, rows: row.lastId - row.firstId + 1 }))
  }
  const last = staging.number(`SELECT max(id) FROM ${quoted(recipe.table)}`)
  return [rangeOf(recipe.table, promised ?? last, last)]
}

function rangeOf(table: string, rows: number, lastId: number): LedgerDay {
  return { day: 0, chunk: 0, table, rows, firstId: 1, lastId, factDigest: null, contentDigest: '', markets: null }
}

async function copyPeople(sql: SqlBackend, runId: number, staging: Staging): Promise<void> {
  const shape = LEDGER.seed_people
  for (let after = 0; ; ) {
    const statement = new Statement(sql.dialect)
    const where = `run_id = ${statement.value(runId)} AND k > ${statement.value(after)}`
    const rows = await sql.query(
      `SELECT ${Object.keys(shape.columns).join(', ')} FROM seed_people WHERE ${where} ORDER BY k LIMIT ${PEOPLE_PER_READ}`,
      statement.values,
    )
    const batch = batchOf(shape, rows)
    if (batch.rows > 0) staging.insert(batch)
    if (batch.rows < PEOPLE_PER_READ) return
    after = (batch.columns.k as Float64Array).at(-1)!
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

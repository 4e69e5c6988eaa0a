import type { TableShape } from '../../batch.ts'
import { batchOf } from '../../rows/read.ts'
import { LOOKUPS, TABLE_NAMES, type TableName } from '../../rows/tables.ts'
import { LOOKUP_SOURCES, sourceOf } from '../config/sources.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import { fill } from '../read/invert/fill.ts'
import type { Staging } from '../read/invert/index.ts'
import { type Part, type Recipe, recipeOf } from '../read/invert/recipe.ts'
import { keyColumn, scan } from '../read/scan.ts'
import { quoted, type SqlBackend } from '../sql/sql.ts'
import type { LookupRows } from '../write/lookups.ts'
import { spellAnswers } from './answers-back.ts'
import { columnsAsked, NEEDS } from './needs.ts'
import { factsOnly } from './own-rows.ts'
import type { SiteInverter } from './site-inverter.ts'
import type { SiteNumbers } from './site-numbers.ts'
import { gatherAnswers, type SpreadAnswers, spreadAnswers } from './spread-answers.ts'

/** Columns without which a site's row of a lookup table is not known. */
const LOOKUP_NEEDS: Readonly<Record<string, readonly string[]>> = {
  interests: ['name'],
  quizzes: ['slug'],
  quiz_questions: ['quiz_id', 'position'],
  quiz_options: ['question_id', 'value', 'position'],
}
const NEUTRAL = { id: '0', int: '0', float: '0.0', time: "''", date: "''", json: "'{}'", text: "''" }

/** A whole site, table by table, as the reference schema has it: people of every run, and the site's own. */
export class SiteTables {
  readonly #sql: SqlBackend
  readonly #plan: Plan
  readonly #staging: Staging
  readonly #numbers: SiteNumbers
  readonly #inverter: SiteInverter
  readonly #recipes = new Map<TableName, Recipe>()
  readonly #filled = new Set<TableName>()
  /** Where answers are a row each, which no recipe turns back. */
  readonly #spread: SpreadAnswers | null
  #known = false

  constructor(sql: SqlBackend, plan: Plan, staging: Staging, numbers: SiteNumbers, inverter: SiteInverter) {
    this.#sql = sql
    this.#plan = plan
    this.#staging = staging
    this.#numbers = numbers
    this.#inverter = inverter
    const narrow = { ...plan, targets: plan.targets.map(asked) }
    for (const table of TABLE_NAMES) {
      if (columnsAsked(table).size === 0 && table !== 'users') continue
      const recipe = recipeOf(narrow, table, inverter, () => true)
      if (recipe) this.#recipes.set(table, recipe)
    }
    this.#spread = this.#recipes.get('quiz_answers')?.held.has('answers') ? null : spreadAnswers(plan)
  }

  /** Whether the site's rows tell a column. */
  holds(table: string, column: string): boolean {
    if (table === 'quiz_answers' && this.#spread) return ['user_id', 'quiz_id', 'answers'].includes(column)
    return this.#recipes.get(table as TableName)?.held.has(column) ?? false
  }

  /** Fills a reference table; leaves it empty where the site has no such rows. */
  async fill(table: TableName): Promise<void> {
    if (this.#filled.has(table)) return
    this.#filled.add(table)
    if (table === 'quiz_answers' && this.#spread) return this.#gather(this.#spread)
    const recipe = this.#recipes.get(table)
    if (!recipe) return
    const staged = new Map<PlannedTarget, string>()
    for (const { target } of recipe.branches.flat()) {
      if (!staged.has(target)) staged.set(target, await this.#stage(target))
    }
    const required = [...requiredOf(table)].filter((column) => recipe.held.has(column))
    fill(this.#staging, recipe, ({ target }: Part) => staged.get(target)!, required)
    for (const name of staged.values()) this.#staging.drop(name)
    if (table === 'quiz_answers') this.#spell(recipe)
    // Nobody looks for somebody whose place is not known.
    if (table === 'profiles' && recipe.held.has('latitude'))
      this.#staging.db.exec("UPDATE profiles SET seeks = '' WHERE latitude = 0 AND longitude = 0")
  }

  /** Fills the lookup tables: with the rows that Mingle knows, and with those that the site alone has. */
  async fillLookups(lookups: LookupRows): Promise<void> {
    if (this.#known) return
    this.#known = true
    for (const source of LOOKUP_SOURCES) {
      const { table, space } = sourceOf(source)
      const batch = lookups.batches.get(table)
      if (batch) this.#staging.insert(batch)
      const target = this.#plan.lookups.get(source)
      if (!target || !(await this.#numbers.prepare({ kind: 'table', space: space! }, space!))) continue
      await this.#ownLookups(target, LOOKUPS[table as keyof typeof LOOKUPS])
    }
  }

  async #ownLookups(target: PlannedTarget, shape: TableShape): Promise<void> {
    const { model, facts, all, full } = target
    await this.#prepare(all, target)
    const told = this.#inverter.columns(target)
    if (!(LOOKUP_NEEDS[shape.table] ?? []).every((name) => told.has(name))) return
    const key = keyColumn(model, model.primaryKey[0]!, this.#plan.metadata.provider)
    const columns = all.filter(({ field }) => field.column in full.columns)
    const own = '_key'
    const staged: TableShape = { ...full, columns: { [own]: key.kind, ...full.columns } }
    const { name, insert } = this.#staging.table(staged)
    for await (const rows of scan(this.#sql, model, [key, ...columns])) insert(batchOf(staged, rows))
    const number = this.#numbers.number({ kind: 'table', space: facts.space! }, facts.space!, key.kind, `s.${own}`)
    const values = Object.entries(shape.columns).map(([column, kind]) =>
      column === 'id' ? number : `coalesce(${told.get(column)?.sql() ?? 'NULL'}, ${NEUTRAL[kind]})`,
    )
    this.#staging.db.exec(
      `INSERT OR IGNORE INTO ${quoted(shape.table)} (${Object.keys(shape.columns)
        .map((each) => quoted(each))
        .join(', ')})
       SELECT ${values.join(', ')} FROM ${name} s WHERE ${number} IS NOT NULL`,
    )
    this.#staging.drop(name)
  }

  /** Copies a target's rows as they are. @returns the table they are in */
  async #stage(target: PlannedTarget): Promise<string> {
    await this.#prepare(target.all, target)
    const { name, insert } = this.#staging.table(target.full)
    const columns = Object.keys(target.full.columns).map(
      (column) => target.all.find(({ field }) => field.column === column)!,
    )
    for await (const rows of scan(this.#sql, target.model, columns, factsOnly(this.#plan, target))) {
      insert(batchOf(target.full, rows))
    }
    return name
  }

  /** Numbers of whatever rows some columns refer to. */
  async #prepare(columns: readonly PlannedColumn[], { facts }: PlannedTarget): Promise<void> {
    for (const { producer } of columns) {
      if (producer.from === 'key' && producer.columns.length === 1) {
        const { space } = facts.columns[producer.columns[0]!]!
        if (space) await this.#numbers.prepare(producer.rule, space)
      }
      // A function may give any of the fact's keys back.
      if (producer.from !== 'function' && producer.from !== 'returned') continue
      for (const { space } of Object.values(facts.columns)) {
        const rule = space && this.#plan.primary.get(space)
        if (rule) await this.#numbers.prepare(rule, space)
      }
    }
  }

  async #gather(spread: SpreadAnswers): Promise<void> {
    for (const space of ['quiz', 'question', 'option'] as const) {
      if (this.#plan.lookups.has(space)) await this.#numbers.prepare({ kind: 'table', space }, space)
    }
    const staged = await this.#stage(spread.target)
    gatherAnswers(this.#staging, spread, this.#plan, this.#numbers, staged)
    this.#staging.drop(staged)
  }

  #spell({ branches }: Recipe): void {
    for (const { target } of branches.flat()) {
      for (const { producer } of target.all) {
        if (producer.from !== 'answers') continue
        const key = (space: 'question' | 'option', number: number) =>
          this.#plan.lookups.has(space) ? this.#numbers.keyOf({ kind: 'table', space }, space, number) : null
        spellAnswers(this.#staging, producer.form, key)
        return
      }
    }
  }
}

function requiredOf(table: string): ReadonlySet<string> {
  if (table === 'users') return new Set(['id'])
  // Of a profile, who it is and how old; what else is not known is empty. Of all others, everything that is asked.
  return table === 'profiles' ? new Set(NEEDS.searchable_users.required.profiles) : columnsAsked(table)
}

/** A target with those of its columns alone that somebody asks for. */
function asked(target: PlannedTarget): PlannedTarget {
  const wanted = columnsAsked(target.facts.table)
  const also = target.source === 'user' || target.source === 'profile' ? columnsAsked('profiles') : wanted
  const isAsked = ({ producer }: PlannedColumn) =>
    producer.from !== 'column' ||
    wanted.has(producer.column) ||
    also.has(producer.column) ||
    target.facts.own.includes(producer.column) ||
    // Names by which lookup rows are told.
    ['interest', 'quiz'].includes(producer.column)
  const columns = new Set(target.all.filter(isAsked).map(({ field }) => field.column))
  const kept = Object.entries(target.full.columns).filter(([name]) => columns.has(name))
  return { ...target, full: { ...target.full, columns: Object.fromEntries(kept) } }
}

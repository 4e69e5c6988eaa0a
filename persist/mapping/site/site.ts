import { QUIZZES, taxonomyOf } from '../../../sim/content/index.ts'
import { badInput } from '../../../sim/kernel/index.ts'
import { DERIVED, type DerivedTable } from '../../rows/derived.ts'
import { type OwnLookups, ownLookups } from '../../rows/lookups.ts'
import { batchOf } from '../../rows/read.ts'
import type { TableName } from '../../rows/tables.ts'
import { liveProblems } from '../check/live.ts'
import { refuseProblems, withFactsOfRuns } from '../check/own-facts.ts'
import { problemsFound } from '../config/problem.ts'
import { sourcesOfTable } from '../config/sources.ts'
import type { Model } from '../metadata/metadata.ts'
import { derivedTarget } from '../plan/derived.ts'
import { type DerivedRows, derivedRows } from '../plan/derived-rows.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import { isPlainNumber, ruleName } from '../plan/rule-names.ts'
import { Staging } from '../read/invert/index.ts'
import { keyColumn, scan } from '../read/scan.ts'
import type { Resolved } from '../rows/translate.ts'
import { asKept } from '../sql/integer-times.ts'
import { modelTable, type SqlBackend, type Statement } from '../sql/sql.ts'
import { LookupRows, resolveLookups } from '../write/lookups.ts'
import { carryOut, stagedRows } from './deeds.ts'
import { compare, type Deed, type Difference } from './difference.ts'
import { NEEDS } from './needs.ts'
import { SiteInverter } from './site-inverter.ts'
import { SiteNumbers } from './site-numbers.ts'
import { SiteTables } from './site-tables.ts'
import { SiteTranslator } from './site-translator.ts'
import { type SqlTables, StagedTables } from './staged-tables.ts'

const ROWS_AT_ONCE = 5000
/** Rows of a model that are written in one transaction. */
const ROWS_WRITTEN = 2000
/** Removals first, so that what is added finds its place free. */
const DEEDS: readonly Deed[] = ['remove', 'renew', 'change', 'add']

/** Columns that facts derived have beside their table's own, as SQL over the derived row `d`. */
const BESIDE: Readonly<Partial<Record<DerivedTable, Readonly<Record<string, readonly ['id' | 'text', sql: string]>>>>> =
  {
    interest_relationships: {
      interest: ['text', '(SELECT name FROM interests WHERE id = d.interest_id)'],
      related: ['text', '(SELECT name FROM interests WHERE id = d.related_id)'],
    },
    trending_interests: { interest: ['text', '(SELECT name FROM interests WHERE id = d.interest_id)'] },
    user_traits: { question_id: ['id', '(SELECT id FROM _traits WHERE trait = d.trait)'] },
    quiz_answer_stats: {
      option_id: ['id', '(SELECT id FROM quiz_options o WHERE o.question_id = d.question_id AND o.value = d.value)'],
    },
  }

/** The lookup rows of all runs, by the names that tell them apart. */
function broughtByAll(runs: readonly { readonly segments: readonly { readonly inputs: string }[] }[]): OwnLookups {
  const own = runs.map(({ segments }) => ownLookups(segments[0]!.inputs))
  const quizzes = distinct(
    own.flatMap((each) => each.quizzes ?? QUIZZES),
    ({ slug }) => slug,
  )
  const named = own.map(({ taxonomy }) => taxonomyOf(taxonomy))
  const subjects = [...new Set(named.flatMap((each) => each.subjects))]
  const interests = named.flatMap((each) =>
    each.interests.map((interest) => ({ ...interest, subject: subjects.indexOf(each.subjects[interest.subject]!) })),
  )
  return { quizzes, taxonomy: { subjects, interests: distinct(interests, ({ name }) => name) } }
}

function distinct<T>(items: readonly T[], by: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [by(item), item])).values()]
}

/** One transaction's worth of a derived model's rows. */
export interface SiteStep {
  readonly deed: Deed
  readonly rows: number
  /** To be called within a transaction. */
  apply(): Promise<void>
}

/**
 * A site with models of its own, as jobs see it: its rows, whoever wrote them, as tables of the reference schema in a
 * temporary file; and what jobs derive there, back in the site's models.
 */
export class Site {
  readonly #sql: SqlBackend
  readonly #plan: Plan
  readonly #staging: Staging
  readonly #lookups: LookupRows
  readonly #resolved: Resolved
  readonly #numbers: SiteNumbers
  readonly #tables: SiteTables
  #names = 0

  private constructor(
    sql: SqlBackend,
    plan: Plan,
    staging: Staging,
    lookups: LookupRows,
    resolved: Resolved,
    numbers: SiteNumbers,
  ) {
    this.#sql = sql
    this.#plan = plan
    this.#staging = staging
    this.#lookups = lookups
    this.#resolved = resolved
    this.#numbers = numbers
    const inverter = new SiteInverter(plan, resolved, numbers, staging)
    this.#tables = new SiteTables(sql, plan, staging, numbers, inverter)
  }

  /** @throws MingleError BAD_INPUT when the mapping cannot work, or does not fit the database */
  static async open(sql: SqlBackend, planned: Plan): Promise<Site> {
    refuseProblems(planned)
    const plan = await asKept(sql, await withFactsOfRuns(planned, sql.ledger))
    const problems = await liveProblems(sql, { ...plan, targets: [], lookups: new Map() })
    if (problems.length > 0) throw problemsFound(`the mapping does not fit ${sql.url}`, problems)
    const lookups = await LookupRows.make(broughtByAll(await sql.ledger.runs()))
    const resolved = await resolveLookups(sql, plan, lookups, false)
    const staging = new Staging()
    return new Site(sql, plan, staging, lookups, resolved, new SiteNumbers(sql, plan, resolved, staging))
  }

  /** Where jobs compute. */
  get place(): SqlTables {
    return new StagedTables(this.#staging)
  }

  /** Whether the mapping says where the rows of a derived table go. */
  isMapped(table: DerivedTable): boolean {
    return derivedTarget(this.#plan, table) !== undefined
  }

  /** What the mapping lacks for a derived table to be computed, in words such as `profile.seeks`. */
  lacks(table: DerivedTable): string[] {
    const { required, after } = NEEDS[table]
    return [...new Set([...this.#absent(required), ...after.flatMap((other) => this.#lackedBefore(table, other))])]
  }

  /** What it is computed without. */
  without(table: DerivedTable): string[] {
    return this.#absent(NEEDS[table].optional)
  }

  /** Of tables that come before, those without which nothing can be told. Traits are not among them. */
  #lackedBefore(table: DerivedTable, before: DerivedTable): string[] {
    return table === 'match_scores' && before === 'user_traits' ? [] : this.lacks(before)
  }

  #absent(columns: Readonly<Record<string, readonly string[]>>): string[] {
    return Object.entries(columns).flatMap(([table, names]) =>
      names.filter((name) => !this.#tables.holds(table, name)).map((name) => `${sourcesOfTable(table).at(-1)}.${name}`),
    )
  }

  /** Brings in the rows that a derived table is computed from. @param onTable told of each table before it is read */
  async bring(table: DerivedTable, onTable: (name: string) => void = () => {}): Promise<void> {
    await this.#tables.fillLookups(this.#lookups)
    const { required, optional } = NEEDS[table]
    for (const name of new Set(['users', ...Object.keys(required), ...Object.keys(optional)])) {
      onTable(name)
      await this.#tables.fill(name as TableName)
    }
  }

  /** Whether the site's rows tell a column of a reference table. */
  holds(table: string, column: string): boolean {
    return this.#tables.holds(table, column)
  }

  /** Brings in everybody, whoever made them, with their interests, and who is known to a run. */
  async bringPeople(): Promise<void> {
    await this.#tables.fillLookups(this.#lookups)
    for (const table of ['users', 'profiles', 'user_interests'] as const) await this.#tables.fill(table)
    const shape = { table: 'seed_people', key: 'user_id', order: ['user_id'], columns: { user_id: 'id' } } as const
    this.#staging.db.exec('DROP TABLE seed_people; CREATE TABLE seed_people (user_id INTEGER PRIMARY KEY)')
    const rows = await this.#sql.query('SELECT user_id FROM seed_people')
    this.#staging.insert(batchOf(shape, rows))
  }

  /** The keys that a person has in the site's models, by the rule that such keys follow; numbers that are the id are left out. */
  personKeys(id: number): Record<string, string | number> {
    const keys: Record<string, string | number> = {}
    for (const { all, facts } of this.#plan.targets) {
      for (const { producer } of all) {
        if (producer.from !== 'key' || producer.columns.length !== 1) continue
        const { rule } = producer
        if (facts.columns[producer.columns[0]!]!.space !== 'user' || isPlainNumber(rule)) continue
        const key = this.#numbers.keyOf(rule, 'user', id)
        if (key !== null) keys[ruleName(rule, 'user')] = key
      }
    }
    return keys
  }

  /** The numbers of people of whom a row of a model fulfils a condition, as a subselect. @param person whose row it is */
  async marked(model: Model, person: PlannedColumn, only: (statement: Statement) => string): Promise<string> {
    if (person.producer.from !== 'key') throw new Error(`${person.of} does not say whose row it is`)
    const { rule } = person.producer
    await this.#numbers.prepare(rule, 'user')
    const key = keyColumn(model, person.field.name, this.#plan.metadata.provider)
    const columns = { key: key.kind }
    const { name, insert } = this.#staging.table({ columns })
    const shape = { table: name, key: 'key', order: ['key'], columns }
    for await (const rows of scan(this.#sql, model, [key], only)) insert(batchOf(shape, rows))
    return `SELECT ${this.#numbers.number(rule, 'user', key.kind, 's.key')} FROM ${name} s`
  }

  /**
   * Compares what jobs derived with the rows of the site's model, and says what is to be done, step by step.
   * @param moments as of which the job ever computed, in epoch ms
   */
  async difference(
    table: DerivedTable,
    moments: Iterable<number>,
  ): Promise<Pick<Difference, 'unchanged' | 'kept'> & { readonly total: number; readonly steps: Iterable<SiteStep> }> {
    const target = derivedTarget(this.#plan, table)!
    const how = derivedRows(target)!
    const tables = {
      there: await this.#stageThere(target),
      made: await this.#stageMade(table, target),
      deeds: `_deeds_${++this.#names}`,
    }
    const found = compare(this.#staging, target, how, tables, moments)
    const total = Object.values(found.rows).reduce((sum, rows) => sum + rows, 0)
    return { unchanged: found.unchanged, kept: found.kept, total, steps: this.#steps(target, how, tables) }
  }

  /** Rows of the model, those of others included. */
  async count(table: DerivedTable): Promise<number> {
    const target = derivedTarget(this.#plan, table)
    if (!target) return 0
    const [row] = await this.#sql.query(`SELECT count(*) FROM ${modelTable(target.model, this.#sql.dialect)}`)
    return Number(row![0])
  }

  close(): void {
    this.#staging.close()
  }

  *#steps(
    target: PlannedTarget,
    how: DerivedRows,
    tables: { readonly there: string; readonly made: string; readonly deeds: string },
  ): Iterable<SiteStep> {
    for (const deed of DEEDS) {
      for (let after = 0; ; ) {
        const { rows, last } = stagedRows(this.#staging, target, tables, deed, after, ROWS_WRITTEN)
        if (rows.rows > 0) yield { deed, rows: rows.rows, apply: () => carryOut(this.#sql, target, how, deed, rows) }
        if (rows.rows < ROWS_WRITTEN) break
        after = last
      }
    }
    for (const name of Object.values(tables)) this.#staging.drop(name)
  }

  async #stageThere(target: PlannedTarget): Promise<string> {
    const { name, insert } = this.#staging.table(target.full)
    const columns = Object.keys(target.full.columns).map(
      (column) => target.all.find(({ field }) => field.column === column)!,
    )
    for await (const rows of scan(this.#sql, target.model, columns)) insert(batchOf(target.full, rows))
    return name
  }

  /** What was derived, as rows of the model. */
  async #stageMade(table: DerivedTable, target: PlannedTarget): Promise<string> {
    const shape = DERIVED[table]
    const beside = BESIDE[table] ?? {}
    if (table === 'user_traits') this.#nameTraits()
    for (const { producer, field } of target.all) {
      if (producer.from !== 'key' || !('space' in producer.rule)) continue
      const { space } = producer.rule
      if (await this.#numbers.prepare(producer.rule, space as never)) continue
      throw badInput(`${target.label}.${field.name}: no fact of the mapping makes the rows whose key it holds`)
    }
    const kinds = {
      ...shape.columns,
      ...Object.fromEntries(Object.entries(beside).map(([name, [kind]]) => [name, kind])),
    }
    const list = [
      ...Object.keys(shape.columns).map((name) => `d.${name}`),
      ...Object.entries(beside).map(([, [, sql]]) => sql),
    ]
    const read = this.#staging.db
      .prepare(
        `SELECT d.rowid, ${list.join(', ')} FROM ${table} d WHERE d.rowid > ? ORDER BY d.rowid LIMIT ${ROWS_AT_ONCE}`,
      )
      .raw()
    const translator = new SiteTranslator({ ...this.#plan, targets: [target] }, this.#resolved, this.#numbers)
    const { name, insert } = this.#staging.table(target.full)
    const source = sourcesOfTable(table)[0]!
    for (let after = 0; ; ) {
      const rows = read.all(after) as unknown as unknown[][]
      const batch = batchOf(
        { ...shape, columns: kinds },
        rows.map((row) => row.slice(1)),
      )
      for (const { full } of translator.source(source, new Map([[table, batch]])))
        insert({ ...full, shape: target.full })
      if (rows.length < ROWS_AT_ONCE) return name
      after = Number(rows.at(-1)![0])
    }
  }

  /** Traits by their names, which are made of quiz and position. */
  #nameTraits(): void {
    this.#staging.db.exec(
      `CREATE TABLE IF NOT EXISTS _traits (trait TEXT PRIMARY KEY, id INTEGER);
       INSERT OR IGNORE INTO _traits SELECT z.slug || '.' || q.position, q.id
         FROM quiz_questions q JOIN quizzes z ON z.id = q.quiz_id`,
    )
  }
}

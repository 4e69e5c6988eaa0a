import type { ColumnKind, TableBatch } from '../../batch.ts'
import type { Space } from '../config/sources.ts'
import type { Model } from '../metadata/metadata.ts'
import type { KeyRule, Plan, PlannedColumn } from '../plan/plan.ts'
import { isPlainNumber, ruleName } from '../plan/rule-names.ts'
import type { Staging } from '../read/invert/index.ts'
import type { Numbering } from '../read/invert/numbering.ts'
import { runRanges } from '../read/ranges.ts'
import { keyColumn, scan } from '../read/scan.ts'
import { hashedNumber } from '../rows/hashed-number.ts'
import { type Resolved, Translator } from '../rows/translate.ts'
import type { Key } from '../rows/values.ts'
import type { SqlBackend } from '../sql/sql.ts'

/**
 * Numbers of rows that no run made begin here: hashes of the rows' keys, so that none depends on another row. SQLite takes
 * them for whole numbers up to 2^51, whichever way a driver binds them.
 */
const OTHERS = 2 ** 50
const KEPT = 100_000

/** Where the keys of a space's rows stand, and what a row of it is told to be by. */
interface Place {
  readonly model: Model
  readonly key: PlannedColumn
  /** A column with the row's main key, where this is another one. */
  readonly main: PlannedColumn | null
}

/**
 * Numbers for all rows of a site: of rows that runs made, the number that the run gave; of others, one that follows from
 * the row's key alone. Numeric keys that are the runs' numbers stand for themselves.
 */
export class SiteNumbers implements Numbering {
  readonly #sql: SqlBackend
  readonly #plan: Plan
  readonly #resolved: Resolved
  readonly #staging: Staging
  /** Tables of keys and numbers, by space and rule. */
  readonly #tables = new Map<string, string>()
  readonly #kept = new Map<string, Key>()

  constructor(sql: SqlBackend, plan: Plan, resolved: Resolved, staging: Staging) {
    this.#sql = sql
    this.#plan = plan
    this.#resolved = resolved
    this.#staging = staging
  }

  /** Reads the keys of a space, as a rule says which are meant. @returns false where the mapping has no row with such a key */
  async prepare(rule: KeyRule, space: Space): Promise<boolean> {
    const name = ruleName(rule, space)
    if (isPlainNumber(rule) || this.#tables.has(name)) return true
    const place = this.#place(rule, space)
    if (!place) return false
    const table = `_numbers_${this.#tables.size + 1}`
    this.#staging.db.exec(`CREATE TABLE ${table} (key PRIMARY KEY, id INTEGER) WITHOUT ROWID`)
    const numberOf = await this.#numberer(rule, space, place)
    const shape = { table, key: 'id', order: ['id'], columns: { key: place.key.kind, id: 'id' } } as const
    for await (const rows of scan(this.#sql, place.model, place.main ? [place.key, place.main] : [place.key])) {
      const known = rows.filter(([key]) => key !== null && key !== undefined)
      const numeric = place.key.kind === 'id'
      const keys = numeric ? Float64Array.from(known, ([key]) => Number(key)) : known.map(([key]) => String(key))
      const id = Float64Array.from(known, ([key, main]) => numberOf(key as Key, main as Key | null | undefined))
      const batch: TableBatch = { shape, rows: known.length, columns: { key: keys, id } }
      this.#staging.insert(batch)
    }
    this.#staging.db.exec(`CREATE ${place.main ? '' : 'UNIQUE '}INDEX ${table}_ids ON ${table} (id)`)
    this.#tables.set(name, table)
    return true
  }

  number(rule: KeyRule, space: Space, kind: ColumnKind, value: string): string {
    if (isPlainNumber(rule)) return kind === 'text' ? `CAST(${value} AS INTEGER)` : value
    const table = this.#tables.get(ruleName(rule, space))
    return table === undefined ? 'NULL' : `(SELECT id FROM ${table} WHERE key = ${value})`
  }

  match(): string {
    throw new Error('jobs ask for no match')
  }

  /** The key of a row; null where there is none. */
  keyOf(rule: KeyRule, space: Space, id: number): Key | null {
    if (isPlainNumber(rule)) return id
    const name = ruleName(rule, space)
    const kept = this.#kept.get(`${name} ${id}`)
    if (kept !== undefined) return kept
    const table = this.#tables.get(name)
    if (table === undefined) return null
    const found = this.#staging.db.prepare(`SELECT key FROM ${table} WHERE id = ?`).raw().get(id) as unknown as
      | [Key]
      | undefined
    if (!found) return null
    if (this.#kept.size >= KEPT) this.#kept.clear()
    this.#kept.set(`${name} ${id}`, found[0])
    return found[0]
  }

  /** The model whose rows have these keys. */
  #place(rule: KeyRule, space: Space): Place | null {
    const { provider } = this.#plan.metadata
    const asked = ruleName(rule, space)
    for (const target of [...this.#plan.lookups.values(), ...this.#plan.targets]) {
      const { model, facts, verb, all } = target
      if (facts.space !== space || verb === 'update') continue
      if (rule.kind === 'table') return { model, key: keyColumn(model, model.primaryKey[0]!, provider), main: null }
      const own = all.find(({ field, producer }) => {
        if (producer.from !== 'key' || producer.columns.length !== 1 || producer.columns[0] !== facts.own[0])
          return false
        return field.name === target.ownKey && ruleName(producer.rule, space) === asked
      })
      if (!own) continue
      const primary = this.#plan.primary.get(space)
      const isMain = primary !== undefined && ruleName(primary, space) === asked
      const main = isMain ? undefined : all.find(({ producer }) => isKeyOf(producer, facts.own[0]!, primary, space))
      const read = (column: PlannedColumn) => keyColumn(model, column.field.name, provider)
      return { model, key: read(own), main: main ? read(main) : null }
    }
    return null
  }

  async #numberer(rule: KeyRule, space: Space, place: Place): Promise<(key: Key, main?: Key | null) => number> {
    if (place.main) {
      const primary = this.#plan.primary.get(space)!
      await this.prepare(primary, space)
      const kind = place.main.kind
      const sql = `SELECT ${this.number(primary, space, kind, '?')}`
      const statement = this.#staging.db.prepare(sql).raw()
      return (key, main) => {
        const [found] = main == null ? [null] : (statement.get(main) as unknown as [number | null])
        return found ?? hashed(key)
      }
    }
    if (rule.kind === 'table') {
      const numbers = new Map([...(this.#resolved.tables.get(space) ?? [])].map(([id, key]) => [String(key), id]))
      return (key) => numbers.get(String(key)) ?? hashed(key)
    }
    const made = this.#staging.keys(await this.#madeByRuns(rule, space))
    const statement = this.#staging.db.prepare(`SELECT ${made('?1')}`).raw()
    return (key) => {
      const [found] = statement.get(String(key)) as unknown as [number | null]
      return found === null || found < 0 ? hashed(key) : found
    }
  }

  /** The keys that runs made, and their numbers. */
  async #madeByRuns(rule: KeyRule, space: Space): Promise<Iterable<readonly [string, number]>> {
    const parts: Iterable<readonly [string, number]>[] = []
    for (const run of await this.#sql.ledger.runs()) {
      const ranges = (await runRanges(this.#sql.ledger, run)).get(space) ?? []
      const translator = new Translator(this.#plan, run.seed, this.#resolved)
      parts.push(
        (function* () {
          for (const { first, last } of ranges) {
            for (let id = first; id <= last; id++) yield [String(translator.key(rule, id)), id] as const
          }
        })(),
      )
    }
    return (function* () {
      for (const part of parts) yield* part
    })()
  }
}

function isKeyOf(producer: PlannedColumn['producer'], column: string, rule: KeyRule | undefined, space: Space) {
  if (producer.from !== 'key' || producer.columns.length !== 1 || producer.columns[0] !== column || !rule) return false
  return ruleName(producer.rule, space) === ruleName(rule, space)
}

function hashed(key: Key): number {
  return OTHERS + hashedNumber(String(key), 50)
}

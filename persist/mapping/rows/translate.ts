import { badInput } from '../../../sim/kernel/index.ts'
import type { ColumnValues, TableBatch } from '../../batch.ts'
import type { FactName, Space } from '../config/sources.ts'
import type { Find, KeyRule, Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import { adoptedKeys, ruleName } from '../plan/rule-names.ts'
import { Answers } from './answers.ts'
import type { Earlier } from './earlier.ts'
import { TextKeys } from './keys.ts'
import { givesOthers } from './pure.ts'
import { RowView } from './row-view.ts'
import { type LookupNames, SourceRows } from './source-rows.ts'
import { isPlainText, type Key, plainValues, sameValues, valuesOf } from './values.ts'

/** Rows for one target: what is inserted, folded or updated, and all of its columns (deferred ones too). */
export interface MappedBatch {
  readonly target: PlannedTarget
  readonly batch: TableBatch
  readonly full: TableBatch
  /** The fact's row behind each row; null: one by one. */
  readonly index: Int32Array | null
}

/** Keys of rows that were in the database before, or that every run shares. */
export interface Resolved {
  /** Lookup rows: key by number. */
  readonly tables: ReadonlyMap<Space, ReadonlyMap<number, Key>>
  readonly finds: ReadonlyMap<Find, ReadonlyMap<string, Key>>
  readonly names: LookupNames
}

type TextRule = Extract<KeyRule, { kind: 'text' }>

/** Between the rows that one pair makes: above every number of a lookup row, below the lanes. */
const NTH = 2 ** 32

/** From reference rows of one run to rows of the user's models. */
export class Translator {
  readonly #plan: Plan
  readonly #seed: string
  readonly #resolved: Resolved
  readonly #texts = new Map<KeyRule | string, TextKeys>()
  readonly #answers: Answers
  readonly #asked = new Set<unknown>()
  readonly #adopted: ReadonlyMap<string, ReadonlyMap<number, Key>>

  /** @param segments of the run: they know the keys of people whom it adopted */
  constructor(plan: Plan, runSeed: string, resolved: Resolved, segments: readonly { readonly inputs: string }[] = []) {
    this.#adopted = adoptedKeys(segments)
    this.#plan = plan
    this.#seed = runSeed
    this.#resolved = resolved
    this.#answers = new Answers(
      resolved.names.questions,
      (space, number) => resolved.tables.get(space)?.get(number) ?? null,
    )
  }

  /** The rows that each batch of a step becomes. A step has all of a person's batches, or all of a day's. */
  translate(batches: readonly TableBatch[], earlier?: Earlier): Map<TableBatch, MappedBatch[]> {
    const byTable = new Map(batches.map((batch) => [batch.shape.table, batch]))
    return new Map(
      batches.map((batch) => {
        const own = batch.rows > 0 ? this.#plan.targets.filter(({ facts }) => facts.table === batch.shape.table) : []
        const sources = [...new Set(own.map(({ source }) => source))]
        return [batch, sources.flatMap((source) => this.source(source, byTable, this.#plan.targets, earlier))]
      }),
    )
  }

  source(
    source: FactName,
    byTable: ReadonlyMap<string, TableBatch>,
    targets = this.#plan.targets,
    earlier?: Earlier,
  ): MappedBatch[] {
    const own = targets.filter((target) => target.source === source)
    if (own.length === 0) return []
    const rows = new SourceRows(source, own[0]!.facts, byTable, this.#resolved.names, earlier)
    return own.map((target) => this.#target(target, rows))
  }

  /** Whether every text key is made of its row's number alone: nobody was adopted, and `key` is the one below. */
  get #makesKeys(): boolean {
    return this.#adopted.size === 0 && this.key === Translator.prototype.key
  }

  /** The key of the row with a number; null when there is none. */
  key(rule: KeyRule, id: number, second = 0): Key | null {
    if (Number.isNaN(id)) return null
    if (this.#adopted.size > 0) {
      const adopted = this.#adopted.get(ruleName(rule, 'user'))?.get(id)
      if (adopted !== undefined) return adopted
    }
    switch (rule.kind) {
      case 'number':
        return id * rule.stride + rule.lane + second
      case 'text':
        return this.#textKeys(rule).key(id, secondOf(rule, second))
      case 'table':
        return this.#resolved.tables.get(rule.space)?.get(id) ?? null
      default:
        return rule satisfies never
    }
  }

  #target(target: PlannedTarget, rows: SourceRows): MappedBatch {
    const { index, nth, returned } = this.#expand(target, rows)
    const values = new Map(
      target.all.map((column) => [column, this.#values(target, column, rows, index, nth, returned)]),
    )
    const batchOf = (shape: TableBatch['shape'], columns: readonly PlannedColumn[]): TableBatch => ({
      shape,
      rows: index?.length ?? rows.rows,
      columns: Object.fromEntries(columns.map((column) => [column.field.column, values.get(column)!])),
    })
    return { target, batch: batchOf(target.shape, target.columns), full: batchOf(target.full, target.all), index }
  }

  /** Which of the fact's rows become rows: null for all of them, each once. */
  #expand(
    target: PlannedTarget,
    rows: SourceRows,
  ): { index: Int32Array | null; nth: Uint8Array | null; returned: object[] | null } {
    const tests = [...this.#whereTests(target, rows), ...this.#missingTests(target, rows)]
    const { make, most = 1 } = target.target
    if (tests.length === 0 && !make) return { index: null, nth: null, returned: null }
    const index: number[] = []
    const nth: number[] = []
    const returned: object[] = []
    const view = make ? this.#view(rows) : null
    if (view && rows.rows > 0) this.#once(make as (row: never) => unknown, view, 0, target.label)
    for (let i = 0; i < rows.rows; i++) {
      if (!tests.every((test) => test(i))) continue
      if (!view) {
        index.push(i)
        continue
      }
      view.at = i
      const result = make!(view.row as never) as object | readonly object[] | null | undefined
      const list = result === null || result === undefined ? [] : Array.isArray(result) ? result : [result]
      if (list.length > most)
        throw badInput(`${target.label}: the function made ${list.length} rows of one; say { most: ${list.length} }`)
      list.forEach((row, n) => {
        index.push(i)
        nth.push(n)
        returned.push(row)
      })
    }
    return { index: Int32Array.from(index), nth: view ? Uint8Array.from(nth) : null, returned: view ? returned : null }
  }

  #whereTests(target: PlannedTarget, rows: SourceRows): ((row: number) => boolean)[] {
    return Object.entries(target.target.options.where ?? {}).map(([name, wanted]) => {
      const values = rows.column(name)
      if (!Array.isArray(wanted)) return (row) => values[row] === wanted
      const list = new Set<unknown>(wanted)
      return (row) => list.has(values[row])
    })
  }

  /** Rows that refer to lookup rows which are left out. */
  #missingTests(target: PlannedTarget, rows: SourceRows): ((row: number) => boolean)[] {
    return target.all.flatMap(({ producer, field }) => {
      if (producer.from === 'find' && producer.find.missing === 'skip') {
        const keys = this.#resolved.finds.get(producer.find)!
        const texts = rows.column(producer.column) as readonly (string | null)[]
        return [(row: number) => keys.has(wordOf(producer.find, texts[row]!))]
      }
      if (producer.from !== 'key' || producer.rule.kind !== 'table' || !field.required) return []
      const { rule } = producer
      const ids = rows.column(producer.columns[0]!) as Float64Array
      return [(row: number) => this.key(rule, ids[row]!) !== null]
    })
  }

  #values(
    target: PlannedTarget,
    column: PlannedColumn,
    rows: SourceRows,
    index: Int32Array | null,
    nth: Uint8Array | null,
    returned: readonly object[] | null,
  ): ColumnValues {
    const { producer } = column
    const count = index?.length ?? rows.rows
    const at = index ? (i: number) => index[i]! : (i: number) => i
    switch (producer.from) {
      case 'column': {
        const source = rows.column(producer.column)
        const { values } = producer
        if (!values) return plainValues(column, source, index, count)
        return valuesOf(column, count, (i) => translated(target, column, values, source[at(i)]!))
      }
      case 'key': {
        const [first, second] = producer.columns.map((name) => rows.column(name) as Float64Array)
        const { rule } = producer
        if (!second && rule.kind === 'number' && rule.stride === 1 && rule.lane === 0 && !nth) {
          if (column.kind !== 'text') return plainValues(column, first!, index, count)
        }
        const ownRow = producer.ofRow || column.field.name === target.ownKey ? nth : null
        if (rule.kind === 'text' && !second && !ownRow && this.#makesKeys && isPlainText(column)) {
          return this.#textColumn(column, rule, first!, index, count)
        }
        return valuesOf(column, count, (i) =>
          this.key(rule, first![at(i)]!, (second ? second[at(i)]! : 0) + (ownRow?.[i] ?? 0) * (second ? NTH : 1)),
        )
      }
      case 'find': {
        const keys = this.#resolved.finds.get(producer.find)!
        const texts = rows.column(producer.column) as readonly (string | null)[]
        return valuesOf(column, count, (i) => {
          const word = wordOf(producer.find, texts[at(i)]!)
          const key = keys.get(word)
          if (key !== undefined || producer.find.missing !== 'error') return key ?? null
          const { model, by } = producer.find
          throw badInput(
            `${target.label}: ${model.name} has no row with ${by.name} '${word}'; add it, or leave such rows out: find('${column.field.name}', '${model.name}.${by.name}', {}, 'skip')`,
          )
        })
      }
      case 'answers': {
        const texts = rows.column(producer.column) as readonly string[]
        return valuesOf(column, count, (i) => this.#answers.spelled(texts[at(i)]!, producer.form))
      }
      case 'constant':
        return sameValues(column, count, producer.value)
      case 'function': {
        const view = this.#view(rows)
        if (count > 0) this.#once(producer.make, view, at(0), `${target.label}.${column.field.name}`)
        return valuesOf(column, count, (i) => {
          view.at = at(i)
          return producer.make(view.row as never)
        })
      }
      case 'returned':
        return valuesOf(column, count, (i) => (returned![i] as Record<string, unknown>)[producer.name])
      default:
        return producer satisfies never
    }
  }

  /** Asks a function twice about the first row that it is given: it must depend on the row alone. */
  #once(make: (row: never) => unknown, view: RowView, row: number, of: string): void {
    if (this.#asked.has(make)) return
    this.#asked.add(make)
    view.at = row
    if (!givesOthers(make, () => view.row)) return
    throw badInput(
      `${of}: the function makes different values of the same fact (Math.random, the clock, a counter?), so rows could not be made anew; let it depend on the row alone`,
    )
  }

  #view(rows: SourceRows): RowView {
    return new RowView(rows, this.#plan, (rule, id, second) => this.key(rule, id, second), this.#answers)
  }

  /** The keys of the rows that one column numbers: nearly all that a site with text keys is written, so by the shortest way. */
  #textColumn(
    column: PlannedColumn,
    rule: TextRule,
    ids: Float64Array,
    index: Int32Array | null,
    count: number,
  ): (string | null)[] {
    const keys = this.#textKeys(rule)
    const second = secondOf(rule, 0)
    // One stands for all: they have one form and one length.
    valuesOf(column, Math.min(1, count), () => keys.key(0, second))
    const values: (string | null)[] = new Array(count)
    for (let i = 0; i < count; i++) {
      const id = ids[index === null ? i : index[i]!]!
      values[i] = Number.isNaN(id) ? null : keys.key(id, second)
    }
    return values
  }

  #textKeys(rule: TextRule): TextKeys {
    let keys = this.#texts.get(rule)
    if (keys) return keys
    // Rules that say the same are one.
    const name = `${rule.form} ${rule.length} ${rule.table}`
    keys = this.#texts.get(name) ?? new TextKeys(rule, this.#seed, rule.table)
    this.#texts.set(name, keys)
    this.#texts.set(rule, keys)
    return keys
  }
}

/** What is mixed into a text key beside the row's number. */
function secondOf({ lane }: TextRule, second: number): number {
  return second + lane * 2 ** 40
}

/** A value in the words of the model in which it is looked for. */
export function wordOf(find: Find, text: string | null): string {
  return text === null ? '' : (find.values?.get(text) ?? text)
}

function translated(
  target: PlannedTarget,
  column: PlannedColumn,
  values: ReadonlyMap<string, unknown>,
  value: string | number | null,
): unknown {
  if (value === null || Number.isNaN(value)) return null
  const found = values.get(String(value))
  if (found === undefined) {
    throw badInput(`${target.label}: '${column.field.name}' has no word for '${value}'; add it to the column's values`)
  }
  return found
}

import { badInput } from '../../../sim/kernel/index.ts'
import type { ColumnValues, TableBatch } from '../../batch.ts'
import { MemoryBackend } from '../../memory/memory-backend.ts'
import { ensureLookups, type LookupIds, type OwnLookups } from '../../rows/lookups.ts'
import { LOOKUPS } from '../../rows/tables.ts'
import { LOOKUP_SOURCES, type Space, sourceOf } from '../config/sources.ts'
import type { Field, Model } from '../metadata/metadata.ts'
import { keyForm } from '../plan/keys/key-forms.ts'
import { tableName } from '../plan/keys/key-rules.ts'
import { matchFields } from '../plan/match-fields.ts'
import type { Find, Plan, PlannedTarget } from '../plan/plan.ts'
import type { Option, Question } from '../rows/answers.ts'
import { hashedNumber } from '../rows/hashed-number.ts'
import { TextKeys } from '../rows/keys.ts'
import type { LookupNames } from '../rows/source-rows.ts'
import { type MappedBatch, type Resolved, Translator } from '../rows/translate.ts'
import type { Key } from '../rows/values.ts'
import { foldsCase } from '../sql/live/index.ts'
import { modelTable, quoted, type SqlBackend, tableOf } from '../sql/sql.ts'
import { advanceCounter, isCounted } from './reserve.ts'
import { insertRows } from './statements.ts'

/** The lookup rows as the simulation numbers them: the same numbers in every database. */
export class LookupRows {
  readonly tables: MemoryBackend
  readonly batches: ReadonlyMap<string, TableBatch>
  readonly ids: LookupIds

  private constructor(tables: MemoryBackend, batches: ReadonlyMap<string, TableBatch>, ids: LookupIds) {
    this.tables = tables
    this.batches = batches
    this.ids = ids
  }

  /** @param own what a run brought along in the place of Mingle's */
  static async make(own: OwnLookups = {}): Promise<LookupRows> {
    const tables = new MemoryBackend()
    const ids = await ensureLookups(tables, own)
    const batches = new Map<string, TableBatch>()
    for (const shape of Object.values(LOOKUPS)) {
      for await (const batch of tables.read({ shape, first: 0, last: Number.MAX_SAFE_INTEGER }))
        batches.set(shape.table, batch)
    }
    return new LookupRows(tables, batches, ids)
  }

  /** What facts tell of lookup rows beside their numbers. */
  all(): LookupNames {
    const {
      interests,
      quiz_questions: asked,
      quiz_options: given,
    } = Object.fromEntries(this.batches) as Record<string, TableBatch>
    const cell = (batch: TableBatch, name: string, i: number) => batch.columns[name]![i] as never
    const questions = new Map<number, Question & { readonly options: Map<string, Option> }>()
    for (let i = 0; i < asked!.rows; i++) {
      const position = cell(asked!, 'position', i)
      questions.set(cell(asked!, 'id', i), { position, prompt: cell(asked!, 'prompt', i), options: new Map() })
    }
    for (let i = 0; i < given!.rows; i++) {
      const option = {
        number: cell(given!, 'id', i),
        position: cell(given!, 'position', i),
        label: cell(given!, 'label', i),
      }
      questions.get(cell(given!, 'question_id', i))!.options.set(cell(given!, 'value', i), option)
    }
    return {
      interests: this.names('interests', 'name'),
      quizzes: this.names('quizzes', 'slug'),
      subjects: this.names('interest_subjects', 'name'),
      subjectOf: new Map(
        Array.from({ length: interests!.rows }, (_, i) => [
          cell(interests!, 'id', i),
          cell(interests!, 'subject_id', i),
        ]),
      ),
      questions,
    }
  }

  names(table: string, column: string): Map<number, string> {
    const batch = this.batches.get(table)!
    return new Map(
      Array.from({ length: batch.rows }, (_, i) => [
        batch.columns.id![i] as number,
        batch.columns[column]![i] as string,
      ]),
    )
  }
}

/**
 * Finds the rows of the user's lookup models in the database, and adds those that are missing where the mapping says so.
 * @param add false: nothing is written, and what is missing is left out
 * @throws MingleError BAD_INPUT when rows are missing that must be there
 */
export async function resolveLookups(
  backend: SqlBackend,
  plan: Plan,
  lookups: LookupRows,
  add = true,
): Promise<Resolved> {
  const tables = new Map<Space, Map<number, Key>>()
  const finds = new Map<Find, ReadonlyMap<string, Key>>()
  const resolved: Resolved = { tables, finds, names: lookups.all() }
  // What lookup rows are found by may be among the lookup rows of an earlier kind.
  for (const source of LOOKUP_SOURCES) {
    const target = plan.lookups.get(source)
    if (!target) continue
    await resolveFinds(backend, [target], add, finds)
    tables.set(sourceOf(source).space!, await resolveTable(backend, plan, target, lookups, resolved, add))
  }
  await resolveFinds(backend, plan.targets, add, finds)
  return resolved
}

async function resolveTable(
  backend: SqlBackend,
  plan: Plan,
  target: PlannedTarget,
  lookups: LookupRows,
  resolved: Resolved,
  add: boolean,
): Promise<Map<number, Key>> {
  const [rows] = new Translator(plan, '', resolved).source(target.source, lookups.batches, [target])
  const numbers = lookups.batches.get(target.facts.table)!.columns.id as Float64Array
  const by = matchFields(target)
  const key = target.model.fields.find(({ name }) => name === target.model.primaryKey[0])!
  const there = await keysBy(backend, target, by, key)
  const words = rowWords(rows!, by)
  const keys = new Map<number, Key>()
  const missing: number[] = []
  for (let i = 0; i < rows!.full.rows; i++) {
    const found = there.get(words[i]!)
    if (found === undefined) missing.push(i)
    else keys.set(numbers[i]!, found)
  }
  const { missing: policy = 'create' } = target.target.options
  if (missing.length === 0 || policy === 'skip' || !add) return keys
  if (policy === 'error') {
    const some = missing.slice(0, 5).map((i) => `'${words[i]}'`)
    throw badInput(
      `${target.model.name} has no row with ${by.join(', ')} ${some.join(', ')}${missing.length > 5 ? ' …' : ''}; add them, or say { missing: 'create' }`,
    )
  }
  const given = rows!.full.columns[key.column]
  const added = given
    ? missing.map((i) => given[i] as Key)
    : await newKeys(backend, target, key, missing, { numbers, words, taken: new Set(there.values()) })
  missing.forEach((row, i) => {
    keys.set(numbers[row]!, added[i]!)
  })
  const columns: Record<string, ColumnValues> = {
    [key.column]: typeof added[0] === 'string' ? (added as string[]) : Float64Array.from(added as number[]),
  }
  for (const [name, values] of Object.entries(rows!.full.columns)) {
    if (name in columns) continue
    columns[name] =
      typeof values[0] === 'number'
        ? Float64Array.from(missing, (i) => values[i] as number)
        : missing.map((i) => values[i] as string)
  }
  const kind = typeof added[0] === 'string' ? 'text' : 'id'
  const shape = {
    ...target.full,
    key: key.column,
    order: [key.column],
    columns: { [key.column]: kind, ...target.full.columns } as const,
    ...(key.type === 'Bytes' && { binary: [key.column, ...(target.full.binary ?? [])] }),
  }
  const batch: TableBatch = { shape, rows: missing.length, columns }
  if (backend.dialect === 'postgresql' && typeof added[0] === 'number' && isCounted(key)) {
    await advanceCounter(backend, target.model, key.column, added.at(-1) as number)
  }
  if (backend.transactional) await backend.insert(batch)
  else await insertRows(backend, batch, [], { action: 'error' }, backend.rowsAtOnce?.(target.facts.table))
  return keys
}

function rowWords({ full }: MappedBatch, by: readonly string[]): string[] {
  return Array.from({ length: full.rows }, (_, i) => by.map((name) => String(full.columns[name]![i])).join('|'))
}

async function keysBy(
  backend: SqlBackend,
  { full, model }: PlannedTarget,
  by: readonly string[],
  key: Field,
): Promise<Map<string, Key>> {
  const { dialect } = backend
  const list = [keyExpression(backend, key), ...by.map((name) => quoted(name, dialect))].join(', ')
  const rows = await backend.query(`SELECT ${list} FROM ${tableOf(full, dialect)}`)
  return wordMap(
    backend,
    model,
    by,
    rows.map(([id, ...words]) => [words.map(String).join('|'), keyValue(id, key)]),
  )
}

function keyExpression({ dialect }: SqlBackend, { column, type }: Field): string {
  const name = quoted(column, dialect)
  return type === 'Bytes' && dialect === 'mysql' ? `lower(hex(${name}))` : name
}

function keyValue(value: unknown, { type }: Field): Key {
  return type === 'Int' || type === 'BigInt' ? Number(value) : String(value)
}

/** Words as a database compares them to which Hiking and hiking are one. */
class FoldedMap extends Map<string, Key> {
  readonly #folded = new Map<string, Key>()

  constructor(entries: readonly (readonly [string, Key])[]) {
    super(entries)
    for (const [word, key] of entries) this.#folded.set(word.toLowerCase(), key)
  }

  override get(word: string): Key | undefined {
    return super.get(word) ?? this.#folded.get(word.toLowerCase())
  }

  override has(word: string): boolean {
    return this.get(word) !== undefined
  }
}

/** @param by columns of the model */
async function wordMap(
  backend: SqlBackend,
  model: Model,
  by: readonly string[],
  entries: readonly (readonly [string, Key])[],
): Promise<Map<string, Key>> {
  for (const column of by) if (await foldsCase(backend, model, column)) return new FoldedMap(entries)
  return new Map(entries)
}

async function newKeys(
  backend: SqlBackend,
  { model, target, full }: PlannedTarget,
  field: Field,
  missing: readonly number[],
  known: { readonly numbers: Float64Array; readonly words: readonly string[]; readonly taken: ReadonlySet<Key> },
): Promise<Key[]> {
  if (field.type === 'String' || field.type === 'Bytes') {
    const texts = new TextKeys(keyForm(field, target), '', tableName(model))
    return missing.map((i) => {
      const number = known.numbers[i]!
      const key = texts.key(number)
      // Content of a run's own has numbers that other content had before it.
      return known.taken.has(key) ? texts.key(number, hashedNumber(known.words[i]!, 48) + 1) : key
    })
  }
  const name = quoted(field.column, backend.dialect)
  const [row] = await backend.query(`SELECT max(${name}) FROM ${tableOf(full, backend.dialect)}`)
  return missing.map((_, i) => Number(row![0] ?? 0) + 1 + i)
}

async function resolveFinds(
  backend: SqlBackend,
  targets: readonly PlannedTarget[],
  strict: boolean,
  finds: Map<Find, ReadonlyMap<string, Key>>,
): Promise<void> {
  for (const { all, label } of targets) {
    for (const { producer } of all) {
      if (producer.from !== 'find') continue
      const { find } = producer
      const list = `${quoted(find.by.column, backend.dialect)}, ${keyExpression(backend, find.key)}`
      const rows = await backend.query(`SELECT ${list} FROM ${modelTable(find.model, backend.dialect)}`)
      const keys = await wordMap(
        backend,
        find.model,
        [find.by.column],
        rows.map(([word, key]) => [String(word), keyValue(key, find.key)]),
      )
      const missing = strict && find.missing === 'error' ? (find.wanted ?? []).filter((word) => !keys.has(word)) : []
      if (missing.length > 0) {
        const words = missing.map((word) => `'${word}'`).join(', ')
        throw badInput(
          `${label}: ${find.model.name}.${find.by.name} has no ${words}; add the rows, or translate: find('…', '${find.model.name}.${find.by.name}', { ${missing[0]}: '…' })`,
        )
      }
      finds.set(find, keys)
    }
  }
}

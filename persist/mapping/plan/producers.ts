import type { AnswerForm, SourceRow } from '../config/config.ts'
import { type Problem, problem } from '../config/problem.ts'
import type { SourceName, Space } from '../config/sources.ts'
import {
  CLIENT_DEFAULTS,
  type Field,
  findField,
  findModel,
  hasDatabaseDefault,
  type Metadata,
  referenceOf,
  relationOf,
} from '../metadata/metadata.ts'
import type { Assignment, Draft } from './drafts.ts'
import { kindOf, lengthOf, placesOf, tickOf } from './field-kinds.ts'
import { keyForm } from './keys/key-forms.ts'
import { type KeyRules, type PairRow, tableName } from './keys/key-rules.ts'
import type { Find, KeyRule, PlannedColumn, Producer } from './plan.ts'

/** Of lookup rows, which have no time: the day on which runs begin by default. */
const BEGINNING = new Date('2024-01-01T00:00:00Z')

type RowFunction = (row: SourceRow<SourceName>) => unknown

/** The columns that a draft fills, each with where its values come from; what is wrong about them goes to `problems`. */
export function columnsOf(
  draft: Draft,
  rules: KeyRules,
  metadata: Metadata,
  problems: Problem[],
  answers: AnswerForm,
): PlannedColumn[] {
  const { model, target, facts, verb } = draft
  const producers = new Map<string, Producer | Looked>()
  const identity = rules.identity(draft)
  if (identity) producers.set(identity.field.name, { from: 'key', columns: identity.columns, rule: identity.rule })
  for (const assignment of draft.assignments) {
    if (producers.has(assignment.field)) continue
    // Lookup rows bring their own keys, or get them when they are added.
    if (draft.lookup && facts.own.includes(assignment.column)) continue
    const producer =
      assignment.column === 'answers' && draft.source === 'quiz_answer'
        ? ({ from: 'answers', column: 'answers', form: { ...answers, ...assignment.answers } } as const)
        : assigned(draft, assignment, rules, metadata, problems)
    if (producer) producers.set(assignment.field, producer)
  }
  for (const name of target.returns ?? []) producers.set(name, { from: 'returned', name })
  for (const [name, value] of Object.entries(target.options.set ?? {})) {
    if (!findField(model, name)) continue
    if (typeof value === 'function') producers.set(name, { from: 'function', make: value as RowFunction })
    else producers.set(name, { from: 'constant', value })
  }
  for (const field of verb === 'update' ? [] : model.fields) {
    if (producers.has(field.name) || (draft.lookup && model.primaryKey.includes(field.name))) continue
    const filled = unasked(draft, field)
    if (filled) producers.set(field.name, filled)
    else if (field.required && !field.list && !hasDatabaseDefault(field) && !failed(draft, field, problems)) {
      problems.push(unmapped(draft, field, rules))
    }
  }
  return [...producers].flatMap(([name, producer]): PlannedColumn[] => {
    const field = findField(model, name)
    if (!field) return []
    if (producer.from === 'looked') return halves(draft, field, producer, metadata)
    return [plannedColumn(draft, field, producer, metadata)]
  })

  function unasked(of: Draft, field: Field): Producer | null {
    if (field.updatedAt)
      return facts.time ? { from: 'column', column: facts.time, values: null } : { from: 'constant', value: BEGINNING }
    const text = field.type === 'String' && field.default !== null && CLIENT_DEFAULTS.has(field.default)
    if (!text || model.primaryKey.includes(field.name) || facts.columns[facts.own[0]!]?.space === undefined) return null
    // Of rows that two targets make, each has its own.
    const lane = rules.turnIn(of)
    const rule = {
      kind: 'text',
      ...keyForm(field, { options: {} }),
      table: `${tableName(model)}.${field.name}`,
      lane,
    } as const
    return { from: 'key', columns: of.facts.own, rule, ofRow: true }
  }
}

/** A reference to a row whose key the database alone knows. */
interface Looked {
  readonly from: 'looked'
  readonly row: PairRow
  /** Columns of the fact with the two people, and the keys that `row.by` has for them. */
  readonly people: readonly [low: string, high: string]
  readonly rules: readonly [low: KeyRule, high: KeyRule]
}

function halves(draft: Draft, field: Field, { row, people, rules }: Looked, metadata: Metadata): PlannedColumn[] {
  return row.by.map((name, i) => {
    const by = findField(row.model, name)!
    const producer: Producer = { from: 'key', columns: [people[i]!], rule: rules[i]! }
    const half = { ...by, name: field.name, column: `${field.column} ${by.column}`, required: field.required }
    return {
      ...plannedColumn(draft, half, producer, metadata),
      part: { of: field, model: row.model, key: row.key, by },
    }
  })
}

function plannedColumn(draft: Draft, field: Field, producer: Producer, metadata: Metadata): PlannedColumn {
  const { target, facts } = draft
  const dated = producer.from === 'column' && facts.columns[producer.column]?.kind === 'date'
  const names = metadata.enums.find((type) => type.name === field.type)?.values ?? null
  return {
    of: draft.label,
    field,
    kind: dated && field.type === 'DateTime' ? 'date' : kindOf(field, producer),
    producer,
    enumValues: field.enum ? names : null,
    cut: target.options.truncate?.includes(field.name) ? lengthOf(field) : null,
    places: placesOf(field),
    tick: tickOf(field, metadata.provider),
    unix: metadata.provider === 'mysql' && field.native?.[0] === 'Timestamp',
    bytes: field.type === 'Bytes' && metadata.provider !== 'postgresql',
    part: null,
  }
}

/** A problem that says why the field has no producer is enough. */
function failed({ source, model }: Draft, field: Field, problems: readonly Problem[]): boolean {
  return problems.some((p) => p.source === source && p.model === model.name && p.field === field.name)
}

function unmapped({ source, model, facts, target }: Draft, field: Field, rules: KeyRules): Problem {
  const to = referenceOf(model, field.name)
  const fits = ([, { space }]: readonly [string, { readonly space?: Space }]) =>
    space !== undefined && to !== undefined && rules.reference(space, to.model, to.field) !== null
  const named = (name: string) => name.replaceAll('_', '') === field.name.toLowerCase()
  const columns = Object.entries(facts.columns).filter((entry) => (to ? fits(entry) : named(entry[0])))
  const column = (columns.find(([name]) => named(name)) ?? columns[0])?.[0]
  const isKey = model.primaryKey.includes(field.name)
  const made = to
    ? `${field.name} ${field.type}?   // in the Prisma schema, where ${model.name} can be without a ${to.model}; or map a fact to ${to.model} that '${source}' knows`
    : `set: { ${field.name}: ${exampleOf(field)} }`
  const how = column && target.kind === 'to' ? `${column}: '${field.name}',` : made
  return problem(
    isKey ? 'no key' : 'unmapped required field',
    source,
    model.name,
    field.name,
    isKey
      ? `the key has no default, and the fact has no number of its own to make one from`
      : `the field is required and has no default, but nothing is mapped to it`,
    how,
  )
}

/** A value of a field's type, as code. */
export function exampleOf(field: Field): string {
  if (field.enum) return `'…' /* one of ${field.type} */`
  const values: Record<string, string> = {
    String: "'…'",
    Boolean: 'false',
    DateTime: "new Date('2024-01-01')",
    Json: '{}',
    BigInt: '0n',
    Bytes: 'new Uint8Array([0])',
  }
  return values[field.type] ?? '0'
}

function assigned(
  draft: Draft,
  assignment: Assignment,
  rules: KeyRules,
  metadata: Metadata,
  problems: Problem[],
): Producer | Looked | null {
  const { model, facts, source } = draft
  const { column, values } = assignment
  const field = findField(model, assignment.field)!
  if (assignment.find !== undefined) return found(draft, assignment, field, metadata, problems)
  if (values) return { from: 'column', column, values: new Map(Object.entries(values)) }
  const space = facts.columns[column]!.space
  if (space === undefined) return { from: 'column', column, values: null }
  const to = referenceOf(model, field.name)
  if (assignment.of !== undefined) {
    const rule = rules.meant(space, draft, assignment)
    if (rule) return { from: 'key', columns: [column], rule }
    const message = `the fact '${factOf(space)}' makes no row of ${assignment.of} with a key of its own`
    const paste = `${column}: '${field.name}',${rules.candidates(space, model, field.name).map((name) => ` or keyOf('${field.name}', '${name}'),`)}`
    problems.push(problem('unknown name', source, model.name, field.name, message, paste))
    return null
  }
  const rule = to ? rules.reference(space, to.model, to.field) : rules.meant(space, draft, assignment)
  const candidates = to ? [] : rules.candidates(space, model, field.name)
  if (rule && candidates.length > 1 && !rules.ownKeyOf(space, model.name, field.name)) {
    const message = `'${column}' could be the key of ${candidates.join(' or of ')}, and no relation says which`
    const [first, ...others] = candidates.map((name) => `keyOf('${field.name}', '${name}'),`)
    const paste = `${column}: ${first}   // or ${others.join(' or ')}`
    problems.push(problem('which key', source, model.name, field.name, message, paste))
    return null
  }
  if (rule) return { from: 'key', columns: [column], rule }
  const pair = space === 'match' ? ofPair(draft, field, rules) : null
  if (pair) return pair
  if (draft.verb !== 'insert' && model.primaryKey.includes(field.name) && !to) {
    const people = facts.pair && space === 'match' ? ", with the people's fields mapped as well" : ''
    const message = `the database makes this key, so no row can be found by it`
    const paste = `{ ${draft.verb}: ['…'] } with the fields of another unique${people}`
    problems.push(problem('skipped fact', source, model.name, field.name, message, paste))
    return null
  }
  const fact = factOf(space)
  const named = to && rules.ownKeyOf(space, to.model, findModel(metadata, to.model)?.primaryKey[0] ?? '')
  if (named?.kind === 'table') {
    const name = column.replace(/_id$/, '')
    const message = `it refers to ${to!.model}.${to!.field}, and rows of '${fact}' are known by their key, ${to!.model}.${findModel(metadata, to!.model)!.primaryKey[0]}`
    const paste =
      name in facts.columns
        ? `${name}: '${field.name}',   // in place of ${column}, where ${to!.field} is what ${fact}'s name goes to`
        : `leave '${column}' out of ${model.name}`
    problems.push(problem('skipped fact', source, model.name, field.name, message, paste))
    return null
  }
  const relation = relationOf(model, field.name)
  const says = to
    ? `it refers to ${to.model}.${to.field}, but the fact '${fact}' makes no ${to.model} with a key of its own`
    : `it refers to the fact '${fact}', which goes nowhere`
  const paste = to
    ? `${fact}: to('${to.model}', { id: '${to.field}' }), or leave '${column}' out of ${model.name}${relation && field.required ? ' (its field is required)' : ''}`
    : `leave '${column}' out, or map '${fact}'`
  problems.push(problem('skipped fact', source, model.name, field.name, says, paste))
  return null
}

/** A match by the row that its two likes fold into. */
function ofPair({ model, facts, verb }: Draft, field: Field, rules: KeyRules): Producer | Looked | null {
  const to = referenceOf(model, field.name)
  const own = verb !== 'insert' && model.primaryKey[0] === field.name
  const row = facts.pair ? rules.ofPair(to?.model ?? (own ? model.name : undefined), to?.field) : null
  if (!row) return null
  const [low, high] = facts.pair!
  if (row.rule) return { from: 'key', columns: row.reversed ? [high, low] : [low, high], rule: row.rule }
  if (own) return null
  const [lowKey, highKey] = row.by.map((name) => {
    const person = referenceOf(row.model, name)
    return person ? rules.reference('user', person.model, person.field) : rules.primary('user')
  })
  return lowKey && highKey ? { from: 'looked', row, people: [low, high], rules: [lowKey, highKey] } : null
}

function factOf(space: Space): string {
  const names: Partial<Record<Space, string>> = { seen: 'feed_seen', view: 'profile_view' }
  return names[space] ?? space
}

function found(
  draft: Draft,
  assignment: Assignment,
  field: Field,
  metadata: Metadata,
  problems: Problem[],
): Producer | null {
  const [name = '', by = ''] = assignment.find!.split('.')
  const model = findModel(metadata, name)
  const byField = model && findField(model, by)
  const key = model && findField(model, referenceOf(draft.model, field.name)?.field ?? model.primaryKey[0] ?? '')
  if (!model || !byField || !key) {
    const message = `find('${field.name}', '${assignment.find}') names no model and unique field`
    const paste = model
      ? model.fields.map((f) => `'${name}.${f.name}'`).join(', ')
      : metadata.models.map((m) => m.name).join(', ')
    problems.push(problem('unknown name', draft.source, draft.model.name, field.name, message, paste))
    return null
  }
  const values = assignment.values ? new Map(Object.entries(assignment.values as Record<string, string>)) : null
  const all = draft.facts.columns[assignment.column]!.values
  const find: Find = {
    model,
    by: byField,
    key,
    values,
    missing: assignment.missing ?? 'error',
    wanted: all ? all.map((value) => values?.get(value) ?? value) : null,
  }
  return { from: 'find', column: assignment.column, find }
}

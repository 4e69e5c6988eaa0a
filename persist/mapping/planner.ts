import type { ColumnKind, TableShape } from '../batch.ts'
import type { MingleConfig, SourceRow } from './config.ts'
import { type Assignment, type Draft, draftsOf, KeyRules, problem, tableName } from './drafts.ts'
import {
  CLIENT_DEFAULTS,
  type Field,
  findField,
  findModel,
  hasDatabaseDefault,
  type Metadata,
  referenceOf,
  relationOf,
} from './metadata.ts'
import { edgesOf, orderModels } from './order.ts'
import type { Find, KeyRule, Plan, PlannedColumn, PlannedTarget, Producer, Selector } from './plan.ts'
import type { Problem } from './problem.ts'
import { type SourceName, SPACE_TABLES, type Space } from './sources.ts'

type RowFunction = (row: SourceRow<SourceName>) => unknown

/** What a configuration means on a schema: every target's columns, keys and order; with what is wrong about it. */
export function planMapping(config: MingleConfig, metadata: Metadata): Plan {
  const problems: Problem[] = []
  const drafts = draftsOf(config, metadata, problems)
  const rules = new KeyRules(drafts)
  const made = drafts.map((draft) => ({ draft, columns: columnsOf(draft, rules, metadata, problems) }))
  const written = made.filter(({ draft }) => draft.verb !== 'update')
  const filled = written.flatMap(({ draft, columns }) =>
    columns.map(({ field }) => ({ model: draft.model.name, field: field.name })),
  )
  const known = { ...metadata, models: [...metadata.models, ...drafts.map(({ model }) => model)] }
  const order = orderModels([...new Set(drafts.map(({ model }) => model.name))], edgesOf(known, filled))
  if (order.stuck.length > 0) {
    const message = `${order.stuck.join(', ')} refer to one another by required fields: none can be first`
    problems.push(problem('cycle', null, order.stuck[0]!, null, message, 'make one of these foreign keys optional'))
  }
  const overwritten = overwrittenFields(made)
  const targets = made.map(({ draft, columns }) => targetOf(draft, columns, order.deferred, overwritten))
  const primary = new Map<Space, KeyRule>()
  for (const space of Object.keys(SPACE_TABLES) as Space[]) {
    const rule = rules.primary(space)
    if (rule) primary.set(space, rule)
  }
  const lookups = new Map(targets.filter((_, i) => drafts[i]!.lookup).map((target) => [target.source, target]))
  return {
    metadata,
    targets: targets.filter((_, i) => !drafts[i]!.lookup),
    lookups,
    primary,
    order: order.models,
    problems,
  }
}

/** `Model.field` of what one target writes over after another: no digest can rest on it. */
function overwrittenFields(made: readonly { draft: Draft; columns: readonly PlannedColumn[] }[]): Set<string> {
  const writers = new Map<string, number>()
  const over = new Set<string>()
  for (const { draft, columns } of made) {
    const { fold = [], update = [] } = draft.target.options
    for (const { field } of columns) {
      const name = `${draft.model.name}.${field.name}`
      writers.set(name, (writers.get(name) ?? 0) + 1)
      const fixed =
        fold.includes(field.name) || update.includes(field.name) || draft.model.primaryKey.includes(field.name)
      if (draft.verb !== 'insert' && !fixed) over.add(name)
    }
  }
  return new Set([...over].filter((name) => writers.get(name)! > 1))
}

function targetOf(
  draft: Draft,
  columns: readonly PlannedColumn[],
  late: ReadonlySet<string>,
  overwritten: ReadonlySet<string>,
): PlannedTarget {
  const { model, verb, target, facts, source, label } = draft
  const deferred = verb === 'insert' ? columns.filter(({ field }) => late.has(`${model.name}.${field.name}`)) : []
  const now = columns.filter((column) => !deferred.includes(column))
  const selector = selectorOf(draft, columns)
  const constants = columns.flatMap(({ producer }) => (producer.from === 'constant' ? [String(producer.value)] : []))
  const lane = selector?.rule.kind === 'number' ? selector.rule.lane : 0
  return {
    source,
    facts,
    target,
    model,
    label,
    shape: shapeOf(draft, now, selector),
    full: shapeOf(
      draft,
      columns.filter(({ field }) => !overwritten.has(`${model.name}.${field.name}`)),
      selector,
    ),
    all: columns,
    columns: now,
    verb,
    unique: target.options.update ?? target.options.fold ?? [],
    deferred,
    selector,
    group: JSON.stringify([source, model.name, verb, columns.map(({ field }) => field.name), constants, lane]),
  }
}

function shapeOf({ model }: Draft, columns: readonly PlannedColumn[], selector: Selector | null): TableShape {
  const key = selector?.column.field.column ?? columns[0]?.field.column ?? ''
  return {
    table: model.table,
    ...(model.schema !== null && { schema: model.schema }),
    key,
    order: [key],
    columns: Object.fromEntries(columns.map(({ field, kind }) => [field.column, kind])),
  }
}

function selectorOf({ facts }: Draft, columns: readonly PlannedColumn[]): Selector | null {
  const keys = columns.flatMap((column): Selector[] => {
    const { producer } = column
    if (producer.from !== 'key' || producer.columns.length !== 1 || producer.rule.kind === 'table') return []
    const space = facts.columns[producer.columns[0]!]!.space!
    const scope = producer.columns[0] === facts.own[0] ? 'step' : 'run'
    return [{ column, rule: producer.rule, space, scope }]
  })
  const steps = keys.filter(({ scope }) => scope === 'step')
  const ofRow = steps.find(({ column }) => !referenceColumn(column)) ?? steps[0]
  return ofRow ?? keys.find(({ column }) => column.field.required) ?? keys[0] ?? null
}

function referenceColumn({ producer }: PlannedColumn): boolean {
  return producer.from === 'key' && producer.rule.kind === 'table'
}

function columnsOf(draft: Draft, rules: KeyRules, metadata: Metadata, problems: Problem[]): PlannedColumn[] {
  const { model, target, facts, verb } = draft
  const producers = new Map<string, Producer>()
  const identity = rules.identity(draft)
  if (identity) producers.set(identity.field.name, { from: 'key', columns: identity.columns, rule: identity.rule })
  for (const assignment of draft.assignments) {
    if (producers.has(assignment.field)) continue
    // Lookup rows bring their own keys, or get them when they are added.
    if (draft.lookup && facts.own.includes(assignment.column)) continue
    const producer = assigned(draft, assignment, rules, metadata, problems)
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
      problems.push(unmapped(draft, field))
    }
  }
  return [...producers].flatMap(([name, producer]): PlannedColumn[] => {
    const field = findField(model, name)
    if (!field) return []
    const names = metadata.enums.find((type) => type.name === field.type)?.values ?? null
    const dated = producer.from === 'column' && facts.columns[producer.column]?.kind === 'date'
    const kind = dated && field.type === 'DateTime' ? 'date' : kindOf(field, producer)
    const cut = target.options.truncate?.includes(name) ? lengthOf(field) : null
    return [
      {
        field,
        kind,
        producer,
        enumValues: field.enum ? names : null,
        cut,
        places: placesOf(field),
        tick: tickOf(field),
      },
    ]
  })

  function unasked(of: Draft, field: Field): Producer | null {
    if (field.updatedAt)
      return facts.time
        ? { from: 'column', column: facts.time, values: null }
        : { from: 'constant', value: new Date(0) }
    const text = field.type === 'String' && field.default !== null && CLIENT_DEFAULTS.has(field.default)
    if (!text || model.primaryKey.includes(field.name) || facts.columns[facts.own[0]!]?.space === undefined) return null
    const form = field.default === 'auto' ? 'uuid' : (field.default as 'uuid')
    return {
      from: 'key',
      columns: of.facts.own,
      rule: { kind: 'text', form, table: `${tableName(model)}.${field.name}`, lane: 0 },
    }
  }
}

/** A problem that says why the field has no producer is enough. */
function failed({ source, model }: Draft, field: Field, problems: readonly Problem[]): boolean {
  return problems.some((p) => p.source === source && p.model === model.name && p.field === field.name)
}

function unmapped({ source, model, facts, target }: Draft, field: Field): Problem {
  const column = Object.keys(facts.columns).find((name) => name.replaceAll('_', '') === field.name.toLowerCase())
  const isKey = model.primaryKey.includes(field.name)
  const how =
    column && target.kind === 'to' ? `${column}: '${field.name}',` : `set: { ${field.name}: ${example(field)} }`
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

function example(field: Field): string {
  if (field.enum) return `'…' /* one of ${field.type} */`
  const values: Record<string, string> = {
    String: "'…'",
    Boolean: 'false',
    DateTime: "new Date('2024-01-01')",
    Json: '{}',
    BigInt: '0n',
  }
  return values[field.type] ?? '0'
}

function assigned(
  draft: Draft,
  assignment: Assignment,
  rules: KeyRules,
  metadata: Metadata,
  problems: Problem[],
): Producer | null {
  const { model, facts, source } = draft
  const { column, values } = assignment
  const field = findField(model, assignment.field)!
  if (assignment.find !== undefined) return found(draft, assignment, field, metadata, problems)
  if (values) return { from: 'column', column, values: new Map(Object.entries(values)) }
  const space = facts.columns[column]!.space
  if (space === undefined) return { from: 'column', column, values: null }
  const to = referenceOf(model, field.name)
  const rule = to ? rules.reference(space, to.model, to.field) : rules.primary(space)
  if (rule) return { from: 'key', columns: [column], rule }
  const fact = factOf(space)
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

function kindOf(field: Field, producer: Producer): ColumnKind {
  if (field.enum || field.type === 'String') return 'text'
  if (field.type === 'DateTime') return field.native?.[0] === 'Date' ? 'date' : 'time'
  if (field.type === 'BigInt' || producer.from === 'key') return 'id'
  if (field.type === 'Int' || field.type === 'Boolean') return 'int'
  if (field.type === 'Float' || field.type === 'Decimal') return 'float'
  return field.type === 'Json' ? 'json' : 'text'
}

/** Characters that a text column takes; null when it has no bound. */
export function lengthOf(field: Field): number | null {
  const [type, length] = field.native ?? []
  if (type === undefined || !/char$/i.test(type)) return null
  return Number(length ?? (type.toLowerCase() === 'char' ? 1 : Number.NaN)) || null
}

function placesOf(field: Field): number | null {
  const [type, , scale] = field.native ?? []
  if (type === 'Real' || (type === 'Float' && field.native?.length === 1)) return -1
  return field.type === 'Decimal' && type === 'Decimal' ? Number(scale ?? 0) : null
}

/** PostgreSQL's and MySQL's times keep as many digits of a second as they are told. */
function tickOf(field: Field): number {
  const [type, digits] = field.native ?? []
  if (field.type !== 'DateTime' || type === undefined || digits === undefined) return 1
  return 10 ** Math.max(0, 3 - Number(digits))
}

import type { TableShape } from '../../batch.ts'
import { withoutChoices } from '../config/choices.ts'
import type { MingleConfig } from '../config/config.ts'
import { problem } from '../config/problem.ts'
import { SPACE_TABLES, type Space } from '../config/sources.ts'
import { type Field, type Metadata, relationOf } from '../metadata/metadata.ts'
import { type Draft, draftsOf } from './drafts.ts'
import { KeyRules } from './key-rules.ts'
import { withKeyed } from './keyed.ts'
import { edgesOf, orderModels } from './order.ts'
import type { KeyRule, Plan, PlannedColumn, PlannedTarget, Selector } from './plan.ts'
import { columnsOf } from './producers.ts'

/** What a configuration means on a schema: every target's columns, keys and order; with what is wrong about it. */
export function planMapping(given: MingleConfig, metadata: Metadata): Plan {
  const { config, problems } = withoutChoices(given)
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
  const targets = withKeyed(made.map(({ draft, columns }) => targetOf(draft, columns, order.deferred, overwritten)))
  const primary = new Map<Space, KeyRule>()
  for (const space of Object.keys(SPACE_TABLES) as Space[]) {
    const rule = rules.primary(space)
    if (rule) primary.set(space, rule)
  }
  const row = primary.has('match') ? null : rules.ofPair(undefined, undefined)
  const lookups = new Map(targets.filter((_, i) => drafts[i]!.lookup).map((target) => [target.source, target]))
  return {
    metadata,
    targets: targets.filter((_, i) => !drafts[i]!.lookup),
    lookups,
    primary,
    pairKey: row?.rule ? { rule: row.rule, reversed: row.reversed } : null,
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
  const deferred = verb === 'insert' ? columns.filter(({ field }) => isLate(draft, field, late)) : []
  const now = columns.filter((column) => !deferred.includes(column))
  const selector = selectorOf(draft, columns)
  const constants = columns.flatMap(({ producer }) => (producer.from === 'constant' ? [String(producer.value)] : []))
  const lane = !selector || selector.rule.kind === 'table' ? 0 : selector.rule.lane
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
    keyed: 'no',
    many: verb !== 'insert' && sharesRows(draft, columns),
    group: JSON.stringify([source, model.name, verb, columns.map(({ field }) => field.name), constants, lane]),
  }
}

/** Whether two facts can be about one row: the unique that finds it, with what all of them have in common, is no key. */
function sharesRows({ target, facts }: Draft, columns: readonly PlannedColumn[]): boolean {
  const unique = target.options.update ?? target.options.fold ?? []
  const known = columns.flatMap(({ field, producer }) => {
    if (!unique.includes(field.name)) return []
    return producer.from === 'key' ? producer.columns : 'column' in producer ? [producer.column] : []
  })
  const common = [...known, ...Object.keys(target.options.where ?? {})]
  return !facts.keys.some((key) => key.every((column) => common.includes(column)))
}

/** Foreign keys that are set when all rows are there: those of a cycle, and those from one row of a model to another. */
function isLate({ model }: Draft, { name, required }: Field, late: ReadonlySet<string>): boolean {
  const itself = !required && !model.primaryKey.includes(name) && relationOf(model, name)?.model === model.name
  return itself || late.has(`${model.name}.${name}`)
}

function shapeOf({ model }: Draft, columns: readonly PlannedColumn[], selector: Selector | null): TableShape {
  const key = selector?.column.field.column ?? columns[0]?.field.column ?? ''
  const bytes = columns.filter((column) => column.bytes)
  return {
    table: model.table,
    ...(model.schema !== null && { schema: model.schema }),
    ...(bytes.length > 0 && { binary: bytes.map(({ field }) => field.column) }),
    key,
    order: [key],
    columns: Object.fromEntries(columns.map(({ field, kind }) => [field.column, kind])),
  }
}

function selectorOf({ facts }: Draft, columns: readonly PlannedColumn[]): Selector | null {
  const keys = columns.flatMap((column): Selector[] => {
    const { producer, part } = column
    if (producer.from !== 'key' || producer.columns.length !== 1 || producer.rule.kind === 'table' || part) return []
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

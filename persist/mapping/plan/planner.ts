import type { TableShape } from '../../batch.ts'
import type { OwnTable } from '../../own/own-table.ts'
import { withoutChoices } from '../config/choices.ts'
import type { MingleConfig } from '../config/config.ts'
import { problem } from '../config/problem.ts'
import { SPACE_TABLES, type Space, spaceOfTable } from '../config/sources.ts'
import { type Field, type Metadata, relationOf } from '../metadata/metadata.ts'
import { usualForm } from './answers.ts'
import { spaced } from './derived.ts'
import { type Draft, derivedDrafts, draftsOf } from './drafts.ts'
import { givenKeys } from './keys/given-keys.ts'
import { KeyRules } from './keys/key-rules.ts'
import { withKeyed } from './keys/keyed.ts'
import { edgesOf, orderModels } from './order.ts'
import { tellsConstant, tellsPart } from './part.ts'
import type { KeyRule, Plan, PlannedColumn, PlannedTarget, Selector } from './plan.ts'
import { columnsOf } from './producers.ts'

/**
 * What a configuration means on a schema: every target's columns, keys and order; with what is wrong about it.
 * @param own the facts of the extension that a run lives by  @param elsewhere see `Plan`
 */
export function planMapping(
  given: MingleConfig,
  metadata: Metadata,
  usualTimes: 'integer' | 'text' = 'text',
  own: readonly OwnTable[] = [],
  elsewhere: readonly string[] | null = null,
): Plan {
  const { config, problems } = withoutChoices(given)
  const drafts = draftsOf(config, metadata, problems, own, elsewhere)
  const later = derivedDrafts(config, metadata, problems)
  const rules = new KeyRules([...drafts, ...later])
  const answers = usualForm(drafts)
  const made = drafts.map((draft) => ({ draft, columns: columnsOf(draft, rules, metadata, problems, answers) }))
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
  const primary = new Map<Space, KeyRule>()
  const spaces = [...Object.keys(SPACE_TABLES), ...own.map(({ table }) => spaceOfTable(table)!)] as Space[]
  for (const space of spaces) {
    const rule = rules.primary(space)
    if (rule) primary.set(space, rule)
  }
  const overwritten = overwrittenFields(made)
  const targets = withKeyed(
    made.map(({ draft, columns }) => {
      const ownKey = rules.identity(draft)?.field.name ?? null
      const beside = made.some(({ draft: other }) => other !== draft && other.model === draft.model)
      const selector = selectorOf(draft, columns) ?? selectorAmong(givenKeys(draft, columns, primary))
      return targetOf(draft, columns, { ownKey, selector, beside }, order.deferred, overwritten)
    }),
  )
  const derived = later.map((draft) => {
    const columns = columnsOf(draft, rules, metadata, problems, answers).map((column) => spaced(draft, column))
    const ownKey = rules.identity(draft)?.field.name ?? null
    return targetOf(draft, columns, { ownKey, selector: null, beside: false }, new Set(), new Set())
  })
  const row = primary.has('match') ? null : rules.ofPair(undefined, undefined)
  const lookups = new Map(targets.filter((_, i) => drafts[i]!.lookup).map((target) => [target.source, target]))
  return {
    config: given,
    metadata,
    own,
    elsewhere,
    targets: targets.filter((_, i) => !drafts[i]!.lookup),
    lookups,
    derived,
    primary,
    pairKey: row?.rule ? { rule: row.rule, reversed: row.reversed } : null,
    answers,
    times: config.times,
    usualTimes,
    order: order.models,
    problems,
  }
}

/** `Model.field` of what one target writes over after another: no digest can rest on it. */
function overwrittenFields(made: readonly Made[]): Set<string> {
  const writers = new Map<string, Made[]>()
  const over = new Set<string>()
  for (const each of made) {
    const { draft, columns } = each
    for (const { field } of columns) {
      const name = `${draft.model.name}.${field.name}`
      writers.set(name, [...(writers.get(name) ?? []), each])
      const fixed = found(draft).includes(field.name) || draft.model.primaryKey.includes(field.name)
      if (draft.verb !== 'insert' && !fixed) over.add(name)
    }
  }
  const clash = (all: readonly Made[]) => all.some((one, i) => all.slice(i + 1).some((other) => !mirrored(one, other)))
  return new Set([...over].filter((name) => clash(writers.get(name)!)))
}

/** The fields by which the row that a fact goes into is found. */
function found({ target }: Draft): readonly string[] {
  return target.options.update ?? target.options.fold ?? []
}

type Made = { readonly draft: Draft; readonly columns: readonly PlannedColumn[] }

/**
 * Whether two targets of a fact about two people, who are always in the same order, find their rows by them the one way and
 * the other: then never the same row.
 */
function mirrored(one: Made, other: Made): boolean {
  const { source, facts } = one.draft
  const [low, high] = source === 'like' ? ['low_user_id', 'high_user_id'] : (facts.pair ?? [])
  if (low === undefined || other.draft.source !== source) return false
  const by =
    ({ draft, columns }: Made) =>
    (column: string | undefined) =>
      columns.find(
        ({ field, producer }) =>
          found(draft).includes(field.name) && producer.from === 'key' && producer.columns.join() === column,
      )?.field.name
  const [mine, others] = [by(one), by(other)]
  return mine(low) !== undefined && mine(high) !== undefined && mine(low) === others(high) && mine(high) === others(low)
}

function targetOf(
  draft: Draft,
  columns: readonly PlannedColumn[],
  { ownKey, selector, beside }: { ownKey: string | null; selector: Selector | null; beside: boolean },
  late: ReadonlySet<string>,
  overwritten: ReadonlySet<string>,
): PlannedTarget {
  const { model, verb, target, facts, source, label } = draft
  const verified = columns.filter(({ field }) => !overwritten.has(`${model.name}.${field.name}`))
  const deferred = verb === 'insert' ? columns.filter(({ field }) => isLate(draft, field, late)) : []
  const now = columns.filter((column) => !deferred.includes(column))
  const constants = columns.flatMap(({ producer }) => (producer.from === 'constant' ? [String(producer.value)] : []))
  const lane = !selector || selector.rule.kind === 'table' ? 0 : selector.rule.lane
  return {
    source,
    facts,
    target,
    model,
    label,
    shape: shapeOf(draft, now, selector),
    full: shapeOf(draft, verified, selector),
    all: columns,
    columns: now,
    verb,
    unique: target.options.update ?? target.options.fold ?? [],
    deferred,
    selector,
    ownKey,
    keyed: 'no',
    many: verb !== 'insert' && (sharesRows(draft, columns) || lost(draft, verified, selector, beside)),
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
  const fixed = Object.entries(target.options.where ?? {}).filter(([, value]) => !Array.isArray(value))
  const common = [...known, ...fixed.map(([name]) => name)]
  return !facts.keys.some((key) => key.every((column) => common.includes(column)))
}

/**
 * Whether nothing tells the rows that a fact went into from the model's other rows: they are found by a person alone, and no
 * field of theirs shows that the fact was there.
 * @param beside whether other targets, too, make or change rows of the model
 */
function lost(draft: Draft, verified: readonly PlannedColumn[], selector: Selector | null, beside: boolean): boolean {
  if (!beside && draft.verb === 'fold') return false
  const { model } = draft
  const by = found(draft)
  if (selector && by.length === 1 && by[0] === selector.column.field.name) return false
  return !verified.some((column) => tellsPart(column, by, model) || tellsConstant(column))
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
  return selectorAmong(keys)
}

/** Of the keys by which rows could be found, the best. */
function selectorAmong(keys: readonly Selector[]): Selector | null {
  const steps = keys.filter(({ scope }) => scope === 'step')
  const ofRow = steps.find(({ column }) => !referenceColumn(column)) ?? steps[0]
  return ofRow ?? keys.find(({ column }) => column.field.required) ?? keys[0] ?? null
}

function referenceColumn({ producer }: PlannedColumn): boolean {
  return producer.from === 'key' && producer.rule.kind === 'table'
}

import type { OwnTable } from '../../own/own-table.ts'
import { type AnswerForm, KEY_FORMS, type Mapped, type MingleConfig, type Target, to } from '../config/config.ts'
import { ownSource } from '../config/own-sources.ts'
import { type Problem, problem } from '../config/problem.ts'
import {
  DERIVED_NAMES,
  type FactName,
  LOOKUP_SOURCES,
  SOURCE_NAMES,
  SOURCES,
  type Source,
  type SourceName,
  sourceOf,
} from '../config/sources.ts'
import { type Field, findField, findModel, type Metadata, type Model } from '../metadata/metadata.ts'
import { namedForm } from './keys/key-forms.ts'

/** One column of a fact on its way to one field. */
export interface Assignment {
  readonly column: string
  readonly field: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly find?: string
  readonly missing?: 'error' | 'skip' | 'null'
  /** The model whose rows' key is meant. */
  readonly of?: string
  readonly answers?: Partial<AnswerForm>
}

/** A target whose model is known, before its columns are. */
export interface Draft {
  readonly source: FactName
  readonly facts: Source
  readonly target: Target
  readonly model: Model
  readonly verb: 'insert' | 'fold' | 'update'
  readonly assignments: readonly Assignment[]
  readonly label: string
  readonly lookup: boolean
}

/** @param own facts of the extension that a run lives by  @param elsewhere see `Plan` */
export function draftsOf(
  config: MingleConfig,
  metadata: Metadata,
  problems: Problem[],
  own: readonly OwnTable[],
  elsewhere: readonly string[] | null,
): Draft[] {
  const kinds = own.map(({ kind }) => kind)
  const unasked = elsewhere === null && own.length === 0 && config.extension !== undefined
  for (const name of Object.keys(config.map)) {
    if (unasked || name in SOURCES || kinds.includes(name) || elsewhere?.includes(name)) continue
    const paste =
      `one of: ${[...SOURCE_NAMES, ...DERIVED_NAMES, ...kinds].join(', ')}; or, where an extension makes it, ` +
      "extension: './its-file.ts' beside map, or --extension"
    problems.push(problem('unknown name', name, null, null, `there is no fact '${name}'`, paste))
  }
  return [
    ...draftsNamed(SOURCE_NAMES, config, metadata, problems),
    ...own.flatMap((table) => ownDrafts(table, config, metadata, problems)),
  ]
}

/** A mapping may name what an extension calls its facts, or the extension the site's model and fields themselves. */
function ownDrafts(own: OwnTable, config: MingleConfig, metadata: Metadata, problems: Problem[]): Draft[] {
  const { kind, table, columns } = own
  if (kind in SOURCES) {
    const message = `the extension calls facts of its own '${kind}', as Mingle calls one of its own`
    problems.push(problem('unknown name', kind, null, null, message, `kind: 'my_${kind}'   // in the extension`))
    return []
  }
  const goal = config.map[kind]
  const source = ownSource(own)
  if (goal !== undefined) {
    return targetsOf(goal).flatMap((target) => draftOf(kind, target, metadata, problems, source) ?? [])
  }
  const model = metadata.models.find((each) => each.name === table || each.table === table)
  if (model) {
    const fieldOf = (column: string) => model.fields.find((field) => field.column === column)?.name ?? column
    const fields = Object.fromEntries(Object.keys(columns).map((column) => [column, fieldOf(column)]))
    return [draftOf(kind, to(model.name, fields), metadata, problems, source) ?? []].flat()
  }
  const fields = Object.keys(columns).map((column) => `${column}: '…'`)
  const message = `the extension's facts '${kind}' go nowhere: no model is called ${table}`
  const paste = `${kind}: to('…', { ${fields.join(', ')} }),   // or ${kind}: skip()`
  problems.push(problem('skipped fact', kind, table, null, message, paste))
  return []
}

/** Drafts of what jobs derive. */
export function derivedDrafts(config: MingleConfig, metadata: Metadata, problems: Problem[]): Draft[] {
  return draftsNamed(DERIVED_NAMES, config, metadata, problems)
}

function draftsNamed(
  names: readonly SourceName[],
  config: MingleConfig,
  metadata: Metadata,
  problems: Problem[],
): Draft[] {
  return names.flatMap((source) =>
    targetsOf(config.map[source] as Mapped<SourceName> | undefined).flatMap((target) => {
      const draft = draftOf(source, target, metadata, problems, sourceOf(source))
      return draft ? [draft] : []
    }),
  )
}

function targetsOf(mapped: Mapped<FactName> | undefined): readonly Target[] {
  if (mapped === undefined) return []
  if (Array.isArray(mapped)) return mapped
  return (mapped as Target).kind === ('skip' as string) ? [] : [mapped as Target]
}

function draftOf(
  source: FactName,
  given: Target,
  metadata: Metadata,
  problems: Problem[],
  facts: Source,
): Draft | undefined {
  const found = findModel(metadata, given.model)
  if (!found) {
    const names = metadata.models.map(({ name }) => name).join(', ')
    problems.push(problem('unknown name', source, given.model, null, `there is no model '${given.model}'`, names))
    return undefined
  }
  const { target, model } =
    given.kind === 'link' ? joined(source, given, found, metadata, problems, facts) : { target: given, model: found }
  if (!model) return undefined
  const assignments = Object.entries(target.fields).flatMap(([column, destinations]) =>
    (Array.isArray(destinations) ? destinations : [destinations]).map(
      (destination): Assignment =>
        typeof destination === 'string' ? { column, field: destination } : { column, ...destination },
    ),
  )
  for (const { column, field } of assignments) {
    if (!(column in facts.columns)) {
      const paste = `columns of '${source}': ${Object.keys(facts.columns).join(', ')}`
      problems.push(problem('unknown name', source, model.name, field, `the fact has no column '${column}'`, paste))
    }
  }
  const { key } = target.options
  if (key !== undefined && namedForm(key) === null) {
    const paste = `{ key: '${KEY_FORMS.join("' | '")}' | 'nanoid(10)' }`
    problems.push(
      problem(
        'unknown name',
        source,
        model.name,
        null,
        `there is no form '${key}' of keys (a nanoid has 2 to 255 characters)`,
        paste,
      ),
    )
  }
  const { set = {}, fold = [], update = [], truncate = [], once = [] } = target.options
  const named = [
    ...assignments.map(({ field }) => field),
    ...Object.keys(set),
    ...(target.returns ?? []),
    ...fold,
    ...update,
    ...truncate,
    ...once,
  ]
  for (const name of new Set(named)) {
    if (findField(model, name)) continue
    const paste = `fields of ${model.name}: ${model.fields.map((field) => field.name).join(', ')}`
    problems.push(problem('unknown name', source, model.name, name, `the model has no field '${name}'`, paste))
  }
  return {
    source,
    facts,
    target,
    model,
    verb: target.options.update ? 'update' : target.options.fold ? 'fold' : 'insert',
    assignments: assignments.filter(({ column, field }) => column in facts.columns && findField(model, field)),
    label: `${source} → ${given.kind === 'link' ? `${given.model}.${given.relation}` : model.name}`,
    lookup: (LOOKUP_SOURCES as readonly string[]).includes(source),
  }
}

/** The table of an implicit many-to-many relation, `_AToB` with the columns A and B, as a model. */
function joined(source: FactName, given: Target, model: Model, metadata: Metadata, problems: Problem[], facts: Source) {
  const relation = model.relations.find(({ field }) => field === given.relation)
  const other = relation && findModel(metadata, relation.model)
  if (
    !relation?.list ||
    relation.from.length > 0 ||
    !other ||
    model.primaryKey.length !== 1 ||
    other.primaryKey.length !== 1
  ) {
    const lists = model.relations.filter(({ list }) => list).map(({ field }) => `link('${model.name}.${field}')`)
    const message = `'${given.relation}' is no many-to-many relation`
    problems.push(problem('unknown name', source, model.name, given.relation ?? null, message, lists.join(', ')))
    return { target: given, model: undefined }
  }
  const [a, b] = model.name <= other.name ? [model, other] : [other, model]
  const field = (name: string, to: Model): Field => ({
    ...findField(to, to.primaryKey[0]!)!,
    name,
    column: name,
    default: null,
  })
  const side = (name: string, to: Model) => ({
    name: relation.name,
    field: name.toLowerCase(),
    model: to.name,
    from: [name],
    to: to.primaryKey,
    list: false,
  })
  const table: Model = {
    name: `_${relation.name}`,
    table: `_${relation.name}`,
    schema: a.schema,
    fields: [field('A', a), field('B', b)],
    relations: [side('A', a), side('B', b)],
    primaryKey: ['A', 'B'],
    uniques: [],
  }
  const [first, second] = given.between ?? facts.own.slice(0, 2)
  const [forA, forB] = model === a ? [first, second] : [second, first]
  return { target: { ...given, fields: { [forA ?? '']: 'A', [forB ?? '']: 'B' } } as Target, model: table }
}

import { KEY_FORMS, type KeyForm, type Mapped, type MingleConfig, type Target } from './config.ts'
import { type Field, findField, findModel, type Metadata, type Model, referenceOf } from './metadata.ts'
import type { KeyRule } from './plan.ts'
import type { Problem } from './problem.ts'
import { LOOKUP_SOURCES, SOURCE_NAMES, SOURCES, type Source, type SourceName, type Space, sourceOf } from './sources.ts'

/** One column of a fact on its way to one field. */
export interface Assignment {
  readonly column: string
  readonly field: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly find?: string
  readonly missing?: 'error' | 'skip' | 'null'
}

/** A target whose model is known, before its columns are. */
export interface Draft {
  readonly source: SourceName
  readonly facts: Source
  readonly target: Target
  readonly model: Model
  readonly verb: 'insert' | 'fold' | 'update'
  readonly assignments: readonly Assignment[]
  readonly label: string
  readonly lookup: boolean
}

/** The row's key, when it has one of its own: of which field, by which rule, from which columns of the fact. */
export interface Identity {
  readonly field: Field
  readonly rule: KeyRule
  readonly columns: readonly string[]
}

export function draftsOf(config: MingleConfig, metadata: Metadata, problems: Problem[]): Draft[] {
  for (const name of Object.keys(config.map)) {
    if (name in SOURCES) continue
    const paste = `one of: ${SOURCE_NAMES.join(', ')}`
    problems.push(problem('unknown name', name, null, null, `there is no fact '${name}'`, paste))
  }
  return SOURCE_NAMES.flatMap((source) =>
    targetsOf(config.map[source] as Mapped<SourceName> | undefined).flatMap((target) => {
      const draft = draftOf(source, target, metadata, problems)
      return draft ? [draft] : []
    }),
  )
}

function targetsOf(mapped: Mapped<SourceName> | undefined): readonly Target[] {
  if (mapped === undefined) return []
  if (Array.isArray(mapped)) return mapped
  return (mapped as Target).kind === ('skip' as string) ? [] : [mapped as Target]
}

function draftOf(source: SourceName, given: Target, metadata: Metadata, problems: Problem[]): Draft | undefined {
  const found = findModel(metadata, given.model)
  if (!found) {
    const names = metadata.models.map(({ name }) => name).join(', ')
    problems.push(problem('unknown name', source, given.model, null, `there is no model '${given.model}'`, names))
    return undefined
  }
  const facts = sourceOf(source)
  const { target, model } =
    given.kind === 'link' ? joined(source, given, found, metadata, problems) : { target: given, model: found }
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
    lookup: LOOKUP_SOURCES.includes(source),
  }
}

/** The table of an implicit many-to-many relation, `_AToB` with the columns A and B, as a model. */
function joined(source: SourceName, given: Target, model: Model, metadata: Metadata, problems: Problem[]) {
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
  const [first, second] = given.between ?? sourceOf(source).own.slice(0, 2)
  const [forA, forB] = model === a ? [first, second] : [second, first]
  return { target: { ...given, fields: { [forA ?? '']: 'A', [forB ?? '']: 'B' } } as Target, model: table }
}

export function problem(
  code: Problem['code'],
  source: string | null,
  model: string | null,
  field: string | null,
  message: string,
  paste: string,
): Problem {
  return { code, source, model, field, message, paste }
}

/** Which key every draft's rows have, and which key a number of some space becomes in a foreign key. */
export class KeyRules {
  readonly #drafts: readonly Draft[]
  readonly #identities = new Map<Draft, Identity | null>()

  constructor(drafts: readonly Draft[]) {
    this.#drafts = drafts
  }

  identity(draft: Draft): Identity | null {
    const known = this.#identities.get(draft)
    if (known !== undefined) return known
    // Whoever asks for it while it is being found goes round in a circle.
    this.#identities.set(draft, null)
    const found = this.#find(draft)
    this.#identities.set(draft, found)
    return found
  }

  /** The key that `model.field` of the row with a number has; null when no fact makes such rows. */
  reference(space: Space, model: string, field: string): KeyRule | null {
    for (const draft of this.#drafts) {
      if (draft.facts.space !== space || draft.model.name !== model || draft.verb === 'update') continue
      if (draft.lookup) return { kind: 'table', space }
      const identity = this.identity(draft)
      if (identity?.field.name === field && identity.columns.length === 1) return identity.rule
      const assigned = draft.assignments.find((assignment) => assignment.field === field)
      const next = assigned && referenceOf(draft.model, field)
      if (next && draft.facts.columns[assigned.column]?.space === space) {
        const rule = this.reference(space, next.model, next.field)
        if (rule) return rule
      }
    }
    return null
  }

  /** The key that stands for a space's numbers where no relation says which. */
  primary(space: Space): KeyRule | null {
    for (const draft of this.#drafts) {
      if (draft.facts.space !== space || draft.verb === 'update') continue
      if (draft.lookup) return { kind: 'table', space }
      const identity = this.identity(draft)
      if (identity && identity.columns.length === 1) return identity.rule
    }
    return null
  }

  #find(draft: Draft): Identity | null {
    const { model, facts, verb } = draft
    const name = model.primaryKey.length === 1 ? model.primaryKey[0]! : null
    const field = name === null ? undefined : findField(model, name)
    if (!field || verb === 'update' || draft.lookup) return null
    if (name! in (draft.target.options.set ?? {}) || draft.target.returns?.includes(name!)) return null
    const assigned = draft.assignments.find((assignment) => assignment.field === name)
    if (!assigned) return this.#generated(draft, field)
    const space = facts.columns[assigned.column]?.space
    if (!space) return null
    const to = referenceOf(model, field.name)
    const columns = [assigned.column]
    if (to) {
      const rule = this.reference(space, to.model, to.field)
      return rule && { field, rule, columns }
    }
    if (facts.own.length === 1 && facts.own[0] === assigned.column) return this.#generated(draft, field)
    const rule = this.primary(space)
    return rule && { field, rule, columns }
  }

  #generated(draft: Draft, field: Field): Identity | null {
    const { facts, target, model, verb } = draft
    const folded = verb === 'fold' && !draft.assignments.some((a) => a.field === field.name)
    const columns = folded
      ? (target.options.fold ?? []).flatMap((name) =>
          draft.assignments.filter((a) => a.field === name).map((a) => a.column),
        )
      : facts.own
    if (field.type === 'String') {
      if (columns.length === 0 || columns.length > 2 || columns.some((name) => !facts.columns[name]?.space)) return null
      const lane = folded ? 0 : this.#lane(draft).lane
      return { field, columns, rule: { kind: 'text', form: keyForm(field, target), table: tableName(model), lane } }
    }
    if (folded || facts.space === null || (field.type !== 'Int' && field.type !== 'BigInt')) return null
    const { lane, stride } = this.#lane(draft)
    return { field, columns, rule: { kind: 'number', stride, lane } }
  }

  /** Rows of one model that several targets make with keys of their own take turns; disjoint ones of one fact need not. */
  #lane(draft: Draft): { lane: number; stride: number } {
    const sharing = this.#drafts.filter(
      (other) => other.model.name === draft.model.name && other.verb === 'insert' && !other.lookup,
    )
    const lanes: { draft: Draft; lane: number }[] = []
    let next = 0
    for (const other of sharing) {
      const twin = lanes.find((before) => disjoint(before.draft, other))
      if (twin) lanes.push({ draft: other, lane: twin.lane })
      else {
        lanes.push({ draft: other, lane: next })
        next += other.target.most ?? 1
      }
    }
    return { lane: lanes.find((entry) => entry.draft === draft)?.lane ?? 0, stride: Math.max(1, next) }
  }
}

function disjoint(a: Draft, b: Draft): boolean {
  const [one, two] = [a.target.options.where ?? {}, b.target.options.where ?? {}] as Record<string, unknown>[]
  return a.source === b.source && Object.keys(one!).some((column) => column in two! && one![column] !== two![column])
}

function keyForm(field: Field, target: Target): KeyForm {
  if (target.options.key) return target.options.key
  return KEY_FORMS.find((form) => form === field.default) ?? 'uuid'
}

export function tableName(model: Model): string {
  return model.schema === null ? model.table : `${model.schema}.${model.table}`
}

import type { Space } from '../../config/sources.ts'
import { CLIENT_DEFAULTS, type Field, findField, type Model, referenceOf, uniquesOf } from '../../metadata/metadata.ts'
import type { Assignment, Draft } from '../drafts.ts'
import { turnOf } from '../lanes.ts'
import type { KeyRule } from '../plan.ts'
import { keyForm } from './key-forms.ts'

/** The row's key, when it has one of its own: of which field, by which rule, from which columns of the fact. */
export interface Identity {
  readonly field: Field
  readonly rule: KeyRule
  readonly columns: readonly string[]
}

/** @see KeyRules.ofPair */
export interface PairRow {
  readonly model: Model
  readonly key: Field
  /** Fields of the person with the smaller number, and of the other. */
  readonly by: readonly [low: string, high: string]
  /** Null: the database makes the key. */
  readonly rule: KeyRule | null
  /** Whether the key is a hash of the two the other way round. */
  readonly reversed: boolean
}

/** Which key every draft's rows have, and which key a number of some space becomes in a foreign key. */
export class KeyRules {
  readonly #drafts: readonly Draft[]
  readonly #identities = new Map<Draft, Identity | null>()
  /** References that are being followed: they may go round in a circle. */
  readonly #asked = new Set<string>()

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

  /** Which of the targets of its model a draft is, from 0. */
  turnIn({ model, target }: Draft): number {
    const beside = this.#drafts.filter((other) => other.model.name === model.name)
    return Math.max(
      0,
      beside.findIndex((other) => other.target === target),
    )
  }

  /** The key that `model.field` of the row with a number has; null when no fact makes such rows. */
  reference(space: Space, model: string, field: string): KeyRule | null {
    return this.#ofRows(space, model, field) ?? this.#ofPart(space, model, field)
  }

  /** The key that the fact's own rows of a model have in a field. */
  ownKeyOf(space: Space, model: string, field: string): KeyRule | null {
    return this.#ofRows(space, model, field)
  }

  #ofRows(space: Space, model: string, field: string): KeyRule | null {
    for (const draft of this.#drafts) {
      if (draft.facts.space !== space || draft.model.name !== model || draft.verb === 'update') continue
      if (draft.lookup) {
        // Lookup rows are known by their key; what else refers to them is given by name.
        if (draft.model.primaryKey[0] === field) return { kind: 'table', space }
        continue
      }
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

  /** One of several fields that a row is referred to by, such as a person in a row of two people. */
  #ofPart(space: Space, model: string, field: string): KeyRule | null {
    const asked = `${model}.${field}`
    if (this.#asked.has(asked)) return null
    this.#asked.add(asked)
    try {
      return this.#partOf(space, model, field)
    } finally {
      this.#asked.delete(asked)
    }
  }

  #partOf(space: Space, model: string, field: string): KeyRule | null {
    for (const draft of this.#drafts) {
      if (draft.model.name !== model || draft.verb === 'update') continue
      if (!uniquesOf(draft.model).some((fields) => fields.length > 1 && fields.includes(field))) continue
      const assigned = draft.assignments.find(
        (assignment) => assignment.field === field && assignment.find === undefined,
      )
      if (!assigned || draft.facts.columns[assigned.column]?.space !== space) continue
      const next = referenceOf(draft.model, field)
      const rule = next ? this.reference(space, next.model, next.field) : this.primary(space)
      if (rule) return rule
    }
    return null
  }

  /**
   * The row that the two likes behind a match fold into: its key as a hash of the two people where it is a text, else
   * the fields by which it is found. Null when no such row is made.
   * @param model whose rows are meant; undefined: whichever is the only one
   */
  ofPair(model: string | undefined, field: string | undefined): PairRow | null {
    const folds = this.#drafts.flatMap((draft) => {
      if (draft.verb !== 'fold' || (model !== undefined && draft.model.name !== model)) return []
      const by = pairFields(draft)
      return by && everyMatch(draft) ? [{ draft, by }] : []
    })
    // Of several such models, the one whose keys can be told.
    const told = folds.filter(({ draft }) => this.identity(draft))
    const [first, ...others] = told.length > 0 ? told : folds
    if (!first || others.some(({ draft }) => draft.model.name !== first.draft.model.name)) return null
    const identity = this.identity(first.draft)
    const key = identity?.field ?? findField(first.draft.model, first.draft.model.primaryKey[0] ?? '')
    if (!key || first.draft.model.primaryKey.length !== 1 || (field !== undefined && key.name !== field)) return null
    const low = identity?.columns[0] === columnOf(first.draft, first.by[0])
    return { model: first.draft.model, key, by: first.by, rule: identity?.rule ?? null, reversed: !low }
  }

  /** The key that a field without a relation is given: of the model that is named, of the field's own, or the first there is. */
  meant(space: Space, { model }: Draft, { field, of }: Assignment): KeyRule | null {
    const own = of === undefined ? this.ownKeyOf(space, model.name, field) : null
    if (own) return own
    const [named, ...others] = this.candidates(space, model, field)
    const told = of ?? (others.length === 0 ? named : undefined)
    return told === undefined ? this.primary(space) : this.#keyIn(space, told)
  }

  #keyIn(space: Space, model: string): KeyRule | null {
    const draft = this.#drafts.find((each) => each.model.name === model && each.facts.space === space)
    if (draft?.lookup) return { kind: 'table', space }
    const key = draft && this.identity(draft)
    return key?.columns.length === 1 ? key.rule : null
  }

  /**
   * The models whose keys, which differ, a field without a relation could hold of a space's numbers: of those, the ones
   * that the field is named after, where it is after any.
   */
  candidates(space: Space, model: Model, field: string): readonly string[] {
    const rules = new Map<string, string>()
    const making = this.#drafts.filter(
      ({ facts, verb, lookup }) => facts.space === space && verb !== 'update' && !lookup,
    )
    for (const draft of making) {
      // A person's profile stands beside the person.
      if (draft.source !== making[0]!.source || draft.model.name === model.name) continue
      const key = this.identity(draft)
      if (key?.columns.length !== 1 || referenceOf(draft.model, key.field.name)) continue
      const rule = JSON.stringify(key.rule)
      if (!rules.has(rule)) rules.set(rule, draft.model.name)
    }
    const names = [...new Set(rules.values())]
    const after = names.filter((name) => field.toLowerCase().replaceAll('_', '').includes(name.toLowerCase()))
    return after.length === 1 ? after : names
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
    if (verb === 'update' || draft.lookup) return null
    const name = model.primaryKey.length === 1 ? model.primaryKey[0]! : this.#ownPart(draft)
    const field = name === null ? undefined : findField(model, name)
    if (!field) return null
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
    // Rows without numbers of their own have the key of what they are about.
    const own = facts.space !== null && facts.own.length === 1 && facts.own[0] === assigned.column
    if (own && assigned.of === undefined) return this.#generated(draft, field)
    const rule = this.meant(space, draft, assigned)
    return rule && { field, rule, columns }
  }

  /**
   * The field of a key of several that holds the row's own number: the one that says how it is made, or to which the fact's
   * number goes while nothing else can be meant by it.
   */
  #ownPart({ model, facts, assignments, source }: Draft): string | null {
    const parts = model.primaryKey.flatMap((name) => findField(model, name) ?? [])
    const made = parts.find(({ default: by }) => by === 'autoincrement' || (by !== null && CLIENT_DEFAULTS.has(by)))
    if (made && !referenceOf(model, made.name)) return made.name
    const own = facts.own.length === 1 ? facts.own[0]! : null
    const given = assignments.find(({ column, field }) => column === own && model.primaryKey.includes(field))
    if (!given || given.of !== undefined || referenceOf(model, given.field)) return null
    const others = this.#drafts.some(
      (other) =>
        other.facts.space === facts.space &&
        other.verb !== 'update' &&
        (other.model !== model || (other.source === source && !other.assignments.includes(given))) &&
        !other.assignments.some(({ field }) => referenceOf(other.model, field)?.model === model.name),
    )
    return others ? null : given.field
  }

  #generated(draft: Draft, field: Field): Identity | null {
    const { facts, target, model, verb } = draft
    const folded = verb === 'fold' && !draft.assignments.some((a) => a.field === field.name)
    const columns = folded
      ? (target.options.fold ?? []).flatMap((name) =>
          draft.assignments.filter((a) => a.field === name).map((a) => a.column),
        )
      : facts.own
    if (field.type === 'String' || field.type === 'Bytes') {
      if (columns.length === 0 || columns.length > 2 || columns.some((name) => !facts.columns[name]?.space)) return null
      const { lane } = turnOf(draft, this.#drafts, field)
      return { field, columns, rule: { kind: 'text', ...keyForm(field, target), table: tableName(model), lane } }
    }
    if (folded || facts.space === null || (field.type !== 'Int' && field.type !== 'BigInt')) return null
    const { lane, stride } = turnOf(draft, this.#drafts, field)
    return { field, columns, rule: { kind: 'number', stride, lane } }
  }
}

/** The fields of a fold's unique that hold the two people, the one with the smaller number first. */
function pairFields(draft: Draft): readonly [low: string, high: string] | null {
  const [low, high] = draft.source === 'like' ? ['low_user_id', 'high_user_id'] : (draft.facts.pair ?? [])
  const fold = draft.target.options.fold ?? []
  const of = (column: string | undefined) =>
    draft.assignments.find((assignment) => assignment.column === column && fold.includes(assignment.field))?.field
  const [a, b] = [of(low), of(high)]
  return a !== undefined && b !== undefined && fold.length === 2 ? [a, b] : null
}

function columnOf(draft: Draft, field: string): string | undefined {
  return draft.assignments.find((assignment) => assignment.field === field)?.column
}

/** Whether a row is there for every match: both its people have liked, so either side's likes are enough. */
function everyMatch({ source, target }: Draft): boolean {
  const { action, liked, ...others } = (target.options.where ?? {}) as Record<string, unknown>
  if (source !== 'like') return Object.keys(others).length === 0
  return action !== 'DISLIKE' && liked !== 0 && Object.keys(others).every((column) => column === 'side')
}

export function tableName(model: Model): string {
  return model.schema === null ? model.table : `${model.schema}.${model.table}`
}

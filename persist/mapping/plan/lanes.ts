import type { Field } from '../metadata/metadata.ts'
import type { Draft } from './drafts.ts'

/** Keys that the rows of one target have to themselves: number × stride + lane. */
export interface Turn {
  readonly lane: number
  readonly stride: number
}

/** Drafts whose rows no key can tell apart, because none needs to; `width` keys a number. */
interface Lane {
  readonly first: number
  readonly width: number
  readonly drafts: Draft[]
}

/**
 * Rows of one model that several targets make with keys of their own take turns; those that take different facts, or
 * that fill one row between them, need not.
 * @param key the model's key
 */
export function turnOf(draft: Draft, drafts: readonly Draft[], key: Field): Turn {
  const text = key.type === 'String' || key.type === 'Bytes'
  const lanes: Lane[] = []
  let next = 0
  for (const other of drafts) {
    if (other.model.name !== draft.model.name || other.lookup || !makesKeys(other, key, text)) continue
    const width = other.target.most ?? 1
    const room = lanes.find((lane) => lane.width >= width && lane.drafts.every((one) => together(one, other, key)))
    if (room) room.drafts.push(other)
    else {
      lanes.push({ first: next, width, drafts: [other] })
      next += width
    }
  }
  const own = lanes.find((lane) => lane.drafts.includes(draft))
  return { lane: own?.first ?? 0, stride: Math.max(1, next) }
}

/** A fold is given the row's own number or a row's that is there; else its key is a hash, or a number of the database's. */
function makesKeys(draft: Draft, key: Field, text: boolean): boolean {
  if (draft.verb !== 'fold') return draft.verb === 'insert'
  const { own } = draft.facts
  const given = draft.assignments.find(({ field }) => field === key.name)
  return given ? own.length === 1 && own[0] === given.column : text
}

function together(a: Draft, b: Draft, key: Field): boolean {
  if (a.verb === 'insert' && b.verb === 'insert') return disjoint(a, b) && alike(a, b)
  if (assigns(a, key) && assigns(b, key)) {
    const one = a.verb === 'insert' ? b : a
    return a.facts.space === b.facts.space && (foldsOn(one).includes(key.name) || disjoint(a, b))
  }
  if (a.verb === 'fold' && b.verb === 'fold') {
    const [one, two] = [foldsOn(a), foldsOn(b)]
    return !assigns(a, key) && !assigns(b, key) && one.length === two.length && one.every((name) => two.includes(name))
  }
  const [fold, insert] = a.verb === 'fold' ? [a, b] : [b, a]
  if (assigns(fold, key)) return a.facts.space === b.facts.space && foldsOn(fold).includes(key.name)
  // The fold makes its key of what finds the row: the insert's own key, where that is the row's own number.
  const by = foldsOn(fold).map((name) => insert.assignments.find(({ field }) => field === name)?.column)
  return by.length === insert.facts.own.length && by.every((column, i) => column === insert.facts.own[i])
}

/** Whether no fact goes into both. */
function disjoint(a: Draft, b: Draft): boolean {
  const [one, two] = [a.target.options.where ?? {}, b.target.options.where ?? {}] as Record<string, unknown>[]
  const apart = (column: string) => ![one![column]].flat().some((value) => [two![column]].flat().includes(value))
  return a.source === b.source && Object.keys(one!).some((column) => column in two! && apart(column))
}

/** Whether the rows of both are read by the same columns: where the keys do not tell one's from the other's, nothing else does. */
function alike(a: Draft, b: Draft): boolean {
  const [one, two] = [fieldsOf(a), fieldsOf(b)]
  return one.length === two.length && one.every((field) => two.includes(field))
}

function fieldsOf({ assignments, target }: Draft): string[] {
  const set = Object.keys(target.options.set ?? {})
  return [...new Set([...assignments.map(({ field }) => field), ...set, ...(target.returns ?? [])])]
}

function foldsOn({ target }: Draft): readonly string[] {
  return target.options.fold ?? []
}

function assigns({ assignments }: Draft, key: Field): boolean {
  return assignments.some(({ field }) => field === key.name)
}

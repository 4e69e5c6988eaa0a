import type { TableName } from '../../../rows/tables.ts'
import { TABLES } from '../../../rows/tables.ts'
import { sourcesOfTable } from '../../config/sources.ts'
import type { Plan, PlannedTarget } from '../../plan/plan.ts'
import { partition } from '../whole.ts'
import type { Inverse, Inverter } from './inverse.ts'

/** Rows of one model that one fact (or, for `pair`, both of its targets) made, and what they tell of it. */
export interface Part {
  readonly target: PlannedTarget
  /** The other target of the same rows: a match whose two people have a row each, which nothing else tells apart. */
  readonly pair: Map<string, Inverse> | null
  readonly columns: Map<string, Inverse>
  /** Whether it tells the fact's own number, or pair of numbers. */
  readonly numbered: boolean
}

/** How rows of a reference table come of rows of the user's models. */
export interface Recipe {
  readonly table: TableName
  /** Each gives rows of its own: first a part, then parts that know more of the same rows. */
  readonly branches: readonly (readonly [Part, ...Part[]])[]
  /** The table's columns that are told; whether exactly. */
  readonly held: ReadonlyMap<string, boolean>
  readonly numbered: boolean
  /** Likes alone are kept, and nothing of a DISLIKE. */
  readonly likesAlone: boolean
}

const PERSON = ['user', 'profile']

/** Which of a reference table's targets left no row out, as the ledger's counts tell. */
export type IsWhole = (target: PlannedTarget) => boolean

/** The best way to a table's rows; null when the models do not hold all of them. */
export function recipeOf(plan: Plan, table: TableName, inverter: Inverter, isWhole: IsWhole): Recipe | null {
  const parts = partsOf(plan, table, inverter).filter(({ target }) => isWhole(target))
  const plain = parts.filter(({ target }) => !target.target.options.where)
  const numbered = plain.filter((part) => part.numbered)
  const spine = numbered.find(({ target }) => target.verb === 'insert') ?? numbered[0]
  const candidates: Recipe[] = []
  const add = (branches: Recipe['branches'], likesAlone = false) => {
    const held = heldOf(table, branches)
    const own = TABLES[table].order.every((column) => held.has(column))
    candidates.push({ table, branches, held, numbered: own, likesAlone })
  }
  if (spine) add([[spine, ...numbered.filter((part) => part !== spine)]])
  for (const part of plain) if (!part.numbered) add([[part]])
  for (const model of new Set(parts.map(({ target }) => target.model.name))) {
    const filtered = parts.filter(({ target }) => target.model.name === model && target.target.options.where)
    const split = partition(filtered.map(({ target }) => target))
    const likesAlone = split !== null && split.left.length > 0
    const dislikes = split?.left.every(({ action, liked }) => action === 'DISLIKE' || liked === 0)
    if (split && (!likesAlone || dislikes)) {
      add(
        filtered.map((part) => [part] as const),
        likesAlone,
      )
    }
  }
  // Dislikes are worth more than any column.
  const worth = ({ held, likesAlone }: Recipe) => held.size - (likesAlone ? 100 : 0)
  return candidates.sort((a, b) => worth(b) - worth(a))[0] ?? null
}

function heldOf(table: TableName, branches: Recipe['branches']): Map<string, boolean> {
  const held = new Map<string, boolean>()
  for (const name of Object.keys(TABLES[table].columns)) {
    const told = branches.map((branch) => branch.map((part) => part.columns.get(name)).find(Boolean))
    if (told.every((inverse) => inverse !== undefined))
      held.set(
        name,
        told.every((inverse) => inverse!.exact),
      )
  }
  return held
}

function partsOf(plan: Plan, table: TableName, inverter: Inverter): Part[] {
  const own = sourcesOfTable(table)
  // People's columns are in both facts; the table's own fact comes first, since its rows are counted.
  const sources = PERSON.includes(own[0]!) ? [...own, ...PERSON.filter((name) => name !== own[0])] : own
  const targets = sources.flatMap((source) => plan.targets.filter((target) => target.source === source))
  const seen = new Set<string>()
  return targets.flatMap((target): Part[] => {
    if (!target.selector || !oneRowEach(target) || seen.has(target.group)) return []
    seen.add(target.group)
    const twins = targets.filter(({ group }) => group === target.group)
    if (twins.length > 2 || (twins.length === 2 && target.source !== 'match')) return []
    const columns = inverter.columns(target)
    const pair = twins[1] ? inverter.columns(twins[1]) : null
    // Two rows of a match: told to be one's by its number, or since each names both people.
    if (pair && !columns.has('id') && !(columns.has('user_a_id') && columns.has('user_b_id'))) return []
    const person = columns.get(target.facts.own[0]!)
    if (PERSON.includes(target.source) && person) for (const name of ['id', 'user_id']) columns.set(name, person)
    for (const name of pair ? ['user_a_id', 'user_b_id'] : []) {
      const inverse = columns.get(name) ?? pair!.get(name)
      if (inverse) columns.set(name, inverse)
    }
    return [{ target, pair, columns, numbered: target.facts.own.every((name) => columns.has(name)) }]
  })
}

/** Whether no two facts share a row: what folds into a row by less than the fact's own key does. */
function oneRowEach({ verb, unique, all, facts, source, target }: PlannedTarget): boolean {
  if (verb === 'insert') return (target.most ?? 1) === 1
  const columns = all.flatMap(({ field, producer }) =>
    !unique.includes(field.name)
      ? []
      : producer.from === 'key'
        ? producer.columns
        : 'column' in producer
          ? [producer.column]
          : [],
  )
  const fixed = Object.entries(target.options.where ?? {}).filter(([, value]) => !Array.isArray(value))
  const told = [...columns, ...fixed.map(([name]) => name)]
  const keys = source === 'like' ? [...facts.keys, ['low_user_id', 'high_user_id', 'side']] : facts.keys
  return keys.some((key) => key.every((name) => told.includes(name)))
}

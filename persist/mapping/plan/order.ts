import { type Metadata, relationOf } from '../metadata/metadata.ts'

export interface Edge {
  readonly child: string
  readonly parent: string
  /** The child's field. */
  readonly field: string
  readonly nullable: boolean
}

export interface Order {
  /** Parents before children. */
  readonly models: readonly string[]
  /** `Model.field` of nullable foreign keys that are set later, since their cycle has no first. */
  readonly deferred: ReadonlySet<string>
  /** Models of a cycle in which every foreign key is required. */
  readonly stuck: readonly string[]
}

/** The foreign keys that some fields are. Those within one model need no order: one statement writes all its rows. */
export function edgesOf(metadata: Metadata, filled: readonly { model: string; field: string }[]): Edge[] {
  return filled.flatMap(({ model: name, field }) => {
    const model = metadata.models.find((candidate) => candidate.name === name)
    const relation = model && relationOf(model, field)
    if (!relation || relation.model === name) return []
    const nullable = relation.from.some((from) => model.fields.some((other) => other.name === from && !other.required))
    return [{ child: name, parent: relation.model, field, nullable }]
  })
}

/** Orders models so that what is referred to is there; where that goes round, nullable foreign keys give way. */
export function orderModels(models: readonly string[], edges: readonly Edge[]): Order {
  const deferred = new Set<string>()
  const done: string[] = []
  const left = new Set(models)
  const waits = (child: string) =>
    edges.filter(
      (edge) => edge.child === child && left.has(edge.parent) && !deferred.has(`${edge.child}.${edge.field}`),
    )
  while (left.size > 0) {
    const ready = [...left].filter((model) => waits(model).length === 0)
    if (ready.length > 0) {
      for (const model of ready) {
        left.delete(model)
        done.push(model)
      }
      continue
    }
    const onCycle = edges.filter(
      (edge) =>
        edge.nullable &&
        left.has(edge.child) &&
        left.has(edge.parent) &&
        !deferred.has(`${edge.child}.${edge.field}`) &&
        reaches(edge.parent, edge.child, edges, left, deferred),
    )
    if (onCycle.length === 0) return { models: [...done, ...left], deferred, stuck: [...left] }
    // The cycle whose first model then has the fewest others to wait for.
    const [first] = onCycle.sort((a, b) => waits(a.child).length - waits(b.child).length)
    deferred.add(`${first!.child}.${first!.field}`)
  }
  return { models: done, deferred, stuck: [] }
}

function reaches(
  from: string,
  to: string,
  edges: readonly Edge[],
  left: ReadonlySet<string>,
  deferred: ReadonlySet<string>,
): boolean {
  const seen = new Set<string>()
  const open = [from]
  while (open.length > 0) {
    const model = open.pop()!
    if (model === to) return true
    if (seen.has(model)) continue
    seen.add(model)
    for (const edge of edges) {
      if (edge.child === model && left.has(edge.parent) && !deferred.has(`${edge.child}.${edge.field}`)) {
        open.push(edge.parent)
      }
    }
  }
  return false
}

import { MingleError, type SnapshotColumn } from './kernel/index.ts'

type Fields = Record<string, unknown>

function isColumn(value: unknown): value is SnapshotColumn {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

/**
 * Collects everything that changes in an object: its typed columns and its numbers, and those of the objects and lists
 * of objects it owns. Classes that keep their state in columns need no code of their own to be saved, and a new column
 * cannot be forgotten. Names are paths such as `feed.byTopic.3.entries`.
 */
export function columnsOf(owner: object, path: string, into: Record<string, SnapshotColumn>): void {
  for (const [name, value] of Object.entries(owner)) {
    const at = `${path}.${name}`
    if (isColumn(value)) into[at] = value
    else if (typeof value === 'number') into[at] = Float64Array.of(value)
    else if (typeof value === 'object' && value !== null) columnsOf(value, at, into)
  }
}

/** Puts collected columns and numbers back into an object of the same shape. */
export function setColumns(owner: object, path: string, from: Readonly<Record<string, SnapshotColumn>>): void {
  const fields = owner as Fields
  for (const [name, value] of Object.entries(owner)) {
    const at = `${path}.${name}`
    if (isColumn(value)) fields[name] = found(at, from)
    else if (typeof value === 'number') fields[name] = found(at, from)[0]!
    else if (typeof value === 'object' && value !== null) setColumns(value, at, from)
  }
}

function found(at: string, from: Readonly<Record<string, SnapshotColumn>>): SnapshotColumn {
  const column = from[at]
  if (column === undefined) throw new MingleError('BAD_SNAPSHOT', `The snapshot holds no column ${at}.`)
  return column
}

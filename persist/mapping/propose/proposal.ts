import type { SourceName } from '../config/sources.ts'
import type { Model } from '../metadata/metadata.ts'

/** A value that a field without a column gets. */
export interface Given {
  readonly field: string
  /** As code. */
  readonly code: string
  /** Whether the user has to choose. */
  readonly open: boolean
  /** The key of another model's row that every model of the site refers to, such as its tenant: one constant for all. */
  readonly root?: string
}

/** One target of a fact, before it is code. */
export interface Proposed {
  readonly model: Model
  /** From column to destination, as code. */
  readonly lines: readonly (readonly [column: string, destination: string])[]
  readonly set: readonly Given[]
  readonly truncate: readonly string[]
  /** As code. */
  readonly where?: string
  /** `rows`: the field, and what it gets, as code. */
  readonly each?: readonly (readonly [field: string, code: string])[]
  /** What the model cannot hold, or why it was taken. */
  readonly note?: string
  /** Whether the fact may be another one. */
  readonly doubtful?: boolean
  /** A relation instead of a row: the whole of it, as code. */
  readonly link?: string
}

export type Proposal = ReadonlyMap<SourceName, readonly Proposed[]>

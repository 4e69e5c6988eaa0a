import type { ColumnKind, TableShape } from '../../batch.ts'
import type { OwnTable } from '../../own/own-table.ts'
import type { AnswerForm, KeyForm, MingleConfig, SourceRow, Target } from '../config/config.ts'
import type { Problem } from '../config/problem.ts'
import type { FactName, Source, SourceName, Space } from '../config/sources.ts'
import type { Field, Metadata, Model } from '../metadata/metadata.ts'

/** How the key of a row follows from the row's number in its space. */
export type KeyRule =
  /** number × stride + lane: several facts in one model take turns. */
  | { readonly kind: 'number'; readonly stride: number; readonly lane: number }
  /** A hash of run seed, table and number. @see TextKeys */
  | {
      readonly kind: 'text'
      readonly form: RuleForm
      /** Characters of a nanoid that has not the usual 21. */
      readonly length?: number
      readonly table: string
      readonly lane: number
    }
  /** Lookup rows: whatever key the row has. */
  | { readonly kind: 'table'; readonly space: Space }

/** `hex`: the 16 bytes of a uuid as digits, for keys that are kept as bytes. */
export type RuleForm = KeyForm | 'hex'

/** Where a column's values come from. */
export type Producer =
  | { readonly from: 'column'; readonly column: string; readonly values: ReadonlyMap<string, unknown> | null }
  /**
   * The key of the row that one column numbers, or of the pair that two do; `ofRow`: one that Prisma's client would make, beside
   * the row's own key.
   */
  | { readonly from: 'key'; readonly columns: readonly string[]; readonly rule: KeyRule; readonly ofRow?: true }
  | { readonly from: 'find'; readonly column: string; readonly find: Find }
  /** The answers of a quiz, in some words. */
  | { readonly from: 'answers'; readonly column: string; readonly form: AnswerForm }
  | { readonly from: 'constant'; readonly value: unknown }
  | { readonly from: 'function'; readonly make: (row: SourceRow<SourceName>) => unknown }
  /** `rows`: a field of what the function returned. */
  | { readonly from: 'returned'; readonly name: string }

/** Rows of a lookup model by a unique field. */
export interface Find {
  readonly model: Model
  readonly by: Field
  readonly key: Field
  readonly values: ReadonlyMap<string, string> | null
  readonly missing: 'error' | 'skip' | 'null'
  /** All values that will be asked for, when they are known. */
  readonly wanted: readonly string[] | null
}

export interface PlannedColumn {
  /** Fact and model in messages, such as `like → Swipe`. */
  readonly of: string
  readonly field: Field
  readonly kind: ColumnKind
  readonly producer: Producer
  /** Enums: from name to value in the database. */
  readonly enumValues: Readonly<Record<string, string>> | null
  /** Texts are cut to this length. */
  readonly cut: number | null
  /** Decimal places kept, or −1 for a single-precision number; null: all. */
  readonly places: number | null
  /** Milliseconds in the unit that a time is kept in. */
  readonly tick: number
  /** MySQL's TIMESTAMP counts seconds since 1970, in 32 bits. */
  readonly unix: boolean
  /** SQLite, MySQL: the column holds bytes; a batch has them as hex digits. */
  readonly bytes: boolean
  /** Half of a reference to a row that only the database can tell the key of. */
  readonly part: Part | null
}

/**
 * A row that two likes fold into has a key of the database's own, when that is a number. What refers to it says which two
 * people it is about; the statement that writes the reference looks the key up, and what reads it back tells the people.
 */
export interface Part {
  /** The column with the reference. */
  readonly of: Field
  readonly model: Model
  /** What the reference holds. */
  readonly key: Field
  /** The field of `model` that this half is compared with. */
  readonly by: Field
}

/** How the rows of a target are found again. */
export interface Selector {
  readonly column: PlannedColumn
  readonly rule: KeyRule
  readonly space: Space
  /** `step`: by the range that each ledger row has; `run`: by all that the run has in the space. */
  readonly scope: 'step' | 'run'
}

export interface PlannedTarget {
  readonly source: FactName
  readonly facts: Source
  readonly target: Target
  readonly model: Model
  /** How the row is called in messages, such as `like → Swipe`. */
  readonly label: string
  /** What is inserted; `all` has the deferred columns too, `full` those of them that no other target writes over. */
  readonly shape: TableShape
  readonly columns: readonly PlannedColumn[]
  readonly full: TableShape
  readonly all: readonly PlannedColumn[]
  readonly verb: 'insert' | 'fold' | 'update'
  /** `fold` and `update`: the unique's fields. */
  readonly unique: readonly string[]
  /** Foreign keys of a cycle: left out of the insert, set by an update. */
  readonly deferred: readonly PlannedColumn[]
  readonly selector: Selector | null
  /** The field that holds the row's own key; null where its key is made of others', or by the database. */
  readonly ownKey: string | null
  /**
   * Several facts may go into one row: a fold of both people's likes, the last message of a conversation. No sum of rows
   * can tell what is there, so such targets are not verified. Nor are those whose rows nothing tells from the model's other
   * rows.
   */
  readonly many: boolean
  /**
   * Whether a row's key alone tells that the run made it, whatever the site changed in it since; `shared`: but not which
   * target did, since another makes rows with such keys of other facts.
   */
  readonly keyed: 'alone' | 'shared' | 'no'
  /** Targets of one group are read together: the same columns of the same rows. */
  readonly group: string
}

/** An implicit many-to-many table is a model with two columns, as far as rows are concerned. */
export interface Plan {
  readonly config: MingleConfig
  readonly metadata: Metadata
  /** Where the facts of an extension go in the reference schema's style, which the mapping takes on from. */
  readonly own: readonly OwnTable[]
  /**
   * Facts of the extension that the configuration names, which `map` may name though a run lives without it; null: nobody asked
   * the extension yet, so whatever `map` names may be one of them.
   */
  readonly elsewhere: readonly string[] | null
  readonly targets: readonly PlannedTarget[]
  /** Lookup sources: how rows that are there are found, and what to do about others. */
  readonly lookups: ReadonlyMap<FactName, PlannedTarget>
  /** What jobs derive, and where it goes. */
  readonly derived: readonly PlannedTarget[]
  /** The rule of the rows that stand for a space's numbers in functions and in fields without a relation. */
  readonly primary: ReadonlyMap<Space, KeyRule>
  /** The same for a match that is a row into which likes fold: its key is a hash of the two people. */
  readonly pairKey: { readonly rule: KeyRule; readonly reversed: boolean } | null
  /** SQLite: how the configuration says that times are kept; undefined where it does not. */
  readonly times?: 'integer' | 'text' | undefined
  /** SQLite: how Prisma, as this project has it, keeps the times of a table without rows. */
  readonly usualTimes: 'integer' | 'text'
  /** How a quiz's answers are spelled where a target does not say. */
  readonly answers: AnswerForm
  /** Models, parents first. */
  readonly order: readonly string[]
  readonly problems: readonly Problem[]
}

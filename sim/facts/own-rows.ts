import { Hash128, Int32Column } from '../kernel/index.ts'

/** A day's facts of a kind that an extension brought along, by column, in event order. */
export interface OwnTable {
  readonly kind: string
  readonly rows: number
  /** The market's sequence number of the first row. */
  readonly first: number
  readonly columns: Readonly<Record<string, Int32Array>>
  /** 128 bits over the columns, 4 words; zero when there are no rows. */
  readonly digest: Uint32Array
}

/** The rows of one such kind, collected until the day ends. */
export class OwnRows {
  readonly kind: string
  private readonly names: readonly string[]
  private readonly columns: readonly Int32Column[]
  /** Sequence number of today's first row. */
  first = 0

  constructor(kind: string, names: readonly string[]) {
    this.kind = kind
    this.names = names
    this.columns = names.map(() => new Int32Column())
  }

  /** Adds a fact and returns its sequence number. @param values 32-bit integers, one a column */
  add(values: readonly number[]): number {
    if (values.length !== this.columns.length) {
      throw new RangeError(`a fact '${this.kind}' has ${this.names.join(', ')}: ${values.length} values were given`)
    }
    const odd = values.findIndex((value) => (value | 0) !== value)
    if (odd >= 0)
      throw new RangeError(
        `a fact '${this.kind}' cannot have ${this.names[odd]} = ${values[odd]}: 32-bit integers alone`,
      )
    this.columns.forEach((column, index) => {
      column.push(values[index]!)
    })
    return this.first + this.columns[0]!.length - 1
  }

  /** Ends the day: its table, and the rows are empty again. */
  drain(): OwnTable {
    const { kind, first } = this
    const rows = this.columns[0]!.length
    const hash = new Hash128()
    for (const { data } of this.columns) hash.update(data, rows)
    const columns = Object.fromEntries(this.names.map((name, index) => [name, this.columns[index]!.toArray()]))
    this.clear()
    return { kind, rows, first, columns, digest: rows > 0 ? hash.digest() : new Uint32Array(4) }
  }

  /** Drops today's facts and keeps counting, or starts again from 0 (burn-in). */
  clear(restart = false): void {
    this.first = restart ? 0 : this.first + this.columns[0]!.length
    for (const column of this.columns) column.clear()
  }
}

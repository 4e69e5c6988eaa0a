import { renameSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { type BlockData, FORMATS, type FormatName, type TableBatch, type TableShape } from '../../persist/index.ts'
import type { Column } from './dictionary.ts'

export type Value = number | string

/** Rows gathered before they are turned into a part of the file. */
const PART_ROWS = 50_000

/** A table that is written to one file part by part; it has its name once it is whole. */
export class TableFile {
  readonly path: string
  rows = 0
  readonly #columns: readonly Column[]
  readonly #shape: TableShape
  readonly #format: FormatName
  readonly #parts: BlockData[] = []
  #pending: Value[][] = []

  constructor(path: string, table: string, columns: readonly Column[], format: FormatName) {
    this.path = path
    this.#columns = columns
    this.#format = format
    const kinds = Object.fromEntries(columns.map(({ name, kind }) => [name, kind]))
    this.#shape = { table, columns: kinds, key: columns[0]!.name, order: [columns[0]!.name] }
  }

  /** @param row values in the order of the columns */
  add(row: Value[]): void {
    this.#pending.push(row)
    this.rows++
    if (this.#pending.length >= PART_ROWS) this.#flush()
  }

  /** Writes what there is to a temporary file, which then takes the name. */
  async finish(): Promise<void> {
    if (this.#pending.length > 0 || this.#parts.length === 0) this.#flush()
    const unfinished = `${this.path}.unfinished`
    const file = await open(unfinished, 'w')
    try {
      for (const piece of FORMATS[this.#format].join(this.#shape, this.#parts)) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    renameSync(unfinished, this.path)
  }

  #flush(): void {
    const rows = this.#pending
    const columns: Record<string, Float64Array | string[]> = {}
    this.#columns.forEach(({ name, kind }, i) => {
      const isText = kind === 'text' || kind === 'date'
      columns[name] = isText ? rows.map((row) => row[i] as string) : Float64Array.from(rows, (row) => row[i] as number)
    })
    const batch: TableBatch = { shape: this.#shape, rows: rows.length, columns }
    this.#parts.push(FORMATS[this.#format].part(batch))
    this.#pending = []
  }
}

import type { TableBatch, TableShape } from '../batch.ts'
import type { BlockData } from '../blocks/block.ts'

/** How rows lie in a file. Times are UTC; missing values are null. */
export interface FileFormat {
  readonly extension: string
  /** Some of a file's rows, ready to be put behind one another. */
  part(batch: TableBatch): BlockData
  /** The file of some parts, in pieces; the same bytes however its rows were made, as long as they are split alike. */
  join(shape: TableShape, parts: readonly BlockData[]): Uint8Array[]
  decode(shape: TableShape, bytes: Uint8Array): Promise<TableBatch>
}

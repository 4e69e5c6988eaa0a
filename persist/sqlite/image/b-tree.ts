import { PAGE, type PageFile } from './page-file.ts'
import { putVarint, varintLength } from './varint.ts'

const LEAF = 0x0d
const INTERIOR = 0x05
const LEAF_HEADER = 8
const INTERIOR_HEADER = 12
/** A cell is pointed to by its place in the page. */
const POINTER = 2

/**
 * A table's b-tree, filled in ascending order of row ids (https://www.sqlite.org/fileformat2.html, section 1.6): leaves are
 * written as they fill, the pages above them at the end.
 */
export class TableTree {
  readonly #file: PageFile
  /** The open leaf's cells, one after another; they move to the end of their page together. */
  readonly #cells = Buffer.allocUnsafeSlow(PAGE)
  readonly #starts = new Uint16Array(PAGE / 4)
  #count = 0
  #length = 0
  /** Finished leaves: their pages, and the greatest row id in each. */
  readonly #pages: number[] = []
  readonly #greatest: number[] = []
  #lastRowid = 0

  constructor(file: PageFile) {
    this.#file = file
  }

  /**
   * Makes room for a row's record of `length` bytes and returns where it is to be written in `bytes`.
   * @throws RangeError when no page can hold it
   */
  row(rowid: number, length: number): number {
    const size = varintLength(length) + varintLength(rowid) + length
    if (LEAF_HEADER + (this.#count + 1) * POINTER + this.#length + size > PAGE) this.#flush()
    if (length > PAGE - 35) throw new RangeError(`a row of ${length} bytes does not fit into a page`)
    this.#starts[this.#count++] = this.#length
    const at = putVarint(this.#cells, putVarint(this.#cells, this.#length, length), rowid)
    this.#length += size
    this.#lastRowid = rowid
    return at
  }

  get bytes(): Buffer {
    return this.#cells
  }

  /** Writes what is left and returns the root's page number. */
  finish(): number {
    if (this.#count > 0 || this.#pages.length === 0) this.#flush()
    let pages = this.#pages
    let greatest = this.#greatest
    while (pages.length > 1) ({ pages, greatest } = this.#level(pages, greatest))
    return pages[0]!
  }

  #flush(): void {
    const start = PAGE - this.#length
    const { number, bytes } = this.#file.page()
    this.#cells.copy(bytes, start, 0, this.#length)
    header(bytes, 0, LEAF, this.#count, start)
    for (let i = 0, at = LEAF_HEADER; i < this.#count; i++, at += POINTER) {
      const place = start + this.#starts[i]!
      bytes[at] = place >>> 8
      bytes[at + 1] = place
    }
    this.#pages.push(number)
    this.#greatest.push(this.#lastRowid)
    this.#count = 0
    this.#length = 0
  }

  /** The pages above some others: each names the greatest row id below every child but the last. */
  #level(children: readonly number[], greatest: readonly number[]): { pages: number[]; greatest: number[] } {
    const above = { pages: [] as number[], greatest: [] as number[] }
    for (let from = 0; from < children.length; ) {
      const { number, bytes } = this.#file.page()
      let cells = 0
      let start = PAGE
      let child = from
      for (; child < children.length - 1; child++) {
        const size = 4 + varintLength(greatest[child]!)
        if (INTERIOR_HEADER + (cells + 1) * POINTER > start - size) break
        start -= size
        bytes.writeUInt32BE(children[child]!, start)
        putVarint(bytes, start + 4, greatest[child]!)
        bytes.writeUInt16BE(start, INTERIOR_HEADER + cells++ * POINTER)
      }
      header(bytes, 0, INTERIOR, cells, start)
      bytes.writeUInt32BE(children[child]!, 8)
      above.pages.push(number)
      above.greatest.push(greatest[child]!)
      from = child + 1
    }
    return above
  }
}

/** @param contentStart where the cells begin; 65536 is written as 0 */
export function header(bytes: Buffer, at: number, type: number, cells: number, contentStart: number): void {
  bytes[at] = type
  bytes.writeUInt16BE(0, at + 1)
  bytes.writeUInt16BE(cells, at + 3)
  bytes.writeUInt16BE(contentStart & 0xffff, at + 5)
  bytes[at + 7] = 0
}

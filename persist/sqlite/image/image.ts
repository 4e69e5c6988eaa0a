import { rmSync } from 'node:fs'
import type { TableBatch, TableShape } from '../../batch.ts'
import { quoted } from '../../identifiers.ts'
import { header, TableTree } from './b-tree.ts'
import { PAGE, PageFile } from './page-file.ts'
import { RecordWriter } from './records.ts'
import { putVarint, varintLength } from './varint.ts'

/** Bytes of the file's own header, in front of the first page's. */
const FILE_HEADER = 100
const LEAF = 0x0d

/**
 * Rows as an SQLite file, written in plain JavaScript: the b-trees of tables without indexes. SQLite attaches it and copies
 * each table by one statement, at its own speed; no value crosses into the driver.
 *
 * Row ids are the rows' own ids, or count from 1 where a table has none; the columns are all others.
 */
export class Image {
  readonly path: string
  readonly #file: PageFile
  readonly #records = new RecordWriter()
  readonly #tables = new Map<string, { readonly columns: readonly string[]; readonly tree: TableTree; next: number }>()

  constructor(path: string) {
    this.path = path
    this.#file = new PageFile(path)
  }

  /** Rows of a table; those of an earlier call have smaller ids. Returns the row id of the first. */
  add(batch: TableBatch): number {
    const { shape, rows } = batch
    let table = this.#tables.get(shape.table)
    if (!table) {
      table = { columns: imageColumns(shape), tree: new TableTree(this.#file), next: 1 }
      this.#tables.set(shape.table, table)
    }
    const first = hasRowids(shape) && rows > 0 ? (batch.columns[shape.key]![0] as number) : table.next
    this.#records.write(table.tree, batch, table.columns, first)
    table.next = first + rows
    return first
  }

  /** The file is whole, and can be attached. */
  finish(): void {
    const rows = [...this.#tables].map(([name, { columns, tree }]) => {
      const sql = `CREATE TABLE ${quoted(name)} (${columns.map((column) => quoted(column)).join(', ')})`
      return schemaRecord(name, tree.finish(), sql)
    })
    this.#file.finish(firstPage(rows, this.#file.pages))
  }

  /** Gives up a file that is not finished. */
  abandon(): void {
    this.#file.abandon()
    rmSync(this.path, { force: true })
  }
}

/** Whether a row's id is the image's row id: a column of its own is not needed then. */
export function hasRowids({ key, columns, order }: TableShape): boolean {
  return order.length === 1 && columns[key] === 'id'
}

export function imageColumns(shape: TableShape): string[] {
  return Object.keys(shape.columns).filter((name) => !hasRowids(shape) || name !== shape.key)
}

/** A row of `sqlite_schema`: type, name, table's name, root page, SQL. */
function schemaRecord(name: string, root: number, sql: string): Buffer {
  const texts = [Buffer.from('table'), Buffer.from(name), Buffer.from(name), Buffer.alloc(4), Buffer.from(sql)]
  texts[3]!.writeInt32BE(root)
  const serials = texts.map((text, i) => (i === 3 ? 4 : 13 + 2 * text.length))
  const length = serials.reduce((sum, serial) => sum + varintLength(serial), 1)
  const head = Buffer.alloc(length)
  let at = putVarint(head, 0, length)
  for (const serial of serials) at = putVarint(head, at, serial)
  return Buffer.concat([head, ...texts])
}

/** The file's header and the table of its tables. */
function firstPage(records: readonly Buffer[], pages: number): Buffer {
  const page = Buffer.alloc(PAGE)
  page.write('SQLite format 3\0', 0, 'latin1')
  // Page size 65536, written as 1; no write-ahead log; payload fractions as they must be.
  page.set([0, 1, 1, 1, 0, 64, 32, 32], 16)
  page.writeUInt32BE(1, 24)
  page.writeUInt32BE(pages, 28)
  page.writeUInt32BE(1, 40)
  // Schema format 4, texts in UTF-8.
  page.writeUInt32BE(4, 44)
  page.writeUInt32BE(1, 56)
  page.writeUInt32BE(1, 92)
  page.writeUInt32BE(3_045_001, 96)
  let start = PAGE
  records.forEach((record, i) => {
    start -= varintLength(record.length) + varintLength(i + 1) + record.length
    record.copy(page, putVarint(page, putVarint(page, start, record.length), i + 1))
    page.writeUInt16BE(start, FILE_HEADER + 8 + 2 * i)
  })
  header(page, FILE_HEADER, LEAF, records.length, start)
  return page
}

import { type ColumnChunk, parquetReadObjects, type RowGroup, type SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { ColumnKind, ColumnValues, TableShape } from '../../batch.ts'
import { batchOf } from '../../rows/read.ts'
import type { FileFormat } from '../file-format.ts'
import { writeIntegers } from './integer-column.ts'

const TYPES = {
  id: 'INT64',
  int: 'INT32',
  float: 'DOUBLE',
  time: 'TIMESTAMP',
  date: 'INT32',
  json: 'JSON',
  text: 'STRING',
} as const satisfies Record<ColumnKind, string>

/** Kinds of whole numbers, and the types that they are kept in. */
const INTEGERS: Partial<Record<ColumnKind, 'INT64' | 'INT32'>> = { id: 'INT64', time: 'INT64', int: 'INT32' }

/** Ids INT64, times TIMESTAMP (ms, UTC), dates DATE, JSON as JSON; texts by Snappy. A part is a row group. */
export const parquet: FileFormat = {
  extension: 'parquet',
  part({ shape, rows, columns }) {
    const writer = new ByteWriter()
    const chunks = Object.entries(shape.columns).map(([name, kind]) => {
      const values = columns[name]!
      const type = INTEGERS[kind]
      const chunk = type && ArrayBuffer.isView(values) ? writeIntegers(writer, name, type, values, rows) : null
      return chunk ?? writeOther(writer, shape, name, values, rows)
    })
    const sum = (size: 'total_uncompressed_size' | 'total_compressed_size') =>
      chunks.reduce((total, { meta_data }) => total + meta_data![size], 0n)
    const group: RowGroup = {
      columns: chunks,
      total_byte_size: sum('total_uncompressed_size'),
      num_rows: BigInt(rows),
      total_compressed_size: sum('total_compressed_size'),
    }
    return { form: 'parquet', bytes: new Uint8Array(writer.getBuffer()), group }
  },
  join(shape, parts) {
    const head = new ByteWriter()
    const file = new ParquetWriter({ writer: head, schema: schemaOf(shape) })
    const pieces: Uint8Array[] = [new Uint8Array(head.getBuffer())]
    let offset = pieces[0]!.length
    for (const part of parts) {
      if (part.form !== 'parquet') throw new Error(`a block of form ${part.form} is no part of this file`)
      file.row_groups.push(shifted(part.group, offset))
      file.num_rows += part.group.num_rows
      pieces.push(part.bytes)
      offset += part.bytes.length
    }
    const tail = new ByteWriter()
    file.writer = tail
    file.finish()
    return [...pieces, new Uint8Array(tail.getBuffer())]
  },
  async decode(shape, bytes) {
    const names = Object.keys(shape.columns)
    const file = new Uint8Array(bytes).buffer
    const objects = await parquetReadObjects({ file, columns: names })
    return batchOf(
      shape,
      objects.map((object) => names.map((name) => object[name] ?? null)),
    )
  },
}

/** A column chunk by the package's own writer, behind what `writer` holds; what it puts before it, nobody reads. */
function writeOther(
  writer: ByteWriter,
  shape: TableShape,
  name: string,
  values: ColumnValues,
  rows: number,
): ColumnChunk {
  const kind = shape.columns[name]!
  const [root, ...elements] = schemaOf(shape)
  const schema = [{ ...root!, num_children: 1 }, elements.find((element) => element.name === name)!]
  const file = new ParquetWriter({ writer, schema })
  const data = Array.from({ length: rows }, (_, i) => parquetValue(kind, values[i]!))
  // Offsets of pages would lie behind all row groups, far from their part.
  file.write({ columnData: [{ name, data, offsetIndex: false }], rowGroupSize: Math.max(1, rows) })
  return file.row_groups[0]!.columns[0]!
}

/** A row group that lies elsewhere in its file. */
function shifted(group: RowGroup, by: number): RowGroup {
  const move = (offset: bigint | undefined) => (offset === undefined ? offset : offset + BigInt(by))
  return {
    ...group,
    columns: group.columns.map((chunk) => ({
      ...chunk,
      file_offset: chunk.file_offset + BigInt(by),
      meta_data: chunk.meta_data && {
        ...chunk.meta_data,
        data_page_offset: move(chunk.meta_data.data_page_offset)!,
        dictionary_page_offset: move(chunk.meta_data.dictionary_page_offset),
      },
    })),
  } as RowGroup
}

function schemaOf({ columns }: TableShape): SchemaElement[] {
  const columnData = Object.entries(columns).map(([name, kind]) => ({ name, type: TYPES[kind], data: [] }))
  return schemaFromColumnData({ columnData }).map((element) =>
    columns[element.name] === 'date' ? dateElement(element.name) : element,
  )
}

/** The writer has no name for this type, but knows how to write it. */
function dateElement(name: string): SchemaElement {
  return { name, type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' }
}

function parquetValue(kind: ColumnKind, value: number | string | null): unknown {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return null
  if (kind === 'id') return BigInt(value)
  if (kind === 'time' || kind === 'date') return new Date(value)
  if (kind === 'json') return JSON.parse(value as string)
  return value
}

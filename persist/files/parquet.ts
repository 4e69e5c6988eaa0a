import { parquetReadObjects, type RowGroup, type SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { ColumnKind, TableShape } from '../batch.ts'
import { batchOf } from '../rows/read.ts'
import type { FileFormat } from './file-format.ts'

const TYPES = {
  id: 'INT64',
  int: 'INT32',
  float: 'DOUBLE',
  time: 'TIMESTAMP',
  date: 'INT32',
  json: 'JSON',
  text: 'STRING',
} as const satisfies Record<ColumnKind, string>

/** Ids INT64, times TIMESTAMP (ms, UTC), dates DATE, JSON as JSON; Snappy. A part is a row group. */
export const parquet: FileFormat = {
  extension: 'parquet',
  part(batch) {
    const columnData = Object.entries(batch.shape.columns).map(([name, kind]) => ({
      name,
      data: Array.from({ length: batch.rows }, (_, i) => parquetValue(kind, batch.columns[name]![i]!)),
      // It would lie behind all row groups, far from its part.
      offsetIndex: false,
    }))
    const writer = new ByteWriter()
    const file = new ParquetWriter({ writer, schema: schemaOf(batch.shape) })
    file.write({ columnData, rowGroupSize: Math.max(1, batch.rows) })
    // The four letters before the first row group belong to the file.
    return { form: 'parquet', bytes: new Uint8Array(writer.getBuffer(), 4), group: shifted(file.row_groups[0]!, -4) }
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

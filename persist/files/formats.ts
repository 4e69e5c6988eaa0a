import { formatDate } from '../../sim/content/index.ts'
import type { ColumnKind, TableBatch } from '../batch.ts'
import type { BlockData } from '../blocks/block.ts'
import { batchOf } from '../rows/read.ts'
import type { FileFormat } from './file-format.ts'
import { parquet } from './parquet/parquet.ts'

export type FormatName = 'ndjson' | 'csv' | 'parquet'

export const FORMATS: Readonly<Record<FormatName, FileFormat>> = {
  /** One JSON object a line; JSON columns are nested values, times ISO 8601 with Z. */
  ndjson: {
    extension: 'ndjson',
    part(batch) {
      const columns = columnsOf(batch)
      const lines = Array.from({ length: batch.rows }, (_, i) => {
        const fields = columns.map(({ name, kind, values }) => `${JSON.stringify(name)}:${json(kind, values[i]!)}`)
        return `{${fields.join(',')}}\n`
      })
      return { form: 'bytes', bytes: bytesOf(lines.join('')) }
    },
    join: (_, parts) => parts.map(partBytes),
    async decode(shape, bytes) {
      const names = Object.keys(shape.columns)
      const lines = text(bytes).split('\n').filter(Boolean)
      const rows = lines.map((line) => {
        const object = JSON.parse(line) as Record<string, unknown>
        return names.map((name) => object[name] ?? null)
      })
      return batchOf(shape, rows)
    },
  },

  /** RFC 4180 with a header and \n; NULL is an empty field, an empty text is "". */
  csv: {
    extension: 'csv',
    part(batch) {
      const columns = columnsOf(batch)
      const lines = Array.from(
        { length: batch.rows },
        (_, i) => `${columns.map(({ kind, values }) => csvField(kind, values[i]!)).join(',')}\n`,
      )
      return { form: 'bytes', bytes: bytesOf(lines.join('')) }
    },
    join: ({ columns }, parts) => [bytesOf(`${Object.keys(columns).join(',')}\n`), ...parts.map(partBytes)],
    async decode(shape, bytes) {
      const [header, ...rows] = csvRows(text(bytes))
      const names = Object.keys(shape.columns)
      if (header?.join() !== names.join()) throw new Error(`its first line does not name ${names.join(', ')}`)
      const short = rows.findIndex((row) => row.length !== names.length)
      if (short >= 0) throw new Error(`row ${short + 1} has ${rows[short]!.length} fields instead of ${names.length}`)
      return batchOf(shape, rows)
    },
  },

  parquet,
}

/** Where a file of a table's rows of a day lies in the folder. @param day civil days since 1970-01-01 */
export function dayFile(table: string, day: number, name: string, format: FormatName): string {
  return `${table}/day=${formatDate(day)}/${name}.${FORMATS[format].extension}`
}

/** A file of one batch. */
export function encode(format: FileFormat, batch: TableBatch): Uint8Array[] {
  return format.join(batch.shape, [format.part(batch)])
}

function columnsOf(batch: TableBatch) {
  return Object.entries(batch.shape.columns).map(([name, kind]) => ({ name, kind, values: batch.columns[name]! }))
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
}

function isNull(value: number | string | null): value is null {
  return value === null || (typeof value === 'number' && Number.isNaN(value))
}

function json(kind: ColumnKind, value: number | string | null): string {
  if (isNull(value)) return 'null'
  if (kind === 'json') return value as string
  return JSON.stringify(kind === 'time' ? new Date(value).toISOString() : value)
}

function csvField(kind: ColumnKind, value: number | string | null): string {
  if (isNull(value)) return ''
  if (kind === 'time') return new Date(value).toISOString()
  if (typeof value === 'number') return String(value)
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/**
 * Fields by row; an empty field without quotes is null.
 * @throws Error where the text ends within a row, or something stands behind a field's closing quote
 */
function csvRows(source: string): (string | null)[][] {
  const rows: (string | null)[][] = []
  let row: (string | null)[] = []
  for (let at = 0; at < source.length; at++) {
    let field: string | null
    let end = at
    if (source[at] === '"') {
      for (end++; end < source.length && (source[end] !== '"' || source[end + 1] === '"'); end++) {
        if (source[end] === '"') end++
      }
      field = source.slice(at + 1, end).replaceAll('""', '"')
      end++
    } else {
      while (end < source.length && source[end] !== ',' && source[end] !== '\n') end++
      field = source.slice(at, end) || null
    }
    at = end
    if (at >= source.length) throw new Error(`it ends within row ${rows.length}`)
    if (source[at] !== ',' && source[at] !== '\n') throw new Error(`row ${rows.length} has a quote out of place`)
    row.push(field)
    if (source[at] === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) throw new Error(`it ends within row ${rows.length}`)
  return rows
}

/** In memory of its own, so that it can move to another thread. */
function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function partBytes(part: BlockData): Uint8Array {
  if (part.form !== 'bytes') throw new Error(`a block of form ${part.form} is no part of this file`)
  return part.bytes
}

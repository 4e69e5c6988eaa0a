import { MingleError } from './error.ts'
import { Hash128 } from './hash128.ts'

/** Columns that a snapshot can hold. */
export type SnapshotColumn =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
/** What says whether a snapshot fits: run, day, engine version and the like. Kept as JSON. */
export type SnapshotHeader = Readonly<Record<string, string | number | boolean | null>>

const MAGIC = 0x4c474e4d
/** Raised when the layout below changes. */
const FORMAT = 1
/** Words before the description: magic, format, total words, bytes of the description, checksum (4). */
const PROLOGUE = 8
const CHECKSUM_AT = 4
const TYPES = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const

interface Description {
  readonly header: SnapshotHeader
  /** Name, type (position in TYPES), length. */
  readonly sections: readonly (readonly [string, number, number])[]
}

/**
 * One block of bytes of named columns: prologue, description (JSON), then each column from a multiple of 8 bytes on,
 * in little-endian order, under a 128-bit checksum of everything but itself. Sections keep their order.
 */
export function encodeSections(header: SnapshotHeader, sections: Readonly<Record<string, SnapshotColumn>>): Uint8Array {
  refuseBigEndian()
  const columns = Object.entries(sections)
  const description: Description = {
    header,
    sections: columns.map(([name, column]) => [name, typeOf(name, column), column.length]),
  }
  const text = new TextEncoder().encode(JSON.stringify(description))
  let size = PROLOGUE * 4 + padded(text.length)
  for (const [, column] of columns) size += padded(column.byteLength)
  const bytes = new Uint8Array(size)
  const words = new Int32Array(bytes.buffer)
  words.set([MAGIC, FORMAT, size / 4, text.length])
  bytes.set(text, PROLOGUE * 4)
  let at = PROLOGUE * 4 + padded(text.length)
  for (const [, column] of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += padded(column.byteLength)
  }
  words.set(checksum(words), CHECKSUM_AT)
  return bytes
}

/**
 * What `encodeSections` put in: the header, and copies of the columns. Throws `BAD_SNAPSHOT` if the bytes are no
 * snapshot, of another format, cut short or changed.
 */
export function decodeSections(bytes: Uint8Array): {
  header: SnapshotHeader
  sections: Record<string, SnapshotColumn>
} {
  refuseBigEndian()
  if (bytes.length < PROLOGUE * 4 || bytes.length % 8 !== 0) throw damaged(`${bytes.length} bytes are no snapshot`)
  const buffer = bytes.slice().buffer
  const words = new Int32Array(buffer)
  if (words[0] !== MAGIC) throw damaged('it does not begin like a snapshot')
  if (words[1] !== FORMAT) throw damaged(`its format is ${words[1]}, and this version reads ${FORMAT}`)
  if (words[2] !== words.length) throw damaged(`it has ${words.length * 4} bytes and should have ${words[2]! * 4}`)
  const sum = checksum(words)
  for (let i = 0; i < 4; i++) if (sum[i] !== words[CHECKSUM_AT + i]) throw damaged('its checksum does not fit')
  const text = new TextDecoder().decode(new Uint8Array(buffer, PROLOGUE * 4, words[3]!))
  const description = JSON.parse(text) as Description
  const sections: Record<string, SnapshotColumn> = {}
  let at = PROLOGUE * 4 + padded(words[3]!)
  for (const [name, type, length] of description.sections) {
    const column = new TYPES[type]!(buffer, at, length).slice()
    sections[name] = column
    at += padded(column.byteLength)
  }
  return { header: description.header, sections }
}

function checksum(words: Int32Array): Int32Array {
  const hash = new Hash128()
  hash.update(words, CHECKSUM_AT)
  hash.update(words.subarray(PROLOGUE))
  return Int32Array.from(hash.digest())
}

function typeOf(name: string, column: SnapshotColumn): number {
  for (let i = 0; i < TYPES.length; i++) if (column instanceof TYPES[i]!) return i
  throw new MingleError('BAD_INPUT', `section "${name}" is not a typed column of numbers`)
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}

function damaged(why: string): MingleError {
  return new MingleError('BAD_SNAPSHOT', `the snapshot cannot be used: ${why}; delete it, and the run is replayed`)
}

function refuseBigEndian(): void {
  if (new Uint8Array(Int32Array.of(1).buffer)[0] !== 1) {
    throw new MingleError('BAD_SNAPSHOT', 'snapshots need a little-endian machine; run without them')
  }
}

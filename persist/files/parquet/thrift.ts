import type { Bytes } from './bytes.ts'

const TRUE = 1
const FALSE = 2
const INT32 = 5
const INT64 = 6
const BINARY = 8
const LIST = 9
const STRUCT = 12
const UTF8 = new TextEncoder()

/**
 * A structure in Thrift's compact form (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md): each
 * field is its distance from the one before and its type, then its value. Fields are written in ascending order.
 */
export class ThriftStruct {
  readonly #bytes: Bytes
  #field: number

  /** @param after the field that was written last, where the structure's beginning is there already */
  constructor(bytes: Bytes, after = 0) {
    this.#bytes = bytes
    this.#field = after
  }

  int(field: number, value: number): this {
    this.#head(field, INT32)
    this.#bytes.zigzag(value)
    return this
  }

  long(field: number, value: number): this {
    this.#head(field, INT64)
    this.#bytes.zigzag(value)
    return this
  }

  boolean(field: number, value: boolean): this {
    this.#head(field, value ? TRUE : FALSE)
    return this
  }

  binary(field: number, value: Uint8Array): this {
    this.#head(field, BINARY)
    this.#bytes.varint(value.length)
    this.#bytes.append(value)
    return this
  }

  text(field: number, value: string): this {
    return this.binary(field, UTF8.encode(value))
  }

  ints(field: number, values: readonly number[]): this {
    this.#list(field, INT32, values.length)
    for (const value of values) this.#bytes.zigzag(value)
    return this
  }

  texts(field: number, values: readonly string[]): this {
    this.#list(field, BINARY, values.length)
    for (const value of values) {
      const bytes = UTF8.encode(value)
      this.#bytes.varint(bytes.length)
      this.#bytes.append(bytes)
    }
    return this
  }

  struct(field: number, write: (inner: ThriftStruct) => void): this {
    this.#head(field, STRUCT)
    write(new ThriftStruct(this.#bytes))
    this.#bytes.byte(0)
    return this
  }

  structs<T>(field: number, items: readonly T[], write: (inner: ThriftStruct, item: T, at: number) => void): this {
    this.#list(field, STRUCT, items.length)
    items.forEach((item, at) => {
      write(new ThriftStruct(this.#bytes), item, at)
      this.#bytes.byte(0)
    })
    return this
  }

  /** Fields that were written elsewhere. @param last of them */
  written(fields: Uint8Array, last: number): this {
    this.#bytes.append(fields)
    this.#field = last
    return this
  }

  /** Ends a structure that no other one holds. */
  end(): void {
    this.#bytes.byte(0)
  }

  #list(field: number, type: number, length: number): void {
    this.#head(field, LIST)
    this.#bytes.byte((Math.min(length, 15) << 4) | type)
    if (length >= 15) this.#bytes.varint(length)
  }

  #head(field: number, type: number): void {
    this.#bytes.byte(((field - this.#field) << 4) | type)
    this.#field = field
  }
}

/** Numbers of https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift. */

export const TYPE = { INT32: 1, INT64: 2, DOUBLE: 5, BYTE_ARRAY: 6 } as const
export const CONVERTED = { UTF8: 0, DATE: 6, TIMESTAMP_MILLIS: 9, JSON: 19 } as const
export const ENCODING = { PLAIN: 0, RLE: 3, DELTA_BINARY_PACKED: 5, RLE_DICTIONARY: 8 } as const
export const CODEC = { UNCOMPRESSED: 0, SNAPPY: 1 } as const
export const PAGE = { DICTIONARY: 2, DATA_V2: 3 } as const
export const OPTIONAL = 1

export type PhysicalType = (typeof TYPE)[keyof typeof TYPE]
export type ValueEncoding = (typeof ENCODING)['PLAIN' | 'DELTA_BINARY_PACKED' | 'RLE_DICTIONARY']

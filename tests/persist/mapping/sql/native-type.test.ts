import { describe, expect, it } from 'vitest'
import { postgresqlType } from '../../../../persist/mapping/sql/live/native-type.ts'

describe("PostgreSQL's types", () => {
  /** `atttypmod` of numeric(precision, scale), as the server packs it. */
  const numeric = (precision: number, scale: number) => ((precision << 16) | (scale & 0x7ff)) + 4

  it.each<[string, number, readonly string[] | null]>([
    ['varchar', 24, ['VarChar', '20']],
    ['varchar', -1, null],
    ['bpchar', 5, ['Char', '1']],
    ['bpchar', 40, ['Char', '36']],
    ['bpchar', -1, null],
    ['numeric', numeric(9, 6), ['Decimal', '9', '6']],
    ['numeric', numeric(3, -2), ['Decimal', '3', '-2']],
    ['numeric', numeric(1000, 1000), ['Decimal', '1000', '1000']],
    ['numeric', -1, null],
  ])('%s with the modifier %i is %j', (type, modifier, native) => {
    expect(postgresqlType(type, modifier)).toEqual(native)
  })
})

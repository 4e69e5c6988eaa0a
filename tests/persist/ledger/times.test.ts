import { expect, it } from 'vitest'
import { timeOf } from '../../../persist/ledger/sql-ledger.ts'
import { farFromUtc } from '../time-zone.ts'

farFromUtc()

it.each<[string | number, string]>([
  ['2024-01-01 00:00:00', 'a column without a zone'],
  ['2024-01-01 00:00:00.000', 'with milliseconds'],
  ['2024-01-01T00:00:00.000+00:00', "as Prisma's SQLite has it"],
  ['2024-01-01 09:00:00+09', 'in a zone'],
  ['2024-01-01', 'a day'],
  [1_704_067_200_000, 'milliseconds'],
])('a time in a ledger is UTC unless it says otherwise, wherever it is read: %s, %s', (cell) => {
  expect(timeOf(cell)).toBe(Date.UTC(2024, 0, 1))
})

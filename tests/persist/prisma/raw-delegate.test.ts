import { expect, it } from 'vitest'
import { RawDelegate } from '../../../persist/prisma/raw-delegate.ts'

it.each([
  ['postgresql', 65_535],
  ['sqlite', 32_766],
] as const)('rows of %s are inserted by statements of no more values than it takes: %i', async (dialect, most) => {
  const statements: (readonly unknown[])[] = []
  const execute = async (_sql: string, values: readonly unknown[] = []) => {
    statements.push(values)
  }
  const delegate = new RawDelegate({ dialect, execute, query: async () => [] }, 'gifts')
  const rows = Array.from({ length: 30_000 }, (_, i) => ({ id: i + 1, giver: i, taker: -i }))
  expect(await delegate.createMany({ data: rows })).toEqual({ count: 30_000 })
  for (const values of statements) expect(values.length).toBeLessThanOrEqual(most)
  expect(statements.flat()).toEqual(rows.flatMap(({ id, giver, taker }) => [id, giver, taker]))
})

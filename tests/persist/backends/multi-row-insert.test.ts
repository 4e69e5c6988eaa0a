import type mariadb from 'mariadb'
import { expect, it } from 'vitest'
import { MultiRowInsert } from '../../../persist/mysql/multi-row-insert.ts'

interface Sent {
  readonly sql: string
  readonly values: readonly unknown[]
  answer(): void
  fail(error: Error): void
}

/** A connection whose answers come when the test says so. */
function connection() {
  const sent: Sent[] = []
  const execute = (sql: string, values: readonly unknown[]) =>
    new Promise<void>((resolve, reject) => sent.push({ sql, values, answer: resolve, fail: reject }))
  return { sent, connection: { execute } as unknown as mariadb.Connection }
}

const batch = (rows: number) => ({
  shape: { table: 't', key: 'id', order: ['id'], columns: { id: 'id', at: 'time', s: 'text' } } as const,
  rows,
  columns: {
    id: Float64Array.from({ length: rows }, (_, i) => i + 1),
    at: Float64Array.from({ length: rows }, (_, i) => (i === 1 ? Number.NaN : 1_704_067_200_007 + i * 60_000)),
    s: Array.from({ length: rows }, (_, i) => `row ${i}`),
  },
})
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('sends the next rows while the server works on those before, at most three statements at once', async () => {
  const { sent, connection: own } = connection()
  const done = new MultiRowInsert().insert(own, 'INSERT', batch(2100))
  await turn()
  expect(sent.length).toBe(3)
  for (let i = 0; i < 5; i++) {
    sent[i]!.answer()
    await turn()
  }
  await done
  expect(sent.map(({ values }) => values.length / 3)).toEqual([500, 500, 500, 500, 100])
  expect(sent[0]!.sql).toMatch(/^INSERT INTO `t` \(`id`, `at`, `s`\) VALUES \(\?, \?, \?\), /)
  const all = sent.flatMap(({ values }) => values)
  expect(all.slice(0, 6)).toEqual([1, '2024-01-01 00:00:00.007', 'row 0', 2, null, 'row 1'])
  expect(all.filter((_, i) => i % 3 === 0)).toEqual(Array.from({ length: 2100 }, (_, i) => i + 1))
})

it('ends with the first failure, when what is under way has ended, and sends nothing more', async () => {
  const { sent, connection: own } = connection()
  let ended = false
  const done = new MultiRowInsert().insert(own, 'INSERT', batch(5000)).finally(() => (ended = true))
  done.catch(() => {})
  await turn()
  const lost = new Error('lost')
  sent[0]!.fail(lost)
  await turn()
  expect(ended).toBe(false)
  sent[1]!.answer()
  sent[2]!.fail(new Error('lost too'))
  await expect(done).rejects.toBe(lost)
  expect(sent.length).toBe(3)
})

import { expect, it } from 'vitest'
import { SqlLedger } from '../../../persist/ledger/sql-ledger.ts'

it('asks one thing at a time, as a client of PostgreSQL is asked', async () => {
  let [asking, most] = [0, 0]
  const ledger = new SqlLedger(async (sql) => {
    most = Math.max(most, ++asking)
    await new Promise((resolve) => setImmediate(resolve))
    asking--
    return sql.includes('seed_run_segments') ? [] : [1, 2, 3].map((id) => [id, `run ${id}`, '2024-01-01'])
  })
  expect((await ledger.runs()).map(({ id }) => id)).toEqual([1, 2, 3])
  expect(most).toBe(1)
})

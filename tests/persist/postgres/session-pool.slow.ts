import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessionPool } from '../../../persist/index.ts'
import { type PostgresServer, startPostgres } from '../servers/postgres-server.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

it('a pool of sessions is closed though one of them gets no answer', async () => {
  const { pool, close } = await sessionPool(await server.createDatabase(), 'public', 2)
  const client = await pool.connect()
  let answered = false
  const asked = client.query('SELECT pg_sleep(9)').then(() => {
    answered = true
  })
  await close()
  expect(answered).toBe(false)
  await asked
  client.release()
})

import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'

const DAYS = 12
/** The server goes down behind this one. */
const DOWN = 8
let server: PostgresServer
const config = configFromSettings({ seed: 'crash', count: 120 })

beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server.stop(), 60_000)

it('A server that goes down loses whole days at most, which are written again: the rows of a run that nothing happened to', async () => {
  const url = await server.createDatabase()
  const beside = new pg.Client({ connectionString: url })
  beside.on('error', () => {})
  await beside.connect()
  const [writer] = await query(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")
  const [other] = (await beside.query('SELECT pg_backend_pid() AS pid')).rows as { pid: number }[]
  const said: string[] = []
  let [cut, again] = [false, 0]
  const store = await openStore(url, { onFault: (line) => said.push(line) })
  const run = await startRun(store, config, DAYS, {
    workers: 1,
    onWarning: (line) => said.push(line),
    onDay: ({ day }) => {
      if (cut && day <= DOWN) again++
      if (cut || day < DOWN - 3) return
      // From here on, nobody brings commits to the disk.
      if (day === DOWN - 3) process.kill(Number(writer!.pid), 'SIGSTOP')
      if (day < DOWN) return
      cut = true
      // One session dies, and the server ends all others and recovers.
      process.kill(other!.pid, 'SIGKILL')
    },
  })
  expect(said.join('\n')).toMatch(/the connection was lost.*trying again/)
  expect(said.join('\n')).toMatch(
    /went down before its last commits were on the disk: run 'crash' stands at day \d again/,
  )
  expect(again).toBeGreaterThan(0)
  const whole = await openStore('memory:')
  const alone = await startRun(whole, config, DAYS, { workers: 0 })
  expect([run.status, run.digest, run.rows]).toEqual(['finished', alone.digest, alone.rows])
  expect(await store.verify(run.run.id)).toMatchObject({ difference: null, foreignRows: {} })
  await store.close()
  const [ids] = await query(url, 'SELECT count(*) AS rows, max(id) AS last FROM feed_seen')
  expect(ids!.rows).toBe(ids!.last)
}, 120_000)

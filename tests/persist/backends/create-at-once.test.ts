import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Backend } from '../../../persist/database/backend.ts'
import { DatabaseStore } from '../../../persist/database/database-store.ts'
import { picsum } from '../../../persist/index.ts'
import type { LedgerReader } from '../../../persist/ledger/records.ts'
import { openBackend } from '../../../persist/open.ts'
import { type PostgresServer, startPostgres } from '../servers/postgres-server.ts'
import { newRun, TEXTS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-create-'))
let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const storeOn = (backend: Backend) => new DatabaseStore(backend, { texts: TEXTS, pictures: picsum, onFault: () => {} })

/** The backend as it is for a process that looked for a run just before another made it. */
function tooEarly(backend: Backend): Backend {
  const { ledger } = backend
  let looks = 0
  const runs: LedgerReader['runs'] = async (which) =>
    which && 'seed' in which && looks++ === 0 ? [] : ledger.runs(which)
  const stale = new Proxy(ledger, { get: (it, name) => (name === 'runs' ? runs : bound(it, name)) })
  return new Proxy(backend, { get: (it, name) => (name === 'ledger' ? stale : bound(it, name)) })
}

function bound(it: object, name: string | symbol): unknown {
  const value = Reflect.get(it, name, it)
  return typeof value === 'function' ? value.bind(it) : value
}

test.each([
  ['sqlite', 'bulk'],
  ['sqlite', 'prisma'],
  ['postgresql', 'bulk'],
  ['postgresql', 'prisma'],
])(
  'who creates a run on %s (%s) that another created since he looked is told that it is there',
  async (kind, writer) => {
    const url = kind === 'sqlite' ? `file:${join(folder, `${writer}.db`)}` : await server.createDatabase()
    const [first, second] = [await openBackend(url, { writer }), await openBackend(url, { writer })]
    await storeOn(first).createRun(newRun('a', 20, 3))
    await expect(storeOn(tooEarly(second)).createRun(newRun('a', 20, 3))).rejects.toMatchObject({ code: 'RUN_EXISTS' })
    expect(await first.ledger.runs()).toHaveLength(1)
    await first.close()
    await second.close()
  },
)

/** The backend as it is for a process that another overtakes right before it adds rows to a table. */
function overtaken(backend: Backend, at: string, other: () => Promise<unknown>): Backend {
  let overtakes = true
  const insert: Backend['insert'] = async (batch) => {
    const now = overtakes && batch.shape.table === at
    if (now) overtakes = false
    if (now) await other()
    return backend.insert(batch)
  }
  return new Proxy(backend, { get: (it, name) => (name === 'insert' ? insert : bound(it, name)) })
}

test.each([
  ['sqlite', 'interest_subjects'],
  ['sqlite', 'interests'],
  ['sqlite', 'quiz_options'],
  ['sqlite', 'seed_runs'],
  ['postgresql', 'interests'],
])(
  'lookup rows that the slower of two added without transactions are those of the run: %s, at %s',
  async (kind, at) => {
    const place = async (name: string) =>
      kind === 'sqlite' ? `file:${join(folder, `${name}.db`)}` : server.createDatabase()
    const bases = async (url: string) => {
      const reading = await openBackend(url)
      const { query } = reading as Backend & { query(sql: string): Promise<unknown[][]> }
      const [[text] = []] = await query.call(reading, 'SELECT bases FROM seed_run_segments')
      await reading.close()
      return text
    }
    const prisma = { writer: 'prisma', pauseMs: 0 } as const
    const urls = [await place(`alone-${at}`), await place(`two-${at}`)] as const
    const alone = await openBackend(urls[0], prisma)
    await storeOn(alone).createRun(newRun('a', 20, 3))
    await alone.close()
    const [first, second] = [await openBackend(urls[1], prisma), await openBackend(urls[1], prisma)]
    const quicker = () => storeOn(first).createRun(newRun('a', 20, 3))
    const slower = storeOn(overtaken(second, at, quicker)).createRun(newRun('a', 20, 3))
    await expect(slower).rejects.toMatchObject({ code: 'RUN_EXISTS' })
    await first.close()
    await second.close()
    expect(await bases(urls[1])).toBe(await bases(urls[0]))
  },
)

test('lookup rows go with the last of two runs that are reset at once', async () => {
  const url = await server.createDatabase()
  const [first, second] = [await openBackend(url), await openBackend(url)]
  await storeOn(first).createRun(newRun('a', 20, 3))
  await storeOn(first).createRun(newRun('b', 20, 3))
  const lookups = () => first.count('interests')
  expect(await lookups()).toBeGreaterThan(100)
  const [a, b] = await first.ledger.runs()
  let other: Promise<unknown> | undefined
  /** The other has left its rows to this one, or waits, when this one's ledger goes. */
  const deleteLedger: Backend['deleteLedger'] = async (runId, what) => {
    other ??= storeOn(first).reset(a!.id, 'all')
    await Promise.race([other, sleep(1000)])
    return second.deleteLedger(runId, what)
  }
  const late = new Proxy(second, { get: (it, name) => (name === 'deleteLedger' ? deleteLedger : bound(it, name)) })
  await storeOn(late).reset(b!.id, 'all')
  await other
  expect(await first.ledger.runs()).toEqual([])
  expect(await lookups()).toBe(0)
  await first.close()
  await second.close()
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

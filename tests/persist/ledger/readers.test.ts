import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { PrismaLedger } from '../../../persist/ledger/prisma-ledger.ts'
import type { LedgerReader } from '../../../persist/ledger/records.ts'
import { connectPrisma } from '../../../persist/prisma/client.ts'
import { SqliteBackend } from '../../../persist/sqlite/sqlite-backend.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { newRun } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-readers-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function everything(ledger: LedgerReader): Promise<unknown> {
  const runs = await ledger.runs()
  return Promise.all(
    runs.map(async (run) => {
      const people = []
      for await (const part of ledger.people(run.id)) people.push(...part)
      const { id, seed } = run
      const again = [await ledger.runs({ id }), await ledger.runs({ seed })]
      const beside = (await ledger.announcedBeside(id)).sort((a, b) => a.firstId - b.firstId)
      const hasDays = [await ledger.hasDays(id), await ledger.hasDays(id + 9)]
      return { run, again, people, days: await ledger.days(id), hasDays, beside }
    }),
  )
}

it('by statements and through Prisma read the same ledger: a run that ended, one that was begun, and ranges announced beside', async () => {
  const path = join(folder, 'site.db')
  const store = await openStore(`file:${path}`)
  await startRun(store, configFromSettings({ seed: 'one', count: 40 }), 3, { workers: 0 })
  await store.createRun(newRun('two', 1, 1))
  await store.close()
  const backend = new SqliteBackend(path)
  await backend.execute(
    `INSERT INTO seed_run_days (run_id, day, chunk, table_name, "rows", first_id, last_id, content_digest)
      VALUES (2, 0, 1, 'users', 3, 100, 102, ''), (2, 0, -2, 'posts', 1, 9, 9, ''), (2, 0, 2, 'likes', 0, 5, 4, '')`,
  )
  const { client } = await connectPrisma({ kind: 'sqlite', path }, '')
  const byStatements = await everything(backend.ledger)
  expect(byStatements).toEqual(await everything(new PrismaLedger(client)))
  expect(byStatements).toMatchObject([
    { run: { seed: 'one', status: 'finished', lastDay: 2 }, people: { length: 40 }, hasDays: [true, false] },
    { run: { seed: 'two', status: 'profiles', digest: null }, people: [] },
  ])
  expect((byStatements as { beside: unknown }[])[0]!.beside).toEqual([
    { table: 'posts', firstId: 9, lastId: 9 },
    { table: 'users', firstId: 100, lastId: 102 },
  ])
  await client.$disconnect()
  await backend.close()
})

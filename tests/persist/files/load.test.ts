import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadFolder, openStore, validateDatabase } from '../../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../../run/index.ts'

const config = configFromSettings({ seed: 'loaded', count: 40, set: ['policy.arrivals.perDay=3'] })
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-load-'))
  const store = await openStore(`parquet:${folder}/files`)
  await startRun(store, config, 3, { workers: 0 })
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a folder of files', () => {
  it('is brought into a database with its ids and its ledger, and the run goes on there', async () => {
    const url = `file:${folder}/loaded.db`
    const { seeds, rows } = await loadFolder(`parquet:${folder}/files`, url)
    expect(seeds).toEqual(['loaded'])
    const store = await openStore(url)
    const run = (await store.findRun('loaded'))!
    expect(await store.rows(run.id)).toEqual(rows)
    expect((await store.verify(run.id)).difference).toBeNull()
    const { digest } = await extendRun(store, undefined, { days: 1 }, { workers: 0 })
    await store.close()
    const whole = await startRun(await openStore('none:'), config, 4, { workers: 0 })
    expect(digest).toBe(whole.digest)
    await expect(loadFolder(`parquet:${folder}/files`, url)).rejects.toThrow(/holds rows in seed_runs.*empty database/)
  })

  it('is validated as the same rows in a database are', async () => {
    const url = `file:${folder}/same.db`
    await loadFolder(`parquet:${folder}/files`, url)
    expect(await validateDatabase(`parquet:${folder}/files`)).toEqual(await validateDatabase(url))
  })

  it('is refused where there is none, and where it should not go', async () => {
    await expect(loadFolder(`csv:${folder}/nothing`, `file:${folder}/x.db`)).rejects.toThrow(
      /there is no run of Mingle/,
    )
    await expect(loadFolder(`parquet:${folder}/files`, `csv:${folder}/x`)).rejects.toThrow(/into a database, not into/)
    await expect(loadFolder(`file:${folder}/same.db`, `file:${folder}/x.db`)).rejects.toThrow(/is no folder of files/)
  })
})

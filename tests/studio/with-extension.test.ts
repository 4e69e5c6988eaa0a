import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ledgerOf } from '../../cli/ledger.ts'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, startRun } from '../../run/index.ts'
import { followerOf, gatherRun, WatchLog } from '../../studio/index.ts'
import { loaded } from '../run/waves.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-with-extension-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a run that lives by an extension is lived again with it, by the report and by who watches', async () => {
  const store = await openStore(`file:${join(folder, 'waves.db')}`)
  const { run } = await startRun(store, configFromSettings({ seed: 'waves', count: 40 }), 2, {
    workers: 0,
    extension: loaded,
  })
  const gathered = (extension?: typeof loaded) =>
    gatherRun(
      ledgerOf(store, extension),
      'waves',
      () => [],
      () => {},
    )
  expect((await gathered(loaded)).replayed).toBe(run.digest)
  const log = new WatchLog()
  const follow = await followerOf(ledgerOf(store, loaded), 'waves')
  await follow(log, new AbortController().signal)
  expect(log.warnings).toEqual([])
  expect(log.days).toHaveLength(2)
  // The file that the ledger names, or what is wrong with it.
  await expect(followerOf(ledgerOf(store), 'waves')).rejects.toThrow(
    /lives by the extension .*--extension names its file/,
  )
  await expect(gathered()).rejects.toThrow(/lives by the extension .*--extension names its file/)
  await store.close()
})

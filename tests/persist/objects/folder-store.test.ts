import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openObjects, openStore } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-folder-'))
  writeFileSync(join(folder, 'file'), 'in the way')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a folder of objects', () => {
  const bytes = new TextEncoder().encode('one')

  it('keeps what was put first where two put anew, and leaves nothing half-written beside it', async () => {
    const store = await openObjects(join(folder, 'deep', 'er'))
    expect(await store.putNew('a/b', bytes)).toBeNull()
    expect(await store.putNew('a/b', new TextEncoder().encode('two'))).toEqual(Buffer.from(bytes))
    expect((await store.list('')).map(({ key }) => key)).toEqual(['a/b'])
    expect(readdirSync(join(folder, 'deep', 'er', '.writing-tasks'))).toEqual([])
  })

  it.each(['file', 'file/within'])('that cannot be one, as %s, is refused in words', async (place) => {
    const store = await openObjects(join(folder, place))
    expect(await store.get('a')).toBeNull()
    for (const put of [store.put('a', [bytes]), store.putNew('a', bytes)]) {
      await expect(put).rejects.toMatchObject({ code: 'BAD_INPUT', message: /^cannot write to .*name a folder/ })
    }
    const config = configFromSettings({ seed: 'no', count: 5 })
    for (const format of ['parquet', 'ndjson', 'csv']) {
      const rows = await openStore(`${format}:${join(folder, place)}`)
      await expect(startRun(rows, config, 1, { workers: 0 })).rejects.toThrow(/^cannot write to/)
      await rows.close()
    }
  })

  it.each(['parquet:./plan', 'redis://localhost/plan', 'file:./plan'])('is not meant by %s', async (place) => {
    await expect(openObjects(place)).rejects.toMatchObject({ code: 'BAD_INPUT', message: /is no place for a plan/ })
  })
})

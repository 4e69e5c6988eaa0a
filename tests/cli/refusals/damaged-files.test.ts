import { appendFileSync, copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'

const place = new Workplace()
const OUT = ['--database-url', 'ndjson:./out']

beforeAll(async () => {
  const { code, stderr } = await place.mingle(['run', '--run-seed', 's1', '--count', '40', '--days', '3', ...OUT])
  expect(code, stderr).toBe(0)
}, 60_000)
afterAll(() => place.remove())

it('verify names a stray file, then a damaged one, then a damaged manifest', async () => {
  const day = `likes/${readdirSync(join(place.folder, 'out/likes')).sort()[1]!}`
  const file = join(place.folder, 'out', day, 'run-1.ndjson')
  expect(await place.mingle(['verify', ...OUT])).toMatchObject({ code: 0, stderr: '' })

  copyFileSync(file, file.replace('run-1', 'run-2'))
  const stray = await place.mingle(['verify', ...OUT])
  expect(stray.code).toBe(1)
  expect(stray.stdout).toMatch(/as it was written[\s\S]*1 file is no run's/)
  expect(stray.stdout).toContain(`  ${day}/run-2.ndjson\n`)

  appendFileSync(file, '{bad')
  const damaged = await place.mingle(['verify', ...OUT])
  expect(damaged).toMatchObject({ code: 1, stderr: '' })
  expect(damaged.stdout).toMatch(
    /differs, first in day \d+, table likes: likes\/day=[\d-]+\/run-1\.ndjson cannot be read/,
  )

  writeFileSync(join(place.folder, 'out/manifest.json'), '{')
  const lost = await place.mingle(['verify', ...OUT])
  expect(lost.code).toBe(1)
  expect(lost.stderr).toMatch(/^mingle: .*manifest\.json is damaged.*\n$/)
}, 60_000)

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'

const place = new Workplace()
const write = (name: string, text: string) => writeFileSync(join(place.folder, name), text)
const jobs = (config: string) => place.mingle(['jobs', '--only', 'trending', '--json', '--config', config])
/** A configuration whose own job is this. */
const hook = (trending: string) =>
  `import { defineConfig } from 'mingle'\nexport default defineConfig({ jobs: { trending: ${trending} } })`

beforeAll(async () => {
  const { code, stderr } = await place.mingle(['run', '--count', '5', '--days', '1', '--skip-jobs'])
  expect(code, stderr).toBe(0)
}, 300_000)
afterAll(() => place.remove())

describe("the user's own files", () => {
  it.each(['own.ts', 'own.mjs', 'own.js'])('%s imports the program where no project has it', async (name) => {
    write(name, hook('async () => 7'))
    const { code, stdout, stderr } = await jobs(name)
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).jobs).toMatchObject([{ job: 'trending', status: 'hook', rows: 7 }])
  })

  it.each([
    [
      'broken.ts',
      'export default {{',
      /^mingle: configuration broken\.ts cannot be loaded: Unexpected token at .*:1:16$/,
    ],
    ['broken.json', '{ "jobs": {', /^mingle: configuration broken\.json cannot be loaded: .*JSON/],
    [
      'throws.mjs',
      "throw new Error('set SCORES first')",
      /configuration throws\.mjs cannot be loaded: set SCORES first$/,
    ],
    [
      'gone.ts',
      "import './gone-too.ts'",
      /configuration gone\.ts cannot be loaded: Cannot find module '.\/gone-too.ts'$/,
    ],
    [
      'text.ts',
      hook("() => 'many'"),
      /^mingle: job 'trending': the function .* returned 'many'; expected the rows it wrote/,
    ],
    ['nan.ts', hook('async () => NaN'), /returned NaN; expected the rows it wrote, or nothing/],
  ])('%s is refused in words', async (name, text, says) => {
    write(name, text)
    const { code, stdout, stderr } = await jobs(name)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.trim()).toMatch(says)
    expect(stderr).not.toContain('not expected')
  })

  it('personas that are nowhere: the sets that ship are named', async () => {
    const { code, stderr } = await place.mingle(['run', '--dry-run', '--personas', 'nope.json'])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no file nope\.json with personas.*: feed-demo$/m)])
  })
})

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'dist/cli/mingle.js')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Sections of the page with what is to be typed in each, block by block. */
const sections = readFileSync(join(root, 'docs/recipes.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.split('\n')[0]!,
    script: [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join(''),
  }))

/** Does what the program `sqlite3` does with a file and a statement, where it may not be there. */
const STATEMENT = `
  const [file, sql] = process.argv.slice(1)
  const statement = new (require("${join(root, 'node_modules/libsql')}"))(file).prepare(sql)
  if (statement.reader) for (const row of statement.raw().all()) console.log(row.join("|"))
  else statement.run()
`

/** Carries out lines of a shell in an empty folder, `mingle` being this build. */
async function carryOut(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-recipe-'))
  folders.push(folder)
  const { DATABASE_URL: _, NODE_ENV: __, VITEST: ___, ...env } = process.env
  const mingle = `mingle() { '${process.execPath}' '${program}' "$@"; }`
  const sqlite = `sqlite3() { '${process.execPath}' --input-type=commonjs -e '${STATEMENT}' "$@"; }`
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', `${mingle}\n${sqlite}\n${script}`], {
    cwd: folder,
    env,
    maxBuffer: 1 << 24,
  })
  return stdout
}

describe('every recipe runs as it is written', () => {
  it.each(sections)('$title', { timeout: 300_000 }, async ({ script }) => {
    expect(script).toMatch(/^mingle /m)
    expect((await carryOut(script)).length).toBeGreaterThan(20)
  })

  it('and a command that fails would be noticed', async () => {
    await expect(carryOut('mingle run --count none\nmingle runs')).rejects.toMatchObject({ code: 2 })
  })

  it('has each of the plan’s usage examples', () => {
    const all = sections.map(({ script }) => script.replaceAll(/\\\n\s*/g, '')).join('\n')
    for (const words of [
      /mingle run --run-seed demo-2024 --count 500 --activity-days 30/,
      /mingle profiles --run-seed demo-2024 --count 500/,
      /mingle job interest-relationships\nmingle job searchable-user\nmingle job build-user-traits\nmingle job match-scores/,
      /mingle activity --run-seed demo-2024 --start-date 2024-02-01 --days/,
      /mingle run --run-seed test-quick --count 50 --activity-days 7/,
      /mingle run --run-seed prod-sim-2024 --count 1000 --activity-days 90 --start-date 2023-10-01/,
      /mingle debug user 123 --run-seed demo-2024/,
      /mingle reset activity --run-seed demo-2024 --yes/,
      /mingle reset derived --yes/,
    ]) {
      expect(all).toMatch(words)
    }
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareSnake } from '../../persist/mapping/site.ts'
import { Workplace } from '../command-line.ts'
import { mapFolder } from '../site.ts'

/** What the command line says of a mapping that cannot work. */
const place = new Workplace()
const config = join(place.folder, 'mingle.config.mjs')
let sound: string

beforeAll(async () => {
  mapFolder(place.folder, 'mingle.config.mjs')
  sound = readFileSync(config, 'utf8')
  await prepareSnake(join(place.folder, 'mingle.db'))
  const { code, stderr } = await place.mingle(['run', '--run-seed', 'there', '--count', '20', '--days', '1'])
  expect(code, stderr).toBe(0)
})
afterAll(() => place.remove())

/** Two facts to models that there are not, and a field that there is not. */
const broken = () =>
  writeFileSync(
    config,
    `import { to } from ${/from ('[^']*')/.exec(sound)![1]}
export default { schema: './site', map: {
  user: to('account', { id: 'no', email: 'nowhere' }),
  post: to('Zettel', { text: 'text' }),
  like: to('Wisch', { action: 'dir' }),
} }
`,
  )

it('several problems are several lines, where a run would begin too; nothing is written', async () => {
  broken()
  const checked = await place.mingle(['check'])
  expect(checked.code).toBe(1)
  const problems = checked.stdout.split('\n').filter((line) => /^[a-z ]+ · /.test(line))
  expect(problems.length).toBeGreaterThanOrEqual(3)
  const run = await place.mingle(['run', '--run-seed', 'new', '--count', '5', '--days', '1'])
  expect(run.code).toBe(2)
  for (const line of problems) expect(run.stderr.split('\n')).toContain(line)
  expect(run.stderr).not.toContain('not expected')
})

it('a broken mapping hinders no list of runs, and says so in one line', async () => {
  broken()
  const { code, stdout, stderr } = await place.mingle(['runs', '--json'])
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout).runs.map(({ seed }: { seed: string }) => seed)).toEqual(['there'])
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/the mapping cannot work as it stands; 'mingle check' says more/),
  ])
  writeFileSync(config, 'export default {{')
  const unread = await place.mingle(['runs'])
  expect(unread.code, unread.stderr).toBe(0)
  expect(unread.stdout).toContain('there')
  expect(unread.stderr).toMatch(/the configuration cannot be read/)
})

it('without metadata, the generator is advised in three lines', async () => {
  writeFileSync(config, sound.replace("schema: './site'", "schema: './nowhere'"))
  const { code, stderr } = await place.mingle(['check'])
  expect(code).toBe(2)
  expect(stderr).toContain('generator mingle {\n  provider = "mingle"\n}\n')
})

it('the password of a URL is hidden, and an example of one is not', async () => {
  writeFileSync(config, sound)
  const wrong = await place.mingle(['run', '--database-url', 'mysql://me:geheim@/x?y'])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).not.toContain('geheim')
  const unknown = await place.mingle(['run', '--database-url', 'oracle://me:geheim@host/x'])
  expect(unknown.stderr).not.toContain('geheim')
  expect(unknown.stderr).toContain('postgresql://user:password@host/database')
})

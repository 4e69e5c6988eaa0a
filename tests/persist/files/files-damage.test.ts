import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FilesBackend } from '../../../persist/files/files-backend.ts'
import { openStore, type Verification } from '../../../persist/index.ts'
import { writeSmallRun } from '../backends/contract.ts'
import { TEXTS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-damage-'))
const START = Date.UTC(2024, 0, 1)
const FORMATS = ['csv', 'ndjson', 'parquet'] as const
type Format = (typeof FORMATS)[number]

beforeAll(async () => {
  for (const format of FORMATS) {
    const store = await openStore(`${format}:${join(folder, format)}`, { texts: TEXTS })
    await writeSmallRun(store, 'damage')
    await store.close()
  }
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** A copy of a written folder, to be damaged. */
function copyOf(format: Format): string {
  const copy = mkdtempSync(join(folder, 'copy-'))
  cpSync(join(folder, format), copy, { recursive: true })
  return copy
}

/** The first file of a table, by its path in the folder. */
function firstFile(root: string, table: string): string {
  const day = readdirSync(join(root, table)).sort()[0]!
  return `${table}/${day}/${readdirSync(join(root, table, day)).sort()[0]!}`
}

async function verify(format: Format, root: string): Promise<Verification> {
  const store = await openStore(`${format}:${root}`, { create: false, texts: TEXTS })
  try {
    return await store.verify(1)
  } finally {
    await store.close()
  }
}

const shorter = (bytes: number) => (path: string) => truncateSync(path, readFileSync(path).length - bytes)
const edited = (edit: (text: string) => string) => (path: string) =>
  writeFileSync(path, edit(readFileSync(path, 'utf8')))

const DAMAGES: readonly [Format, string, (path: string) => void][] = [
  ['csv', 'cut by three bytes', shorter(3)],
  ['csv', 'an unclosed quote', (path) => appendFileSync(path, '"never closed')],
  ['csv', 'cut within a quote', edited((text) => `${text}1,"`)],
  ['csv', 'a quote in the middle of a field', edited((text) => `${text}"a"b,1\n`)],
  ['csv', 'a row of one field', (path) => appendFileSync(path, '1\n')],
  ['csv', 'no header', edited((text) => text.slice(text.indexOf('\n') + 1))],
  ['csv', 'empty', (path) => truncateSync(path, 0)],
  ['ndjson', 'cut by three bytes', shorter(3)],
  ['ndjson', 'a bad line', (path) => appendFileSync(path, '{bad')],
  ['ndjson', 'a line that is no object', (path) => appendFileSync(path, 'null\n')],
  ['parquet', 'cut to 100 bytes', (path) => truncateSync(path, 100)],
  ['parquet', 'cut by three bytes', shorter(3)],
  ['parquet', 'empty', (path) => truncateSync(path, 0)],
]

describe('a damaged file', () => {
  it.each(DAMAGES)('%s, %s: is the first difference, by day, table and name', async (format, _, damage) => {
    const root = copyOf(format)
    expect((await verify(format, root)).difference).toBeNull()
    const file = firstFile(root, 'messages')
    damage(join(root, file))
    const { difference } = await verify(format, root)
    expect(difference).toMatchObject({ table: 'messages', damaged: { file } })
    expect(`day=${new Date(START + difference!.day! * 86_400_000).toISOString().slice(0, 10)}`).toBe(file.split('/')[1])
  })
})

describe('a damaged manifest', () => {
  it.each(['{', '', 'null', '{}', '[]'])('%j: one error that names it and says what to do', async (text) => {
    const root = copyOf('csv')
    writeFileSync(join(root, 'manifest.json'), text)
    await expect(verify('csv', root)).rejects.toMatchObject({
      code: 'DAMAGED',
      message: expect.stringMatching(/manifest\.json is damaged.*empty the folder/),
    })
  })

  it('keeps nobody from the folder once it is put back, this process neither', async () => {
    const root = copyOf('csv')
    const manifest = join(root, 'manifest.json')
    const whole = readFileSync(manifest)
    const backend = new FilesBackend(root, 'csv')
    writeFileSync(manifest, '{')
    await expect(backend.begin()).rejects.toMatchObject({ code: 'DAMAGED' })
    await backend.rollback().catch(() => {})
    writeFileSync(manifest, whole)
    await backend.begin()
    await backend.rollback()
    expect(readdirSync(root)).not.toContain('.lock')
  })
})

it.each(FORMATS)('%s: a damaged file of the people of runs is named when a run goes on', async (format) => {
  const root = copyOf(format)
  const file = firstFile(root, 'seed_people')
  truncateSync(join(root, file), 100)
  const store = await openStore(`${format}:${root}`, { texts: TEXTS })
  await expect(store.finishRun(1, { digest: '0'.repeat(32) })).rejects.toMatchObject({ code: 'DAMAGED', file })
  await store.close()
})

it.each(FORMATS)("%s: files among a run's that no run wrote are named", async (format) => {
  const root = copyOf(format)
  expect((await verify(format, root)).strayFiles).toEqual([])
  const file = firstFile(root, 'likes')
  const strays = [file.replace('run-1.', 'run-2.'), `likes/${file.split('/').at(-1)}`].sort()
  for (const stray of strays) copyFileSync(join(root, file), join(root, stray))
  writeFileSync(join(root, 'likes', '.hidden'), '')
  const { difference, strayFiles } = await verify(format, root)
  expect([difference, strayFiles]).toEqual([null, strays])
})

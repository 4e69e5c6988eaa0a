import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { METADATA_VERSION, readMetadata } from '../../../../persist/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-metadata-'))
afterAll(() => rmSync(folder, { recursive: true }))

it.each([
  ['no-such', null, /there is no .*no-such\/mingle\.json: put these lines/],
  [
    'older.json',
    '{"version":1,"provider":"sqlite","models":[],"enums":[]}',
    /metadata 1, expected \d+\); run 'npx prisma/,
  ],
  ['none.json', 'null', /made by another version of Mingle/],
  ['cut.json', '{"version":', /cannot be read \(.*JSON.*run it again/],
])('is refused in a sentence: %s', (name, text, words) => {
  if (text !== null) writeFileSync(join(folder, name), text)
  expect(() => readMetadata(join(folder, name))).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(words) }),
  )
})

it('is read as it was written', () => {
  const written = { version: METADATA_VERSION, provider: 'sqlite', models: [], enums: [] }
  writeFileSync(join(folder, 'mingle.json'), JSON.stringify(written))
  expect(readMetadata(folder)).toEqual(written)
})

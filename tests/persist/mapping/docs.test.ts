import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SOURCE_NAMES, SOURCES } from '../../../persist/index.ts'

it('docs/mapping.md names every fact and column', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/mapping.md'), 'utf8')
  const table = text.slice(text.indexOf('## What can be mapped'), text.indexOf('## Two likes'))
  const missing = SOURCE_NAMES.flatMap((name) => [name, ...Object.keys(SOURCES[name].columns)]).filter(
    (word) => !table.includes(`\`${word}\``),
  )
  expect(missing).toEqual([])
})

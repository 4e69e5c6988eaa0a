import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withTables } from '../docs/generate/figures/tables.ts'

const root = join(import.meta.dirname, '..')
const figures = JSON.parse(readFileSync(join(root, 'docs/figures.json'), 'utf8'))

test.each(['README.md', 'docs/performance.md', 'docs/scale.md'])(
  'the tables of %s are those of docs/figures.json',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    expect(text).toContain('<!-- figures: ')
    expect(withTables(text, figures)).toBe(text)
  },
)

test('a table is made from the samples, and a mark without a table is an error', () => {
  const samples = [{ speedUp: 1.9 }, { speedUp: 1.7 }, { speedUp: 1.8 }]
  const few = { ...figures, figures: { ...figures.figures, workers: { command: '', taken: '', samples } } }
  const page = 'before\n<!-- figures: workers -->\nold\n<!-- end -->\nafter\n'
  const made = withTables(page, few)
  expect(made).toMatch(
    /^before\n<!-- figures: workers -->\n\|[\s\S]*1\.80 \(1\.70–1\.90\)[\s\S]*\|\n<!-- end -->\nafter\n$/,
  )
  expect(withTables(made, few)).toBe(made)
  expect(() => withTables('<!-- figures: nothing -->\n<!-- end -->', few)).toThrow(/nothing/)
})

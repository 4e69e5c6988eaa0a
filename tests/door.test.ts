import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as library from '../index.ts'

const root = join(import.meta.dirname, '..')
const documents = ['README.md', '.ci/attach', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })]
  .map((name) => (name.includes('.md') && name !== 'README.md' ? `docs/${name}` : name))
  .filter((name) => name.endsWith('.md') || name === '.ci/attach')

/** Names, without types, that the code of a document imports from the library. */
function imported(text: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from ["']mingle["']/g)].flatMap(([, names]) =>
    names!
      .split(',')
      .map((name) => name.trim().split(' as ')[0]!)
      .filter((name) => name !== '' && !name.startsWith('type ')),
  )
}

it.each(documents)('everything that %s imports is there', (name) => {
  const names = imported(readFileSync(join(root, name), 'utf8'))
  expect(names.filter((each) => !(each in library))).toEqual([])
})

it('rows, runs, mappings and the simulation have one door', () => {
  for (const name of [
    'openStore',
    'startRun',
    'extendRun',
    'resumeRun',
    'defineConfig',
    'loadMapping',
    'createSimulation',
  ])
    expect(library).toHaveProperty(name)
  expect(documents.flatMap((name) => imported(readFileSync(join(root, name), 'utf8'))).length).toBeGreaterThan(10)
})

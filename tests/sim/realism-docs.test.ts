import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS } from '../../sim/index.ts'

type Tree = { readonly [name: string]: number | Tree }

const page = readFileSync(new URL('../../docs/model.md', import.meta.url), 'utf8')

function leaves(tree: Tree, prefix = ''): [path: string, value: number][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'number' ? [[prefix + name, value] as [string, number]] : leaves(value, `${prefix}${name}.`),
  )
}

/** `a.{b,c}.d` as `a.b.d` and `a.c.d`. */
function expand(path: string): string[] {
  const [, before, names, after] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? []
  return names === undefined ? [path] : names.split(',').map((name) => before + name + after)
}

/** Defaults by path, as the tables state them. */
const stated = new Map<string, { value: number; cells: string[] }>()
for (const line of page.split('\n')) {
  const path = /^\| `((?:population|policy)\.[^`]+)` \|/.exec(line)?.[1]
  if (path === undefined) continue
  const cells = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
  const values = cells[3]!.split(', ').map((value) => Number(value.replace('−', '-')))
  expand(path).forEach((each, i) => {
    stated.set(each, { value: values[i]!, cells })
  })
}

const root = new URL('../../', import.meta.url)

describe('docs/model.md', () => {
  it('names every file with a constant that was chosen', () => {
    const files = readdirSync(new URL('sim/', root), { recursive: true, encoding: 'utf8' })
      .map((file) => `sim/${file.replaceAll('\\', '/')}`)
      .filter((file) => /^sim\/(agents|events|content)\/.*\.ts$/.test(file))
      .filter((file) => readFileSync(new URL(file, root), 'utf8').includes('(chosen)'))
    expect(files.length).toBeGreaterThan(5)
    const constants = page.slice(page.indexOf('## Constants'))
    for (const file of files) {
      const name = file.slice(file.lastIndexOf('/') + 1)
      const known = ['sim/content/text/', 'sim/content/course/'].find((folder) => file.startsWith(folder)) ?? name
      expect(constants, file).toContain(known)
    }
  })

  it('states every parameter, and none that there is not', () => {
    const paths = leaves(DEFAULT_PARAMETERS).map(([path]) => path)
    expect([...stated.keys()].sort()).toEqual([...paths].sort())
  })

  it('with its default', () => {
    for (const [path, value] of leaves(DEFAULT_PARAMETERS)) expect(stated.get(path)?.value, path).toBe(value)
  })

  it('and what it does, its unit, its source and what it moves', () => {
    for (const [path, { cells }] of stated) {
      expect(cells.length, path).toBe(6)
      for (const cell of cells) expect(cell, path).not.toBe('')
    }
  })
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALONE } from '../vitest.config.ts'

/**
 * What each folder may import (docs/architecture.md has the same table). A folder may always import its own files. Only
 * the door (`index.ts`) of another folder may be imported.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'sim/kernel': [],
  'sim/facts': ['sim/kernel'],
  'sim/content': ['sim/kernel'],
  'sim/parameters': ['sim/kernel'],
  'sim/agents': ['sim/kernel', 'sim/content', 'sim/parameters'],
  'sim/events': ['sim/kernel', 'sim/facts', 'sim/content', 'sim/parameters', 'sim/agents'],
  'sim/observe': ['sim/kernel', 'sim/facts', 'sim/agents'],
  'sim/explain': ['sim/kernel', 'sim/facts', 'sim/content', 'sim/parameters', 'sim/agents', 'sim/events'],
  sim: [
    'sim/kernel',
    'sim/facts',
    'sim/content',
    'sim/parameters',
    'sim/agents',
    'sim/events',
    'sim/observe',
    'sim/explain',
  ],
  installation: ['sim/kernel'],
  persist: ['sim', 'installation'],
  jobs: ['sim', 'persist'],
  'run/advice': [],
  'run/commands': ['sim', 'run/advice'],
  run: ['sim', 'installation', 'persist', 'jobs', 'run/advice'],
  'experiments/statistics': ['sim'],
  'experiments/studies': ['sim', 'experiments/statistics'],
  experiments: ['sim', 'installation', 'run', 'experiments/statistics', 'experiments/studies'],
  cluster: ['sim', 'installation', 'persist', 'run', 'experiments'],
  studio: ['sim', 'installation', 'run', 'experiments', 'studio/messages'],
  'studio/messages': ['sim'],
  'studio/page': ['sim', 'run/commands', 'experiments/statistics', 'experiments/studies', 'studio/messages'],
  cli: [
    'sim',
    'installation',
    'persist',
    'jobs',
    'run',
    'run/advice',
    'run/commands',
    'experiments',
    'cluster',
    'studio',
  ],
}

/**
 * The rooms of the mapping, in the order of its life (persist/mapping/README.md). A room may import those before it; the
 * files of the folder itself come last.
 */
const MAPPING = 'persist/mapping'
const ROOMS = [
  'config',
  'metadata',
  'plan',
  'sql',
  'rows',
  'check',
  'write',
  'read',
  'site',
  'trial',
  'backend',
  'propose',
]

/** Packages that may be used inside `sim/`, which runs in a browser. */
const SIM_PACKAGES = ['tinyqueue']

interface Source {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

const root = join(import.meta.dirname, '..')

function sourcesBelow(folder: string): Source[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sourcesBelow(path)
    return /\.tsx?$/.test(entry.name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

/** The folder of the table that a file belongs to, the deepest that fits. */
function folderOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0]
}

/** Every specifier that a file imports or re-exports, also by `import()` and `new URL(…)`-free forms. */
function importsOf(source: Source): string[] {
  const code = withoutComments(source.text)
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g
  return [...code.matchAll(pattern)].map((match) => match[2]!)
}

/** What ties modules together, types too; not `import()` inside a function. */
function staticImportsOf(source: Source): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s+)(['"])([^'"\n]+)\1/g
  return [...withoutComments(source.text).matchAll(pattern)].map((match) => match[2]!)
}

function resolved(source: Source, specifier: string): string {
  return normalize(join(dirname(source.path), specifier)).replaceAll('\\', '/')
}

function wrongImports(sources: readonly Source[]): string[] {
  const wrong: string[] = []
  for (const source of sources) {
    const own = folderOf(source.path)
    if (own === undefined) continue
    for (const specifier of importsOf(source)) {
      const says = (what: string) => wrong.push(`${source.path} imports ${specifier}: ${what}`)
      if (!specifier.startsWith('.')) {
        if (own.split('/')[0] === 'sim' && !SIM_PACKAGES.includes(specifier))
          says('sim/ imports no package but its queue')
        continue
      }
      const target = resolved(source, specifier)
      const folder = folderOf(target)
      if (folder === undefined) says('it lies outside the layout')
      else if (folder === own) continue
      else if (!allowed(own, folder)) says(`${own} may not import ${folder}`)
      else if (target !== `${folder}/index.ts`) says(`only the door ${folder}/index.ts is for others`)
    }
  }
  return wrong
}

/** Whoever may import `sim` may import its parts by their doors too. */
function allowed(own: string, folder: string): boolean {
  const may = MAY_IMPORT[own]!
  return may.includes(folder) || (!own.startsWith('sim') && may.includes(folder.split('/')[0]!))
}

/** Which room of the mapping a file stands in, by its place in the order; the folder's own files come last. */
function roomOf(path: string): number {
  if (!path.startsWith(`${MAPPING}/`)) return -1
  const room = path.slice(MAPPING.length + 1).split('/')
  return room.length === 1 ? ROOMS.length : ROOMS.indexOf(room[0]!)
}

/** Files of the mapping that stand in no room, or that import from a later one. */
function wrongRooms(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith(`${MAPPING}/`))
    .flatMap((source) => {
      const own = roomOf(source.path)
      if (own < 0) return [`${source.path} stands in no room of ${MAPPING}`]
      return importsOf(source)
        .map((specifier) => resolved(source, specifier))
        .filter((target) => target.startsWith('persist/') && roomOf(target) > own)
        .map((target) => `${source.path} imports ${target}, which comes after it`)
    })
}

function cycles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    const source = byPath.get(path)!
    for (const specifier of staticImportsOf(source)) {
      if (!specifier.startsWith('.')) continue
      const target = resolved(source, specifier)
      if (byPath.has(target)) visit(target, [...trail, path])
    }
    state.set(path, 'done')
  }
  for (const path of byPath.keys()) visit(path, [])
  return found
}

const MATH_ALLOWED = ['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc']

/** What `sim/` must not use, because it would differ between machines, moments or places. */
const BANNED: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a Math function that is not exact everywhere',
    pattern: new RegExp(`\\bMath\\s*(?:\\.\\s*(?!(?:${MATH_ALLOWED.join('|')})\\b)\\w+|\\[)|=\\s*Math\\b(?!\\s*\\.)`),
  },
  { what: 'the wall clock', pattern: /\bDate\b|\bperformance\s*\./ },
  { what: 'locales', pattern: /\bIntl\b|\.toLocale\w*|\.localeCompare\b/ },
  { what: 'Unicode tables that differ by version', pattern: /\.normalize\s*\(/ },
  { what: 'the power operator, which rounds differently', pattern: /\*\*/ },
  { what: 'a sort without a comparator', pattern: /\.(?:sort|toSorted)\s*\(\s*\)/ },
  { what: 'Node', pattern: /['"]node:|\bprocess\s*\.|\bBuffer\b|\brequire\s*\(/ },
  { what: 'timers and randomness of the platform', pattern: /\bset(?:Timeout|Interval|Immediate)\b|\bcrypto\b/ },
]

function bannedUses(sources: readonly Source[]): string[] {
  const uses: string[] = []
  for (const source of sources) {
    withoutCommentsAndText(source.text)
      .split('\n')
      .forEach((line, i) => {
        for (const { what, pattern } of BANNED) {
          if (pattern.test(line)) uses.push(`${source.path}:${i + 1} uses ${what}: ${line.trim()}`)
        }
      })
  }
  return uses
}

/** Line numbers stay as they are. */
function withoutComments(text: string): string {
  return strip(text, false)
}

/** Also empties string literals that hold spaces: words in content are not code, `'node:fs'` is. */
function withoutCommentsAndText(text: string): string {
  return strip(text, true)
}

function strip(text: string, strings: boolean): string {
  const pattern = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  return text.replaceAll(pattern, (part) => {
    const blank = part.replaceAll(/[^\n]/g, ' ')
    if (part.startsWith('/*') || part.startsWith('//')) return blank
    if (!strings || part.startsWith('`')) return part
    return /^['"]node:/.test(part) ? part : `'${blank.slice(2)}'`
  })
}

const everything = Object.keys(MAY_IMPORT)
  .filter((folder) => !folder.includes('/'))
  .flatMap(sourcesBelow)
const sim = everything.filter((source) => source.path.startsWith('sim/'))

describe('the layout', () => {
  it('is found', () => {
    expect(sim.length).toBeGreaterThan(20)
    expect(everything.some((source) => source.path === 'run/index.ts')).toBe(true)
  })

  it('imports downward only, and through doors', () => {
    expect(wrongImports(everything)).toEqual([])
  })

  it("keeps the order of the mapping's rooms", () => {
    expect(everything.some(({ path }) => roomOf(path) === 0)).toBe(true)
    expect(wrongRooms(everything)).toEqual([])
  })

  it('has no cycle of imports', () => {
    expect(cycles(everything)).toEqual([])
  })

  it('keeps sim/ free of whatever differs between machines', () => {
    expect(bannedUses(sim)).toEqual([])
  })
})

it('test files that replace modules share their process with none, which may have loaded the real ones', () => {
  const replacing = readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .map((name) => join('tests', name))
    .filter((path) => path.endsWith('.test.ts') && /\bvi\.mock\('/.test(readFileSync(path, 'utf8')))
  expect(replacing.length).toBeGreaterThan(2)
  expect(replacing.filter((path) => !ALONE.includes(path))).toEqual([])
})

describe('the checks can fail', () => {
  it.each([
    ['sim/kernel/a.ts', "import { x } from '../agents/index.ts'"],
    ['sim/agents/a.ts', "import { x } from '../events/index.ts'"],
    ['sim/agents/a.ts', "import { x } from '../content/names.ts'"],
    ['sim/index.ts', "export { x } from './agents/profile.ts'"],
    ['sim/agents/a.ts', "import { x } from '../../run/index.ts'"],
    ['sim/agents/a.ts', "import { z } from 'zod'"],
    ['persist/a.ts', "import type { x } from '../run/index.ts'"],
    ['run/a.ts', "const x = await import('../persist/sqlite.ts')"],
    ['run/a.ts', "import '../cli/index.ts'"],
    ['cli/a.ts', "import { x } from '../bench/index.ts'"],
  ])('a wrong import in %s: %s', (path, text) => {
    expect(wrongImports([{ path, text }])).toHaveLength(1)
  })

  it('a right import passes', () => {
    const text = "import { x } from '../content/index.ts'\nimport q from 'tinyqueue'\n// import '../events/index.ts'"
    expect(wrongImports([{ path: 'sim/agents/a.ts', text }])).toEqual([])
    expect(wrongImports([{ path: 'cli/a.ts', text: "import { x } from '../sim/kernel/index.ts'" }])).toEqual([])
  })

  it('a room of the mapping that imports a later one, or is none', () => {
    const plan = (text: string) => wrongRooms([{ path: `${MAPPING}/plan/a.ts`, text }])
    expect(plan("import type { x } from '../check/b.ts'")).toHaveLength(1)
    expect(plan("import { x } from '../load.ts'")).toHaveLength(1)
    expect(plan("import { x } from '../config/b.ts'\nimport { y } from '../../batch.ts'")).toEqual([])
    expect(wrongRooms([{ path: `${MAPPING}/elsewhere/a.ts`, text: '' }])).toHaveLength(1)
  })

  it('a cycle', () => {
    const cycle = [
      { path: 'run/a.ts', text: "import './b.ts'" },
      { path: 'run/b.ts', text: "import { c } from './c.ts'" },
      { path: 'run/c.ts', text: "export { a } from './a.ts'" },
    ]
    expect(cycles(cycle)).toEqual(['run/a.ts → run/b.ts → run/c.ts → run/a.ts'])
    expect(cycles(cycle.slice(0, 2))).toEqual([])
    expect(cycles([{ path: 'run/a.ts', text: "import type { b } from './a.ts'" }])).toHaveLength(1)
    expect(cycles([{ path: 'run/a.ts', text: "const a = await import('./a.ts')" }])).toEqual([])
    expect(cycles([{ path: 'run/a.ts', text: "import { type b } from './a.ts'" }])).toHaveLength(1)
  })

  it.each([
    'const x = Math.random()',
    'const x = Math.exp(1)',
    "const x = Math['exp'](1)",
    'const { exp } = Math',
    'const now = Date.now()',
    'const now: Date = other',
    'const now = performance.now()',
    'new Intl.NumberFormat()',
    'x.toLocaleString()',
    'a.localeCompare(b)',
    "a.normalize('NFC')",
    'const x = a ** b',
    'list.sort()',
    'list.toSorted( )',
    "import { readFileSync } from 'node:fs'",
    'process.env.HOME',
    'Buffer.from([])',
    'setTimeout(f, 1)',
    'crypto.getRandomValues(x)',
  ])('a banned use: %s', (text) => {
    expect(bannedUses([{ path: 'sim/a.ts', text }])).toHaveLength(1)
  })

  it.each([
    'const x = Math.imul(a, b) + Math.sqrt(c)',
    'list.sort((a, b) => a - b)',
    '// Math.random is not used here',
    '/* Date.now() ** 2 */',
    "const line = 'Date night! Process. crypto'",
  ])('an innocent line: %s', (text) => {
    expect(bannedUses([{ path: 'sim/a.ts', text }])).toEqual([])
  })
})

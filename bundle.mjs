/**
 * node bundle.mjs [--scripts]: the program in few files, which load in half the time that hundreds of modules take. Packages
 * stay outside. Doors and command line come out of one build: there is one copy of each module, whoever imports it.
 * --scripts: benchmarks, the documentation's own programs and the examples beside it.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'

/** What is imported, run or started as a thread by its own name; everything else lies in chunks that these share. */
const DOORS = [
  'index.ts',
  'sim/index.ts',
  'experiments/index.ts',
  'experiments/studies/index.ts',
  'persist/index.ts',
  'cli/mingle.ts',
  'run/crew/worker.ts',
  'experiments/pool/worker.ts',
  'cluster/tasks/worker.ts',
]

/** Programs: what no other of these folders imports, and what can also run by itself. */
function scripts() {
  const sources = ['bench', 'docs/generate', 'examples'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  )
  const texts = new Map(sources.map((source) => [source, readFileSync(source, 'utf8')]))
  const imported = new Set(
    sources.flatMap((source) =>
      [...texts.get(source).matchAll(/from '(\.[^']+)'/g)].map(([, file]) => join(source, '..', file)),
    ),
  )
  return sources.filter((source) => !imported.has(source) || texts.get(source).includes('process.argv[1]'))
}

// Programs that were built once are built again: they share chunks with all others.
const withScripts = process.argv.includes('--scripts') || existsSync('dist/bench')
const inputs = withScripts ? [...DOORS, ...scripts()] : DOORS
const { output } = await build({
  input: Object.fromEntries(inputs.map((file) => [file.slice(0, -'.ts'.length), `./${file}`])),
  platform: 'node',
  external: (id) => !/^[./]/.test(id),
  logLevel: 'warn',
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
})

// Chunks are named by what they hold: a process that runs meanwhile keeps its own until something in them changes.
const kept = new Set(output.flatMap(({ fileName }) => [fileName, `${fileName}.map`]))
for (const name of readdirSync('dist/chunks')) {
  if (!kept.has(`chunks/${name}`)) rmSync(join('dist/chunks', name))
}

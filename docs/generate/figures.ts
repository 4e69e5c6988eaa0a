/**
 * The figures that README.md and docs/ state: measures them into docs/figures.json, and writes the tables there.
 *
 *     npm run docs:figures                    only writes the tables, from what docs/figures.json holds
 *     npm run docs:figures -- --measure [--rounds 3] [WORD …]
 *                                             first measures the figures whose name holds a word (half an hour for all)
 *
 * Measure where nothing else runs. Peers need `npm ci --prefix bench/peers`, g++ and ns-3 (libns3-dev).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { machine } from '../../run/index.ts'
import { type Ended, number, run } from './figures/measure.ts'
import type { Figures } from './figures/record.ts'
import { OVERHEAD_PEOPLE } from './figures/scale-tables.ts'
import { withTables } from './figures/tables.ts'

/** From dist/docs/generate. */
const root = resolve(import.meta.dirname, '../../..')
const store = join(root, 'docs/figures.json')
const PAGES = ['README.md', 'docs/performance.md', 'docs/scale.md']

interface Measure {
  readonly name: string
  readonly command: string
  readonly rounds?: number
  once(): Promise<Record<string, number>>
}

/** Runs a compiled file in an empty folder. */
async function apart(file: string, args: readonly string[]): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-figures-'))
  try {
    return await run(folder, [join(root, 'dist', file), ...args])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `npm start` and the like, as a user has it. */
const wholeRun = (name: string, options: string, rounds?: number): Measure => ({
  name,
  command: `mingle run ${options}`,
  ...(rounds && { rounds }),
  once: async () => {
    const { stdout, seconds, megabytes } = await apart('cli/mingle.js', ['run', ...options.split(' '), '--json'])
    const rows = Object.values((JSON.parse(stdout) as { rows: Record<string, number> }).rows)
    return { seconds, megabytes, rows: rows.reduce((sum, count) => sum + count, 0) }
  },
})

/** A benchmark, and how its figures are read from what it prints. */
const bench = (name: string, command: string, read: (text: string) => Record<string, number>): Measure => ({
  name,
  command: `node dist/bench/${command}`,
  once: async () => {
    const [file, ...args] = command.split(' ')
    return read((await apart(`bench/${file}`, args)).stdout)
  },
})

/** A benchmark that prints its figures as one object; what is no number is left out. */
const json = (name: string, command: string, rounds?: number): Measure => ({
  ...bench(name, command, (text) =>
    Object.fromEntries(
      Object.entries(JSON.parse(text) as Record<string, unknown>).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number',
      ),
    ),
  ),
  ...(rounds && { rounds }),
})

/** Events a second; the best of three, for Mingle and for peers. */
async function rate(file: string, args: readonly string[], times: number): Promise<number> {
  const rates: number[] = []
  for (let i = 0; i < times; i++) rates.push(number((await apart(file, args)).stdout, /ev\/s=(\d+)/))
  return Math.max(...rates)
}

const phold = (pending: number): Measure => ({
  name: `phold ${pending}`,
  command: `npm run bench:phold -- ${pending} 5000000; node dist/bench/peers/phold.js ns3 ${pending}`,
  once: async () => {
    const mingle = await rate('bench/kernel/phold.js', [`${pending}`, '5000000'], 3)
    // The peers' own processes take the best of three rounds.
    const ns3 = await rate('bench/peers/phold.js', ['ns3', `${pending}`], 1)
    const cpp = await rate('bench/peers/phold.js', ['priority-queue', `${pending}`], 1)
    return { mingle, ns3, cpp, ofNs3: mingle / ns3, ofCpp: mingle / cpp }
  },
})

const rowsPerSecond = (text: string, before: string) => number(text, new RegExp(`${before}[^\\n]*?([\\d,]+) rows/s`))

const MEASURES: readonly Measure[] = [
  wholeRun('1000 x 30', '--run-seed demo-2024 --count 1000 --days 30 --database-url file:./mingle.db'),
  wholeRun('1000 x 90', '--run-seed demo-2024 --count 1000 --days 90 --database-url file:./mingle.db'),
  ...[1_000, 10_000, 100_000, 1_000_000].map((people) =>
    bench(`day ${people}`, `model/day.js ${people}`, (text) => ({
      ns: number(text, /people: ([\d.]+)/),
      factsPerSecond: number(text, /facts\/s=(\d+)/),
      bytesPerPerson: number(text, /bytes\/person=(\d+)/),
    })),
  ),
  ...['workers', 'workers 100000'].map((name) =>
    bench(name, name.replace('workers', 'model/workers.js'), (text) => ({ speedUp: number(text, /speedUp=([\d.]+)/) })),
  ),
  bench('drizzle-seed', 'end-to-end/sqlite.js 2000 14', (text) => ({
    mingle: number(text, /into SQLite: .* rows\/s=(\d+)/),
    drizzle: number(text, /drizzle-seed, .* rows\/s=(\d+)/),
    ratio: number(text, /Mingle \/ drizzle-seed=([\d.]+)/),
  })),
  bench('rate sqlite', 'persist/write-rate.js file:./rate.db 1000 30', (text) => ({
    rowsPerSecond: rowsPerSecond(text, 'wall'),
  })),
  bench('rate postgresql', 'persist/postgres-rate.js 1000 30 1', (text) => ({
    rowsPerSecond: rowsPerSecond(text, 'all '),
    ordinaryUser: rowsPerSecond(text, 'ordinary user '),
    withoutForeignKeys: rowsPerSecond(text, 'no foreign keys'),
    bare: rowsPerSecond(text, 'no indexes either'),
  })),
  phold(1_000),
  phold(100_000),
  phold(1_000_000),
  json('scale parquet', 'cluster/costs.js parquet'),
  json('scale postgres', 'cluster/costs.js postgres'),
  json('scale coordinator 1000000', 'cluster/coordinator.js 1000000'),
  json('scale coordinator 10000000', 'cluster/coordinator.js 10000000', 1),
  json('scale makespan', 'cluster/makespan.js'),
  ...OVERHEAD_PEOPLE.map((people) => ({
    ...bench(
      `scale overhead ${people}`,
      `cluster/overhead.js ${people} 30 --rounds ${people > 10_000 ? 1 : 3}`,
      (text) => ({
        cpuOfOne: number(text, /to one process: ([\d.]+)/),
        speedOfTwo: number(text, /two workers are ([\d.]+) times/),
        plainOfTwo: number(text, /only calculate do ([\d.]+) times/),
      }),
    ),
    rounds: 1,
  })),
  wholeRun(
    'scale 100000 x 30 parquet',
    '--run-seed big --count 100000 --days 30 --workers 2 --database-url parquet:./out',
    1,
  ),
  wholeRun('million', '--run-seed big --count 1000000 --days 90 --writer none --workers 2', 1),
]

/** Where only some figures are measured, those of the others stay, and the machine that they were measured on. */
async function measured(before: Figures, words: readonly string[], rounds: number): Promise<Figures> {
  const figures = { ...before.figures }
  const on = words.length > 0 ? before.machine : here()
  for (const { name, command, rounds: own, once } of MEASURES) {
    if (words.length > 0 && !words.some((word) => named(name, word))) continue
    const samples: Record<string, number>[] = []
    for (let round = 0; round < (own ?? rounds); round++) samples.push(rounded(await once()))
    console.log(name, JSON.stringify(samples))
    figures[name] = { command, taken: new Date().toISOString().slice(0, 10), cpu: here().cpu, samples }
    save({ machine: on, figures })
  }
  return { machine: on, figures }
}

/** A whole name means that figure alone. */
function named(name: string, word: string): boolean {
  return name === word || (name.includes(word) && MEASURES.every((measure) => measure.name !== word))
}

function here(): Figures['machine'] {
  const { cpu, cores, memoryGb, node } = machine()
  return { cpu, cores, memoryGb, node }
}

function rounded(sample: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, Number(value.toPrecision(4))]))
}

function save(figures: Figures): void {
  writeFileSync(store, `${JSON.stringify(figures, null, 2)}\n`)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { measure: { type: 'boolean', default: false }, rounds: { type: 'string', default: '3' } },
})
const kept = JSON.parse(readFileSync(store, 'utf8')) as Figures
const figures = values.measure ? await measured(kept, positionals, Number(values.rounds)) : kept
for (const page of PAGES) {
  const path = join(root, page)
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), figures))
}

/**
 * node dist/bench/end-to-end/parquet.js [PEOPLE] [DAYS] [--rounds 3] [--core-each] [--other FILE]: a whole `mingle run` into Parquet with
 * one worker and with two, in turn; ratios within a round, and their middle. The goal is 1.7. --core-each: the run with one worker has
 * one core alone, so that what V8's and the main thread do beside it is counted for it too. --other: the mingle.js of another build,
 * which runs with two workers in turn too.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { needCores } from '../cores.ts'
import { parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { measured, middle, ratio, type Taken } from './process.ts'

const MINGLE = resolve(import.meta.dirname, '../../cli/mingle.js')
const USAGE = 'node dist/bench/end-to-end/parquet.js [PEOPLE] [DAYS] [--rounds 3] [--core-each] [--other FILE]'

const OPTIONS = { rounds: { type: 'string' }, other: { type: 'string' }, 'core-each': { type: 'boolean' } } as const

interface Ledger {
  readonly files: readonly { readonly rows: number }[]
  readonly tables: { readonly seed_runs: readonly { readonly digest: string }[] }
}

interface Made extends Taken {
  readonly rows: number
  readonly digest: string
}

/** What all rounds of a candidate gave. */
function same<K extends 'rows' | 'digest'>(own: readonly Made[], what: K): Made[K] {
  const first = own[0]![what]
  const other = own.find((made) => made[what] !== first)
  if (other) throw new Error(`one round gave ${what} ${first}, another ${other[what]}`)
  return first
}

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(args, OPTIONS, 2)
  const people = whole('PEOPLE', words[0], 1, 10_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  const bound = values['core-each'] ?? false
  if (bound) needCores(2)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-parquet-'))
  const taken = { one: [] as Made[], two: [] as Made[], other: [] as Made[] }
  try {
    for (let round = 0; round < rounds; round++) {
      const run = (mingle: string, workers: number) => {
        const out = join(folder, 'out')
        const line = [
          ...[mingle, 'run', '--run-seed', 'demo-2024', '--count', `${people}`, '--days', `${days}`, '--json'],
          ...['--start-date', '2024-01-01', '--database-url', `parquet:${out}`, '--workers', `${workers}`],
          ...['--snapshot-dir', 'off'],
        ]
        const made = measured(line, bound && workers === 1 ? 0 : undefined)
        const { files, tables } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Ledger
        rmSync(out, { recursive: true })
        return {
          ...made,
          rows: files.reduce((sum, file) => sum + file.rows, 0),
          digest: tables.seed_runs[0]!.digest,
        }
      }
      if (values.other !== undefined) taken.other.push(run(values.other, 2))
      taken.one.push(run(MINGLE, 1))
      taken.two.push(run(MINGLE, 2))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const show = (what: string, own: readonly Made[]) =>
    report({
      name: `${people} people × ${days} days into Parquet: ${what}`,
      ...quarters(own.map(({ seconds }) => seconds)),
      ...{ unit: 's', method: `${rounds} rounds in turn, wall`, hash: same(own, 'digest'), rows: same(own, 'rows') },
      'CPU s': middle(own.map(({ cpuSeconds }) => cpuSeconds)),
      'MB at most': Math.max(...own.map(({ megabytes }) => Math.round(megabytes))),
    })
  show(bound ? 'one worker on one core' : 'one worker', taken.one)
  show('two workers', taken.two)
  if (taken.other.length > 0) show('the other build, two workers', taken.other)
  console.log(`two workers are ${ratio(taken.one, taken.two, 'seconds')} times as fast as one (goal 1.7)`)
  if (taken.other.length === 0) return
  console.log(`the other build / two workers: ${ratio(taken.other, taken.two, 'seconds')} by the clock`)
  console.log(`the other build / two workers: ${ratio(taken.other, taken.two, 'cpuSeconds')} by CPU`)
})

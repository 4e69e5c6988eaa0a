/**
 * node dist/bench/cluster/overhead.js [PEOPLE] [DAYS] [--rounds 3] [--core-each] [--queue redis://…]: a run into Parquet by one process with one
 * worker, beside the same run as tasks carried out by one process and by two. In turn; the ratios are those of a round, and
 * their middle: CPU of one worker's tasks to the one-process run (goal 1.25), and wall of one to two (goal 1.6). Plan, tasks and
 * finish are counted. With --core-each every worker is bound to a core of its own, as machines of one core would be: else one worker's
 * compiler and collector have the second core. With --queue the workers take the tasks from there, else `mingle task run` deals them
 * out. Beside it, what two processes that only calculate do to one, in each round: more than that two workers cannot be.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { needCores, nodeOn } from '../cores.ts'
import { TELLING, takenOf } from '../end-to-end/process.ts'
import { parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { twoToOne } from './plain-processes.ts'

const MINGLE = resolve(import.meta.dirname, '../../cli/mingle.js')
const USAGE =
  'node dist/bench/cluster/overhead.js [PEOPLE] [DAYS] [--rounds 3] [--core-each] [--queue redis://host:6379]'
const OPTIONS = { rounds: { type: 'string' }, queue: { type: 'string' }, 'core-each': { type: 'boolean' } } as const

/** What some processes took together. */
interface Taken {
  readonly seconds: number
  readonly cpuSeconds: number
}

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(args, OPTIONS, 2)
  const people = whole('PEOPLE', words[0], 1, 10_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  const bound = values['core-each'] ?? false
  if (bound) needCores(2)
  const run = ['--run-seed', 'overhead', '--count', `${people}`, '--days', `${days}`, '--market', 'metro']
  const taken = { one: [] as Taken[], worker: [] as Taken[], workers: [] as Taken[] }
  const plain: number[] = []
  let digest = ''
  // Nothing is removed before the end: ext4 searches long for the places of new files where many were freed a minute ago.
  const all = mkdtempSync(join(tmpdir(), 'mingle-overhead-'))
  try {
    for (let round = 0; round < rounds; round++) {
      const folder = join(all, `${round}`)
      const one = join(folder, 'one')
      plain.push(await twoToOne())
      taken.one.push(await together([['run', ...run, '--workers', '1', '--database-url', `parquet:${one}`]]))
      digest = digestIn(one)
      for (const [count, list] of [
        [1, taken.worker],
        [2, taken.workers],
      ] as const) {
        const out = join(folder, `out-${count}`)
        list.push(await (values.queue === undefined ? byParts(out, count) : byQueue(out, count, values.queue)))
        const found = digestIn(out)
        if (found !== digest) throw new Error(`${count} workers gave digest ${found}, one process ${digest}`)
      }
    }
  } finally {
    rmSync(all, { recursive: true, force: true })
  }
  const show = (what: string, own: readonly Taken[]) =>
    report({
      name: `${people} people × ${days} days into Parquet: ${what}`,
      ...quarters(own.map(({ seconds }) => seconds)),
      ...{ unit: 's', method: `${rounds} rounds in turn, wall`, hash: digest },
      'CPU s': quarters(own.map(({ cpuSeconds }) => cpuSeconds)).value.toFixed(2),
    })
  show('one process', taken.one)
  show('tasks, one worker', taken.worker)
  show('tasks, two workers', taken.workers)
  const middle = (of: readonly Taken[], to: readonly Taken[], what: keyof Taken) =>
    quarters(of.map((each, i) => each[what] / to[i]![what])).value.toFixed(2)
  console.log(`CPU of one worker's tasks to one process: ${middle(taken.worker, taken.one, 'cpuSeconds')} (goal 1.25)`)
  console.log(`two workers are ${middle(taken.worker, taken.workers, 'seconds')} times as fast as one (goal 1.6)`)
  console.log(`two processes that only calculate do ${quarters(plain).value.toFixed(2)} times the work of one`)

  async function byParts(out: string, parts: number): Promise<Taken> {
    const plan = `${out}-plan`
    const steps = [
      await together([['plan', 'run', ...run, '--database-url', `parquet:${out}`, '--out', plan]]),
      await together(
        Array.from({ length: parts }, (_, part) => ['task', 'run', plan, '--part', `${part}`, '--parts', `${parts}`]),
        bound,
      ),
      await together([['plan', 'finish', plan]]),
    ]
    return sum(steps)
  }

  async function byQueue(out: string, count: number, queue: string): Promise<Taken> {
    // The workers are there already, and end when nothing more comes.
    const workers = Array.from({ length: count }, () => ['worker', '--queue', queue, '--idle', '3'])
    const began = performance.now()
    let seconds = 0
    const coordinator = together([['run', ...run, '--cluster', queue, '--database-url', `parquet:${out}`]]).then(
      (taken) => {
        seconds = (performance.now() - began) / 1000
        return taken
      },
    )
    const all = await Promise.all([coordinator, together(workers, bound)])
    return { seconds, cpuSeconds: sum(all).cpuSeconds }
  }
})

function sum(steps: readonly Taken[]): Taken {
  return {
    seconds: steps.reduce((total, { seconds }) => total + seconds, 0),
    cpuSeconds: steps.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
  }
}

function digestIn(folder: string): string {
  const { tables } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    tables: { seed_runs: { digest: string }[] }
  }
  return tables.seed_runs[0]!.digest
}

/** Runs commands at once, and asks each at its end what it took. @param bound whether each has a core of its own */
async function together(commands: readonly (readonly string[])[], bound = false): Promise<Taken> {
  const start = performance.now()
  const cpu = await Promise.all(commands.map((command, i) => cpuOf(command, bound ? i : undefined)))
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: cpu.reduce((total, each) => total + each, 0) }
}

function cpuOf(command: readonly string[], core?: number): Promise<number> {
  const child = spawn(...nodeOn(core, [...TELLING, MINGLE, ...command]), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let [stderr, taken] = ['', '']
  child.stderr!.on('data', (text) => {
    stderr += text
  })
  child.stdio[3]!.on('data', (text) => {
    taken += text
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve(takenOf(taken, 0).cpuSeconds)
      else reject(new Error(`mingle ${command.join(' ')} ended with code ${code}: ${stderr}`))
    })
  })
}

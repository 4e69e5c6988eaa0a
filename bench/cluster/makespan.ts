/**
 * node dist/bench/cluster/makespan.js [PEOPLE] [DAYS]: runs over a real queue with 1, 2 and 4 worker processes against what the
 * simulated cluster says, as one line of JSON. From the run with one worker come the durations of the tasks and what the
 * coordinator takes before, between and after; from two runs of tasks at once how two cores slow each other. The rest is
 * predicted. Needs redis-server; skipped without it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { builtFile } from '../../installation/index.ts'
import { parse, program, whole } from '../options.ts'
import { freePort } from '../persist/free-port.ts'
import { SimulatedCluster } from './simulated-cluster.ts'

const WORKERS = [1, 2, 4]
/** The coordinator's, in seconds. */
const LOOK = 1
const MINGLE = builtFile('cli', 'mingle.js')

await program(import.meta.url, 'node dist/bench/cluster/makespan.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 100, 2_000)
  const days = whole('DAYS', words[1], 1, 14)
  try {
    execFileSync('redis-server', ['--version'])
  } catch {
    console.log(JSON.stringify({ skipped: 'there is no redis-server here' }))
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'mingle-makespan-'))
  const port = await freePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const redis = spawn('redis-server', settings, { stdio: 'ignore' })
  const queue = new Queue('mingle', { connection: { url: `redis://127.0.0.1:${port}` } })
  try {
    const run = ['--count', String(people), '--days', String(days), '--market', 'metro']
    const site = { folder, url: `redis://127.0.0.1:${port}`, queue, run }
    const slowed = await slowedByAnother(site)
    const real: Lived[] = []
    for (const workers of WORKERS) real.push(await lived(site, workers))
    console.log(JSON.stringify(compared(people, days, slowed, real)))
  } finally {
    await queue.close()
    redis.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

interface Site {
  readonly folder: string
  readonly url: string
  readonly queue: Queue
  readonly run: readonly string[]
}

/** A run over the queue, in seconds. */
interface Lived {
  readonly workers: number
  readonly makespan: number
  readonly digest: string
  readonly before: number
  readonly between: number
  readonly after: number
  /** By pass: of each task in the order in which they were taken. */
  readonly passes: readonly (readonly number[])[]
}

async function lived({ folder, url, queue, run }: Site, workers: number): Promise<Lived> {
  await queue.obliterate({ force: true })
  const hands = Array.from({ length: workers }, () => mingle(['worker', '--queue', url]))
  while ((await queue.getWorkersCount()) < workers) await sleep(100)
  const output = join(folder, `out-${workers}`)
  const words = ['run', '--cluster', url, '--run-seed', 'span', ...run, '--database-url', `parquet:${output}`, '--json']
  const began = Date.now()
  const { stdout } = await ended(mingle(words))
  const end = Date.now()
  for (const hand of hands) hand.kill()
  const jobs = (await queue.getCompleted()).sort((a, b) => a.processedOn! - b.processedOn!)
  const [counting, writing] = [1, 2].map((pass) => jobs.filter(({ data }) => data.task.pass === pass))
  const last = (of: typeof jobs) => Math.max(...of.map(({ finishedOn }) => finishedOn!))
  rmSync(output, { recursive: true, force: true })
  return {
    workers,
    makespan: (end - began) / 1000,
    digest: JSON.parse(stdout).digest,
    before: (counting![0]!.timestamp - began) / 1000,
    between: (writing![0]!.timestamp - last(counting!)) / 1000,
    after: (end - last(writing!)) / 1000,
    passes: [counting!, writing!].map((of) => of.map((job) => (job.finishedOn! - job.processedOn!) / 1000)),
  }
}

/** How fast a core is, of 1, when another carries out tasks beside it. */
async function slowedByAnother({ folder, run }: Site): Promise<number> {
  const seconds = async (...names: string[]): Promise<number> => {
    for (const name of names) {
      const words = ['plan', 'run', '--run-seed', name, ...run, '--database-url', `parquet:${join(folder, name)}`]
      await ended(mingle([...words, '--out', join(folder, `${name}-plan`)]))
    }
    const began = performance.now()
    await Promise.all(names.map((name) => ended(mingle(['task', 'run', join(folder, `${name}-plan`)]))))
    const took = (performance.now() - began) / 1000
    for (const name of names) rmSync(join(folder, name), { recursive: true, force: true })
    return took
  }
  const alone = await seconds('alone')
  return alone / (await seconds('one', 'other'))
}

function compared(people: number, days: number, slowed: number, real: readonly Lived[]) {
  const [one] = real
  const { before, after, passes } = one!
  // Seen at the coordinator's next look: what remains is working out the ids.
  const between = Math.max(0, one!.between - LOOK / 2)
  const digests = new Set(real.map(({ digest }) => digest))
  if (digests.size > 1) throw new Error(`runs of other digests: ${[...digests].join(', ')}`)
  const rows = real.map(({ workers, makespan }) => {
    const cluster = { passes, workers, cores: availableParallelism(), before, between, after, look: LOOK }
    const speed = (busy: number) => (busy > 1 ? slowed : 1)
    // After the last task the coordinator looks once more, which `after` has in it.
    const predicted = new SimulatedCluster({ ...cluster, after: Math.max(0, after - LOOK / 2), speed }).run().makespan
    return [
      [`real${workers}`, makespan],
      [`predicted${workers}`, predicted],
      [`error${workers}`, predicted / makespan - 1],
    ] as const
  })
  const of = { people, days, tasks: passes[0]!.length, cores: availableParallelism(), slowed, digest: one!.digest }
  return { ...of, ...Object.fromEntries(rows.flat()) }
}

function mingle(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MINGLE, ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
}

/** @throws Error when it does not end well */
function ended(child: ChildProcess): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    child.stdout!.on('data', (text) => {
      stdout += text
    })
    child.once('close', (code) => (code === 0 ? resolve({ stdout }) : reject(new Error(`code ${code}`))))
  })
}

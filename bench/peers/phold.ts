/**
 * node dist/bench/peers/phold.js PEER N [EVENTS]: PHOLD on another queue or engine, in its own process, one line. Peers from
 * npm need `npm ci --prefix bench/peers`; simpy needs Debian's python3-simpy3, ns3 libns3-dev and g++. What is missing is
 * skipped with a line. The queues run in a bare loop: no tie order but tinyqueue's, no cancel, no API around them.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit } from 'node:process'
import { makeRng } from '../../sim/kernel/index.ts'
import { report } from '../record.ts'

const [peer = 'flatqueue', size = '1000', given] = argv.slice(2)
const n = Number(size)
const events = Number(given ?? (peer === 'simjs' || peer === 'simpy' ? 500_000 : 3_000_000))
/** The sources stand beside the compiled files' folder: dist/bench/peers → bench/peers. */
const folder = join(import.meta.dirname, '../../../bench')
const load = createRequire(join(folder, 'peers/package.json'))

const ROUNDS = 3

interface Outcome {
  readonly seconds: number
  readonly events: number
  readonly hash: string
}

const hex = (hash: number) => (hash >>> 0).toString(16).padStart(8, '0')

function timed(step: () => void): number {
  const start = performance.now()
  step()
  return (performance.now() - start) / 1000
}

async function flatqueue(): Promise<Outcome> {
  const { default: FlatQueue } = await import(load.resolve('flatqueue'))
  const queue = new FlatQueue()
  const rng = makeRng('phold')
  let hash = 0
  for (let i = 0; i < n; i++) queue.push(i, rng.exponential(1))
  const seconds = timed(() => {
    for (let i = 0; i < events; i++) {
      const now = queue.peekValue()
      hash = (Math.imul(hash, 31) + queue.pop()) | 0
      queue.push(rng.nextInt(n), now + rng.exponential(1))
    }
  })
  return { seconds, events, hash: hex(hash) }
}

async function tinyqueue(): Promise<Outcome> {
  const { default: TinyQueue } = await import('tinyqueue')
  const rng = makeRng('phold')
  let sequence = 0
  const entry = (time: number, process: number) => ({ time, sequence: sequence++, process })
  const first = Array.from({ length: n }, (_, i) => entry(rng.exponential(1), i))
  const queue = new TinyQueue(first, (a, b) => a.time - b.time || a.sequence - b.sequence)
  let hash = 0
  const seconds = timed(() => {
    for (let i = 0; i < events; i++) {
      const { time, process } = queue.pop()!
      hash = (Math.imul(hash, 31) + process) | 0
      queue.push(entry(time + rng.exponential(1), rng.nextInt(n)))
    }
  })
  return { seconds, events, hash: hex(hash) }
}

function simjs(): Outcome {
  // The package is made for the page: it puts itself into `window`, once.
  // biome-ignore lint/suspicious/noExplicitAny: an untyped package
  const world = globalThis as { window?: { Sim?: any } }
  world.window ??= {}
  load('simjs')
  const { Sim, Entity } = world.window.Sim
  const rng = makeRng('phold')
  let hash = 0
  let done = 0
  class Process extends Entity {
    id = 0
    start(id: number): void {
      this.id = id
      this.again(this)
    }
    again(where: Process): void {
      this.setTimer(rng.exponential(1)).done(where.turn, where)
    }
    turn(): void {
      hash = (Math.imul(hash, 31) + this.id) | 0
      done++
      this.again(processes[rng.nextInt(n)])
    }
  }
  const sim = new Sim()
  const processes = Array.from({ length: n }, (_, i) => sim.addEntity(Process, `p${i}`, i))
  const seconds = timed(() => sim.simulate(events / n))
  return { seconds, events: done, hash: hex(hash) }
}

/** Peers in other languages print `events=… sec=… … hash=…` themselves. */
function foreign(command: string, args: readonly string[]): Outcome {
  const line = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const field = (name: string) => new RegExp(`${name}=(\\S+)`).exec(line)?.[1] ?? ''
  return { seconds: Number(field('sec')), events: Number(field('events')), hash: field('hash') }
}

function compiled(source: string, ...flags: string[]): string {
  const program = join(mkdtempSync(join(tmpdir(), 'mingle-peer-')), 'phold')
  const file = join(folder, 'peers', source)
  execFileSync('g++', ['-O2', '-std=c++17', '-o', program, file, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  return program
}

const sized = [String(n), String(events)]
const peers: Readonly<Record<string, () => Outcome | Promise<Outcome>>> = {
  flatqueue,
  tinyqueue,
  simjs,
  simpy: () => foreign('python3', [join(folder, 'peers/phold_simpy.py'), ...sized]),
  ns3: () => foreign(compiled('ns3.cc', '-I/usr/include/ns3.37', '-lns3-core'), sized),
  'priority-queue': () => foreign(compiled('priority-queue.cpp'), sized),
}
const run = peers[peer]
if (run === undefined) {
  console.error(`there is no peer '${peer}': ${Object.keys(peers).join(', ')}`)
  exit(2)
}
try {
  const outcomes: Outcome[] = []
  for (let round = 0; round < ROUNDS; round++) outcomes.push(await run())
  const perEvent = outcomes.map((outcome) => (outcome.seconds / outcome.events) * 1e9).sort((a, b) => a - b)
  const best = perEvent[0]!
  report({
    name: `PHOLD of ${n} on ${peer}`,
    value: perEvent[ROUNDS >> 1]!,
    low: best,
    high: perEvent[ROUNDS - 1]!,
    unit: 'ns/event',
    method: `${ROUNDS} rounds, wall`,
    'best ev/s': Math.round(1e9 / best),
    hash: outcomes[0]!.hash,
  })
} catch (error) {
  console.log(`PHOLD on ${peer}: skipped, it is not installed here (${String(error).split('\n')[0]})`)
}

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtFile } from '../../installation/index.ts'
import { startPostgres } from '../persist/servers/postgres-server.ts'
import { Broker, hasRedis } from './machines/broker.ts'
import { type Ended, Mingle, mingle, wait } from './machines/processes.ts'

const PEOPLE = ['--count', '300', '--days', '8', '--run-seed', 'x']
const SWEEP = ['sweep', '--set', 'policy.like.nearKm=5..50:8', '--seeds', '6', ...PEOPLE, '--json']

let folder = ''
let broker: Broker
let workers: Mingle[] = []
/** The sweep on one machine. */
let one: { readonly printed: string; readonly trials: string }

if (!hasRedis()) console.log('no redis-server here: experiments on a queue are not tested')

describe.skipIf(!hasRedis())('an experiment on a queue', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingle-experiments-'))
    broker = await Broker.start()
    one = sweptInto('one', await mingle(...SWEEP, '--out', join(folder, 'one'), '--workers', '2'))
    hire()
  })
  afterAll(async () => {
    for (const worker of workers) worker.signal('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
    await broker?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has the results of one machine, whose workers die and whose queue is emptied', async () => {
    hire()
    const sweep = cluster('many')
    await someDone('many')
    workers.shift()!.signal('SIGKILL')
    broker.ask('flushall')
    hire()
    expect(sweptInto('many', await sweep.ended)).toEqual(one)
    expect(JSON.parse(broker.ask('--json', 'keys', '*batch*') || '[]')).toEqual([])
  })

  it('goes on where it was killed, from its folder and from what the workers did meanwhile', async () => {
    const sweep = cluster('killed')
    await someDone('killed')
    sweep.signal('SIGKILL')
    await sweep.ended
    const kept = lines('killed')
    expect(kept).toBeLessThan(49)
    expect(sweptInto('killed', await cluster('killed').ended)).toEqual(one)
  })

  it('takes batches back when it is stopped, and says what to do where nobody works', async () => {
    for (const worker of workers) worker.signal('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
    workers = []
    const sweep = interruptible('stopped')
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    while ((await queue.getWaitingCount()) < 16) await wait(50)
    await wait(6000)
    sweep.kill('SIGINT')
    const { code, stderr } = await sweep.ended
    expect(code).toBe(130)
    expect(stderr).toMatch(/no worker has taken a batch yet; workers: mingle worker --queue redis:/)
    expect(await queue.getWaitingCount()).toBe(0)
    await queue.close()
    hire()
    expect(sweptInto('stopped', await cluster('stopped').ended)).toEqual(one)
  })

  it('answers as one machine does, whatever is asked', async () => {
    await answersAlike(broker.url)
  })

  it('refuses workers of another version, and threads of its own', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    for (const worker of workers) worker.signal('SIGKILL')
    const versions = { mingle: '9.9.9', engine: 99, layout: 1 }
    await queue.add('batch', { batch: '{}', runs: 1, versions })
    const { code, stderr } = await mingle('worker', '--queue', broker.url)
    expect(code).toBe(2)
    expect(stderr).toMatch(/the queue holds tasks of mingle 9\.9\.9 \(engine 99/)
    expect(await queue.getDelayedCount()).toBe(1)
    await queue.obliterate({ force: true })
    await queue.close()
    const both = await mingle('replicate', '--cluster', broker.url, '--workers', '2')
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('leave --workers out, or --cluster') })
  })
})

describe('an experiment on a queue in PostgreSQL', () => {
  it('answers as one machine does, whatever is asked, and its status names the workers alone', async () => {
    const server = await startPostgres()
    const url = await server.createDatabase()
    const worker = new Mingle(['worker', '--queue', url])
    try {
      await answersAlike(url)
      const { stdout } = await mingle('cluster', 'status', '--queue', url, '--json')
      expect(JSON.parse(stdout)).toMatchObject({ workers: [expect.stringMatching(/^[^ ]+-\d+$/)], failed: [] })
    } finally {
      worker.signal('SIGKILL')
      await worker.ended
      await server.stop()
    }
  })
})

/** Within a minute a command: a batch whose result nobody can read is submitted for ever. */
async function answersAlike(queue: string): Promise<void> {
  for (const words of [
    ['replicate', '--seeds', '4', ...PEOPLE],
    ['compare', 'default', 'null', '--seeds', '3', '--first-difference', ...PEOPLE],
    ['fork', '--at-day', '3', '--seeds', '2', '--policy', 'policy.deck.likerShown=0.3', ...PEOPLE],
  ]) {
    const here = await mingle(...words, '--workers', '1', '--json')
    const asked = new Mingle([...words, '--cluster', queue, '--json'])
    const late = setTimeout(() => asked.signal('SIGKILL'), 60_000)
    const there = await asked.ended
    clearTimeout(late)
    expect(there.code, there.stderr).toBe(0)
    expect(there.stderr).not.toContain('submitted again')
    expect(printed(there)).toEqual(printed(here))
  }
}

function hire(): void {
  workers.push(new Mingle(['worker', '--queue', broker.url, '--lock', '2']))
}

function cluster(name: string): Mingle {
  return new Mingle([...SWEEP, '--out', join(folder, name), '--cluster', broker.url])
}

/** A process that Ctrl-C is pressed for. */
function interruptible(name: string) {
  const words = [...SWEEP, '--out', join(folder, name), '--cluster', broker.url]
  const child = spawn(process.execPath, [builtFile('cli', 'mingle.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr += text
  })
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }))
  })
  return { ended, kill: (name: 'SIGINT') => child.kill(name) }
}

function lines(name: string): number {
  try {
    return readFileSync(join(folder, name, 'trials.csv'), 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

async function someDone(name: string): Promise<void> {
  for (let i = 0; i < 1200 && lines(name) < 4; i++) await wait(50)
}

function sweptInto(name: string, ended: Ended): typeof one {
  expect(ended.code, ended.stderr).toBe(0)
  return { printed: printed(ended), trials: readFileSync(join(folder, name, 'trials.csv'), 'utf8') }
}

/** The results without the clock, to the letter. */
function printed({ stdout }: Ended): string {
  const { seconds: _, ...rest } = JSON.parse(stdout)
  return JSON.stringify(rest)
}

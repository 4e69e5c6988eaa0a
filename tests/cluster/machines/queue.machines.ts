import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { Broker, hasRedis } from './broker.ts'
import { filesOf, rowsOf } from './outputs.ts'
import { Mingle, mingle, wait } from './processes.ts'

/** Each kind of fault happens at least so often. */
const TIMES = 10
const RUN = ['--run-seed', 'chaos', '--count', '700', '--days', '8', '--market', 'metro']

let folder = ''
let broker: Broker
/** Of the run on one machine. */
let rows: Record<string, string>
/** Of a cluster run that nothing happened to. */
let files: Record<string, string>
let runs = 0

if (!hasRedis()) console.log('no redis-server here: the queue is not tested')

describe.skipIf(!hasRedis())('a run on a queue', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingle-machines-'))
    broker = await Broker.start()
    const one = join(folder, 'one')
    expect(await mingle('run', ...RUN, '--database-url', `ndjson:${one}`)).toMatchObject({ code: 0 })
    rows = rowsOf(one)
  })
  afterAll(async () => {
    await broker?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([1, 2, 5])('gives the rows of one machine, and always the same files: %i workers', async (count) => {
    const site = new Site(count)
    const { code, stderr } = await site.run().ended
    expect(code, stderr).toBe(0)
    files ??= filesOf(site.output)
    await site.endsWell()
  })

  it('whose workers are killed', async () => {
    await faults('kill', async (site, rng) => {
      site.workers[rng.nextInt(site.workers.length)]!.signal('SIGKILL')
      site.hire()
    })
  })

  it('whose workers sleep past their locks, and wake', async () => {
    await faults('sleep', async (site, rng) => {
      const worker = site.workers[rng.nextInt(site.workers.length)]!
      worker.signal('SIGSTOP')
      await wait(2500)
      worker.signal('SIGCONT')
    })
  })

  it('whose coordinator is killed, while it submits, waits or finishes', async () => {
    await faults('coordinator', async (site) => {
      site.coordinator.signal('SIGKILL')
      await site.coordinator.ended
      site.run()
    })
  })

  it('whose broker is flushed', async () => {
    await faults('flush', async () => {
      broker.ask('flushall')
    })
  })

  it('whose broker is killed, and comes back with its append-only file, or without', async () => {
    await faults('broker', async (_, rng) => {
      await broker.kill()
      if (rng.nextInt(2) === 0) broker.forget()
      await broker.start()
    })
  })

  it('one of whose tasks kills its worker five times is carried out all the same', async () => {
    const site = new Site(1, ['--run-seed', 'five', '--count', '300', '--days', '30', '--market', 'country'])
    site.run()
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    for (let killed = 0; killed < 5; killed++) {
      await until(async () => (await queue.getActiveCount()) > 0)
      site.workers.at(-1)!.signal('SIGKILL')
      await site.workers.at(-1)!.ended
      site.hire()
      // The lock of who was killed still stands.
      await until(async () => (await queue.getActiveCount()) === 0 || (await queue.getWaitingCount()) > 0)
    }
    await queue.close()
    const { code, stderr } = await site.coordinator.ended
    expect(code, stderr).toBe(0)
    await site.close()
  })

  it('one of whose tasks fails whenever it is tried ends visibly failed, the others done; and goes on when it can', async () => {
    const site = new Site(2)
    const blocked = join(site.output, 'sessions', 'day=2024-01-03', 'run-1-part-00004.ndjson', 'x')
    mkdirSync(blocked, { recursive: true })
    const { code, stderr } = await site.run().ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/pass 2, group 4 failed for good/)
    expect(stderr).toMatch(/mingle: 1 of \d+ tasks failed for good/)
    expect(stderr).not.toMatch(/this was not expected/)
    expect(readdirSync(site.output)).not.toContain('_SUCCESS')
    const manifests = join(site.output, '_mingle')
    const done = readdirSync(manifests, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /pass-2.*json$/.test(path),
    )
    expect(done.length).toBe(Number(/mingle: 1 of (\d+)/.exec(stderr)![1]) - 1)
    rmSync(join(blocked, '..'), { recursive: true })
    expect((await site.run().ended).code).toBe(0)
    await site.endsWell()
  })

  it('refuses workers of another version by name, and keeps its tasks for others', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    await queue.obliterate({ force: true })
    await queue.add('pass-1', {
      control: '/nowhere',
      output: '/nowhere',
      task: { id: 'x', pass: 1, group: 0 },
      versions: { mingle: '9.9.9', engine: 99, layout: 1 },
    })
    const { code, stderr } = await mingle('worker', '--queue', broker.url)
    expect(code).toBe(2)
    expect(stderr).toMatch(/the queue holds tasks of mingle 9\.9\.9 \(engine 99, layout 1\), this worker is mingle 0\./)
    expect(await queue.getDelayedCount()).toBe(1)
    await queue.obliterate({ force: true })
    await queue.close()
  })

  it('refuses a broker that throws tasks away', async () => {
    broker.ask('config', 'set', 'maxmemory-policy', 'allkeys-lru')
    const { code, stderr } = await mingle('worker', '--queue', broker.url)
    broker.ask('config', 'set', 'maxmemory-policy', 'noeviction')
    expect(code).toBe(2)
    expect(stderr).toMatch(/throws keys away.*redis-cli config set maxmemory-policy noeviction/)
  })
})

/** One output folder, and the processes that fill it. */
class Site {
  readonly output = join(folder, `out-${++runs}`)
  readonly workers: Mingle[] = []
  coordinator!: Mingle
  readonly #run: readonly string[]

  constructor(workers: number, run: readonly string[] = RUN) {
    this.#run = run
    for (let i = 0; i < workers; i++) this.hire()
  }

  hire(): void {
    this.workers.push(new Mingle('worker', '--queue', broker.url, '--lock', '2'))
  }

  run(): Mingle {
    const words = [...this.#run, '--database-url', `ndjson:${this.output}`]
    this.coordinator = new Mingle('run', '--cluster', broker.url, ...words)
    return this.coordinator
  }

  /** Nothing lost, nothing doubled, equal bytes, and nothing left behind. */
  async endsWell(): Promise<void> {
    await this.close()
    expect(rowsOf(this.output)).toEqual(rows)
    expect(filesOf(this.output)).toEqual(files)
    expect(readdirSync(this.output)).not.toContain('.writing-tasks')
    expect(JSON.parse(readFileSync(join(this.output, '_SUCCESS'), 'utf8'))).toMatchObject({ seed: 'chaos', days: 8 })
    expect(await mingle('verify', '--database-url', `ndjson:${this.output}`)).toMatchObject({ code: 0 })
    rmSync(this.output, { recursive: true })
  }

  async close(): Promise<void> {
    for (const each of [...this.workers, this.coordinator]) each.signal('SIGKILL')
    await Promise.all([...this.workers, this.coordinator].map(({ ended }) => ended))
  }
}

/** Lets a fault happen at random moments, over as many runs as it takes to have it often enough. */
async function faults(
  name: string,
  fault: (site: Site, rng: ReturnType<typeof makeRng>) => Promise<void>,
): Promise<void> {
  const rng = makeRng(`machines ${name}`)
  let [happened, runsOfIt] = [0, 0]
  while (happened < TIMES) {
    const site = new Site(2)
    site.run()
    runsOfIt++
    await until(async () => readdirSync(folder).includes(site.output.slice(folder.length + 1)))
    for (let here = 0; site.coordinator.running && here < 6; ) {
      await wait(300 + rng.nextInt(1500))
      if (!site.coordinator.running) break
      await fault(site, rng)
      happened++
      here++
    }
    const { code, stderr } = await site.coordinator.ended
    expect(code, `${name}: ${stderr}`).toBe(0)
    await site.endsWell()
  }
  console.log(`${name}: ${happened} times in ${runsOfIt} runs`)
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await condition()) return
    await wait(50)
  }
  throw new Error('it did not come to pass within a minute')
}

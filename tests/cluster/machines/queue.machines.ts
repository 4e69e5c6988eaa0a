import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Broker, hasRedis } from './broker.ts'
import { mingle, wait } from './processes.ts'
import { faults, Ground, Site } from './site.ts'

let ground: Ground
let broker: Broker

if (!hasRedis()) console.log('no redis-server here: the queue is not tested')

describe.skipIf(!hasRedis())('a run on a queue', () => {
  beforeAll(async () => {
    broker = await Broker.start()
    ground = await Ground.make()
  })
  afterAll(async () => {
    await broker?.remove()
    ground?.remove()
  })

  it.each([1, 2, 5])('gives the rows of one machine, and always the same files: %i workers', async (count) => {
    const site = begin(count)
    const { code, stderr } = await site.run().ended
    expect(code, stderr).toBe(0)
    expect(await mingle('verify', '--database-url', `ndjson:${site.output}`)).toMatchObject({ code: 0 })
    await site.endsWell()
  })

  it('whose workers are killed', async () => {
    await faults('kill', begin, async (site, rng) => {
      site.workers[rng.nextInt(site.workers.length)]!.signal('SIGKILL')
      site.hire()
    })
  })

  it('whose workers sleep past their locks, and wake', async () => {
    await faults('sleep', begin, async (site, rng) => {
      const worker = site.workers[rng.nextInt(site.workers.length)]!
      worker.signal('SIGSTOP')
      await wait(2500)
      worker.signal('SIGCONT')
    })
  })

  it('whose coordinator is killed, while it submits, waits or finishes', async () => {
    await faults('coordinator', begin, async (site) => {
      site.coordinator.signal('SIGKILL')
      await site.coordinator.ended
      site.run()
    })
  })

  it('whose broker is flushed', async () => {
    await faults('flush', begin, async () => {
      broker.ask('flushall')
    })
  })

  it('whose broker is killed, and comes back with its append-only file, or without', async () => {
    await faults('broker', begin, async (_, rng) => {
      await broker.kill()
      if (rng.nextInt(2) === 0) broker.forget()
      await broker.start()
    })
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

function begin(workers = 2): Site {
  const site = new Site(ground, broker.url)
  site.hire(workers)
  return site
}

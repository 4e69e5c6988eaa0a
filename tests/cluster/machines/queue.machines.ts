import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Broker, hasRedis } from './broker.ts'
import { mingle, wait } from './processes.ts'
import { faults, Ground, preload, Site, TIMES } from './site.ts'

let ground: Ground
let broker: Broker

if (!hasRedis()) console.log('no redis-server here: the queue is not tested')

describe.skipIf(!hasRedis())('a run on a queue', () => {
  beforeAll(async () => {
    broker = await Broker.start()
    ground = await Ground.make()
  })
  beforeEach(async () => {
    await ground.endProcesses()
    await broker.renew()
  })
  afterAll(async () => {
    await ground?.remove()
    await broker?.remove()
  })

  it.each([1, 2, 5])('gives the rows of one machine, and always the same files: %i workers', async (count) => {
    const site = begin(count)
    const { code, stderr } = await site.run().ended
    expect(code, stderr).toBe(0)
    expect(stderr).not.toContain('submitted again')
    expect(await mingle('verify', '--database-url', `ndjson:${site.output}`)).toMatchObject({ code: 0 })
    await site.endsWell()
  })

  it('whose workers are killed, or sleep past their locks and wake; whose coordinator is killed; others of another version come', async () => {
    await faults('workers and coordinator', begin, {
      killed: async (site, rng) => {
        site.workers[rng.nextInt(site.workers.length)]!.signal('SIGKILL')
        site.hire()
      },
      asleep: async (site, rng) => {
        const worker = site.workers[rng.nextInt(site.workers.length)]!
        worker.signal('SIGSTOP')
        await wait(2500)
        worker.signal('SIGCONT')
      },
      'coordinator killed': async (site) => {
        site.coordinator.signal('SIGKILL')
        await site.coordinator.ended
        site.run()
      },
      'another version': async (site, rng) => {
        const version = `9.9.${rng.nextInt(100)}`
        const { code, stderr } = await site.worker({ ...preload('version.mjs'), FAULT_VERSION: version }, 1).ended
        if (code === 0) expect(stderr).toBe('')
        else
          expect(stderr).toMatch(new RegExp(`the queue holds tasks of mingle 0\\..* this worker is mingle ${version}`))
      },
    })
  })

  it('whose coordinator is killed before and behind submitting, and before and behind the moments that finish a run', async () => {
    const moments = ['submitting before', 'submitting behind']
    const last = ['finishing before manifest.json', 'finishing behind manifest.json']
    const success = ['finishing before _SUCCESS', 'finishing behind _SUCCESS']
    let killed = 0
    for (let round = 0; killed < 2 * TIMES; round++) {
      const site = begin()
      for (const FAULT of [...moments, ...moments, ...last, ...success]) {
        const { stderr } = await site.run({ ...preload('ended.mjs'), FAULT }).ended
        if (stderr.includes('ended ')) killed++
      }
      site.run()
      await site.endsWell()
      expect(killed).toBeGreaterThanOrEqual((round + 1) * 7)
    }
    console.log(`coordinator: killed ${killed} times at its own moments`)
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

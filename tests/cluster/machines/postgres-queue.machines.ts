import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { workOn } from '../../../cluster/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type PostgresServer, query, startPostgres } from '../../persist/servers/postgres-server.ts'
import { TcpProxy } from '../stores/proxy.ts'
import { mingle, wait } from './processes.ts'
import { faults, Ground, preload, Site, TIMES } from './site.ts'

let ground: Ground
let server: PostgresServer
let url = ''

describe('a run on a queue in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres()
    url = await server.createDatabase()
    ground = await Ground.make()
  })
  beforeEach(() => ground.endProcesses())
  afterAll(async () => {
    await ground?.remove()
    await server?.stop()
  })

  it.each([1, 5])('gives the rows of one machine, and always the same files: %i workers', async (count) => {
    const site = begin(count)
    await site.run().ended
    expect(await mingle('cluster', 'status', '--queue', url)).toMatchObject({ code: 0 })
    await site.endsWell()
  })

  it('whose workers, coordinator and server fail in turn', async () => {
    const proxies = await Promise.all([0, 1].map(() => TcpProxy.start(Number(new URL(url).port))))
    const through = (site: Site) => {
      for (const { port } of proxies) site.hire(1, Object.assign(new URL(url), { port }).href)
      return site
    }
    await faults('PostgreSQL', () => through(new Site(ground, url)), {
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
      emptied: async () => {
        await query(url, 'TRUNCATE bullmq.meta, bullmq.job, bullmq.job_log, bullmq.event CASCADE')
      },
      'stopped and back': async () => {
        await server.pause()
        await server.goOn()
      },
      'cut off': async (_, rng) => {
        const proxy = proxies[rng.nextInt(2)]!
        proxy.cut()
        await wait(3000)
        proxy.heal()
      },
    })
    for (const proxy of proxies) await proxy.stop()
  })

  it('whose workers have their event loops blocked past the lock', async () => {
    let blocked = 0
    for (let round = 1; blocked < TIMES; round++) {
      const site = new Site(ground, url)
      site.environment = { ...preload('blocked.mjs'), FAULT_SEED: String(round) }
      site.hire(2)
      await site.run().ended
      for (const { said } of site.workers) blocked += said.match(/event loop is blocked/g)?.length ?? 0
      await site.endsWell()
    }
    console.log(`PostgreSQL: ${blocked} times blocked`)
  })

  it('refuses a worker whose clock is off', async () => {
    const rng = makeRng('machines clocks')
    for (let i = 0; i < TIMES; i++) {
      const off = (10 + rng.nextInt(290)) * (i % 2 === 0 ? 1 : -1)
      const { now } = Date
      const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + off * 1000)
      try {
        await expect(workOn(url)).rejects.toThrow(
          new RegExp(`clock is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'}`),
        )
      } finally {
        clock.mockRestore()
      }
    }
  })
})

function begin(workers: number): Site {
  const site = new Site(ground, url)
  site.hire(workers)
  return site
}

import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { TcpProxy } from '../stores/proxy.ts'
import { Broker, hasRedis } from './broker.ts'
import { wait } from './processes.ts'
import { faults, Ground, Site, TIMES, until } from './site.ts'

const MINUTE = 60_000

let ground: Ground
let broker: Broker

describe.skipIf(!hasRedis())('the broker of a run', () => {
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

  it('is flushed, or killed and comes back with its append-only file or without', async () => {
    const begin = () => {
      const site = new Site(ground, broker.url)
      site.hire(2)
      return site
    }
    await faults('broker', begin, {
      flushed: async () => {
        broker.ask('flushall')
      },
      'back with its file': async () => {
        await broker.kill()
        await broker.start()
      },
      'back without': async () => {
        await broker.kill()
        broker.forget()
        await broker.start()
      },
    })
  })

  it('is cut off from each of many workers for a minute', async () => {
    const rng = makeRng('machines cut')
    const proxies = await Promise.all(Array.from({ length: TIMES }, () => TcpProxy.start(broker.port)))
    const site = new Site(ground, broker.url)
    for (const { port } of proxies) site.hire(1, `redis://127.0.0.1:${port}`)
    site.run()
    await until(() => site.done(1) > 0)
    await Promise.all(
      proxies.map(async (proxy) => {
        await wait(rng.nextInt(1000))
        proxy.cut()
        await wait(MINUTE)
        proxy.heal()
      }),
    )
    await site.endsWell()
    for (const proxy of proxies) await proxy.stop()
    console.log(`cut off: ${TIMES} workers, a minute each`)
  })
})

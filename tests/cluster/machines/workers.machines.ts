import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TcpProxy } from '../stores/proxy.ts'
import { Broker, hasRedis } from './broker.ts'
import { wait } from './processes.ts'
import { faults, Ground, Site, TIMES, until } from './site.ts'

let ground: Ground
let broker: Broker

describe.skipIf(!hasRedis())('a worker', () => {
  beforeAll(async () => {
    broker = await Broker.start()
    ground = await Ground.make()
  })
  afterAll(async () => {
    await broker?.remove()
    ground?.remove()
  })

  it('killed after its data and before its manifest, or after that and before the queue hears of it', async () => {
    const moments = { before: 0, behind: 0 }
    let seed = 0
    while (moments.before < TIMES || moments.behind < TIMES) {
      const site = new Site(ground, broker.url)
      const hire = () => {
        site.environment = { NODE_OPTIONS: `--import ${preload('killed.mjs')}`, FAULT_SEED: String(++seed) }
        site.hire()
      }
      hire()
      hire()
      site.run()
      await until(async () => {
        for (const worker of site.workers.filter(({ running }) => !running)) {
          for (const moment of ['before', 'behind'] as const) {
            if (worker.said.includes(`killed ${moment} the manifest`)) moments[moment]++
          }
          site.workers.splice(site.workers.indexOf(worker), 1)
          hire()
        }
        return !site.coordinator.running
      })
      const { code, stderr } = await site.coordinator.ended
      expect(code, stderr).toBe(0)
      await site.endsWell()
    }
    console.log(`killed between data and manifest ${moments.before} times, behind the manifest ${moments.behind} times`)
  })

  it('whose event loop is blocked past the lock gives up what another has by then', async () => {
    let blocked = 0
    for (let round = 1; blocked < TIMES; round++) {
      const site = new Site(ground, broker.url)
      site.environment = { NODE_OPTIONS: `--import ${preload('blocked.mjs')}`, FAULT_SEED: String(round) }
      site.hire(2)
      const { code, stderr } = await site.run().ended
      expect(code, stderr).toBe(0)
      for (const worker of site.workers) blocked += worker.said.match(/event loop is blocked/g)?.length ?? 0
      await site.endsWell()
    }
    console.log(`blocked: ${blocked} times`)
  })

  it('whose clock is up to five minutes off, and jumps', async () => {
    let jumps = 0
    for (let round = 1; jumps < TIMES; round++) {
      const site = new Site(ground, broker.url)
      for (const seed of [round, round + 100]) {
        site.environment = {
          NODE_OPTIONS: `--import ${preload('clock.mjs')}`,
          FAULT_SEED: String(seed),
          CLOCK_SAID: '1',
        }
        site.hire()
      }
      const { code, stderr } = await site.run().ended
      expect(code, stderr).toBe(0)
      for (const worker of site.workers) jumps += worker.said.match(/the clock jumps/g)?.length ?? 0
      await site.endsWell()
    }
    console.log(`clocks: ${jumps} jumps`)
  })

  it('cut off from the broker for longer than its lock, once for a minute', async () => {
    const proxies = await Promise.all([TcpProxy.start(broker.port), TcpProxy.start(broker.port)])
    let minutes = 0
    const begin = () => {
      const site = new Site(ground, broker.url)
      for (const { port } of proxies) site.hire(1, `redis://127.0.0.1:${port}`)
      return site
    }
    await faults('cut', begin, async (_, rng) => {
      const proxy = proxies[rng.nextInt(2)]!
      proxy.cut()
      await wait(minutes++ === 0 ? 60_000 : 3000)
      proxy.heal()
    })
    for (const proxy of proxies) await proxy.stop()
  })

  it('killed five times by one task: it is carried out all the same', async () => {
    const site = new Site(ground, broker.url, [
      '--run-seed',
      'five',
      '--count',
      '300',
      '--days',
      '30',
      '--market',
      'country',
    ])
    site.run()
    for (let killed = 0; killed < 5; killed++) {
      site.environment = { NODE_OPTIONS: `--import ${preload('killed.mjs')}`, FAULT_SHARE: '1' }
      site.hire()
      expect((await site.workers.at(-1)!.ended).stderr).toMatch(/killed before the manifest/)
    }
    site.environment = {}
    site.hire()
    const { code, stderr } = await site.coordinator.ended
    expect(code, stderr).toBe(0)
    await site.close()
  })

  it('sees a task that fails whenever it is tried end visibly failed, the others done; and go on when it can', async () => {
    const site = new Site(ground, broker.url)
    site.hire(2)
    const blocked = join(site.output, 'sessions', 'day=2024-01-03', 'run-1-part-00004.ndjson', 'x')
    mkdirSync(blocked, { recursive: true })
    const { code, stderr } = await site.run().ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/pass 2, group 4 failed for good/)
    expect(stderr).toMatch(/mingle: 1 of \d+ tasks failed for good/)
    expect(stderr).not.toMatch(/this was not expected/)
    expect(readdirSync(site.output)).not.toContain('_SUCCESS')
    const done = readdirSync(join(site.control, 'pass-2'))
    expect(done.length).toBe(Number(/mingle: 1 of (\d+)/.exec(stderr)![1]) - 1)
    rmSync(join(blocked, '..'), { recursive: true })
    expect((await site.run().ended).code).toBe(0)
    await site.endsWell()
  })
})

function preload(name: string): string {
  return join(import.meta.dirname, 'preload', name)
}

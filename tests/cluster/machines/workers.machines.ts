import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Job, Queue, Worker } from 'bullmq'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetTasks, queueStatus, workOn } from '../../../cluster/index.ts'
import { versionsHere } from '../../../cluster/queue/job.ts'
import { Broker, hasRedis } from './broker.ts'
import { Ground, preload, Site, TIMES, until } from './site.ts'

/** Workers that die, one after the other, at once. */
const AT_ONCE = 4
/** How often the same task kills whoever carries it out. */
const DEATHS_OF_A_TASK = 5

let ground: Ground
let broker: Broker

describe.skipIf(!hasRedis())('a worker', () => {
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

  it('killed by the same task five times, after its data and before its manifest: each such task is carried out all the same', async () => {
    const site = new Site(ground, broker.url)
    const tally = ground.place()
    mkdirSync(tally)
    site.environment = {
      ...preload('killed.mjs'),
      FAULT_TALLY: tally,
      FAULT_DEATHS: String(DEATHS_OF_A_TASK),
      FAULT_TASKS: String(TIMES / 2),
    }
    await livedThrough(site)
    const deaths = readdirSync(tally)
    const tasks = new Set(deaths.map((name) => name.split(' ').slice(0, 2).join(' ')))
    expect(tasks.size).toBe(TIMES)
    expect(deaths).toHaveLength(TIMES * DEATHS_OF_A_TASK)
    await site.endsWell()
    console.log(`killed ${deaths.length} times before a manifest: ${tasks.size} tasks, ${DEATHS_OF_A_TASK} times each`)
  })

  it('killed behind a manifest, before the queue hears of it', async () => {
    let behind = 0
    for (let seed = 1; behind < TIMES; seed++) {
      const site = new Site(ground, broker.url)
      site.environment = { ...preload('killed.mjs'), FAULT_SEED: String(seed), FAULT_SHARE: '0.5' }
      behind += await livedThrough(site)
      await site.endsWell()
    }
    console.log(`killed behind a manifest: ${behind} times`)
  })

  it('whose event loop is blocked past the lock gives up what another has by then', async () => {
    let blocked = 0
    for (let round = 1; blocked < TIMES; round++) {
      const site = new Site(ground, broker.url)
      site.environment = { ...preload('blocked.mjs'), FAULT_SEED: String(round) }
      site.hire(2)
      await site.run().ended
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
        site.environment = { ...preload('clock.mjs'), FAULT_SEED: String(seed), CLOCK_SAID: '1' }
        site.hire()
      }
      await site.run().ended
      for (const worker of site.workers) jumps += worker.said.match(/the clock jumps/g)?.length ?? 0
      await site.endsWell()
    }
    console.log(`clocks: ${jumps} jumps`)
  })

  it('sees tasks that fail whenever they are tried end visibly failed, the others done; and goes on when it can', async () => {
    const site = new Site(ground, broker.url)
    site.hire(2)
    const blocked = Array.from({ length: TIMES }, (_, group) =>
      join(site.output, 'sessions', 'day=2024-01-03', `run-1-part-${String(group).padStart(5, '0')}.ndjson`),
    )
    for (const path of blocked) mkdirSync(join(path, 'x'), { recursive: true })
    const { code, stderr } = await site.run().ended
    expect(code).toBe(1)
    for (const group of blocked.keys()) expect(stderr).toMatch(new RegExp(`pass 2, group ${group} failed for good`))
    expect(stderr).toMatch(new RegExp(`mingle: ${TIMES} of \\d+ tasks failed for good`))
    expect(stderr).not.toMatch(/this was not expected/)
    expect(readdirSync(site.output)).not.toContain('_SUCCESS')
    expect(site.done(2)).toBe(Number(/mingle: \d+ of (\d+)/.exec(stderr)![1]) - TIMES)
    for (const path of blocked) rmSync(path, { recursive: true })
    site.run()
    await site.endsWell()
  })

  it('that does not see the folder leaves tasks to those that do, and ends with a sentence; the run loses nothing', async () => {
    for (let round = 0; round < TIMES / 2; round++) {
      const site = new Site(ground, broker.url)
      const blind = site.worker({ ...preload('unmounted.mjs'), FAULT_UNMOUNTED: site.output }, 4)
      site.run()
      await until(() => /holds no plan as seen from this machine.*not mounted here/.test(blind.said))
      site.hire(1)
      await site.endsWell()
      expect(site.coordinator.said).not.toMatch(/failed/)
      const { code, stderr } = await blind.ended
      expect(code, stderr).toBe(2)
      expect(stderr).toMatch(/mingle: .* holds no plan as seen from this machine/)
      expect(stderr).not.toMatch(/failed/)
    }
  })

  it('that does not see the folder and has nothing else to do keeps no task from those that do', async () => {
    const site = new Site(ground, broker.url)
    const blind = site.worker({ ...preload('unmounted.mjs'), FAULT_UNMOUNTED: site.output }, 60)
    site.hire(1)
    site.run()
    await until(() => /holds no plan as seen from this machine/.test(blind.said))
    const began = performance.now()
    await site.endsWell()
    // It took the last task five times a second, always sooner than the other.
    expect(performance.now() - began).toBeLessThan(30_000)
    blind.signal('SIGKILL')
  })

  it('looks again at a folder that it did not see, and carries the run out once that is mounted', async () => {
    const site = new Site(ground, broker.url)
    const mounted = ground.place()
    site.environment = { ...preload('unmounted.mjs'), FAULT_UNMOUNTED: site.output, FAULT_MOUNTED_BY: mounted }
    site.hire()
    site.run()
    const toldOf = () => site.workers[0]!.said.match(/as seen from this machine/g) ?? []
    await until(() => toldOf().length > 0)
    writeFileSync(mounted, '')
    await site.endsWell()
    expect(toldOf()).toHaveLength(1)
  }, 180_000)

  it('goes on beside tasks whose places are gone, and a finished run leaves none of its own', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    for (let i = 0; i < TIMES; i++) {
      const [control, output] = [`/gone/${i % 3}/_mingle/plan`, `/gone/${i % 3}`]
      await queue.add('pass-1', { control, output, task: { id: `${i}`, pass: 1, group: i }, versions: versionsHere() })
    }
    const site = new Site(ground, broker.url)
    // Dead behind their manifests, these never tell the queue.
    site.environment = { ...preload('killed.mjs'), FAULT_SEED: '7', FAULT_SHARE: '0.2' }
    await livedThrough(site)
    await site.endsWell()
    expect(site.coordinator.said).not.toMatch(/failed/)
    const left = await queue.getJobs(['wait', 'delayed', 'active', 'failed'])
    expect(left.filter(({ data }) => !data.control.startsWith('/gone/')).length).toBeLessThanOrEqual(AT_ONCE)
    expect(left.filter(({ data }) => data.control.startsWith('/gone/'))).toHaveLength(TIMES)
    await queue.close()
  })

  it('that had no task but such as it does not see ends with what was wrong; one that had others, with what became of them', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    const add = (output: string, group: number) => {
      const task = { id: String(group), pass: 1, group }
      return queue.add('pass-1', { control: '/gone/plan', output, task, versions: versionsHere() })
    }
    await add('/gone', 0)
    await expect(workOn(broker.url, { idleSeconds: 1 })).rejects.toMatchObject({ code: 'NOT_HERE' })
    const seen = ground.place()
    mkdirSync(seen)
    writeFileSync(join(seen, 'manifest.json'), '{}')
    await add(seen, 1)
    expect(await workOn(broker.url, { idleSeconds: 1 })).toEqual({ carriedOut: 0, failed: 1, rows: 0 })
    await queue.close()
  })

  it('is told of in a status that knows whose place is not seen from here', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    const places = ['/nowhere', 'postgresql://127.0.0.1:1/site#run']
    for (const control of places) {
      await queue.add('pass-1', { control, output: control, task: { id: 'x', pass: 1, group: 0 }, versions: {} })
    }
    const { runs, tasks } = await queueStatus(broker.url)
    expect(runs.toSorted((a, b) => a.plan.length - b.plan.length)).toEqual(
      places.map((plan) => ({ plan, seed: null, tasks: 0, counted: 0, written: 0 })),
    )
    expect(tasks.wait ?? tasks.waiting).toBe(2)
    // Whoever gave the run up has its tasks forgotten.
    await expect(forgetTasks(broker.url, '/elsewhere')).rejects.toThrow(
      /has no tasks of a plan in \/elsewhere; it has those of .*\/nowhere/,
    )
    const gone = vi.spyOn(Job.prototype, 'remove').mockRejectedValue(new Error('the queue is away'))
    await expect(forgetTasks(broker.url, '/nowhere')).rejects.toThrow('the queue is away')
    gone.mockRestore()
    const worker = new Worker('mingle', null, { connection: { url: broker.url } })
    const held = (await worker.getNextJob('token')) as Job
    expect(await forgetTasks(broker.url, held.data.control)).toBe(0)
    await held.moveToFailed(new Error('let go'), 'token')
    await worker.close()
    expect(await forgetTasks(broker.url, '/nowhere')).toBe(1)
    expect((await queueStatus(broker.url)).runs.map(({ plan }) => plan)).toEqual([places[1]])
    await queue.close()
  })

  it('refuses tasks of another version by name, and leaves them to others', async () => {
    const queue = new Queue('mingle', { connection: { url: broker.url } })
    for (let i = 0; i < TIMES; i++) {
      await queue.obliterate({ force: true })
      await queue.add('pass-1', {
        control: '/nowhere',
        output: '/nowhere',
        task: { id: 'x', pass: 1, group: 0 },
        versions: { mingle: `9.9.${i}`, engine: 99, layout: 1 },
      })
      await expect(workOn(broker.url)).rejects.toThrow(
        new RegExp(
          `the queue holds tasks of mingle 9\\.9\\.${i} \\(engine 99, layout 1\\), this worker is mingle 0\\.`,
        ),
      )
      expect(await queue.getDelayedCount()).toBe(1)
    }
    await queue.close()
  })
})

/** A run whose workers are replaced as they die. @returns how many died behind a manifest */
async function livedThrough(site: Site): Promise<number> {
  let [behind, hired] = [0, 0]
  const hire = () => {
    site.environment = {
      ...site.environment,
      FAULT_SEED: String(Number(site.environment.FAULT_SEED ?? 1) + 100 * hired++),
    }
    site.hire()
  }
  for (let i = 0; i < AT_ONCE; i++) hire()
  site.run()
  await until(() => {
    for (const worker of site.workers.filter(({ running }) => !running)) {
      if (worker.said.includes('killed behind the manifest')) behind++
      site.workers.splice(site.workers.indexOf(worker), 1)
      if (site.coordinator.running) hire()
    }
    return !site.coordinator.running
  })
  return behind
}

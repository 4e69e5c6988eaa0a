import dns from 'node:dns'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { makePlan, outputOf, Standing, TaskHand } from '../../cluster/index.ts'
import { openObjects, openStore } from '../../persist/index.ts'
import { configFromSettings, startRun } from '../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../persist/servers/postgres-server.ts'

const HOST = 'database.invalid'
const config = configFromSettings({ seed: 'named', count: 60, market: 'division' })
const folder = mkdtempSync(join(tmpdir(), 'mingle-name-'))
const look = dns.lookup
type Code = 'EAI_AGAIN' | 'ENOTFOUND'
/** What the name service says of the database, and how often; then that it is here. */
let failing: { readonly code: Code; times: number }
let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, options: object, told: (...result: unknown[]) => void) => {
    if (host !== HOST) return (look as (...all: unknown[]) => void)(host, options, told)
    const { code } = failing
    const error = failing.times-- > 0 && Object.assign(new Error(`getaddrinfo ${code} ${HOST}`), { code })
    const isAll = (options as { all?: boolean }).all === true
    process.nextTick(() => {
      if (error) told(error)
      else if (isAll) told(null, [{ address: '127.0.0.1', family: 4 }])
      else told(null, '127.0.0.1', 4)
    })
  }) as never)
})
beforeEach(() => {
  failing = { code: 'EAI_AGAIN', times: 0 }
})
afterAll(async () => {
  vi.restoreAllMocks()
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** The sessions of a database are ended, and its name is not known when it is asked for next. */
async function lose(url: string, code: Code): Promise<void> {
  failing = { code, times: 2 }
  const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
  await query(url, `SELECT pg_terminate_backend(pid) ${others}`)
}

async function seconds(work: Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work
  return (performance.now() - start) / 1000
}

describe.each(['EAI_AGAIN', 'ENOTFOUND'] as const)('a database whose name is not known (%s)', (code) => {
  it('is refused at once by a run, and waited for in its middle', async () => {
    const url = await server.createDatabase()
    const named = Object.assign(new URL(url), { hostname: HOST }).href
    failing = { code, times: Number.POSITIVE_INFINITY }
    const nowhere = await openStore(named, { onFault: () => {} })
    const refused = expect(nowhere.listRuns()).rejects.toMatchObject({ code: 'BAD_INPUT', message: /no such host/ })
    expect(await seconds(refused)).toBeLessThan(2)
    await nowhere.close()
    failing = { code, times: 0 }
    const said: string[] = []
    const store = await openStore(named, { onFault: (line) => said.push(line) })
    let lost: Promise<void> | undefined
    const { status } = await startRun(store, config, 4, {
      ...{ workers: 0, raiseCompilerBudget: false },
      onDay: () => void (lost ??= lose(url, code)),
    })
    await lost
    expect(status).toBe('finished')
    expect(said.join('\n')).toContain('there is no such host')
    expect((await store.verify((await store.findRun('named'))!.id)).difference).toBeNull()
    await store.close()
  })

  it('is refused at once by a task, which others may carry out, and waited for when it has answered', async () => {
    const url = await server.createDatabase()
    const named = Object.assign(new URL(url), { hostname: HOST }).href
    const controlUrl = join(folder, code)
    const control = await openObjects(controlUrl)
    const plan = await makePlan(config, 2, outputOf(named), control, { where: named })
    const [first, second] = new Standing(plan, control).counting
    const hand = new TaskHand()
    const order = { plan, control: controlUrl, output: named }
    failing = { code, times: Number.POSITIVE_INFINITY }
    const refused = expect(hand.carryOut({ ...order, task: first! })).rejects.toMatchObject({ code: 'NOT_HERE' })
    expect(await seconds(refused)).toBeLessThan(2)
    failing = { code, times: 0 }
    expect(await hand.carryOut({ ...order, task: first! })).toMatchObject({ group: first!.group })
    await lose(url, code)
    expect(await hand.carryOut({ ...order, task: second! })).toMatchObject({ group: second!.group })
    await lose(url, code)
    expect(await new TaskHand().carryOut({ ...order, task: second!, reached: true })).toMatchObject({ pass: 1 })
    await control.close()
  })
})

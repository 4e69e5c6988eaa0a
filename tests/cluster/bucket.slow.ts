import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Broker, hasRedis } from './machines/broker.ts'
import { Mingle } from './machines/processes.ts'

/** s3rver 3.7: its own idea of the protocol, not ours. */
interface Server {
  run(): Promise<{ port: number }>
  close(): Promise<void>
}

const RUN = [
  '--run-seed',
  'bucket',
  '--count',
  '150',
  '--days',
  '3',
  '--market',
  'division',
  '--set',
  'policy.arrivals.perDay=4',
]
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }
const folder = mkdtempSync(join(tmpdir(), 'mingle-bucket-test-'))
let server: Server
let endpoint = ''

beforeAll(async () => {
  // @ts-expect-error It has no types.
  const { default: S3rver } = await import('s3rver')
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'runs' }],
  })
  const { port } = await server.run()
  endpoint = `endpoint=http://127.0.0.1:${port}`
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a run in a bucket', () => {
  it('is planned, carried out, resumed, verified, validated, loaded and extended as in a folder', async () => {
    const one = await call('run', ...RUN, '--database-url', 'none:', '--json')
    const url = `parquet:s3://runs/out?${endpoint}`
    await call('plan', 'run', ...RUN, '--database-url', url, '--out', `s3://runs/plan?${endpoint}`)
    await call('task', 'run', `s3://runs/plan?${endpoint}`, '--part', '1', '--parts', '3', '--pass', '1')
    const resumed = JSON.parse(await call('resume', '--database-url', url, '--json'))
    expect(resumed.digest).toBe(JSON.parse(one).digest)
    await call('verify', '--database-url', url)
    await call('validate', '--database-url', url, '--json').catch((error) => {
      // So small a run need not look like a site.
      expect(String(error)).toMatch(/code 1/)
    })
    const database = `file:${join(folder, 'loaded.db')}`
    await call('load', url.replace('parquet:', ''), database)
    await call('verify', '--database-url', database)
    const extended = JSON.parse(await call('extend', '--days', '1', '--database-url', url, '--json'))
    const long = JSON.parse(await call('run', ...RUN.with(5, '4'), '--database-url', 'none:', '--json'))
    expect(extended.digest).toBe(long.digest)
    await call('verify', '--database-url', url)
    expect(await call('runs', '--database-url', url)).toMatch(/bucket/)
  })

  it.skipIf(!hasRedis())('is filled by the workers of a queue', async () => {
    const broker = await Broker.start()
    const worker = new Mingle(['worker', '--queue', broker.url], CREDENTIALS)
    try {
      const url = `parquet:s3://runs/queued?${endpoint}`
      const { digest } = JSON.parse(await call('run', '--cluster', broker.url, ...RUN, '--database-url', url, '--json'))
      expect(digest).toBe(JSON.parse(await call('run', ...RUN, '--database-url', 'none:', '--json')).digest)
      await call('verify', '--database-url', url)
    } finally {
      worker.signal('SIGKILL')
      await worker.ended
      await broker.remove()
    }
  })
})

async function call(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Mingle(words, CREDENTIALS).ended
  if (code !== 0) throw new Error(`mingle ${words.join(' ')} ended with code ${code}: ${stderr}`)
  return stdout
}

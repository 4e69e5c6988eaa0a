import { existsSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'

const place = new Workplace()
/** Says what a Redis with a password says. */
let redis: Server
let url = ''

beforeAll(async () => {
  redis = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => socket.write('-NOAUTH Authentication required.\r\n'))
  })
  await new Promise<void>((resolve) => redis.listen(0, '127.0.0.1', resolve))
  url = `redis://127.0.0.1:${(redis.address() as AddressInfo).port}`
})
afterAll(() => {
  redis.close()
  place.remove()
})

it('a run on a queue that is none, or that wants a password, writes nothing', async () => {
  const run = (queue: string) => place.mingle(['run', '--cluster', queue, '--database-url', 'parquet:./out'])
  const wrong = await run('http://broker')
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toMatch(/^mingle: 'http:\/\/broker' is no queue: .*\n$/)
  for (const address of ['redis://localhost:99999', 'redis://localhost/abc', 'postgresql://localhost:99999/queue']) {
    const none = await run(address)
    expect(none, none.stderr).toMatchObject({ code: 2, stderr: expect.stringContaining(`'${address}' is no queue`) })
  }
  for (const database of ['nonsense', 'parquet:./out', 'mysql://me@broker/site']) {
    const { code, stderr } = await place.mingle(['worker', '--queue', url, '--database-url', database])
    expect(code, stderr).toBe(2)
    expect(stderr).toContain(database)
  }
  const refused = await run(url)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toMatch(/mingle: redis:.* refuses the user name or password \(NOAUTH .*as user:/)
  expect(existsSync(join(place.folder, 'out'))).toBe(false)
}, 60_000)

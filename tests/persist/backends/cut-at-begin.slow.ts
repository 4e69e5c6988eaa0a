import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'

/** The answer to BEGIN, and what an administrator's end of the session looks like. */
const BEGUN = Buffer.from('BEGIN\0')
const FIELDS = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Ends the session in the same packet that says that the nth of all transactions has begun. */
async function cutting(target: URL, nth: number): Promise<{ proxy: Server; url: string; cuts: () => number }> {
  let begun = 0
  let cuts = 0
  const proxy = createServer((client) => {
    const behind = connect(Number(target.port), target.hostname)
    client.pipe(behind)
    behind.on('data', (data) => {
      if (!data.includes(BEGUN) || ++begun !== nth) {
        client.write(data)
        return
      }
      cuts++
      const length = Buffer.alloc(4)
      length.writeInt32BE(FIELDS.length + 4)
      client.end(Buffer.concat([data, Buffer.from('E'), length, Buffer.from(FIELDS, 'latin1')]))
      behind.destroy()
    })
    behind.on('end', () => client.end())
    for (const socket of [client, behind]) socket.on('error', () => {})
    client.on('close', () => behind.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((proxy.address() as AddressInfo).port)
  return { proxy, url: url.href, cuts: () => cuts }
}

it.each([1, 2, 3, 4, 6])('a session that ends as its transaction %i begins is made anew', async (nth) => {
  const database = await server.createDatabase()
  const tables = await openStore(database, { texts: TEXTS })
  await tables.createRun(newRun('before', 1, 1))
  await tables.close()
  const { proxy, url, cuts } = await cutting(new URL(database), nth)
  const said: string[] = []
  const store = await openStore(url, { texts: TEXTS, onFault: (message) => said.push(message) })
  const { id } = await store.createRun(newRun('cut', 20, 4))
  await store.writeProfiles(id, people(1, 20), true)
  const site = new MadeUpSite('cut', 20, 2, { posts: 4, seen: 40, likes: 9, views: 8, sessions: 10, messages: 8 })
  for (let day = 0; day < 4; day++) await store.writeDay(id, site.day(day), [], factDigests(day))
  expect((await store.verify(id)).difference).toBeNull()
  await store.close()
  proxy.close()
  expect([cuts(), said.length]).toEqual([1, 1])
  expect(await query(database, `SELECT count(*) FROM seed_people WHERE run_id = ${id}`)).toEqual([{ count: '20' }])
})

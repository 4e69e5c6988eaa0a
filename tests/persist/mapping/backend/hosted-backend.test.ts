import { expect, it, vi } from 'vitest'
import { HostedBackend } from '../../../../persist/mapping/backend/hosted-backend.ts'

const given = vi.hoisted((): string[] => [])
vi.mock('@prisma/adapter-mariadb', () => ({
  PrismaMariaDb: class {
    constructor(url: string) {
      given.push(url)
    }
    async connect() {
      return { queryRaw: async () => ({ rows: [] }), dispose: async () => {} }
    }
  },
}))

/** Without `connect`, which asks a server. */
async function urlFor(url: string): Promise<URL> {
  const backend = new HostedBackend({ kind: 'mysql', url }, url, {})
  await backend.query('SELECT 1')
  return new URL(given.at(-1)!)
}

it('the gentle writer asks MySQL on this machine for its key, as every other connection does', async () => {
  const { protocol, searchParams } = await urlFor('mysql://mingle:password@127.0.0.1:3306/site')
  expect(protocol).toBe('mariadb:')
  const { initSql, ...rest } = Object.fromEntries(searchParams)
  expect(initSql).toMatch(/time_zone\s=\s'\+00:00'/)
  expect(rest).toEqual({
    allowPublicKeyRetrieval: 'true',
    connectTimeout: '10000',
    minimumIdle: '1',
    timezone: 'Z',
    connectionLimit: '1',
  })
  expect((await urlFor('mysql://mingle:password@127.0.0.1:3306/site?ssl=true')).searchParams.get('ssl')).toBe('true')
  const remote = await urlFor('mysql://mingle:password@db.example.org:3306/site')
  expect(remote.searchParams.has('allowPublicKeyRetrieval')).toBe(false)
})

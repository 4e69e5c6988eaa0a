import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openStore, redactUrl } from '../../persist/index.ts'

const SECRET = 'hunter2-Pä55'
const IN_URL = encodeURIComponent(SECRET)

/** Everything that could end up on a screen or in a log. */
function shown(error: unknown): string {
  return [inspect(error, { depth: 20 }), (error as Error).stack, JSON.stringify(error), String(error)].join('\n')
}

function expectNoSecret(text: string): void {
  expect(text).not.toContain(SECRET)
  expect(text).not.toContain(IN_URL)
  expect(text).not.toContain('hunter2')
}

describe('a password in a connection string is in no error', () => {
  const hosts = ['127.0.0.1:1/site', 'no-such-host.invalid/site', '127.0.0.1:99999/site', '127.0.0.1:1', '127.0.0.1:1/']
  const urls = ['postgresql', 'mysql', 'mariadb', 'mongodb'].flatMap((scheme) =>
    // The pool of the MariaDB driver goes on asking for half a minute where nobody answers.
    (scheme.startsWith('m') ? hosts.slice(2) : hosts).map((host) => `${scheme}://me:${IN_URL}@${host}`),
  )
  it.each([
    ...urls,
    `postgresql://me:${IN_URL}%zz@127.0.0.1:1/site`,
    `postgresql://127.0.0.1:1/site?password=${IN_URL}`,
    `file:?authToken=${IN_URL}`,
    `memory:?token=${IN_URL}`,
    `libsql://host/site?authToken=${IN_URL}`,
  ])('%#', { timeout: 30_000 }, async (url) => {
    for (const writer of [undefined, 'prisma']) {
      try {
        const store = await openStore(url, { ...(writer && { writer }), create: false, onFault: expectNoSecret })
        expectNoSecret(`${store.url} ${inspect(store, { depth: 20 })}`)
        await store.findRun('a')
        await store.close()
      } catch (error) {
        expectNoSecret(shown(error))
      }
    }
  })
})

it('a URL is shown without its secrets', () => {
  expect(redactUrl('postgresql://me:a@b:c@host:5432/site?schema=x')).toBe('postgresql://me:***@host:5432/site?schema=x')
  expect(redactUrl('mysql://me:pass@host/site?sslpassword=y&z=1')).toBe('mysql://me:***@host/site?sslpassword=***&z=1')
  expect(redactUrl('file:./mingle.db')).toBe('file:./mingle.db')
})

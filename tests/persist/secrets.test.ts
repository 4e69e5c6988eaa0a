import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openStore, redactUrl, withoutSecrets } from '../../persist/index.ts'

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

describe('a URL is shown without its secrets', () => {
  it.each([
    ['postgresql://me:a@b:c@host:5432/site?schema=x', 'postgresql://me:***@host:5432/site?schema=x'],
    ['mysql://me:pass@host/site?sslpassword=y&z=1', 'mysql://me:***@host/site?sslpassword=***&z=1'],
    ['file:./mingle.db', 'file:./mingle.db'],
    ['file:./a@b.db', 'file:./a@b.db'],
    [
      'postgresql://host/site?user=me&password=a%26b;c&schema=x',
      'postgresql://host/site?user=me&password=***&schema=x',
    ],
    ['postgresql://host/site?%70assword=abc&PGPASSWORD=def', 'postgresql://host/site?%70assword=***&PGPASSWORD=***'],
    [
      'postgresql:///site?host=/var/run/postgresql&password=s',
      'postgresql:///site?host=/var/run/postgresql&password=***',
    ],
    ['postgresql://me:s@%2Fvar%2Frun/site', 'postgresql://me:***@%2Fvar%2Frun/site'],
    ['postgresql://me:p@ss/w?rd#x@host/site', 'postgresql://me:***@host/site'],
    ['postgresql:me:secret@host/db', 'postgresql:***@host/db'],
    ['user:secret@host/db', 'user:***@host/db'],
    ['//user:secret@host/db', '//user:***@host/db'],
    ['user:p://s:s@host/db', 'user:***@host/db'],
    ['user:secret@tcp(host:3306)/db', 'user:***@tcp(host:3306)/db'],
    ['postgresql://user:p4ss:word@host/db', 'postgresql://user:***@host/db'],
    ['postgresql://user%3Asecret@host/db', 'postgresql://user%3A***@host/db'],
    ['postgresql:///user:secret@host/db', 'postgresql:***@host/db'],
    ['jdbc:mysql://user:secret@host/db', 'jdbc:***@host/db'],
    ['mysql://user:p@ss@host', 'mysql://user:***@host'],
    ['"postgresql://user:secret@host/db"', '"postgresql://user:***@host/db"'],
    ['DATABASE_URL=postgresql://user:secret@host/db', 'DATABASE_URL=postgresql://user:***@host/db'],
    ['libsql://secret@host/db', 'libsql://***@host/db'],
    ['postgresql://user@host/db', 'postgresql://user@host/db'],
    ['postgresql://user:secret', 'postgresql://user:***'],
    ['postgresql://user:sec/ret', 'postgresql://user:***'],
    ['postgresql://h1:5432,[::1]:5433/db', 'postgresql://h1:5432,[::1]:5433/db'],
    ['ndjson:./a:b@c', 'ndjson:./a:b@c'],
    ['postgresql://host/site?password=a&b;c#d&schema=x', 'postgresql://host/site?password=***&schema=x'],
    ['postgresql://host:1/site?password=a@b&schema=x', 'postgresql://host:***&schema=x'],
    ['host=h password = secret dbname=x', 'host=h password = *** dbname=x'],
    ["host=h password='it\\'s a secret' dbname=x", 'host=h password=*** dbname=x'],
    ['host=h password=two words dbname=x', 'host=h password=*** dbname=x'],
    ['host=h dbname=x password=two words', 'host=h dbname=x password=***'],
    ['Server=h;Uid=me;Pwd="a;""b";Database=x', 'Server=h;Uid=me;Pwd=***;Database=x'],
    ['host:6380,password=secret,ssl=True', 'host:6380,password=***,ssl=True'],
    ["host=localhost password='a b' dbname=x", 'host=localhost password=*** dbname=x'],
    ['sqlserver://h:1433;user=sa;password=secret;encrypt=true', 'sqlserver://h:1433;user=sa;password=***;encrypt=true'],
    ['prisma://x/?api_key=abc', 'prisma://x/?api_key=***'],
  ])('%s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown)
  })

  it('and so is what others say of it, in any spelling', () => {
    const url = `postgresql://me:${IN_URL}@host/site`
    for (const text of [SECRET, IN_URL, url, `cannot parse '${url}'`, `host "${SECRET}" not found\nat x:1:2`]) {
      expectNoSecret(withoutSecrets(text, [url]))
    }
    expect(withoutSecrets('at postgresql://me:other@host/x (file:1)', [])).toBe(
      'at postgresql://me:***@host/x (file:1)',
    )
    // A word that holds the password is another word; what is too short cannot be told from other text.
    expect(withoutSecrets('postgresql, postgres', ['mysql://me:postgres@h/d'])).toBe('postgresql, ***')
    expect(withoutSecrets('a b c', ['mysql://me:b@h/d'])).toBe('a b c')
    // A URL that is repeated as it is, however short its password, and whatever a driver takes for the host.
    expect(withoutSecrets("unexpected 'me:abc@host/d'", ['me:abc@host/d'])).toBe("unexpected 'me:***@host/d'")
    expect(withoutSecrets('ENOTFOUND ss@host', ['mysql://me:p@ss@host/d'])).toBe('ENOTFOUND ***host')
    expect(withoutSecrets("no port 'word-one'", ['mysql://me:pass:word-one@host/d'])).toBe("no port '***'")
    expect(withoutSecrets('no such $host$', ['mysql://me:$host$@host/d'])).toBe('no such ***')
    // One that nobody told of, as in a schema that Prisma shows: a quote does not end it.
    expect(withoutSecrets(`url = "mysql://me:it's@h/d" x`, [])).toBe('url = "mysql://me:***@h/d" x')
    // Nothing is hidden where nothing is secret.
    const plain = '(see http://localhost:3000, https://x.org/@a/b), at file:///a/@b.js:1:2'
    expect(withoutSecrets(plain, ['file:./a@b.db', '--count', 'a=b'])).toBe(plain)
  })

  it('whatever marks the password holds, and whatever is in front of it', () => {
    const marks = ['@', ':', '/', '?', '#', '&', '=', ' ', '%', '+', "'", '"', ';', ',', '://', '%40', '[', '\\', '$&']
    const starts = ['postgresql://me:', 'mysql:me:', '//:', 'me:', ' "postgres://me:', 'x+y://me:', 'a:b://me:']
    for (const start of [...starts, 'postgresql://host:1/db?a=b&password=', 'host=h password=']) {
      for (const one of marks) {
        for (const two of marks) {
          // What looks like the next parameter is one.
          if (start.endsWith('=') && `${one}${two}`.match(/[&; ,].*=/)) continue
          const end = start.endsWith('=') ? '' : '@host/site'
          const url = `${start}hunter1${one}hunter2${two}hunter3${end}`
          const said = [redactUrl(url), withoutSecrets(`'${url}' ${url} (hunter1${one}hunter2${two}hunter3)`, [url])]
          for (const text of said) expect(text, url).not.toContain('hunter')
        }
      }
    }
  })

  it('a password that ends in the middle is not taken for a host', async () => {
    for (const url of [
      'postgresql://me:p@hunter2/x@db.example.org/site',
      'mysql://me:p@hunter2?x@db.example.org/site',
    ]) {
      const error = await openStore(url).catch((thrown: Error) => thrown)
      expect(shown(error)).toMatch(/an @ behind its host: inside a password write @ as %40|names no database/)
      expectNoSecret(shown(error))
    }
  })
})

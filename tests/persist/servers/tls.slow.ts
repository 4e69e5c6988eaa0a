import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { connect } from '../../../persist/postgres/connection.ts'
import { settledUrl } from '../../../persist/postgres/tls.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

/** Whether certificates can be made here. */
function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const OPENSSL = hasOpenssl()
if (!OPENSSL) console.log('No openssl here: encrypted connections are left out.')

const folder = mkdtempSync(join(tmpdir(), 'mingle-tls-'))
const file = (name: string) => join(folder, name)

/** A root of our own, and a certificate of it that names localhost alone. */
function makeCertificates(): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-sha256']
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '30',
    '-subj',
    '/CN=Root of a test',
    '-keyout',
    'root.key',
    '-out',
    'root.crt',
  )
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '30',
    '-subj',
    '/CN=Another root',
    '-keyout',
    'other.key',
    '-out',
    'other.crt',
  )
  openssl('req', ...key, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr')
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n')
  openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'root.crt', '-CAkey', 'root.key', '-CAcreateserial', '-days', '30'],
    ...['-extfile', 'names', '-out', 'server.crt'],
  )
  chmodSync(folder, 0o755)
  chmodSync(file('server.key'), 0o600)
  // The server runs as a user of its own where this is root, and reads no key of others.
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', file('server.key')])
}

let server: PostgresServer
/** Databases that are entered either way, by TLS alone, and without it alone. */
let either: string
let encrypted: string
let plain: string

beforeAll(async () => {
  if (!OPENSSL) return
  makeCertificates()
  const ways = { host: 'postgres,site_1', hostssl: 'site_2', hostnossl: 'site_3' }
  const lines = Object.entries(ways).flatMap(([way, databases]) =>
    ['127.0.0.1/32', '::1/128'].map((address) => `${way} ${databases} all ${address} password\n`),
  )
  writeFileSync(file('hba'), lines.join(''), { mode: 0o644 })
  const files = { ssl_cert_file: 'server.crt', ssl_key_file: 'server.key', hba_file: 'hba' }
  const flags = ['ssl=on', ...Object.entries(files).map(([name, each]) => `${name}=${file(each)}`)]
  server = await startPostgres(
    undefined,
    false,
    flags.flatMap((flag) => ['-c', flag]),
  )
  either = await server.createDatabase()
  encrypted = await server.createDatabase()
  plain = await server.createDatabase()
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Whether the connection that a URL makes is encrypted, and what is said where there is none. */
async function tried(url: string): Promise<string> {
  const warned: string[] = []
  const listen = (warning: Error) => warned.push(warning.message)
  process.on('warning', listen)
  try {
    const client = await connect(await settledUrl(url))
    const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
    await client.end()
    return rows[0].ssl ? 'encrypted' : 'plain'
  } catch (error) {
    expect((error as { code?: string }).code, (error as Error).message).toBe('BAD_INPUT')
    return (error as Error).message
  } finally {
    // Warnings come in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warned).toEqual([])
  }
}

const at = (url: string, host: string, parameters: string) => `${url.replace('127.0.0.1', host)}?${parameters}`
const root = () => `sslrootcert=${file('root.crt')}`

describe.skipIf(!OPENSSL)('TLS as libpq means it', () => {
  it.each([
    ['', 'plain'],
    ['sslmode=disable', 'plain'],
    ['sslmode=allow', 'plain'],
    ['sslmode=prefer', 'encrypted'],
    ['sslmode=require', 'encrypted'],
    ['sslmode=no-verify', 'encrypted'],
    ['sslmode=require&ROOT', 'encrypted'],
    ['sslmode=require&OTHER', /certificate is not accepted/],
    ['sslmode=verify-ca', /certificate is not accepted.*sslrootcert=<file> names its authority/],
    ['sslmode=verify-ca&ROOT', 'encrypted'],
    ['sslmode=verify-full', /certificate is not accepted/],
    ['sslmode=verify-full&ROOT', 'encrypted'],
    ['sslmode=verify-full&OTHER', /certificate is not accepted/],
    ['sslmode=verify-full&sslrootcert=/no/such.crt', /sslrootcert names \/no\/such\.crt, and there is no such file/],
    ['sslaccept=strict', /certificate is not accepted/],
    ['sslaccept=strict&sslcert=FILE', 'encrypted'],
    ['sslaccept=accept_invalid_certs', 'encrypted'],
    ['ssl=true', /certificate is not accepted/],
  ])('%s', async (parameters, expected) => {
    const known = parameters
      .replace('ROOT', root())
      .replace('OTHER', `sslrootcert=${file('other.crt')}`)
      .replace('FILE', file('root.crt'))
    const said = await tried(at(either, 'localhost', known))
    if (typeof expected === 'string') expect(said).toBe(expected)
    else expect(said).toMatch(expected)
  })

  it('the name is looked at by verify-full alone', async () => {
    expect(await tried(at(either, '127.0.0.1', `sslmode=verify-full&${root()}`))).toMatch(/is not in the cert's list/)
    expect(await tried(at(either, '127.0.0.1', `sslmode=verify-ca&${root()}`))).toBe('encrypted')
  })

  it.each(['prefer', 'allow'])('%s takes the other way where the server lets nobody in by the one', async (mode) => {
    expect(await tried(at(encrypted, '127.0.0.1', `sslmode=${mode}`))).toBe('encrypted')
    expect(await tried(at(plain, '127.0.0.1', `sslmode=${mode}`))).toBe('plain')
  })

  it('a way that is not open is told with the one that is', async () => {
    expect(await tried(at(encrypted, '127.0.0.1', 'sslmode=disable'))).toMatch(
      /lets nobody in that way.*try sslmode=require/,
    )
    expect(await tried(at(plain, '127.0.0.1', 'sslmode=require'))).toMatch(
      /lets nobody in that way.*try sslmode=disable/,
    )
  })

  it.each(['bulk', 'prisma'])('a run over it: %s', async (writer) => {
    const store = await openStore(at(encrypted, 'localhost', `sslmode=verify-full&${root()}`), {
      writer,
      ...(writer === 'prisma' && { pauseMs: 0 }),
    })
    const seed = `tls ${writer}`
    const { run } = await startRun(store, configFromSettings({ seed, count: 10 }), 2, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    await store.close()
  })
})

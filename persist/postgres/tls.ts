import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import { badInput } from '../../sim/kernel/index.ts'
import { PATIENCE_MS } from '../patience.ts'
import { redactUrl } from '../url.ts'

/** Of the URL; the driver's own ideas about them differ from libpq's, and it warns of that. */
export const TLS_PARAMETERS = [
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'sslaccept',
  'sslidentity',
  'ssl',
  'uselibpqcompat',
  'sslnegotiation',
] as const

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/**
 * TLS as libpq means it: `require` encrypts, and checks the chain where a root certificate is named; `verify-ca` checks the
 * chain, `verify-full` the host's name too. Prisma's `sslaccept=strict` is `verify-full`, its `sslcert` without a key a root.
 * `prefer` and `allow` are settled by `settledUrl` beforehand.
 *
 * @returns false for none
 * @throws MingleError BAD_INPUT when a mode is none or a file is not there
 */
export function tlsOf(url: string): ConnectionOptions | false {
  const { searchParams } = new URL(url)
  const given = (name: (typeof TLS_PARAMETERS)[number]) => searchParams.get(name) ?? undefined
  const accept = given('sslaccept')
  const strict = accept === 'strict'
  if (accept !== undefined && !strict && accept !== 'accept_invalid_certs') {
    throw badInput(`${redactUrl(url)}: sslaccept is strict or accept_invalid_certs, got '${accept}'`)
  }
  const on = given('ssl')
  const usual = on === 'true' || on === '1' ? 'verify-full' : strict ? 'require' : 'disable'
  const mode = given('sslmode') ?? usual
  if (mode === 'no-verify') return { rejectUnauthorized: false }
  if (!MODES.includes(mode)) throw badInput(`${redactUrl(url)}: sslmode is one of ${MODES.join(', ')}, got '${mode}'`)
  if (mode === 'disable' || mode === 'allow') return false
  const key = given('sslkey')
  const root = given('sslrootcert') ?? (accept !== undefined && key === undefined ? given('sslcert') : undefined)
  const file = (name: string, path: string) => {
    if (existsSync(path)) return readFileSync(path)
    throw badInput(`${redactUrl(url)}: ${name} names ${path}, and there is no such file`)
  }
  const ca = root === undefined || root === 'system' ? undefined : file('sslrootcert', root)
  const own = key === undefined ? {} : { key: file('sslkey', key), cert: file('sslcert', given('sslcert') ?? '') }
  const full = mode === 'verify-full' || strict || root === 'system'
  const chain = full || mode === 'verify-ca' || (mode === 'require' && ca !== undefined)
  return {
    ...own,
    ...(ca && { ca }),
    ...(given('sslpassword') !== undefined && { passphrase: given('sslpassword') }),
    rejectUnauthorized: chain,
    ...(!full && { checkServerIdentity: () => undefined }),
  }
}

/** What a client asks a server before anything else: whether it speaks TLS. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/**
 * The URL with `sslmode=prefer` or `allow` turned into `require` or `disable`: as the server answers, and where it lets nobody in
 * that way, the other. Prisma's `sslaccept=accept_invalid_certs` alone prefers TLS too.
 */
export async function settledUrl(url: string): Promise<string> {
  const parsed = new URL(url)
  const { searchParams } = parsed
  const usual = searchParams.get('sslaccept') === 'accept_invalid_certs' && !searchParams.has('ssl') ? 'prefer' : null
  const mode = searchParams.get('sslmode') ?? usual
  if (mode !== 'prefer' && mode !== 'allow') return url
  const as = (settled: 'require' | 'disable') => {
    searchParams.set('sslmode', settled)
    return parsed.href
  }
  if (!(await speaksTls(parsed))) return as('disable')
  const [first, other] = mode === 'prefer' ? (['require', 'disable'] as const) : (['disable', 'require'] as const)
  return (await letsIn(as(first))) ? as(first) : as(other)
}

/** False where the server's `pg_hba.conf` has no such way in; whatever else is wrong is told by whoever connects. */
async function letsIn(url: string): Promise<boolean> {
  const { searchParams } = new URL(url)
  const bare = new URL(url)
  for (const name of [...searchParams.keys()])
    if (!/^(?:host|port|user|password)$/.test(name)) bare.searchParams.delete(name)
  const client = new pg.Client({
    connectionString: bare.href,
    ssl: searchParams.get('sslmode') === 'require' && { rejectUnauthorized: false },
    connectionTimeoutMillis: PATIENCE_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    return !(code === '28000' && /pg_hba\.conf/.test(message ?? ''))
  } finally {
    await client.end().catch(() => {})
  }
}

/** A server that does not answer is left to whoever connects: that gives the reason in words. */
async function speaksTls({ hostname, port, searchParams }: URL): Promise<boolean> {
  const host = (searchParams.get('host') ?? hostname).replace(/^\[(.+)\]$/, '$1')
  if (host === '' || host.startsWith('/')) return false
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 5432) })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(PATIENCE_MS, () => end(false))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
    socket.once('connect', () => socket.write(SSL_REQUEST))
    socket.once('data', (data) => end(data[0] === 83))
  })
}

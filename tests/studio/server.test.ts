import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Studio, startStudio } from '../../studio/index.ts'

let studio: Studio
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'studio-'))
  writeFileSync(join(folder, 'secret.json'), '"outside"')
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'page/assets/a-12345678.js'), 'export {}')
  writeFileSync(join(folder, 'page/.hidden.json'), '"hidden"')
  symlinkSync(join(folder, 'secret.json'), join(folder, 'page/link.json'))
  studio = await startStudio({
    port: 0,
    folder: join(folder, 'page'),
    api: {
      answers: { echo: (query) => ({ heard: query.get('word') }) },
      feeds: { ticks: (send) => send('tick', { n: 1 }) },
    },
  })
})

afterAll(async () => {
  await studio.close()
  rmSync(folder, { recursive: true })
})

/** A request as bytes: clients tidy up paths and forbid some headers. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<string> {
  const all = { host: `127.0.0.1:${studio.port}`, connection: 'close', ...headers }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(studio.port, '127.0.0.1', () =>
      socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`),
    )
    socket.on('data', (chunk) => {
      text += chunk
      if (text.includes('event: tick')) socket.end()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

const status = (answer: string) => Number(answer.slice(9, 12))
const withToken = () => ({ authorization: `Bearer ${studio.token}` })

describe('the studio’s server', () => {
  it('serves the page with a policy that forbids everything foreign and inline', async () => {
    const answer = await raw('/')
    expect(status(answer)).toBe(200)
    const policy = /content-security-policy: (.+)\r/.exec(answer)![1]!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|http/)
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  it('answers on the loopback address alone', async () => {
    expect(studio.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/)
    await expect(fetch(`http://[::1]:${studio.port}/`)).rejects.toThrow()
  })

  it.each([
    ['another Host', { host: 'rebound.example' }],
    ['another port in Host', { host: '127.0.0.1:1' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an opaque Origin', { origin: 'null' }],
    ['a fetch from another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ])('refuses %s, even with the token', async (_, headers: Record<string, string>) => {
    for (const path of ['/', '/api/echo?word=x']) {
      const answer = await raw(path, { ...withToken(), ...headers })
      expect(status(answer), path).toBe(403)
      expect(answer).not.toContain('heard')
    }
  })

  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['one that begins right', { authorization: 'Bearer ' }],
  ])('refuses what reads a database with %s for a token', async (_, headers: Record<string, string>) => {
    const answer = await raw('/api/echo?word=secret', headers)
    expect(status(answer)).toBe(401)
    expect(answer).not.toContain('secret')
    expect(status(await raw('/api/ticks', headers))).toBe(401)
  })

  it('answers with the token, and streams', async () => {
    expect(await raw('/api/echo?word=hello', withToken())).toContain('{"heard":"hello"}')
    expect(await raw('/api/ticks', withToken())).toContain('event: tick\ndata: {"n":1}\n\n')
    expect(status(await raw('/api/none', withToken()))).toBe(404)
    expect(status(await raw('/api/constructor', withToken()))).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('takes no %s', async (method) => {
    expect(status(await raw('/', {}, method))).toBe(405)
    expect(status(await raw('/api/echo', withToken(), method))).toBe(405)
  })

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/..%5c..%5csecret.json',
    '//secret.json',
    '/link.json',
    '/.hidden.json',
    '/index.html%00.json',
    '/%',
    '/assets',
    '/nothing.js',
  ])('serves nothing outside its folder: %s', async (path) => {
    const answer = await raw(path)
    expect(status(answer)).toBe(404)
    expect(answer).not.toMatch(/outside|hidden"/)
  })

  it('lets built files be kept, and the page be asked for again', async () => {
    expect(await raw('/assets/a-12345678.js')).toContain('immutable')
    expect(await raw('/')).toContain('cache-control: no-cache')
  })

  it('says when its port is taken, and when there is no page', async () => {
    await expect(startStudio({ port: studio.port, folder: join(folder, 'page') })).rejects.toThrow(
      `port ${studio.port} is taken; give another by --port`,
    )
    await expect(startStudio({ port: 0, folder })).rejects.toThrow('not built')
  })
})

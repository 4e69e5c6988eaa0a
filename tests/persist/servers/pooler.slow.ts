import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../bench/persist/free-port.ts'
import { openStore } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

/** Debian's pgbouncer, or the one that PGBOUNCER names; undefined where there is none. */
const PGBOUNCER = [process.env.PGBOUNCER, '/usr/sbin/pgbouncer'].find((path) => path && existsSync(path))
if (!PGBOUNCER) console.log('No pgbouncer here: poolers are left out (apt-get install pgbouncer).')

const folder = mkdtempSync(join(tmpdir(), 'mingle-pooler-'))
let server: PostgresServer
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  if (PGBOUNCER) server = await startPostgres()
})
afterAll(async () => {
  for (const stop of stops) await stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A pooler before a database. @returns the URL that leads through it */
async function pooled(url: string, mode: 'transaction' | 'session' | 'statement'): Promise<string> {
  const port = await freePort()
  const { port: behind } = new URL(url)
  const file = join(folder, `${mode}.ini`)
  writeFileSync(join(folder, 'users'), '"postgres" "password"\n')
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'plain',
    auth_file: join(folder, 'users'),
    pool_mode: mode,
    ignore_startup_parameters: 'extra_float_digits',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(file, ['[databases]', `* = host=127.0.0.1 port=${behind}`, '[pgbouncer]', ...lines, ''].join('\n'))
  chmodSync(folder, 0o755)
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
  const program = spawn(PGBOUNCER!, ['-q', ...user, file], { stdio: 'ignore' })
  const ended = new Promise((resolve) => program.on('exit', resolve))
  stops.push(() => {
    program.kill('SIGINT')
    return ended
  })
  const through = url.replace(`:${behind}/`, `:${port}/`)
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: through })
    try {
      await client.connect()
      await client.end()
      return through
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

const run = async (url: string, writer: string) => {
  const store = await openStore(url, { writer, ...(writer === 'prisma' && { pauseMs: 0 }) })
  try {
    const { run } = await startRun(store, configFromSettings({ seed: writer, count: 10 }), 2, { workers: 0 })
    return (await store.verify(run.id)).difference
  } finally {
    await store.close()
  }
}

describe.skipIf(!PGBOUNCER)('pgbouncer', () => {
  it.each(['transaction', 'statement'] as const)(
    'that pools by %s is refused in words, whatever its URL says',
    async (mode) => {
      const url = await server.createDatabase()
      const through = await pooled(url, mode)
      for (const writer of ['bulk', 'prisma']) {
        await expect(run(through, writer)).rejects.toMatchObject({
          code: 'BAD_INPUT',
          message: expect.stringMatching(
            /is a pooler \(pgbouncer\) that changes sessions between transactions.*directUrl/,
          ),
        })
      }
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      const { rows } = await client.query("SELECT 1 FROM pg_class WHERE relname = 'seed_runs'")
      await client.end()
      expect(rows).toEqual([])
    },
  )

  it('that pools by session works', async () => {
    const through = await pooled(await server.createDatabase(), 'session')
    expect(await run(through, 'bulk')).toBeNull()
    expect(await run(through, 'prisma')).toBeNull()
  })
})

import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-faults-'))
const mingle = join(import.meta.dirname, '../../../dist/cli/mingle.js')
const TABLES = [
  'users',
  'profiles',
  'user_interests',
  'posts',
  'feed_seen',
  'likes',
  'matches',
  'messages',
  'seed_people',
]
const rng = makeRng('faults')

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

function command(args: readonly string[], file: string, writer: string): string[] {
  const gentle = writer === 'prisma' ? ['--writer', 'prisma'] : []
  return [mingle, ...args, '--run-seed', 'kill', '--database-url', `file:${file}`, ...gentle]
}

const RUN = ['run', '--count', '30', '--days', '8', '--start-date', '2024-01-01']

/** Starts the command and kills it at some instruction; returns whether it had ended by itself. */
function killed(args: readonly string[], afterMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

function rowsOf(file: string): Record<string, unknown[]> {
  const database = new Database(file)
  const rows = Object.fromEntries(
    TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all()]),
  )
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
  database.close()
  return rows
}

describe('a process that is killed', () => {
  it.each([
    ['bulk', 5],
    ['prisma', 4],
  ])('loses and doubles nothing: %s', async (writer, kills) => {
    const whole = join(folder, `${writer}-whole.db`)
    execFileSync(process.execPath, command(RUN, whole, 'bulk'), { stdio: 'ignore' })
    const file = join(folder, `${writer}-killed.db`)
    for (let i = 0; i < kills; i++) {
      const there = await exists(file)
      const ended = await killed(command(there ? ['resume'] : RUN, file, writer), 350 + rng.nextInt(900))
      if (ended) break
    }
    if (!(await finished(file))) {
      execFileSync(process.execPath, command((await exists(file)) ? ['resume'] : RUN, file, writer), {
        stdio: 'ignore',
      })
    }
    expect(rowsOf(file)).toEqual(rowsOf(whole))
    const store = await openStore(`file:${file}`)
    expect(await store.verify(1)).toMatchObject({ difference: null, foreignRows: {} })
    await store.close()
  })
})

async function exists(file: string): Promise<boolean> {
  const store = await openStore(`file:${file}`)
  const run = await store.findRun('kill')
  await store.close()
  return run !== null
}

async function finished(file: string): Promise<boolean> {
  const store = await openStore(`file:${file}`)
  const run = await store.findRun('kill')
  await store.close()
  return run?.status === 'finished'
}

describe('a server that cuts connections', () => {
  it.each(['bulk', 'prisma'])('does no harm: %s', async (writer) => {
    const urls = [await server.createDatabase(), await server.createDatabase()]
    const said: string[] = []
    for (const [i, url] of urls.entries()) {
      const store = await openStore(url!, {
        texts: TEXTS,
        writer,
        pauseMs: 0,
        onFault: (message) => said.push(message),
      })
      const { id } = await store.createRun(newRun('cut', 60, 10))
      let running = true
      const cutting = i === 0 ? Promise.resolve() : cut(url!, () => running)
      await store.writeProfiles(id, people(1, 60), true)
      const site = new MadeUpSite('cut', 60, 2, {
        posts: 20,
        seen: 400,
        likes: 90,
        views: 80,
        sessions: 30,
        messages: 40,
      })
      for (let day = 0; day < 10; day++) await store.writeDay(id, site.day(day), [], factDigests(day))
      running = false
      await cutting
      expect((await store.verify(id)).difference).toBeNull()
      await store.close()
    }
    expect(said.length).toBeGreaterThan(0)
    expect(said.join('')).not.toContain('password')
    for (const table of TABLES) {
      const [whole, cutOff] = await Promise.all(urls.map((url) => query(url!, `SELECT * FROM ${table} ORDER BY 1, 2`)))
      expect([table, cutOff]).toEqual([table, whole])
    }
  })
})

/** Ends the connections of the database, a dozen times. */
async function cut(url: string, running: () => boolean): Promise<void> {
  for (let times = 0; times < 12 && running(); times++) {
    await query(
      url,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    await new Promise((resolve) => setTimeout(resolve, 100 + rng.nextInt(400)))
  }
}

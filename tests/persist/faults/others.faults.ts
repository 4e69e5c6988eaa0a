import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRng } from '../../../sim/kernel/index.ts'
import { type PostgresServer, query, startPostgres } from '../postgres-server.ts'
import { type Ended, start, wait } from './program.ts'
import { postgresTarget, runIn, type Target, Targets, verified } from './targets.ts'

const RUN = ['run', '--count', '60', '--days', '25']
const WRITERS = [
  { kind: 'sqlite', writer: 'bulk', run: RUN },
  { kind: 'postgres', writer: 'bulk', run: RUN },
  { kind: 'sqlite', writer: 'prisma', run: ['run', '--count', '30', '--days', '4'] },
  { kind: 'postgres', writer: 'prisma', run: ['run', '--count', '30', '--days', '4'] },
] as const
type Place = (typeof WRITERS)[number]

let server: PostgresServer
let targets: Targets
const wholes = new Map<string, Promise<Awaited<ReturnType<Target['tables']>>>>()
beforeAll(async () => {
  server = await startPostgres()
  targets = new Targets(server)
})
afterAll(async () => {
  await server.stop()
  targets.remove()
})

/** What an uninterrupted run leaves. */
function whole({ kind, writer, run }: Place) {
  const name = `${kind} ${writer} ${run.join(' ')}`
  if (!wholes.has(name)) {
    const made = targets.make(kind, writer).then(async (target) => {
      succeeded(await start(target, run).ended)
      return target.tables()
    })
    wholes.set(name, made)
  }
  return wholes.get(name)!
}

function succeeded({ code, stderr }: Ended): void {
  expect(code, stderr).toBe(0)
  expect(stderr).not.toContain('password')
}

/** Resumes what is not finished, and compares with a run that nothing happened to. */
async function endsWell(target: Target, place: Place): Promise<void> {
  const there = await runIn(target)
  if (there?.status !== 'finished') succeeded(await start(target, there ? ['resume'] : place.run).ended)
  await verified(target)
  expect(await target.tables()).toEqual(await whole(place))
}

async function runUntil(target: Target, day: number): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 40) {
    if (((await runIn(target))?.lastDay ?? -1) >= day) return
    await wait(40)
  }
  throw new Error(`${target.url} did not reach day ${day}`)
}

describe.each(WRITERS)('$kind, $writer', (place) => {
  it('two processes on one run at once: one writes it, the other says so', async () => {
    const target = await targets.make(place.kind, place.writer)
    const first = start(target, place.run)
    await runUntil(target, 0)
    first.child.kill('SIGKILL')
    await first.ended
    const both = await Promise.all([start(target, ['resume']).ended, start(target, ['resume']).ended])
    expect(both.map(({ code }) => code)).toContain(0)
    for (const { code, stderr } of both) {
      if (code !== 0) expect(stderr).toMatch(/another process|being written by|is complete|is locked/)
    }
    await endsWell(target, place)
  })

  it('two processes that create the same run at once', async () => {
    const target = await targets.make(place.kind, place.writer)
    const both = await Promise.all([start(target, place.run).ended, start(target, place.run).ended])
    expect(
      both.map(({ code }) => code),
      both.map(({ stderr }) => stderr).join('\n'),
    ).toContain(0)
    for (const { stderr } of both) expect(stderr).not.toContain('not expected')
    await endsWell(target, place)
  })

  it('Ctrl-C twice', async () => {
    const target = await targets.make(place.kind, place.writer)
    const { child, ended } = start(target, place.run)
    await runUntil(target, 1)
    child.kill('SIGINT')
    await wait(3)
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect([0, 130], stderr).toContain(code)
    if (place.writer === 'bulk') await verified(target)
    await endsWell(target, place)
  })
})

describe.each(WRITERS.filter(({ kind }) => kind === 'postgres'))('PostgreSQL cuts connections: $writer', (place) => {
  it('and the run goes on by itself, or by resume', async () => {
    const rng = makeRng('cuts')
    const target = await targets.make(place.kind, place.writer)
    const { ended } = start(target, place.run)
    let running = true
    const cut = ended.then(() => {
      running = false
    })
    await runUntil(target, -1)
    for (let cuts = 0; cuts < 12 && running; cuts++) {
      await query(
        target.url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      await wait(60 + rng.nextInt(300))
    }
    await cut
    const { code, stderr } = await ended
    expect(stderr).not.toContain('password')
    // Only the days are tried again; a cut elsewhere ends the process.
    if (code === 0) expect(stderr).toContain('the connection was lost')
    await endsWell(target, place)
  })
})

describe('a locked SQLite database', () => {
  it.each(['bulk', 'prisma'] as const)('is waited for, then given up with a reason: %s', async (writer) => {
    const place = WRITERS.find((it) => it.kind === 'sqlite' && it.writer === writer)!
    const target = await targets.make('sqlite', writer)
    const { ended } = start(target, place.run)
    await runUntil(target, 0)
    const other = new Database(target.url.slice('file:'.length))
    other.exec('PRAGMA busy_timeout = 20000')
    other.exec('BEGIN IMMEDIATE')
    const { code, stderr } = await ended
    other.exec('ROLLBACK')
    other.close()
    if (code !== 0) {
      expect(code).toBe(1)
      expect(stderr).toMatch(/locked/)
      expect(stderr).not.toContain('not expected')
    }
    if (writer === 'bulk') await verified(target)
    await endsWell(target, place)
  })
})

describe.runIf(process.getuid?.() === 0 && process.platform === 'linux')('a disk that fills', () => {
  const mounted: string[] = []
  afterAll(() => {
    for (const folder of mounted) execFileSync('umount', ['-l', folder])
  })

  function disk(name: string, size: string): string | undefined {
    const folder = join(targets.folder, name)
    mkdirSync(folder)
    chmodSync(targets.folder, 0o755)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', folder], { stdio: 'ignore' })
    } catch {
      console.log('No file system can be mounted here: a full disk is tried by `ulimit -f` alone.')
      return undefined
    }
    mounted.push(folder)
    return folder
  }
  const grow = (folder: string) => execFileSync('mount', ['-o', 'remount,size=200m', folder])

  it.each(['bulk', 'prisma'] as const)('under SQLite: %s', async (writer) => {
    const place = WRITERS.find((it) => it.kind === 'sqlite' && it.writer === writer)!
    const folder = disk(`sqlite-${writer}`, writer === 'bulk' ? '2200k' : '420k')
    if (!folder) return
    const target = await targets.make('sqlite', writer, folder)
    const { code, stderr } = await start(target, place.run).ended
    expect(code, stderr).toBe(1)
    expect(stderr).toMatch(/make room|no room/)
    grow(folder)
    if (writer === 'bulk') await verified(target)
    await endsWell(target, place)
  })

  it('under PostgreSQL', async () => {
    const place = WRITERS[1]
    const folder = disk('postgres', '9m')
    if (!folder) return
    const admin = await server.createDatabase()
    const place1 = join(folder, 'space')
    mkdirSync(place1)
    execFileSync('chown', ['-R', 'postgres', folder])
    await query(admin, `CREATE TABLESPACE small LOCATION '${place1}'`)
    await query(admin, 'CREATE DATABASE small_site TABLESPACE small')
    const target = postgresTarget(admin.replace(/\/[^/]+$/, '/small_site'), [])
    const { code, stderr } = await start(target, place.run).ended
    expect(code, stderr).toBe(1)
    expect(stderr).toContain('make room')
    grow(folder)
    await verified(target)
    await endsWell(target, place)
    await query(admin, 'DROP DATABASE small_site')
    await query(admin, 'DROP TABLESPACE small')
  })
})

describe('a file that may not grow', () => {
  it('ends the run with a reason', async () => {
    const target = await targets.make('sqlite')
    const { code, stderr } = await start(target, RUN, 'ulimit -f 700').ended
    expect(code, stderr).toBe(1)
    expect(stderr).toMatch(/make room/)
    await verified(target)
    await endsWell(target, WRITERS[0])
  })
})

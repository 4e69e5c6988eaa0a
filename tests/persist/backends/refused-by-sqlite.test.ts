import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, describe, expect, it } from 'vitest'
import type { SqlPlace } from '../../../persist/database/statements.ts'
import { HostedBackend } from '../../../persist/mapping/backend/hosted-backend.ts'
import { PrismaBackend } from '../../../persist/prisma/prisma-backend.ts'
import { SqliteBackend } from '../../../persist/sqlite/sqlite-backend.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-refused-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Opened {
  readonly place: SqlPlace
  close(): Promise<void>
}

const OPEN: Readonly<Record<string, (path: string) => Promise<Opened>>> = {
  async bulk(path) {
    const backend = new SqliteBackend(path)
    return { place: backend, close: () => backend.close() }
  },
  async prisma(path) {
    const backend = await new PrismaBackend({ kind: 'sqlite', path }, `file:${path}`, { pauseMs: 0 }).connect()
    return { place: backend.statements, close: () => backend.close() }
  },
  async 'prisma under a mapping'(path) {
    const backend = await new HostedBackend({ kind: 'sqlite', path }, `file:${path}`, { pauseMs: 0 }).connect()
    return { place: backend, close: () => backend.close() }
  },
}

const WRITING = 'BEGIN IMMEDIATE; INSERT INTO t VALUES (1)'
const READING = 'BEGIN; CREATE TEMP TABLE seen AS SELECT * FROM t'

describe.each(Object.keys(OPEN))('a statement that SQLite refuses since another is at work: %s', (writer) => {
  it.each([
    ['WAL', WRITING],
    ['DELETE', WRITING],
    // Whoever reads keeps others from committing here.
    ['DELETE', READING],
  ])('keeps nobody out, and those after it are committed: journal_mode %s, %s', async (mode, locking) => {
    const path = join(folder, `${writer}-${mode}-${locking.length}.db`)
    const other = new Database(path)
    other.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE t (id INTEGER PRIMARY KEY)`)
    const { place, close } = await OPEN[writer]!(path)
    await place.query('PRAGMA busy_timeout = 0')
    other.exec(locking)
    await expect(place.execute('INSERT INTO t VALUES (?)', [2])).rejects.toThrow(/locked|SocketTimeout|timed out/i)
    other.exec('COMMIT')
    await place.execute('INSERT INTO t (id) VALUES (?)', [3])
    other.exec('INSERT INTO t VALUES (4)')
    const there = other.prepare('SELECT id FROM t WHERE id > 1 ORDER BY id').raw().all() as unknown as [number][]
    expect(there.flat()).toEqual([3, 4])
    await close()
    other.close()
  })

  it('a refused read keeps nobody out either', async () => {
    const path = join(folder, `${writer}-read.db`)
    const other = new Database(path)
    other.exec('CREATE TABLE t (id INTEGER PRIMARY KEY)')
    const { place, close } = await OPEN[writer]!(path)
    await place.query('PRAGMA busy_timeout = 0')
    other.exec('BEGIN EXCLUSIVE')
    await expect(place.query('SELECT id FROM t')).rejects.toThrow(/locked|SocketTimeout|timed out/i)
    other.exec('COMMIT')
    await place.execute('INSERT INTO t (id) VALUES (?)', [3])
    other.exec('INSERT INTO t VALUES (4)')
    expect(await place.query('SELECT id FROM t ORDER BY id')).toEqual([[3], [4]])
    await close()
    other.close()
  })

  it('is waited for ten seconds on every connection, and foreign keys are looked up by those of Prisma', async () => {
    const path = join(folder, `${writer}.db`)
    new Database(path).exec('CREATE TABLE t (id INTEGER PRIMARY KEY)')
    const { place, close } = await OPEN[writer]!(path)
    const asked = async (name: string) => Number((await place.query(`PRAGMA ${name}`))[0]![0])
    expect(await asked('busy_timeout')).toBe(10_000)
    expect(await asked('foreign_keys')).toBe(writer === 'bulk' ? 0 : 1)
    await close()
  })
})

import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { embeddedPostgres } from '../../../bench/persist/server.ts'

/** A real PostgreSQL of its own, out of a package, for the time of a test file. */
export interface PostgresServer {
  /** A fresh, empty database; returns its URL. */
  createDatabase(): Promise<string>
  /** Ends it as an administrator would ('fast'): sessions are cut off. */
  pause(): Promise<void>
  /** Starts it again on its data, after `pause` or a crash. */
  goOn(): Promise<void>
  stop(): Promise<void>
}

/**
 * @param folder where its data lies; by default a temporary folder
 * @param small whether its log grows in steps of 1 MB rather than 16, for a small disk
 * @param flags of the server, such as `-c ssl=on`
 */
export async function startPostgres(
  folder?: string,
  small = false,
  flags: readonly string[] = [],
): Promise<PostgresServer> {
  const own = folder ?? mkdtempSync(join(tmpdir(), 'mingle-pg-'))
  let alive = false
  const { server, port } = await embeddedPostgres(own, {
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', ...(small ? ['--wal-segsize=1'] : [])],
    postgresFlags: ['-c', 'fsync=off', ...(small ? ['-c', 'min_wal_size=2MB'] : ['-c', 'max_wal_size=4GB']), ...flags],
  })
  await server.initialise()
  const goOn = async () => {
    await server.start()
    alive = true
  }
  const pause = async () => {
    // A server that ended by itself, on a full disk, would be waited for for ever.
    const { process: child } = server as unknown as { process?: ChildProcess }
    if (alive && child?.exitCode === null && child.signalCode === null) await server.stop()
    alive = false
  }
  await goOn()
  let databases = 0
  return {
    async createDatabase() {
      const name = `site_${++databases}`
      await server.createDatabase(name)
      return `postgresql://postgres:password@127.0.0.1:${port}/${name}`
    },
    pause,
    goOn,
    async stop() {
      await pause()
      if (folder === undefined) rmSync(own, { recursive: true, force: true })
    },
  }
}

/** Rows of a statement as text, by a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const types = { getTypeParser: () => (value: string) => value }
    return (await client.query({ text: sql, types: types as never })).rows
  } finally {
    await client.end()
  }
}

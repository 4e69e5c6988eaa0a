import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import mariadb from 'mariadb'

/** The server of Debian's `mariadb-server-core`, or the one that MARIADBD names; undefined where there is none. */
export const MARIADBD = [process.env.MARIADBD, '/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd'].find(
  (path) => path && existsSync(path),
)

/** A real MariaDB of its own, for the time of a test file. */
export async function startMariadb(mariadbd: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-maria-'))
  const data = join(folder, 'data')
  const usr = dirname(dirname(mariadbd))
  const common = ['--no-defaults', `--datadir=${data}`, '--user=root']
  const libraries = `${usr}/lib/x86_64-linux-gnu:${usr}/../lib/x86_64-linux-gnu`
  const env = { ...process.env, LD_LIBRARY_PATH: libraries }
  const share = ['mysql', 'mariadb'].map((name) => join(usr, 'share', name)).find((path) => existsSync(path))!
  const tables = readFileSync(join(share, 'mysql_system_tables.sql'), 'utf8')
  mkdirSync(data)
  execFileSync(mariadbd, [...common, '--bootstrap', `--lc-messages-dir=${share}`, '--innodb-flush-method=nosync'], {
    env,
    input: `CREATE DATABASE mysql;\nUSE mysql;\n${tables}`,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const port = await freePort()
  const quick = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--skip-log-bin']
  const place = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`]
  const server = spawn(mariadbd, [...common, `--lc-messages-dir=${share}`, '--skip-grant-tables', ...quick, ...place], {
    env,
    stdio: 'ignore',
  })
  const open = (database?: string) =>
    mariadb.createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      database: database ?? 'mysql',
      dateStrings: true,
    })
  for (let tries = 0; ; tries++) {
    try {
      await (await open()).end()
      break
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  let databases = 0
  const query = async (database: string, sql: string): Promise<Record<string, unknown>[]> => {
    const connection = await open(database)
    try {
      return await connection.query(sql)
    } finally {
      await connection.end()
    }
  }
  return {
    async createDatabase(): Promise<{ url: string; name: string }> {
      const name = `site_${++databases}`
      await query('mysql', `CREATE DATABASE ${name}`)
      return { url: `mysql://mingle:password@127.0.0.1:${port}/${name}`, name }
    },
    query,
    async stop(): Promise<void> {
      const ended = new Promise((resolve) => server.on('exit', resolve))
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
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

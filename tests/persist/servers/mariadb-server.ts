import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import mariadb from 'mariadb'
import { freePort } from '../../../bench/persist/free-port.ts'

/** The server of Debian's `mariadb-server-core`, or the one that MARIADBD names; undefined where there is none. */
export const MARIADBD = [process.env.MARIADBD, '/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd'].find(
  (path) => path && existsSync(path),
)

/** The server of MySQL 8 or later that MYSQLD names (it may be a script that starts it); undefined where there is none. */
export const MYSQLD = [process.env.MYSQLD].find((path) => path && existsSync(path))

const PLACE = { host: '127.0.0.1', user: 'mingle', password: 'password' }

/** A real MariaDB or MySQL of its own, for the time of a test file. */
export async function startMariadb(program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mingle-maria-'))
  const port = await freePort()
  const isMysql = !execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' }).includes('MariaDB')
  const data = join(folder, 'data')
  const common = ['--no-defaults', `--datadir=${data}`, '--user=root', `--socket=${join(folder, 'socket')}`]
  const network = [`--port=${port}`, '--bind-address=127.0.0.1']
  // 2: what is committed survives the server, though not the machine.
  const quick = ['--innodb-flush-log-at-trx-commit=2', '--innodb-doublewrite=0', '--skip-log-bin']
  const run = isMysql ? initialiseMysql(program, common, folder) : initialiseMariadb(program, common, data)
  let server: ChildProcess
  const start = () => {
    const words = [...common, ...run.options, ...quick, ...network]
    server = spawn(program, words, { env: run.env, stdio: 'ignore' }).once('exit', (_, signal) => {
      if (signal !== 'SIGSEGV' && signal !== 'SIGABRT') return
      // Seen of 10.11, in a reset, once. A service is started again by whoever watches it, and so is this one.
      console.log(`${program} crashed (${signal}) and is started again`)
      start()
    })
  }
  start()
  const open = (database?: string) =>
    mariadb.createConnection({
      ...PLACE,
      port,
      database: database ?? 'mysql',
      dateStrings: true,
      // A second is short on a machine at work.
      connectTimeout: 30_000,
      allowPublicKeyRetrieval: true,
    })
  for (let tries = 0; ; tries++) {
    try {
      await (await open()).end()
      break
    } catch (error) {
      if (tries > 200) throw error
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
    /** From here on rights are looked at: `mingle` has all, and whoever else is made has what is granted. */
    async lookAtRights(): Promise<void> {
      const connection = await open()
      try {
        await connection.query('FLUSH PRIVILEGES')
        await connection.query(`CREATE USER ${PLACE.user}@'%' IDENTIFIED BY '${PLACE.password}'`)
        await connection.query(`GRANT ALL ON *.* TO ${PLACE.user}@'%' WITH GRANT OPTION`)
      } finally {
        await connection.end()
      }
    },
    async stop(): Promise<void> {
      // A pool closes some of its connections after it has said that it is closed; cut off, they would be an unhandled error.
      for (let tries = 0; tries < 30; tries++) {
        const sessions = await query('mysql', "SELECT 1 FROM information_schema.processlist WHERE command <> 'Daemon'")
        if (sessions.length <= 1) break
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      const ended = new Promise((resolve) => server.on('exit', resolve))
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes the system tables; anybody may then do anything. */
function initialiseMariadb(program: string, common: readonly string[], data: string) {
  const usr = dirname(dirname(program))
  const env = { ...process.env, LD_LIBRARY_PATH: `${usr}/lib/x86_64-linux-gnu:${usr}/../lib/x86_64-linux-gnu` }
  const share = ['mysql', 'mariadb'].map((name) => join(usr, 'share', name)).find((path) => existsSync(path))!
  const tables = readFileSync(join(share, 'mysql_system_tables.sql'), 'utf8')
  const options = [`--lc-messages-dir=${share}`]
  mkdirSync(data)
  execFileSync(program, [...common, '--bootstrap', ...options, '--innodb-flush-method=nosync'], {
    env,
    input: `CREATE DATABASE mysql;\nUSE mysql;\n${tables}`,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return { env, options: [...options, '--skip-grant-tables'] }
}

/** MySQL without grant tables would not listen, so the user is made. */
function initialiseMysql(program: string, common: readonly string[], folder: string) {
  const first = join(folder, 'first.sql')
  const { user, password } = PLACE
  writeFileSync(first, `CREATE USER ${user} IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO ${user};\n`)
  execFileSync(program, [...common, '--initialize-insecure'], { stdio: 'ignore' })
  return { env: process.env, options: [`--init-file=${first}`, '--mysqlx=OFF', '--secure-file-priv='] }
}

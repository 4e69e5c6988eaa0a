/**
 * node dist/bench/end-to-end/c-day.js [PEOPLE] [DAYS] [--rounds 3] [--pages 4096] [--other FILE]: a whole `mingle run` into
 * SQLite beside "C day", the floor: the finished file's rows copied by SQLite alone into the same schema, a day a transaction,
 * indexes live, with Mingle's settings. In turn; ratios within a round, and their middle. --other: the mingle.js of another
 * build, which runs in turn too.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import { Misuse, parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { measured, middle, ratio, type Taken } from './process.ts'
import { SETTINGS } from './settings.ts'

const SELF = resolve(import.meta.dirname, 'c-day.js')
const MINGLE = resolve(import.meta.dirname, '../../cli/mingle.js')
const USAGE = 'node dist/bench/end-to-end/c-day.js [PEOPLE] [DAYS] [--rounds 3] [--pages 4096|16384] [--other FILE]'

const LOOKUPS = ['interest_subjects', 'interests', 'quizzes', 'quiz_questions', 'quiz_options', 'seed_runs']

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(args, {
    ...{ rounds: { type: 'string' }, pages: { type: 'string' }, other: { type: 'string' } },
    ...{ copy: { type: 'string' }, into: { type: 'string' } },
  })
  const pages = whole('--pages', values.pages, 512, 4096)
  if (values.copy !== undefined && values.into !== undefined) return copyDays(values.copy, values.into, pages)
  if (words.length > 2) throw new Misuse(`'${words[2]}' is one word too many, expected 2`)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 90)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-c-day-'))
  const taken = { mingle: [] as Taken[], floor: [] as Taken[], other: [] as Taken[] }
  let [rows, digest] = [0, '']
  try {
    for (let round = 0; round < rounds; round++) {
      const file = join(folder, `${round}.db`)
      const run = (mingle: string, into: string, ...more: string[]) =>
        measured([
          ...[mingle, 'run', '--run-seed', 'demo-2024', '--count', `${people}`, '--days', `${days}`, '--json'],
          ...['--start-date', '2024-01-01', '--database-url', `file:${into}`, ...more],
        ])
      if (values.other !== undefined) taken.other.push(run(values.other, join(folder, `other-${round}.db`)))
      // The derived tables are no part of the floor.
      taken.mingle.push(run(MINGLE, file, '--skip-jobs'))
      taken.floor.push(
        measured([SELF, '--copy', file, '--into', join(folder, `copy-${round}.db`), '--pages', `${pages}`]),
      )
      ;[rows, digest] = totals(file)
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const name = `${people} people × ${days} days into SQLite`
  const show = (what: string, own: readonly Taken[]) =>
    report({
      name: `${name}: ${what}`,
      ...quarters(own.map(({ seconds }) => seconds)),
      ...{ unit: 's', method: `${rounds} rounds in turn, wall`, hash: digest, rows },
      'CPU s': middle(own.map(({ cpuSeconds }) => cpuSeconds)),
      'MB at most': Math.max(...own.map(({ megabytes }) => Math.round(megabytes))),
    })
  show('mingle run', taken.mingle)
  show(`C day, pages of ${pages}`, taken.floor)
  if (taken.other.length > 0) show('mingle run of the other build', taken.other)
  console.log(`mingle / C day: ${ratio(taken.mingle, taken.floor, 'seconds')} by the clock`)
  if (taken.other.length > 0) {
    const cpu = ratio(taken.mingle, taken.other, 'cpuSeconds')
    console.log(`mingle / other build: ${ratio(taken.mingle, taken.other, 'seconds')} by the clock, ${cpu} by CPU`)
  }
})

function totals(file: string): [number, string] {
  const database = new Database(file)
  const [digest] = database.prepare('SELECT digest FROM seed_runs').raw().get() as [string]
  const [rows] = database.prepare('SELECT sum(rows) FROM seed_run_days').raw().get() as [number]
  database.close()
  return [rows, digest]
}

/** "C day": the rows of a finished run, a transaction each as the run wrote them. */
function copyDays(from: string, into: string, pages: number): void {
  const database = new Database(into)
  for (const setting of [`page_size = ${pages}`, 'journal_mode = WAL']) database.exec(`PRAGMA ${setting}`)
  for (const setting of SETTINGS) database.exec(`PRAGMA ${setting}`)
  database.exec(`ATTACH '${from.replaceAll("'", "''")}' AS src`)
  const schema = database
    .prepare("SELECT sql FROM src.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC")
    .raw()
    .all() as [string][]
  database.exec('BEGIN')
  for (const [sql] of schema) database.exec(sql)
  for (const table of LOOKUPS) database.exec(`INSERT INTO main.${table} SELECT * FROM src.${table}`)
  database.exec('COMMIT')
  const steps = database
    .prepare(
      'SELECT day, chunk, table_name, first_id, last_id FROM src.seed_run_days WHERE rows > 0 ORDER BY day, chunk = 0, chunk',
    )
    .raw()
    .all() as [number, number, string, number, number][]
  let open = ''
  for (const [day, chunk, table, first, last] of steps) {
    if (open !== `${day} ${chunk}`) database.exec(open === '' ? 'BEGIN' : 'COMMIT; BEGIN')
    open = `${day} ${chunk}`
    const names = database.prepare('SELECT name FROM pragma_table_info(?)').raw().all(table).flat() as string[]
    const columns = names.map((name) => `"${name}"`).join(', ')
    const key = names.includes('id') ? 'id' : 'user_id'
    database.exec(
      `INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM src.${table} WHERE ${key} BETWEEN ${first} AND ${last}`,
    )
  }
  database.exec('COMMIT')
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

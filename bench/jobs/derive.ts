/**
 * node dist/bench/jobs/derive.js [PEOPLE] [DAYS]: all jobs over a run in SQLite, beside the time in which its days were
 * written. The run is made by a process of its own, so that the memory told is that of the jobs alone. Single shot, wall.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath, resourceUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { runJobs } from '../../jobs/index.ts'
import { DERIVED, DERIVED_TABLES } from '../../persist/index.ts'
import { parse, program, whole } from '../options.ts'
import { report } from '../record.ts'

const CLI = fileURLToPath(new URL('../../cli/mingle.js', import.meta.url))

await program(import.meta.url, 'node dist/bench/jobs/derive.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 30)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
  const file = join(folder, 'mingle.db')
  try {
    const run = ['--run-seed', 'bench', '--count', String(people), '--days', String(days), '--skip-jobs', '--json']
    const made = spawnSync(execPath, [CLI, 'run', ...run, '--snapshot-dir', 'off', '--database-url', `file:${file}`], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    if (made.status !== 0) throw new Error(made.stderr)
    const writing = (JSON.parse(made.stdout) as { seconds: { days: number } }).seconds.days
    const { seconds, jobs } = await runJobs(`file:${file}`)
    const rows = jobs.reduce((sum, job) => sum + job.rows, 0)
    const each = (seconds * 1e9) / rows
    report({
      name: `all jobs, ${people} people × ${days} days in SQLite`,
      value: each,
      low: each,
      high: each,
      unit: 'ns/row',
      method: 'single shot, wall',
      rows,
      seconds: seconds.toFixed(2),
      'days took': writing.toFixed(2),
      'of the days': (seconds / writing).toFixed(2),
      'peak MB': Math.round(resourceUsage().maxRSS / 1024),
      ...Object.fromEntries(jobs.map((job) => [job.job, `${job.seconds.toFixed(2)}s`])),
      hash: digestOf(file),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Over every derived row in the order of its key. */
function digestOf(file: string): string {
  const database = new Database(file, { readonly: true })
  const hash = createHash('sha256')
  for (const table of DERIVED_TABLES) {
    const statement = database.prepare(`SELECT * FROM ${table} ORDER BY ${DERIVED[table].order.join(', ')}`)
    for (const row of statement.raw().iterate() as Iterable<unknown[]>) hash.update(JSON.stringify(row))
  }
  database.close()
  return hash.digest('hex').slice(0, 16)
}

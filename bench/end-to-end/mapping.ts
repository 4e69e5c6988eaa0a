/**
 * node dist/bench/end-to-end/mapping.js [PEOPLE] [DAYS] [--rounds 3]: the main job into SQLite under each mapping of
 * tests/fixtures/schemas that stands for a kind of site, beside the reference schema, each in its own process, in turn: processor
 * time of the run a row, and the middle of the ratios within a round. What comes before it is left out: the fixtures' tables are
 * made, and their configurations compiled with Mingle's own sources, which no site does. Beside each what SQLite alone takes for a row of the finished file,
 * copied into the site's own tables with their keys and indexes, DAYS transactions: a site with text keys gives it more to do.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import { quoted } from '../../persist/identifiers.ts'
import { planOn, prepareFile } from '../../tests/persist/mapping/site.ts'
import { parse, program, whole } from '../options.ts'
import { quarters, report } from '../record.ts'
import { measured, middle } from './process.ts'
import { SETTINGS } from './settings.ts'
import { writeRun } from './write.ts'

const SELF = resolve(import.meta.dirname, 'mapping.js')
const USAGE = 'node dist/bench/end-to-end/mapping.js [PEOPLE] [DAYS] [--rounds 3]'
const SITES = ['reference', 'snake', 'swipes', 'weird'] as const

await program(import.meta.url, USAGE, async (args) => {
  const { values, words } = parse(
    args,
    { rounds: { type: 'string' }, one: { type: 'string' }, into: { type: 'string' }, copy: { type: 'string' } },
    2,
  )
  const people = whole('PEOPLE', words[0], 1, 1_000)
  const days = whole('DAYS', words[1], 1, 30)
  const rounds = whole('--rounds', values.rounds, 1, 3)
  if (values.copy !== undefined && values.into !== undefined) return copySlices(values.copy, values.into, days)
  if (values.one !== undefined && values.into !== undefined) {
    await write(values.one, values.into, people, days)
    return
  }
  const taken = new Map<string, { cpu: number[]; floor: number[]; rows: number; digest: string }>()
  for (let round = 0; round < rounds; round++) {
    for (const site of round % 2 === 0 ? SITES : SITES.toReversed()) {
      const folder = mkdtempSync(join(tmpdir(), 'mingle-mapping-'))
      try {
        measured([SELF, `${people}`, `${days}`, '--one', site, '--into', folder])
        const copy = measured([
          ...[SELF, `${people}`, `${days}`, '--copy', join(folder, 'site.db'), '--into', join(folder, 'copy.db')],
        ])
        const { total, digest, cpuSeconds } = JSON.parse(readFileSync(join(folder, 'written.json'), 'utf8'))
        const own = taken.get(site) ?? { cpu: [], floor: [], rows: total, digest }
        own.cpu[round] = (cpuSeconds / total) * 1e9
        own.floor[round] = (copy.cpuSeconds / total) * 1e9
        taken.set(site, own)
      } finally {
        rmSync(folder, { recursive: true })
      }
    }
  }
  for (const [site, { cpu, floor, rows, digest }] of taken) {
    report({
      name: `${people} people × ${days} days into SQLite, ${site}`,
      ...quarters(cpu),
      ...{ unit: 'ns/row', method: `${rounds} rounds in turn, CPU of the run`, hash: digest, rows },
      'SQLite alone, ns/row': middle(floor),
    })
  }
  const reference = taken.get('reference')!.cpu
  const over = (site: string, of: readonly number[]) => middle(taken.get(site)!.cpu.map((ns, i) => ns / of[i]!))
  for (const site of SITES.slice(1)) {
    const { floor } = taken.get(site)!
    console.log(
      `${site}: by CPU a row ${over(site, reference)} times the reference, ${over(site, floor)} times SQLite alone`,
    )
  }
})

async function write(site: string, folder: string, people: number, days: number): Promise<void> {
  const file = join(folder, 'site.db')
  const url = `file:${file}`
  let written: Awaited<ReturnType<typeof writeRun>>
  if (site === 'reference') written = await writeRun(url, people, days, 1)
  else {
    await prepareFile(file, site)
    written = await writeRun(url, people, days, 1, { mapping: await planOn('sqlite', site), intoExisting: true })
  }
  writeFileSync(join(folder, 'written.json'), JSON.stringify(written))
}

/** The rows of a finished file, copied by SQLite alone into the same tables: in the order in which they lie, so many at a time as days. */
function copySlices(from: string, into: string, days: number): void {
  const source = new Database(from, { readonly: true })
  const [pages] = source.prepare('PRAGMA page_size').raw().get() as [number]
  // A site's file keeps the journal that it had.
  const [journal] = source.prepare('PRAGMA journal_mode').raw().get() as [string]
  source.close()
  const database = new Database(into)
  for (const setting of [`page_size = ${pages}`, `journal_mode = ${journal}`, ...SETTINGS])
    database.exec(`PRAGMA ${setting}`)
  database.exec(`ATTACH '${from.replaceAll("'", "''")}' AS src`)
  const made = database
    .prepare("SELECT sql FROM src.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC")
    .raw()
    .all() as [string][]
  for (const [sql] of made) database.exec(sql)
  const names = database
    .prepare("SELECT name FROM src.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .raw()
    .all() as [string][]
  const tables = names.map(([name]) => {
    const [most] = database
      .prepare(`SELECT coalesce(max(rowid), 0) FROM src.${quoted(name)}`)
      .raw()
      .get() as [number]
    return { name, most }
  })
  for (let day = 0; day < days; day++) {
    database.exec('BEGIN')
    for (const { name, most } of tables) {
      const [first, last] = [Math.floor((most * day) / days), Math.floor((most * (day + 1)) / days)]
      database.exec(
        `INSERT INTO main.${quoted(name)} SELECT * FROM src.${quoted(name)} WHERE rowid > ${first} AND rowid <= ${last}`,
      )
    }
    database.exec('COMMIT')
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

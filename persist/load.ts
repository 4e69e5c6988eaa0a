import { badInput, MingleError } from '../sim/kernel/index.ts'
import type { TableBatch, TableShape } from './batch.ts'
import type { Backend } from './database/backend.ts'
import { FilesBackend } from './files/files-backend.ts'
import { LEDGER } from './ledger/tables.ts'
import { openBackend, type StoreOptions } from './open.ts'
import { refuseProduction } from './production.ts'
import { batchOf } from './rows/read.ts'
import { LOOKUPS, TABLE_NAMES, TABLES } from './rows/tables.ts'

/** Rows of the ledger at once. */
const LEDGER_ROWS = 20_000

export interface Loaded {
  readonly seeds: readonly string[]
  /** Rows by table; the ledger's own tables are not counted. */
  readonly rows: Readonly<Record<string, number>>
}

/** @param table which is being loaded  @param rows loaded so far, of how many */
export type LoadListener = (table: string, rows: number, of: number) => void

/**
 * Brings the runs of a folder of files into an empty database, with the ids that they have: rows, lookup rows and ledger, in one
 * transaction. The runs go on there.
 *
 * @throws MingleError BAD_INPUT when the folder holds no run, or the database holds rows
 */
export async function loadFolder(
  from: string,
  to: string,
  options: Pick<StoreOptions, 'allowProduction'> = {},
  told: LoadListener = () => {},
): Promise<Loaded> {
  const source = await openBackend(from)
  const target = await openBackend(to)
  try {
    if (!(source instanceof FilesBackend))
      throw badInput(
        `'${source.url}' is no folder of files: expected parquet:./folder, ndjson:./folder or csv:./folder`,
      )
    if (target instanceof FilesBackend || !target.transactional || !/^(file|postgres|mysql|mariadb)/i.test(to)) {
      throw badInput(
        `files are loaded into a database, not into '${target.url}': expected postgresql://, mysql:// or file:`,
      )
    }
    refuseProduction(to, options.allowProduction ?? false)
    if (!(await source.exists())) throw badInput(`there is no run of Mingle in ${source.url}; 'mingle run' starts one`)
    await source.prepare()
    const runs = source.rows('seed_runs')
    await target.prepare()
    await refuseRows(target)
    await target.begin()
    try {
      const rows = await copyRows(source, target, told)
      await target.commit()
      return { seeds: runs.map(({ seed }) => String(seed)), rows }
    } catch (error) {
      await target.rollback()
      throw error instanceof MingleError ? error : (target.explain?.(error) ?? error)
    }
  } finally {
    await source.close()
    await target.close()
  }
}

async function refuseRows(target: Backend): Promise<void> {
  for (const table of [
    'seed_runs',
    ...TABLE_NAMES,
    ...Object.keys(LOOKUPS).filter((name) => name !== 'interest_dirty'),
  ]) {
    if ((await target.count(table)) === 0) continue
    throw badInput(
      `${target.url} holds rows in ${table}; files are loaded with the ids that they have, so into an empty database. Name another, or empty it`,
    )
  }
}

async function copyRows(source: FilesBackend, target: Backend, told: LoadListener): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of TABLE_NAMES) counts[table] = await source.count(table)
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  let done = 0
  for (const shape of Object.values(LOOKUPS) as TableShape[]) await copyTable(source, target, shape)
  const lastIds: Record<string, number> = {}
  for (const table of TABLE_NAMES) {
    const shape: TableShape = TABLES[table]
    if (shape.key === 'id') lastIds[table] = await source.greatestId(table)
  }
  await target.advanceSequences(lastIds)
  for (const table of TABLE_NAMES) {
    for await (const batch of source.read({ shape: TABLES[table], first: 0, last: Number.MAX_SAFE_INTEGER })) {
      await target.insert(batch)
      done += batch.rows
      told(table, done, all)
    }
  }
  for (const shape of Object.values(LEDGER)) await copyTable(source, target, shape)
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** Of the tables that the manifest holds: a row an object. */
async function copyTable(source: FilesBackend, target: Backend, shape: TableShape): Promise<void> {
  const rows = source.rows(shape.table)
  const names = Object.keys(shape.columns)
  for (let at = 0; at < rows.length; at += LEDGER_ROWS) {
    const part = rows.slice(at, at + LEDGER_ROWS)
    const batch: TableBatch = batchOf(
      shape,
      part.map((row) => names.map((name) => row[name] ?? null)),
    )
    await target.insert(batch)
  }
}

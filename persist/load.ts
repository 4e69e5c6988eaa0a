import { badInput, MingleError } from '../sim/kernel/index.ts'
import type { TableBatch, TableShape } from './batch.ts'
import type { Backend } from './database/backend.ts'
import { isFault, isLocked, plainWords } from './database/retry.ts'
import { FilesBackend } from './files/files-backend.ts'
import { LEDGER } from './ledger/tables.ts'
import type { Row } from './memory/row.ts'
import { openBackend, type StoreOptions } from './open.ts'
import { createOwnTables, type OwnTable, ownTablesOf, shapeOfOwn } from './own/index.ts'
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
  const target = await openBackend(to).catch(async (error) => {
    await source.close()
    throw error
  })
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
    refuseUnwritten(runs, source.url)
    const own = ownOf(source)
    await target.prepare()
    await createOwnTables(target, own)
    const shapes = [...TABLE_NAMES.map((table): TableShape => TABLES[table]), ...own.map(shapeOfOwn)]
    await refuseRows(target, shapes)
    await target.begin()
    try {
      const rows = await copyRows(source, target, shapes, told)
      await target.commit()
      return { seeds: runs.map(({ seed }) => String(seed)), rows }
    } catch (error) {
      await target.rollback()
      throw explained(target, error)
    }
  } finally {
    await source.close()
    await target.close()
  }
}

/** Of one transaction nothing is left. */
function explained(target: Backend, error: unknown): unknown {
  if (isFault(target, error) && !isLocked(error)) {
    const words = `${target.url} does not answer any more (${plainWords((error as Error).message)}); nothing was loaded: load again when it does`
    return Object.assign(new MingleError('CONNECTION_LOST', words), { cause: error })
  }
  return error instanceof MingleError ? error : (target.explain?.(error) ?? error)
}

/** Rows of tasks are in the ledger when all are there, and those of others would not be found there again. */
function refuseUnwritten(runs: readonly Row[], url: string): void {
  const open = runs.find(({ status, profiles_through }) => status === 'profiles' && profiles_through === 0)
  if (!open) return
  throw badInput(
    `run '${open.seed}' in ${url} is not finished: the ledger has no rows of it yet. Finish it where it is ('mingle plan finish', or 'mingle resume' with this --database-url), then load`,
  )
}

async function refuseRows(target: Backend, shapes: readonly TableShape[]): Promise<void> {
  for (const table of [
    'seed_runs',
    ...shapes.map(({ table }) => table),
    ...Object.keys(LOOKUPS).filter((name) => name !== 'interest_dirty'),
  ]) {
    if ((await target.count(table)) === 0) continue
    throw badInput(
      `${target.url} holds rows in ${table}; files are loaded with the ids that they have, so into an empty database. Name another, or empty it`,
    )
  }
}

async function copyRows(
  source: FilesBackend,
  target: Backend,
  shapes: readonly TableShape[],
  told: LoadListener,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table } of shapes) counts[table] = await source.count(table)
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  let done = 0
  for (const shape of Object.values(LOOKUPS) as TableShape[]) await copyTable(source, target, shape)
  const lastIds: Record<string, number> = {}
  for (const { table, key } of shapes) if (key === 'id') lastIds[table] = await source.greatestId(table)
  await target.advanceSequences(lastIds)
  for (const shape of shapes) {
    for await (const batch of source.read({ shape, first: 0, last: Number.MAX_SAFE_INTEGER })) {
      await target.insert(batch)
      done += batch.rows
      told(shape.table, done, all)
    }
  }
  for (const shape of Object.values(LEDGER)) await copyTable(source, target, shape)
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** Tables of the extensions of a folder's runs, each once. */
function ownOf(source: FilesBackend): OwnTable[] {
  const first = source.rows('seed_run_segments').filter(({ position }) => position === 0)
  const tables = first.flatMap(({ inputs }) => ownTablesOf(String(inputs)))
  return [...new Map(tables.map((own) => [own.table, own])).values()]
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

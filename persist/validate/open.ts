import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { badInput } from '../../sim/kernel/index.ts'
import { LIMITS, type Limits } from '../../sim/observe/index.ts'
import type { RunChoice } from '../run-choice.ts'
import { parseDatabaseUrl, redactUrl } from '../url.ts'
import type { Provider, SqlClient } from './sql.ts'
import { type Validation, validateRun } from './validate.ts'

export interface Client extends SqlClient {
  $disconnect(): Promise<void>
}

/**
 * `validateRun` on the database that a URL names, through the Prisma client of its provider.
 *
 * @param choice the run; may be left out when the database holds one
 * @throws {MingleError} BAD_INPUT when there is no such database or run, or no SQL in it
 */
export async function validateDatabase(url: string, choice?: RunChoice, limits: Limits = LIMITS): Promise<Validation> {
  const { kind } = parseDatabaseUrl(url)
  if (kind === 'parquet' || kind === 'ndjson' || kind === 'csv') return validateFiles(url, choice, limits)
  const { client, provider } = await connect(url)
  try {
    if (!(await hasLedger(client, provider))) throw noRun(url)
    return await validateRun(client, provider, choice, limits)
  } finally {
    await client.$disconnect()
  }
}

/** Files are asked by SQL too: in a database of their own, which goes when they have been. */
async function validateFiles(url: string, choice: RunChoice, limits: Limits): Promise<Validation> {
  const folder = await mkdtemp(join(tmpdir(), 'mingle-validate-'))
  try {
    const database = `file:${join(folder, 'loaded.db')}`
    await (await import('../load.ts')).loadFolder(url, database)
    return await validateDatabase(database, choice, limits)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In the words of `openStore`. */
export function noRun(url: string): Error {
  return badInput(`there is no run of Mingle in ${redactUrl(url)}; 'mingle run' starts one`)
}

export async function connect(url: string): Promise<{ client: Client; provider: Provider }> {
  const database = parseDatabaseUrl(url)
  switch (database.kind) {
    case 'sqlite': {
      // Opening a file that is not there would make one.
      if (!existsSync(database.path)) throw noRun(url)
      const { sqliteAdapter } = await import('../sqlite/adapter.ts')
      const { PrismaClient } = await import('../generated/sqlite/client.ts')
      const adapter = sqliteAdapter(database.path)
      return { client: new PrismaClient({ adapter }), provider: database.kind }
    }
    case 'postgresql': {
      const { refuseHiddenPooler } = await import('../postgres/connection.ts')
      const { prismaAdapter } = await import('../postgres/adapter.ts')
      const { settledUrl } = await import('../postgres/tls.ts')
      const { PrismaClient } = await import('../generated/postgresql/client.ts')
      const settled = await settledUrl(database.url)
      await refuseHiddenPooler(settled)
      const adapter = prismaAdapter(settled, 4)
      return { client: new PrismaClient({ adapter }), provider: database.kind }
    }
    case 'mysql': {
      const { PrismaMariaDb } = await import('@prisma/adapter-mariadb')
      const { PrismaClient } = await import('../generated/mysql/client.ts')
      const { poolUrl } = await import('../mysql/connection.ts')
      return {
        client: new PrismaClient({ adapter: new PrismaMariaDb(poolUrl(database.url).href) }),
        provider: database.kind,
      }
    }
    default:
      throw badInput(`'${redactUrl(url)}' holds no SQL database to validate; run into file:./mingle.db or PostgreSQL`)
  }
}

async function hasLedger(client: SqlClient, provider: Provider): Promise<boolean> {
  const scope = provider === 'postgresql' ? 'current_schema()' : 'database()'
  const query =
    provider === 'sqlite'
      ? `SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'seed_runs'`
      : `SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = ${scope} AND table_name = 'seed_runs'`
  const [row] = await client.$queryRawUnsafe<{ n: unknown }[]>(query)
  return Number(row?.n) > 0
}

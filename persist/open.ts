import { badInput } from '../sim/kernel/index.ts'
import type { Backend } from './database/backend.ts'
import type { RowSources } from './database/run-state.ts'
import { GuardedStore } from './guarded-store.ts'
import type { Plan } from './mapping/index.ts'
import { MemoryBackend } from './memory/memory-backend.ts'
import { NoneBackend } from './memory/none-backend.ts'
import type { Texts } from './rows/day.ts'
import { type PictureSource, picsum } from './rows/media.ts'
import { withoutSecrets } from './secrets.ts'
import type { RunStore } from './store.ts'
import { CONTENT_TEXTS } from './texts.ts'
import { type DatabaseUrl, parseDatabaseUrl } from './url.ts'

export interface StoreOptions {
  /** False: the database must hold Mingle's ledger already; default true. */
  readonly create?: boolean
  /** `bulk` (the default where the database has one) or `prisma` (plain `createMany`, in batches with a pause). */
  readonly writer?: string
  /** `prisma` writer: rows per `createMany`; by default the plan's size for each table. */
  readonly batchSize?: number
  /** `prisma` writer: milliseconds between two batches, default 20. */
  readonly pauseMs?: number
  /** Told when a connection was lost and the work is tried again; by default a line on stderr. */
  readonly onFault?: (message: string) => void
  /** Whether a first run may be written beside rows that no run of Mingle made; default false. */
  readonly intoExisting?: boolean
  /** PostgreSQL: whether the tables of days are kept by day (`mingle run --partition`); default: when a run is large. */
  readonly partition?: boolean | undefined
  /** Whether to write even where this looks like production; default false. Places that keep nothing are never asked. */
  readonly allowProduction?: boolean
  /** Where pictures lie; default picsum.photos. */
  readonly pictures?: PictureSource
  /** The words of posts and messages; default the content folder's. */
  readonly texts?: Texts
  /** The user's own models, which the rows are for; default: the reference schema. */
  readonly mapping?: Plan
}

/**
 * Opens the database that a URL names. Nothing is created or written before `createRun`.
 * @throws MingleError BAD_INPUT when the URL or the writer is none that Mingle knows
 */
export async function openStore(databaseUrl: string, options: StoreOptions = {}): Promise<RunStore> {
  const { onFault = (message: string) => process.stderr.write(`${message}\n`) } = options
  const sources: RowSources = {
    pictures: options.pictures ?? picsum,
    texts: options.texts ?? CONTENT_TEXTS,
    onFault: (message) => onFault(withoutSecrets(message, [databaseUrl])),
  }
  const opened = await openBackend(databaseUrl, { ...options, onFault: sources.onFault })
  const backend = await fitting(opened, options).catch(async (error) => {
    // A bucket has a folder on this machine, a server a connection.
    await opened.close()
    throw error
  })
  const { allowProduction = false, intoExisting = false } = options
  const kept = !(opened instanceof NoneBackend) && !/^memory:/i.test(databaseUrl)
  return new GuardedStore(backend, sources, {
    database: databaseUrl,
    allowProduction: allowProduction || !kept,
    intoExisting,
    partition: options.partition,
    mapped: backend !== opened,
  })
}

/** What was opened, as the options want it. @throws MingleError BAD_INPUT when it is not what they ask for */
async function fitting(opened: Backend, { mapping, partition, create }: StoreOptions): Promise<Backend> {
  const backend = mapping && !(opened instanceof NoneBackend) ? await mapped(opened, mapping) : opened
  if (partition === true && !('partition' in backend && backend.partition)) {
    throw badInput(
      `--partition on is for the reference schema in PostgreSQL with its usual writer, not for ${backend.url}; leave it out`,
    )
  }
  if (create === false && !(await backend.exists())) {
    throw badInput(`there is no run of Mingle in ${backend.url}; 'mingle run' starts one`)
  }
  return backend
}

async function mapped(backend: Backend, plan: Plan): Promise<Backend> {
  const { mapOnto } = await import('./mapping/index.ts')
  return mapOnto(backend, plan)
}

/** Where the URL leaves it to the server whether the connection is encrypted, as it answers; no pooler of transactions. */
async function settled(url: DatabaseUrl): Promise<DatabaseUrl> {
  if (url.kind !== 'postgresql') return url
  const { settledUrl } = await import('./postgres/tls.ts')
  const { refuseHiddenPooler } = await import('./postgres/connection.ts')
  const told = await settledUrl(url.url)
  await refuseHiddenPooler(told)
  return { ...url, url: told }
}

/** A place that keeps tables, without a store over it. */
export async function openBackend(databaseUrl: string, options: StoreOptions = {}): Promise<Backend> {
  const { mapping } = options
  const given = await settled(parseDatabaseUrl(databaseUrl))
  const url = mapping ? (await import('./mapping/index.ts')).inLedgersSchema(given, mapping.metadata) : given
  const { writer = 'bulk' } = options
  if (writer !== 'bulk' && writer !== 'prisma') {
    throw badInput(`there is no writer '${writer}': expected 'bulk' or 'prisma'`)
  }
  if (writer === 'prisma') {
    if (url.kind !== 'sqlite' && url.kind !== 'postgresql' && url.kind !== 'mysql') {
      throw badInput(`the 'prisma' writer writes to databases, not to '${url.kind}:'`)
    }
    if (mapping) {
      const { HostedBackend } = await import('./mapping/backend/hosted-backend.ts')
      return new HostedBackend(url, databaseUrl, options).connect()
    }
    const { PrismaBackend } = await import('./prisma/prisma-backend.ts')
    return new PrismaBackend(url, databaseUrl, options).connect()
  }
  switch (url.kind) {
    case 'mysql': {
      const { MysqlBackend } = await import('./mysql/mysql-backend.ts')
      return new MysqlBackend({ kind: url.kind, url: url.url }).connect()
    }
    case 'sqlite': {
      const { SqliteBackend } = await import('./sqlite/sqlite-backend.ts')
      return new SqliteBackend(url.path)
    }
    case 'postgresql': {
      const { PostgresBackend } = await import('./postgres/postgres-backend.ts')
      return new PostgresBackend(url.url)
    }
    case 'memory':
      return new MemoryBackend()
    case 'none':
      return new NoneBackend()
    default: {
      if (/^s3:/i.test(url.path)) {
        const { BucketBackend } = await import('./files/bucket-backend.ts')
        return BucketBackend.open(url.path, url.kind)
      }
      const { FilesBackend } = await import('./files/files-backend.ts')
      return new FilesBackend(url.path, url.kind)
    }
  }
}

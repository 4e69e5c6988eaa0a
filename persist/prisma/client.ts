import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import type { Provider } from '../migrate/folder.ts'
import { prismaAdapter } from '../postgres/connection.ts'
import type { DatabaseUrl } from '../url.ts'

/** The typed client of any provider, by SQLite's types; ids are bigint in the others. */
export type AnyClient = PrismaClient
export type ClaimClient = Pick<AnyClient, 'seedRun'>

export interface Connected {
  readonly provider: Provider
  readonly client: AnyClient
  /** For the schema engine, where it knows the provider. */
  readonly factory: SqlMigrationAwareDriverAdapterFactory | undefined
}

/** A typed client for a URL; it connects with its first query. */
export async function connectPrisma(url: DatabaseUrl): Promise<Connected> {
  switch (url.kind) {
    case 'sqlite': {
      const { PrismaLibSql } = await import('@prisma/adapter-libsql')
      const { PrismaClient } = await import('../generated/sqlite/client.ts')
      const factory = new PrismaLibSql({ url: pathToFileURL(resolve(url.path)).href })
      return { provider: 'sqlite', client: new PrismaClient({ adapter: factory }), factory }
    }
    case 'postgresql': {
      const { PrismaClient } = await import('../generated/postgresql/client.ts')
      const factory = prismaAdapter(url.url, 4)
      return { provider: 'postgresql', client: new PrismaClient({ adapter: factory }) as unknown as AnyClient, factory }
    }
    case 'mysql': {
      const { PrismaMariaDb } = await import('@prisma/adapter-mariadb')
      const { PrismaClient } = await import('../generated/mysql/client.ts')
      const adapter = new PrismaMariaDb(url.url.replace(/^mysql:/, 'mariadb:'))
      const client = new PrismaClient({ adapter }) as unknown as AnyClient
      return { provider: 'mysql', client, factory: undefined }
    }
    default:
      throw new Error(`Prisma does not connect to '${url.kind}:'`)
  }
}

import type { PrismaClient } from '../generated/sqlite/client.ts'
import { migrate } from '../migrate/apply.ts'
import type { Provider } from '../migrate/folder.ts'
import { loneAdapter, prismaAdapter } from '../postgres/adapter.ts'
import type { DatabaseUrl } from '../url.ts'

/** The typed client of any provider, by SQLite's types; ids are bigint in the others. */
export type AnyClient = PrismaClient
export type ClaimClient = Pick<AnyClient, 'seedRun'>

export interface Connected {
  readonly provider: Provider
  readonly client: AnyClient
  /** Brings the tables up to date, by connections of its own. */
  migrate(): Promise<unknown>
}

/** A typed client for a URL; it connects with its first query. @param shown the URL without its password */
export async function connectPrisma(url: DatabaseUrl, shown: string): Promise<Connected> {
  switch (url.kind) {
    case 'sqlite': {
      const { sqliteAdapter } = await import('../sqlite/adapter.ts')
      const { PrismaClient } = await import('../generated/sqlite/client.ts')
      const client = new PrismaClient({ adapter: sqliteAdapter(url.path) })
      return { provider: 'sqlite', client, migrate: () => migrate('sqlite', sqliteAdapter(url.path), shown) }
    }
    case 'postgresql': {
      const { PrismaClient } = await import('../generated/postgresql/client.ts')
      const client = new PrismaClient({ adapter: prismaAdapter(url.url, 4) }) as unknown as AnyClient
      return { provider: 'postgresql', client, migrate: () => migrate('postgresql', loneAdapter(url.url), shown) }
    }
    case 'mysql': {
      const { PrismaMariaDb } = await import('@prisma/adapter-mariadb')
      const { PrismaClient } = await import('../generated/mysql/client.ts')
      const { connect, poolUrl } = await import('../mysql/connection.ts')
      // The adapter's pool keeps why it cannot connect to itself, and says after ten seconds that it could not.
      await (await connect(url.url)).end()
      const adapter = new PrismaMariaDb(poolUrl(url.url).href)
      const client = new PrismaClient({ adapter }) as unknown as AnyClient
      return {
        provider: 'mysql',
        client,
        async migrate() {
          const { migrateMysql } = await import('../migrate/mysql.ts')
          const connection = await connect(url.url)
          await migrateMysql(connection, shown).finally(() => connection.end().catch(() => {}))
        },
      }
    }
    default:
      throw new Error(`Prisma does not connect to '${url.kind}:'`)
  }
}

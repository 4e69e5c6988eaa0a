import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { readingAlone } from './connection.ts'

/** As the other connections of this folder wait. */
const PATIENCE_MS = 10_000

/**
 * A transaction is to write, and says so at its beginning. One that began by reading would keep others from committing while they keep it
 * from writing; SQLite then refuses at once, and of a refused statement the driver lets go only when it is collected: two processes could
 * keep each other out for good.
 */
class Writing extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]) {
    const client = super.createClient(config)
    const begin = client.transaction.bind(client)
    client.transaction = () => begin('write')
    return client
  }
}

/** Prisma's adapter for a file; where nothing can be written beside it, it is read as it stands. */
export function sqliteAdapter(path: string): SqlMigrationAwareDriverAdapterFactory {
  const { href } = pathToFileURL(resolve(path))
  const factory = new Writing({ url: href, timeout: PATIENCE_MS })
  // The client takes no such parameter, but hands on a name that is a URL itself.
  const alone = () => new PrismaLibSql({ url: `file:${encodeURIComponent(`${href}?immutable=1`)}` })
  const connect = async () => lettingGo(await (readingAlone(resolve(path)) ? alone() : factory).connect())
  const connectToShadowDb = () => factory.connectToShadowDb()
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb }
}

/**
 * A commit that finds the database locked leaves its transaction open, on a connection that nobody holds any more: it would
 * keep all others out, this process too, until it is collected.
 */
function lettingGo<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const begin = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (level) => {
    const transaction = await begin(level)
    const commit = transaction.commit.bind(transaction)
    transaction.commit = () =>
      commit().catch(async (error) => {
        await transaction.rollback()
        throw error
      })
    return transaction
  }
  return adapter
}

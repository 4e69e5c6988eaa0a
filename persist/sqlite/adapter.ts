import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** Prisma's adapter for a file. */
export function sqliteAdapter(path: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaLibSql({ url: pathToFileURL(resolve(path)).href })
  const connect = async () => lettingGo(await factory.connect())
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

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PATIENCE_MS } from '../patience.ts'
import { isBusy, readingAlone } from './connection.ts'

type Client = ReturnType<PrismaLibSql['createClient']>
type Execute = (statement: Parameters<Client['execute']>[0]) => ReturnType<Client['execute']>

/**
 * Of a statement that SQLite refused since another writes, the driver lets go only when it is collected. Meanwhile its connection commits
 * nothing of what follows, says nothing of that, and keeps all others out: so it is not used again.
 *
 * A transaction is to write, and says so at its beginning. One that began by reading would keep others from committing while they keep it
 * from writing, and SQLite refuses that at once: two processes could keep each other out for good.
 */
class Writing extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]) {
    const client = super.createClient(config)
    const execute = client.execute.bind(client) as Execute
    const begin = client.transaction.bind(client)
    const elsewhere = async (error: unknown): Promise<never> => {
      if (isBusy(error)) await client.reconnect()
      throw error
    }
    client.execute = ((statement) => execute(statement).catch(elsewhere)) satisfies Execute as Client['execute']
    client.transaction = () => begin('write').catch(elsewhere)
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

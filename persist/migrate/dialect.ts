import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/**
 * A PostgreSQL that is not there: it answers the one question that the schema engine asks before it compares two
 * schemas (which version are you?), so that migrations are made without a server.
 */
export function absentPostgres(): SqlMigrationAwareDriverAdapterFactory {
  const answer = {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [5, 7, 0],
    rows: [[true, 'PostgreSQL 16.0', 160000]],
  }
  const connection = {
    provider: 'postgres',
    adapterName: 'absent',
    queryRaw: async () => answer,
    executeRaw: async () => 0,
    executeScript: async () => {},
    dispose: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
    startTransaction: async () => {
      throw new Error('there is no server')
    },
  }
  const connect = async () => connection
  const factory = { provider: 'postgres', adapterName: 'absent', connect, connectToShadowDb: connect }
  return factory as unknown as SqlMigrationAwareDriverAdapterFactory
}

/** MySQL's words for PostgreSQL's types. VARCHAR(n), TEXT, DATE, INTEGER and BOOLEAN are alike. */
const MYSQL_TYPES: readonly (readonly [RegExp, string])[] = [
  [/\bBIGSERIAL NOT NULL/g, 'BIGINT NOT NULL AUTO_INCREMENT'],
  [/\bTIMESTAMP\(3\)/g, 'DATETIME(3)'],
  [/\bCURRENT_TIMESTAMP\b/g, 'CURRENT_TIMESTAMP(3)'],
  [/\bDOUBLE PRECISION\b/g, 'DOUBLE'],
  [/\bJSONB\b/g, 'JSON'],
]

/**
 * The schema engine in WebAssembly knows no MySQL, so its SQL is translated from PostgreSQL's: quotes, types, enums in
 * place. Covers what the reference schema uses; the test applies it to a real server and introspects.
 * @param tables names that an index to be dropped may begin with: MySQL wants to be told whose it is
 */
export function mysqlFromPostgres(sql: string, tables: readonly string[] = []): string {
  const enums = new Map<string, string>()
  for (const [, name, values] of sql.matchAll(/CREATE TYPE "(\w+)" AS ENUM (\([^)]*\));/g)) enums.set(name!, values!)
  let result = sql
    .replaceAll(/-- CreateSchema\nCREATE SCHEMA [^;]*;\n\n/g, '')
    .replaceAll(/-- CreateEnum\nCREATE TYPE [^;]*;\n\n/g, '')
    .replaceAll(/CONSTRAINT "\w+_pkey" PRIMARY KEY/g, 'PRIMARY KEY')
  for (const [name, values] of enums) result = result.replaceAll(`"${name}" NOT NULL`, `ENUM${values} NOT NULL`)
  for (const [pattern, type] of MYSQL_TYPES) result = result.replaceAll(pattern, type)
  result = result.replaceAll(/DROP INDEX "(\w+)";/g, (_, index: string) => {
    const table = tables.filter((name) => index.startsWith(`${name}_`)).sort((a, b) => b.length - a.length)[0]
    if (table === undefined) throw new Error(`no table is known that the index ${index} could be of`)
    return `DROP INDEX "${index}" ON "${table}";`
  })
  return result
    .replaceAll('"', '`')
    .replaceAll(/\n\);/g, '\n) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;')
}

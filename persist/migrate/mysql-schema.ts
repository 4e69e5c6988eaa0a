import { mysqlFromPostgres } from './dialect.ts'
import { migrationSql } from './diff.ts'

/** What Prisma makes on MySQL of fields that do not say. */
const USUAL: Readonly<Record<string, string>> = {
  String: 'VARCHAR(191)',
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Boolean: 'BOOLEAN',
  DateTime: 'DATETIME(3)',
  Float: 'DOUBLE',
  Decimal: 'DECIMAL(65,30)',
  Json: 'JSON',
  Bytes: 'LONGBLOB',
}

/** Marks in the SQL on its way: a column that counts, and a type that MySQL has too. */
const COUNTED = '/*counted*/'
const KEPT = '/*kept*/'

/**
 * The SQL that makes the tables of a schema of MySQL or MariaDB: the engine in WebAssembly does not know it, so the schema is
 * read as if it were PostgreSQL's, and each column gets MySQL's type.
 * @param from the schema as the database has it already; null: the database is empty
 */
export async function mysqlSql(from: string | null, to: string): Promise<string> {
  const types = columnTypes(to)
  const tables = [...columnTypes(from ?? '').keys()]
  const sql = await migrationSql('postgresql', from === null ? null : asPostgres(from), asPostgres(to))
  let table = ''
  const typed = sql.split('\n').map((line) => {
    table = /^(?:CREATE|ALTER) TABLE "([^"]+)"/.exec(line)?.[1] ?? table
    return line.replace(
      /^(\s+|ALTER TABLE "[^"]+" )((?:ADD COLUMN\s+)?)"([^"]+)" (?:(?:SMALL|BIG)?SERIAL|"[^"]+"|[A-Z]+(?: PRECISION)?(?:\([\d,]+\))?)/,
      (all, start: string, add: string, column: string) => {
        const type = types.get(table)?.get(column)
        if (type === undefined) return all
        return `${start}${add}"${column}" ${type}${/"[^"]+" \w*SERIAL/.test(all) ? COUNTED : ''}`
      },
    )
  })
  const counted = typed.join('\n').replaceAll(`${COUNTED} NOT NULL`, ' NOT NULL AUTO_INCREMENT')
  return mysqlFromPostgres(counted, tables).replaceAll(KEPT, '')
}

/** The same schema in PostgreSQL's words. */
function asPostgres(text: string): string {
  return text
    .replace(/provider\s*=\s*"mysql"/, 'provider = "postgresql"')
    .replaceAll(/\s@db\.\w+(?:\([\d, ]*\))?/g, '')
    .replaceAll(/,\s*length:\s*\d+/g, '')
    .replaceAll(/\(length:\s*\d+\)/g, '')
    .replaceAll(/^\s*@@fulltext\(.*$/gm, '')
}

/** From table to column to MySQL's type. */
function columnTypes(text: string): Map<string, Map<string, string>> {
  const enums = new Map<string, string>()
  for (const [, name, body] of text.matchAll(/^\s*enum\s+(\w+)\s*\{([\s\S]*?)^\s*\}/gm)) {
    const values = [...body!.matchAll(/^\s*(\w+)(?:.*@map\("([^"]+)"\))?/gm)].map(([, value, as]) => `'${as ?? value}'`)
    enums.set(name!, `ENUM(${values.join(', ')})`)
  }
  const tables = new Map<string, Map<string, string>>()
  for (const [, model, body] of text.matchAll(/^\s*model\s+(\w+)\s*\{([\s\S]*?)^\s*\}/gm)) {
    const columns = new Map<string, string>()
    for (const [, field, type, rest] of body!.matchAll(/^\s*(\w+)\s+(\w+)\??(?!\[)(?=\s|$)(.*)$/gm)) {
      const usual = enums.get(type!) ?? USUAL[type!]
      if (usual === undefined) continue
      const column = /@map\("([^"]+)"\)/.exec(rest!)?.[1] ?? field!
      const [, native, args] = /@db\.(\w+)(?:\(([\d, ]*)\))?/.exec(rest!) ?? []
      columns.set(column, native === undefined ? usual : nativeType(native, args))
    }
    tables.set(/^\s*@@map\("([^"]+)"\)/m.exec(body!)?.[1] ?? model!, columns)
  }
  return tables
}

/** `UnsignedBigInt` is BIGINT UNSIGNED, `VarChar(20)` VARCHAR(20). */
function nativeType(name: string, args: string | undefined): string {
  const plain = name.replace(/^Unsigned/, '')
  const sized = args === undefined || args === '' ? '' : `(${args.replaceAll(' ', '')})`
  return `${plain === 'Timestamp' ? `TIMESTAMP${KEPT}` : plain === 'Int' ? 'INTEGER' : plain.toUpperCase()}${sized}${plain === name ? '' : ' UNSIGNED'}`
}

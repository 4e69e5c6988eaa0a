import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, expect, it } from 'vitest'
import { ledgerSql, schemaSql } from '../../../../persist/index.ts'
import { SCHEMAS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-schema-sql-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function schemaFile(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const DATASOURCE = 'datasource db {\n  provider = "sqlite"\n  url      = env("DATABASE_URL")\n}\n'
const BEFORE = `${DATASOURCE}model Person {\n  id Int @id\n  url String @default("x")\n}\n`

it('the tables of a schema of Prisma 5 to 7, and those that were added since', async () => {
  const before = schemaFile('before.prisma', BEFORE)
  const after = schemaFile(
    'after.prisma',
    `${BEFORE}model Chat {\n  id Int @id\n  openedAt DateTime @default(now())\n}\n`,
  )
  const database = new Database(':memory:')
  database.exec(await schemaSql({ schema: before }))
  database.exec('INSERT INTO Person (id) VALUES (1)')
  database.exec(await schemaSql({ schema: after, since: before }))
  database.exec('INSERT INTO Chat (id) VALUES (1)')
  expect(database.prepare('SELECT url FROM Person').all()).toEqual([{ url: 'x' }])
  database.close()
})

it('a folder of files for PostgreSQL, with its schemas', async () => {
  const sql = await schemaSql({ schema: join(SCHEMAS, 'swipes', 'models') })
  expect(sql).toContain('CREATE TABLE')
  expect(sql).toContain('CREATE SCHEMA')
})

it('what it cannot do is refused in a sentence', async () => {
  const mongo = schemaFile('mongo.prisma', BEFORE.replace('sqlite', 'mongodb'))
  await expect(schemaSql({ schema: mongo })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/provider is 'mongodb'/),
  })
  const broken = schemaFile('broken.prisma', `${BEFORE}model Lost {\n  of Nobody\n}\n`)
  await expect(schemaSql({ schema: broken })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/broken\.prisma.*Nobody/s),
  })
})

it("MySQL's types, and the ledger alone", async () => {
  const site = `${BEFORE.replace('sqlite', 'mysql')}enum Sex {
  F
  M @map("male")
}
model Guest {
  id   BigInt   @id @default(autoincrement()) @db.UnsignedBigInt
  sex  Sex      @default(F)
  name String   @map("full name") @db.VarChar(40)
  note String?
  at   DateTime @db.Timestamp(0)
  ref  Bytes    @db.Binary(16)
  @@map("guests")
  @@index([name(length: 10)])
}
`
  const schema = schemaFile('types.prisma', site)
  const sql = await schemaSql({ schema })
  for (const line of [
    '`id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,',
    "`sex` ENUM('F', 'male') NOT NULL DEFAULT 'F',",
    '`full name` VARCHAR(40) NOT NULL,',
    '`note` VARCHAR(191),',
    '`at` TIMESTAMP(0) NOT NULL,',
    '`ref` BINARY(16) NOT NULL,',
  ]) {
    expect(sql).toContain(line)
  }
  const ledger = await ledgerSql(folder, schema)
  expect(ledger.match(/CREATE TABLE `\w+`/g)).toEqual(
    ['runs', 'run_segments', 'run_days', 'people', 'jobs'].map((name) => `CREATE TABLE \`seed_${name}\``),
  )
})

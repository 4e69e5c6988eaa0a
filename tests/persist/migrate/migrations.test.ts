import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import Database from 'libsql'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { NO_FILTER, startSchemaEngine } from '../../../persist/migrate/engine.ts'
import { migrationList, migrations, PROVIDERS, schemaFolder, schemaText } from '../../../persist/migrate/folder.ts'
import { migrationSql } from '../../../persist/migrate/make.ts'
// @ts-expect-error plain JavaScript, since it runs before anything is compiled
import { renderSchema } from '../../../persist/schema/generate.mjs'
import { newRun } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Tables with their columns, indexes and foreign keys that a migration makes, and names of those that it drops. */
function definitions(sql: string): { made: string[]; dropped: string[] } {
  const statements = sql
    .replaceAll(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' '))
    .filter(Boolean)
  const dropped = statements.flatMap((statement) => /^DROP INDEX [`"](.*?)[`"]/.exec(statement)?.[1] ?? [])
  const isDropped = (statement: string) => dropped.some((name) => statement.includes(name))
  return { made: statements.filter((statement) => !isDropped(statement)), dropped }
}

describe('migrations', () => {
  it.each(PROVIDERS)('and the committed schema are those of the template: %s', async (provider) => {
    expect(readFileSync(join(schemaFolder(provider), 'schema.prisma'), 'utf8')).toBe(renderSchema(provider))
    // The first one and what later ones add and drop make the tables and indexes of the schema.
    const made = migrations(provider).map(({ sql }) => definitions(sql))
    const dropped = made.flatMap((one) => one.dropped)
    const left = made
      .flatMap((one) => one.made)
      .filter((statement) => !dropped.some((name) => statement.includes(name)))
    expect(left.sort()).toEqual(definitions(await migrationSql(provider, null, schemaText(provider))).made.sort())
  })

  it('leave a database that Prisma finds in order, and equal to the schema', async () => {
    const file = join(folder, 'site.db')
    const store = await openStore(`file:${file}`)
    await store.createRun(newRun('a', 1, 1))
    await store.close()
    const content = schemaText('sqlite')
    const engine = await startSchemaEngine(new PrismaLibSql({ url: pathToFileURL(file).href }), content)
    const history = await engine.diagnoseMigrationHistory({
      migrationsList: migrationList('sqlite'),
      optInToShadowDatabase: false,
      filters: NO_FILTER,
    })
    expect(history).toMatchObject({ history: null, editedMigrationNames: [], failedMigrationNames: [] })
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [{ path: 'schema.prisma', content }], configDir: folder },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    })
    expect(stdout).toContain('empty migration')
    engine.free()
  })

  it('refuse a database that holds tables of others, and leave it alone', async () => {
    const file = join(folder, 'other.db')
    const database = new Database(file)
    database.exec('CREATE TABLE accounts (id INTEGER PRIMARY KEY)')
    database.close()
    const store = await openStore(`file:${file}`)
    expect(await store.listRuns()).toEqual([])
    await expect(store.createRun(newRun('a', 1, 1))).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await store.close()
    const after = new Database(file)
    const tables = after.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").raw().all()
    expect(tables).toEqual([['accounts']])
    after.close()
  })

  it('refuse what is no database, or cannot be one', async () => {
    for (const url of [`file:${import.meta.filename}`, `file:${join(folder, 'no', 'such.db')}`]) {
      const store = await openStore(url)
      await expect(store.createRun(newRun('a', 1, 1))).rejects.toMatchObject({ code: 'BAD_INPUT' })
      await store.close()
    }
    await expect(openStore(`file:${join(folder, 'none.db')}`, { create: false })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  })
})

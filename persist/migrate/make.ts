/**
 * `npm run migrate:make -- <name> [--since <folder of the former schemas>]` writes one migration per provider, without
 * any server: from nothing, or from the schemas as they were. Review the SQL before committing it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../installation/index.ts'
import { migrationSql } from './diff.ts'
import { lockfile, PROVIDERS, schemaFolder, schemaText } from './folder.ts'

export { migrationSql } from './diff.ts'

async function make(name: string, since: string | null): Promise<void> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  for (const provider of PROVIDERS) {
    const before = since === null ? null : readFileSync(join(since, provider, 'schema.prisma'), 'utf8')
    const sql = await migrationSql(provider, before, schemaText(provider))
    const folder = join(schemaFolder(provider), 'migrations', `${stamp}_${name}`)
    makeFolder(folder)
    writeFileSync(join(folder, 'migration.sql'), sql)
    writeFileSync(join(folder, '..', 'migration_lock.toml'), lockfile(provider))
    console.log(join(folder, 'migration.sql'))
  }
}

const [name, flag, since] = process.argv.slice(2)
if (process.argv[1]?.endsWith('make.js') && name) await make(name, flag === '--since' && since ? since : null)

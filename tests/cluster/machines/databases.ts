import { createHash } from 'node:crypto'
import { query } from '../../persist/servers/postgres-server.ts'

/** Each table's rows and their digest, by SQL; the ledger without the clock. */
export async function contentOfDatabase(url: string): Promise<Record<string, string>> {
  const content: Record<string, string> = {}
  const names = await query(
    url,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
  )
  for (const { name } of names) {
    if (name === '_prisma_migrations') continue
    const columns = name === 'seed_runs' ? "to_jsonb(t) - 'created_at' - 'updated_at'" : 'to_jsonb(t)'
    const rows = await query(url, `SELECT (${columns})::text AS row FROM "${name}" t ORDER BY 1`)
    const hash = createHash('sha256')
    for (const { row } of rows) hash.update(`${row}\n`)
    content[name!] = `${rows.length} ${hash.digest('hex')}`
  }
  const schemas = await query(
    url,
    "SELECT count(*) AS left FROM information_schema.schemata WHERE schema_name = 'mingle_tasks'",
  )
  content['schema of tasks'] = schemas[0]!.left!
  return content
}

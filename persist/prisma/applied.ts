import { migrations, type Provider } from '../migrate/folder.ts'
import { lacksTables } from '../unmapped.ts'

interface Queries {
  $queryRawUnsafe<T>(sql: string): Promise<T>
}

const APPLIED = 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'

/** Whether all our migrations are recorded as finished. Where nothing is recorded, the next migration says whose tables these are. */
export async function hasAll(client: Queries, provider: Provider): Promise<boolean> {
  const rows = await client.$queryRawUnsafe<{ migration_name: string }[]>(APPLIED).catch((error) => {
    if (lacksTables(error)) return []
    throw error
  })
  return migrations(provider).every(({ name }) => rows.some((row) => row.migration_name === name))
}

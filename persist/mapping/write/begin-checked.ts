import type { SqlBackend } from '../sql/sql.ts'

/** Begins a transaction in which the user's foreign keys are looked up, whatever the reference schema can do without. */
export async function beginChecked(backend: SqlBackend): Promise<void> {
  const { dialect } = backend
  if (!backend.transactional) return backend.begin()
  if (dialect === 'sqlite') await backend.execute('PRAGMA foreign_keys = ON')
  if (dialect === 'mysql') await backend.execute('SET foreign_key_checks = 1')
  await backend.begin()
  if (dialect === 'sqlite') await backend.execute('PRAGMA defer_foreign_keys = ON')
  if (dialect === 'postgresql') {
    const [role] = await backend.query("SELECT current_setting('session_replication_role')")
    if (role![0] === 'replica') await backend.execute('SET LOCAL session_replication_role = origin')
  }
}

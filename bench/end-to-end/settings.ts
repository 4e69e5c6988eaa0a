/** What SQLite alone is measured with: as `persist/sqlite/connection.ts` has it. */
export const SETTINGS = [
  'synchronous = NORMAL',
  'foreign_keys = OFF',
  'cache_size = -24576',
  'wal_autocheckpoint = 20000',
  'temp_store = MEMORY',
]

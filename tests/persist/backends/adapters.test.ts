import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { DatabaseStore } from '../../../persist/database/database-store.ts'
import { FilesBackend } from '../../../persist/files/files-backend.ts'
import { openStore } from '../../../persist/index.ts'
import { MemoryBackend, rowsOf } from '../../../persist/memory/memory-backend.ts'
import { picsum } from '../../../persist/rows/media.ts'
import { TABLES, type TableName } from '../../../persist/rows/tables.ts'
import { removalSuite } from '../removal.ts'
import { TEXTS } from '../site.ts'
import { contractSuite, type Place } from './contract.ts'
import { sqlitePlace } from './sqlite-place.ts'
import { throughBlocks } from './through-blocks.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-'))
let files = 0
afterAll(() => rmSync(folder, { recursive: true }))

/** The same place, to which days go as finished blocks. */
function byBlocks(place: Place): Place {
  return { ...place, open: async (options) => throughBlocks(await place.open(options)) }
}

contractSuite('memory', { lasting: false, sql: false }, async () => {
  const backend = new MemoryBackend()
  return {
    open: async () => new DatabaseStore(backend, { texts: TEXTS, pictures: picsum, onFault: () => {} }),
    rows: async (table) => backend.rows(table).slice(),
    execute: async () => {},
  }
})

contractSuite('SQLite', { lasting: true, sql: true }, async () => sqlitePlace(folder))

removalSuite('removal from SQLite', async () => sqlitePlace(folder))

contractSuite('SQLite, by blocks', { lasting: true, sql: true }, async () => byBlocks(sqlitePlace(folder)))

const formats = ['ndjson', 'csv', 'parquet'] as const
for (const format of formats) {
  const place = async (): Promise<Place> => {
    const path = join(folder, `${format} ${++files}`)
    return {
      open: () => openStore(`${format}:${path}`, { texts: TEXTS }),
      rows: async (table) => {
        const shape = TABLES[table as TableName]
        const rows: Record<string, unknown>[] = []
        for await (const batch of new FilesBackend(path, format).read({ shape, first: 0, last: Infinity })) {
          rows.push(...rowsOf(batch))
        }
        return rows
      },
      execute: async () => {},
    }
  }
  contractSuite(format, { lasting: true, sql: false }, place)
  contractSuite(`${format}, by blocks`, { lasting: true, sql: false }, async () => byBlocks(await place()))
}

import { join } from 'node:path'
import Database from 'libsql'
import { openStore } from '../../../persist/index.ts'
import type { SelectablePlace } from '../removal.ts'
import { TEXTS } from '../site.ts'

let files = 0

const ORDER: Record<string, string> = {
  profiles: 'user_id',
  user_interests: 'user_id, interest_id',
  quiz_answers: 'user_id, quiz_id',
}

/** A file of its own in the folder, under a name that a URL has to quote. */
export function sqlitePlace(folder: string, writer?: string): SelectablePlace {
  const file = join(folder, `site ${++files}#%.db`)
  return {
    open: (options) => openStore(`file:${file}`, { ...options, texts: TEXTS, pauseMs: 0, ...(writer && { writer }) }),
    rows: async (table) => {
      const database = new Database(file)
      const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`).all() as Record<
        string,
        unknown
      >[]
      database.close()
      return rows.map(({ _metadata, ...row }) => row)
    },
    execute: async (sql) => {
      const database = new Database(file)
      database.exec(sql)
      database.close()
    },
    select: async (sql) => {
      const database = new Database(file)
      const rows = database.prepare(sql).all() as Record<string, unknown>[]
      database.close()
      return rows
    },
  }
}

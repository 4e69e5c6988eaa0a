import { plainWords } from '../database/retry.ts'
import { explained } from '../postgres/connection.ts'
import { explained as explainedBySqlite } from '../sqlite/connection.ts'
import type { DatabaseUrl } from '../url.ts'

/** What an error of Prisma's client means to the user, itself the cause; others as they are. */
export function explainedOf(error: unknown, target: DatabaseUrl, shown: string): unknown {
  const { code, message = '' } = error as { code?: string; message?: string }
  const known: { code?: string | undefined; message: string } = { code, message: plainWords(message) }
  // The server's own code stands in Prisma's words; of SQLite's, only these are left.
  if (target.kind === 'sqlite') known.code = code === 'P1008' ? 'SQLITE_BUSY' : undefined
  else known.code = /Code: `(\w{5})`/.exec(message)?.[1] ?? code
  const better = target.kind === 'sqlite' ? explainedBySqlite(known, target.path) : explained(known, shown)
  // Never an error that is its own cause.
  return better === known ? error : Object.assign(better as Error, { cause: error })
}

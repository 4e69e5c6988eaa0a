import { badInput } from '../sim/kernel/index.ts'
import type { Backend } from './database/backend.ts'

/** Whether a database says that it lacks a table, or a migration that the tables there are not ours. */
export function lacksTables(error: unknown): boolean {
  const { message = '' } = error as { message?: string }
  return /no such table|relation "[^"]*" does not exist|table [^ ]* (?:does not|doesn't) exist|holds tables that Mingle did not make/i.test(
    message,
  )
}

/**
 * Writes tables of the reference schema, and says what it means where these are not there although the ledger is: the
 * database belongs to a site with models of its own, and the mapping onto them was not given.
 *
 * @throws MingleError BAD_INPUT then; nothing was written
 */
export async function writesReference<T>(backend: Backend, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!lacksTables(error) || !(await backend.exists().catch(() => false))) throw error
    const message =
      `${backend.url} has Mingle's ledger, but not its tables: it is a site's own, to be written through a mapping, and none ` +
      'was given. Call this in the folder of its mingle.config.ts, or name that with --config (mapping: plan); or name ' +
      'an empty database. Nothing was written'
    throw Object.assign(badInput(message), { cause: error })
  }
}

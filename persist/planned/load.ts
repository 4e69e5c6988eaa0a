import { parseDatabaseUrl } from '../url.ts'
import type { TaskTransaction } from './task-transaction.ts'

export type { TaskTransaction }

/** Loads what only tasks into PostgreSQL need, the driver with it. */
export async function taskTransactions(): Promise<typeof TaskTransaction> {
  return (await import('./task-transaction.ts')).TaskTransaction
}

/** Whether a run can be carried out by tasks there. @throws MingleError BAD_INPUT when the URL is none that Mingle can write to */
export function takesTasks(databaseUrl: string): boolean {
  return ['parquet', 'ndjson', 'csv', 'postgresql'].includes(parseDatabaseUrl(databaseUrl).kind)
}

import type { TaskTransaction } from './task-transaction.ts'

export type { TaskTransaction }

/** Loads what only tasks into PostgreSQL need, the driver with it. */
export async function taskTransactions(): Promise<typeof TaskTransaction> {
  return (await import('./task-transaction.ts')).TaskTransaction
}

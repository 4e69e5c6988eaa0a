import { timeOf } from '../ledger/sql-ledger.ts'
import type { Claims } from '../prisma/claim.ts'
import { asTransaction, type Connection, rowsOf } from './connection.ts'

/** The claims that a file's ledger records, which only writers without transactions make. */
export function sqliteClaims(connection: Connection): Claims {
  return {
    find: async (runId) =>
      rowsOf(connection, 'SELECT seed, claimed_by, claimed_until FROM seed_runs WHERE id = ?', [runId]).map(
        ([seed, by, until]) => ({
          seed: seed as string,
          claimedBy: by as string | null,
          claimedUntil: until === null ? null : new Date(timeOf(until as string | number)),
        }),
      ),
    async clear(runId, claimedBy) {
      const sql = 'UPDATE seed_runs SET claimed_by = NULL WHERE id = ? AND claimed_by = ?'
      return asTransaction(connection, () => connection.prepare(sql).run(runId, claimedBy).changes > 0)
    },
  }
}

import type pg from 'pg'
import type { Claims } from '../prisma/claim.ts'
import { parseTime } from '../rows/times.ts'

type Query = (sql: string, values: unknown[]) => Promise<pg.QueryArrayResult<(string | null)[]>>

/** The claims that a database's ledger records, which only writers without transactions make. */
export function postgresClaims(query: Query): Claims {
  return {
    async find(runId) {
      const { rows } = await query('SELECT seed, claimed_by, claimed_until FROM seed_runs WHERE id = $1', [runId])
      return rows.map(([seed, by, until]) => ({
        seed: seed!,
        claimedBy: by ?? null,
        claimedUntil: until == null ? null : new Date(parseTime(until)),
      }))
    },
    async clear(runId, claimedBy) {
      const sql = 'UPDATE seed_runs SET claimed_by = NULL WHERE id = $1 AND claimed_by = $2'
      return (await query(sql, [runId, claimedBy])).rowCount === 1
    },
  }
}

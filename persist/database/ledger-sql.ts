import type { LedgerPart } from './backend.ts'

/** Statements that remove a part of the ledger, with `?` for values. */
export function ledgerDeletion(runId: number, what: LedgerPart): { sql: string; values: number[] }[] {
  switch (what.part) {
    case 'run':
      return [
        { sql: 'DELETE FROM seed_people WHERE run_id = ?', values: [runId] },
        { sql: 'DELETE FROM seed_run_days WHERE run_id = ?', values: [runId] },
        { sql: 'DELETE FROM seed_run_segments WHERE run_id = ?', values: [runId] },
        { sql: 'DELETE FROM seed_runs WHERE id = ?', values: [runId] },
      ]
    case 'days':
      return [
        {
          sql: 'DELETE FROM seed_run_days WHERE run_id = ? AND day = ? AND chunk = ?',
          values: [runId, what.day, what.chunk],
        },
      ]
    case 'people':
      return [
        {
          sql: 'DELETE FROM seed_people WHERE run_id = ? AND user_id BETWEEN ? AND ?',
          values: [runId, what.first, what.last],
        },
      ]
    case 'later':
      return [{ sql: 'DELETE FROM seed_people WHERE run_id = ? AND k > ?', values: [runId, what.after] }]
    case 'segments':
      return [
        { sql: 'DELETE FROM seed_run_segments WHERE run_id = ? AND position > 0', values: [runId] },
        { sql: 'UPDATE seed_run_segments SET days = 0 WHERE run_id = ?', values: [runId] },
      ]
    default:
      return what satisfies never
  }
}

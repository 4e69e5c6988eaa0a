import { isCommitted, type LedgerDay, type LedgerReader, type LedgerRun } from '../../ledger/records.ts'
import { type Space, spaceOfTable } from '../config/sources.ts'
import type { NumberRange } from './select.ts'

/** The numbers that a run has given in each space. */
export async function runRanges(ledger: LedgerReader, run: LedgerRun): Promise<Map<Space, NumberRange[]>> {
  return rangesOfDays((await ledger.days(run.id)).filter((row) => isCommitted(row, run)))
}

/** The same by rows of the ledger; ranges that touch are one. */
export function rangesOfDays(days: readonly LedgerDay[]): Map<Space, NumberRange[]> {
  const rows = days.filter((row) => row.lastId >= row.firstId)
  return new Map(
    [...new Set(rows.map(({ table }) => table))].flatMap((table) => {
      const space = spaceOfTable(table)
      if (space === null) return []
      const own = rows.filter((row) => row.table === table).sort((a, b) => a.firstId - b.firstId)
      const ranges: { first: number; last: number }[] = []
      for (const { firstId, lastId } of own) {
        const before = ranges.at(-1)
        if (before && before.last + 1 === firstId) before.last = lastId
        else ranges.push({ first: firstId, last: lastId })
      }
      return [[space, ranges] as const]
    }),
  )
}

import type { RunRecord } from '../persist/index.ts'
import { DAY_MS, parseDate } from '../sim/content/index.ts'
import { badInput } from '../sim/kernel/index.ts'

const EXPECTED =
  'a date, whose end is meant (2024-01-31), or a time, in UTC unless it says otherwise (2024-01-31T18:00:00)'

/**
 * Epoch ms of `--as-of`: a date means its end, which is the midnight that follows.
 * @throws MingleError BAD_INPUT when it is neither a date nor a time
 */
export function parseAsOf(text: string): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return (parseDate(text) + 1) * DAY_MS
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/i.exec(text)
  if (time) {
    parseDate(time[1]!)
    const at = Date.parse(`${time[1]}T${time[2]}${time[3] ?? 'Z'}`)
    if (!Number.isNaN(at)) return at
  }
  throw badInput(`--as-of expects ${EXPECTED}, got '${text}'`)
}

/**
 * The end of the last day that any run of the database committed, in epoch ms; the start of its first day where a run has
 * people alone.
 * @throws MingleError BAD_INPUT when there is no run to tell
 */
export function endOfLastDay(runs: readonly RunRecord[]): number {
  if (runs.length === 0) {
    throw badInput(
      `no run of Mingle is in this database, so nothing tells the day: give --as-of, ${EXPECTED}; ` +
        "'mingle reset derived' removes what jobs computed of runs that are gone",
    )
  }
  return Math.max(...runs.map(({ startDay, lastDay }) => (startDay + lastDay + 1) * DAY_MS))
}

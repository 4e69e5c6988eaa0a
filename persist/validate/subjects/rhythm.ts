import type { Measures } from '../../../sim/observe/index.ts'
import { NOTHING, plain, sum } from '../numbers.ts'
import { type Sql, toNumber } from '../sql.ts'
import { actions } from './activity.ts'

/** Offsets from UTC, and the moments at which they change, are whole quarters of an hour. */
const QUARTER_MS = 900_000

/** Actions by local hour, weekday and weekend apart. SQL counts quarters by time zone; Intl knows the local time. */
export async function measureRhythm(sql: Sql): Promise<Measures> {
  const rows = await sql.rows(`
    SELECT p.time_zone AS zone, ${sql.div(sql.ms('e.moment'), QUARTER_MS)} AS quarter, count(*) AS n
    FROM (${actions(sql)}) e JOIN profiles p ON p.user_id = e.person GROUP BY 1, 2`)
  const weekday = new Array<number>(24).fill(0)
  const weekend = new Array<number>(24).fill(0)
  const clocks = new Map<string, Intl.DateTimeFormat>()
  for (const row of rows) {
    const zone = String(row.zone)
    const clock = clocks.get(zone) ?? newClock(zone)
    clocks.set(zone, clock)
    const text = clock.format(sql.startMs + toNumber(row.quarter) * QUARTER_MS)
    const free = text.startsWith('Sat') || text.startsWith('Sun')
    ;(free ? weekend : weekday)[Number(/\d+/.exec(text)![0])]! += toNumber(row.n)
  }
  const hours = weekday.map((n, hour) => n + weekend[hour]!)
  const all = sum(hours)
  if (all === 0) return { '19.peak': NOTHING, '19.trough': NOTHING, '19.ratio': NOTHING, '19.weekend': NOTHING }
  const most = Math.max(...hours)
  const least = Math.min(...hours)
  const shares = (counts: readonly number[]) => counts.map((n) => n / sum(counts))
  const free = shares(weekend)
  const difference = sum(shares(weekday).map((s, hour) => Math.abs(s - free[hour]!))) / 2
  return {
    '19.peak': plain(hours.indexOf(most) + 0.5, all),
    '19.trough': plain(hours.indexOf(least) + 0.5, all),
    '19.ratio': plain(most / least, all),
    '19.weekend': plain(difference, Math.min(sum(weekday), sum(weekend))),
  }
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
}

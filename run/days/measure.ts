import type { RunRecord } from '../../persist/index.ts'
import { FACT_KINDS, type FactKind, type RunConfig, RunDigest, runIdentity } from '../../sim/index.ts'
import type { Crew } from '../crew/crew.ts'
import { metricLines } from '../metrics.ts'
import type { RunResult } from '../options.ts'
import { noSeconds, Stopwatch } from '../progress.ts'
import type { RunProgress } from '../state.ts'
import { CountingPace, type DayListener } from './committed.ts'
import { stretchOf } from './stretch.ts'

/** Table of the reference schema in which each kind of fact would be a row. */
const TABLE: Readonly<Record<FactKind, string>> = {
  arrival: 'users',
  session: 'sessions',
  post: 'posts',
  feed_seen: 'feed_seen',
  liked_post: 'liked_posts',
  profile_view: 'profile_views',
  like: 'likes',
  match: 'matches',
  message: 'messages',
}

/**
 * Metrics only: simulates a new run's days and writes none. Profiles are not made, no row is rendered, and no fact
 * leaves the thread that simulated it, so a day costs no memory on the calling thread.
 */
export async function measureDays(
  crew: Crew,
  run: RunRecord,
  config: RunConfig,
  days: number,
  progress: RunProgress,
  onDay?: DayListener,
): Promise<RunResult> {
  const watch = new Stopwatch()
  const digest = new RunDigest(runIdentity(config))
  const rows: Record<string, number> = { users: config.count }
  const pace = onDay && new CountingPace(config.count)
  let day = 0
  while (day < days && !(await progress.shouldStop())) {
    const stretch = await crew.pass(stretchOf(config.count, days - day))
    const counted = onDay && (day + stretch.length === days || pace!.isDue()) ? await crew.tally() : null
    for (const [i, markets] of stretch.entries()) {
      digest.addSummaries(day, markets)
      const today: Record<string, number> = {}
      FACT_KINDS.forEach((kind, index) => {
        const table = TABLE[kind]
        const count = markets.reduce((sum, market) => sum + market.rows[index]!, 0)
        today[table] = (today[table] ?? 0) + count
        rows[table] = (rows[table] ?? 0) + count
      })
      onDay?.({ day, rows: today, tally: i === stretch.length - 1 ? counted : null })
      // Outside of the call, which is not made, nor its arguments worked out, when nobody listens.
      day++
    }
    progress.rows = Object.values(rows).reduce((sum, count) => sum + count, 0)
    progress.report('days', day, days)
  }
  const finished = day === days
  const tally = finished ? await crew.tally() : null
  const seconds = { ...noSeconds(), days: watch.seconds, simulating: watch.seconds, total: watch.seconds }
  return {
    status: finished ? 'finished' : 'stopped',
    run: {
      ...run,
      people: config.count,
      status: finished ? 'finished' : 'activity',
      lastDay: day - 1,
      digest: finished ? digest.hex : null,
    },
    digest: finished && days > 0 ? digest.hex : null,
    rows,
    metrics: tally && metricLines(tally),
    seconds,
  }
}

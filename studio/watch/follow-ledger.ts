import { setTimeout as wait } from 'node:timers/promises'
import {
  ENGINE_VERSION,
  type EventExtension,
  formatDate,
  MarketMetrics,
  mergeTallies,
  type RunConfig,
  type SimulationRun,
  simulationOf,
  type Tally,
} from '../../sim/index.ts'
import type { Ledger, LedgerRun } from '../database/source.ts'
import type { WatchLog } from './watched.ts'

/** Between two looks at the ledger. */
const LOOK_MS = 500
/** A day that takes longer to live again is not lived again beside the run that writes it. */
const MOST_MS = 400

/** Lives committed days again for their rates, since the ledger keeps none: days alone, in between. */
class Replay {
  private readonly run: SimulationRun
  private readonly metrics: Map<unknown, MarketMetrics>
  tooLarge = false
  day = 0

  constructor(config: RunConfig, extension: EventExtension | undefined) {
    this.run = simulationOf(config, extension)
    this.metrics = new Map(
      this.run.markets.map((market) => [market, new MarketMetrics(market.people(), this.run.config.startDay)]),
    )
  }

  /** Lives one more day; the counts and the digest of all days so far. */
  step(): { tally: Tally; digest: string } {
    const start = performance.now()
    this.run.passDays(1, (market) => this.metrics.get(market))
    this.day++
    if (performance.now() - start > MOST_MS) this.tooLarge = true
    return { tally: mergeTallies([...this.metrics.values()].map((one) => one.tally())), digest: this.run.digest }
  }
}

/** Follows a run until it is finished or nobody listens. */
export type Follow = (log: WatchLog, signal: AbortSignal) => Promise<void>

/**
 * Makes ready to follow a run that another process writes, by its ledger.
 *
 * @param people from which a replay for rates is not tried at all
 * @throws MingleError BAD_INPUT when the run lives by an extension that is not there, before anything is shown
 */
export async function followerOf(ledger: Ledger, seed: string, people = 50_000): Promise<Follow> {
  const first = await ledger.findRun(seed)
  if (!first) return async () => {}
  const tried = first.people <= people && first.engineVersion === ENGINE_VERSION
  const replay = tried ? new Replay(ledger.configOf(first), await ledger.extensionOf?.(first)) : null
  return (log, signal) => follow(ledger, first, replay, log, signal)
}

async function follow(
  ledger: Ledger,
  first: LedgerRun,
  lived: Replay | null,
  log: WatchLog,
  signal: AbortSignal,
): Promise<void> {
  const { seed } = first
  let replay = lived
  log.begin({
    seed,
    people: first.people,
    days: ledger.plannedDays(first),
    before: 0,
    startDate: formatDate(first.startDay),
    engineVersion: first.engineVersion,
    database: ledger.url,
    command: null,
  })
  if (!replay)
    log.warn('Rates are not lived again here: the run is large, or of another engine. They come when it is finished.')
  let next = 0
  while (!signal.aborted) {
    const run = (await ledger.findRun(seed)) ?? first
    const days = await ledger.days(run.id, next)
    const digests = days.length > 0 && replay ? ledger.digestsOf(run, await ledger.days(run.id)) : []
    for (const [i, { day, rows }] of days.entries()) {
      next = day + 1
      let tally: Tally | null = null
      if (replay && signal.aborted === false) {
        const lived = replay.step()
        // The last of several that came at once: the others would be overtaken at once.
        tally = i === days.length - 1 || i % 5 === 0 ? lived.tally : null
        if (digests[day + 1] !== undefined && digests[day + 1] !== lived.digest) {
          log.warn(
            `Day ${day + 1} lived again differs from the ledger: the database was not written by this engine and configuration.`,
          )
          replay = null
        } else if (replay.tooLarge) {
          log.warn('Rates are no longer lived again here: a day takes too long. They come when the run is finished.')
          replay = null
        }
      }
      log.day(day, rows, tally)
      await wait(0)
    }
    if (run.status === 'finished' && days.length === 0) {
      log.finish({ status: 'finished', digest: run.digest, message: null })
      return
    }
    await wait(LOOK_MS, undefined, { signal }).catch(() => {})
  }
}

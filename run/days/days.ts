import type { DayRecord } from '../../persist/index.ts'
import { FACT_KINDS, type RunConfig, RunDigest, runIdentity } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Crew } from '../crew/crew.ts'
import type { MarketState } from '../crew/task.ts'
import { type Seconds, Stopwatch } from '../progress.ts'
import { CountingPace } from './committed.ts'
import type { DayDrive } from './day-drive.ts'
import { BlockDays, type DaySource, FactDays, type SimulatedDay } from './day-sources.ts'
import { digestTexts, digestWords } from './fact-digests.ts'
import { stretchOf } from './stretch.ts'

/**
 * Simulates committed days once more, without writing, until the crew stands where the ledger stands. The digests of
 * each day's facts are compared with those that the ledger recorded; the facts themselves stay where they were made.
 *
 * @param recorded the days from the crew's next one to the last committed
 * @returns whether the last of them was reached; false when it was stopped
 * @throws MingleError REPLAY_DIFFERS at the first day that differs
 */
export async function replayDays(
  { crew, digest, progress, config }: DayDrive,
  recorded: readonly DayRecord[],
): Promise<boolean> {
  let done = 0
  while (done < recorded.length) {
    if (await progress.shouldStop()) return false
    for (const markets of await crew.pass(stretchOf(config.count, recorded.length - done))) {
      const record = recorded[done++]!
      compare(record, digestTexts(digest.addSummaries(record.day, markets)))
      progress.report('replay', done, recorded.length)
    }
  }
  return true
}

function compare(record: DayRecord, texts: readonly string[]): void {
  const recorded = record.factDigests
  const longer = recorded.length > texts.length ? recorded : texts
  const kind = longer.findIndex((_, i) => texts[i] !== recorded[i])
  if (kind < 0) return
  const of = kind < FACT_KINDS.length ? `kind '${FACT_KINDS[kind]}'` : "the run's extension"
  throw new MingleError(
    'REPLAY_DIFFERS',
    `day ${record.day} of the replay has other facts of ${of} than the ledger recorded ` +
      `(${texts[kind]}, recorded ${recorded[kind]}); nothing was written. The run was made by another ` +
      'version of the engine, or its ledger was changed: start it again under another --run-seed',
  )
}

/**
 * Phase B: simulates and writes the days `from` … `to` − 1, one transaction a day. While a day is written the next is
 * simulated, and its rows are given to a place that takes them beside it: at most two days' facts are held.
 *
 * @param seconds what was waited for is added there
 */
export async function writeDays(drive: DayDrive, from: number, to: number, seconds: Seconds): Promise<void> {
  const setup = from < to ? await drive.store.blockSetup(drive.run.id) : null
  const source = setup?.sources ? await BlockDays.open(drive, setup, seconds) : new FactDays(drive)
  const { crew, digest, config, progress, snapshots, onDay } = drive
  const pace = onDay && new CountingPace(config.count)
  const committed = drive.store.committing
  let simulated = from < to ? ahead(source, from) : undefined
  try {
    for (let day = from; day < to && !(await progress.shouldStop()); day++) {
      const waiting = new Stopwatch()
      const done = await simulated!
      seconds.simulating += waiting.seconds
      const states = snapshots?.isDue(day + 1 === to) ? await statesOf(crew) : undefined
      // Asked for between two days, and answered while this one is written.
      const counted = onDay && (day + 1 === to || pace!.isDue()) ? crew.tally() : null
      // A write that fails meanwhile is the error that is told.
      counted?.catch(() => {})
      simulated = day + 1 < to ? ahead(source, day + 1) : undefined
      const watch = new Stopwatch()
      const receipt = await done.write(simulated)
      progress.wrote(receipt)
      seconds.writing += watch.seconds
      seconds.committing = drive.store.committing - committed
      onDay?.({ day, rows: receipt.rows, tally: await counted })
      if (states) await snapshots!.keep(config, day + 1, digest.hex, states)
      progress.report('days', day + 1, to)
    }
  } finally {
    await drive.store.endDays()
  }
}

/** The states of all markets, or why they cannot be had: a snapshot is never worth the run. */
async function statesOf(crew: Crew): Promise<MarketState[] | Error> {
  try {
    return await crew.save()
  } catch (error) {
    if (error instanceof MingleError && error.code === 'NO_STATES') return error
    throw error
  }
}

/** Starts a day. A failure is thrown where the day is awaited, not where it happens to come up. */
function ahead(source: DaySource, day: number): Promise<SimulatedDay> {
  const simulated = source.simulate(day)
  simulated.catch(() => {})
  return simulated
}

/** The run digest at each day boundary (before day 0, 1, 2, …) up to the last recorded one; untold days add nothing. */
export function digestsOf(config: RunConfig, recorded: readonly DayRecord[]): string[] {
  const digest = new RunDigest(runIdentity(config))
  const digests = [digest.hex]
  for (const record of recorded) {
    while (digests.length <= record.day) digests.push(digest.hex)
    digests.push(chained(digest, record).hex)
  }
  return digests
}

/** The digest of a run of which these days are recorded. */
export function digestOf(config: RunConfig, recorded: readonly DayRecord[]): RunDigest {
  return recorded.reduce(chained, new RunDigest(runIdentity(config)))
}

function chained(digest: RunDigest, { day, factDigests }: DayRecord): RunDigest {
  digest.add(day, digestWords(factDigests))
  return digest
}

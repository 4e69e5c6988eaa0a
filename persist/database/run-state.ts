import { DAY_MS, type PlacePackName, placePack } from '../../sim/content/index.ts'
import { type PlainSources, plainSources } from '../blocks/maker.ts'
import { isCommitted, type LedgerDay, type LedgerReader, type LedgerRun } from '../ledger/records.ts'
import { type OwnTable, ownTablesOf } from '../own/index.ts'
import type { DayContext, Texts } from '../rows/day.ts'
import { addRanges, SequenceIds, UserIds } from '../rows/ids.ts'
import { type LookupIds, quizzesIn } from '../rows/lookups.ts'
import type { PictureSource } from '../rows/media.ts'
import type { FirstIds } from '../rows/placement.ts'
import type { ProfileContext } from '../rows/profiles.ts'
import type { IdsSoFar } from '../rows/renderer.ts'
import { textsOf, wordsIn } from '../texts.ts'

/** What the store holds of a run while it is being written: built from the ledger, kept up by each transaction. */
export interface RunState extends ProfileContext, DayContext {
  run: LedgerRun
  /** Words and pictures as data; null when they are functions of the user's own. */
  readonly plain: PlainSources | null
  /** The last id that the run gave, by table. */
  readonly ends: Map<string, number>
  /** Rows of the ledger that no commit followed: what a cut-off writer announced. */
  readonly announced: readonly LedgerDay[]
  /** Tables that the facts of the run's extension go to, by kind; empty without one. */
  readonly own: readonly OwnTable[]
}

export interface RowSources {
  readonly texts: Texts
  readonly pictures: PictureSource
  /** Told when a connection was lost and the work is tried again, and why tables are not kept by day. */
  readonly onFault: (message: string) => void
}

/** Where the ids stand, as data for whoever makes the rows of the days that follow. */
export function idsOf({ startMs, users, posts, matches }: RunState, next: FirstIds): IdsSoFar {
  return { startMs, written: users.greatest, users: users.runs(), posts: posts.steps(), matches: matches.steps(), next }
}

/** Rebuilds a run's state from the ledger alone: it never reads live profiles. */
export async function loadState(
  run: LedgerRun,
  ledger: LedgerReader,
  lookups: LookupIds,
  sources: RowSources,
): Promise<RunState> {
  const users = new UserIds()
  const posts = new SequenceIds()
  const matches = new SequenceIds()
  const ends = new Map<string, number>()
  const days = await ledger.days(run.id)
  for (const row of days) {
    if (!isCommitted(row, run) || row.lastId < row.firstId) continue
    ends.set(row.table, Math.max(row.lastId, ends.get(row.table) ?? 0))
    if (row.table === 'posts') addRanges(posts, row.markets ?? [], row.firstId)
    if (row.table === 'matches') addRanges(matches, row.markets ?? [], row.firstId)
  }
  for await (const people of ledger.people(run.id)) {
    for (const { k, userId } of people) users.set(k, userId)
  }
  return {
    run,
    startMs: run.startDay * DAY_MS,
    places: placePack(run.placePack as PlacePackName),
    lookups,
    quizzes: quizzesIn(run.segments[0]!.inputs),
    texts: textsOf(sources.texts, wordsIn(run.segments[0]!.inputs), run.placePack as PlacePackName),
    plain: plainSources(sources, run.segments[0]!.inputs, run.placePack as PlacePackName),
    pictures: sources.pictures,
    users,
    posts,
    matches,
    ends,
    announced: days.filter((row) => !isCommitted(row, run)),
    own: ownTablesOf(run.segments[0]!.inputs),
  }
}

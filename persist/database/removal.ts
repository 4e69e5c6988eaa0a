import { DAY_MS } from '../../sim/content/index.ts'
import { type Cursor, type IdRange, isCommitted, type LedgerDay, type LedgerRun } from '../ledger/records.ts'
import { type OwnTable, ownTablesOf, shapeIn } from '../own/index.ts'
import { hangingOn } from '../removal/dependents.ts'
import { markComputed } from '../removal/derived.ts'
import { releaseLookups } from '../removal/lookup-rows.ts'
import { sqlPlaceOf } from '../removal/sql-place.ts'
import { TABLE_NAMES } from '../rows/tables.ts'
import type { Removal } from '../store.ts'
import { isThere, moved, sumRows } from './announcement.ts'
import type { Backend, KeyRange } from './backend.ts'
import type { RunState } from './run-state.ts'

/** Ranges of one table that touch become one; children come before parents. Under a mapping `rows` counts other rows. */
function rangesOf(
  rows: readonly { table: string; rows: number; firstId: number; lastId: number }[],
  tables: readonly OwnTable[],
): KeyRange[] {
  return [...TABLE_NAMES, ...tables.map(({ table }) => table)].reverse().flatMap((table) => {
    const own = rows
      .filter((row) => row.table === table && row.lastId >= row.firstId)
      .sort((a, b) => a.firstId - b.firstId)
    const ranges: { shape: KeyRange['shape']; first: number; last: number }[] = []
    for (const { firstId, lastId } of own) {
      const before = ranges.at(-1)
      if (before && before.last + 1 === firstId) before.last = lastId
      else ranges.push({ shape: shapeIn(tables, table), first: firstId, last: lastId })
    }
    return ranges
  })
}

/** Whether two ranges of a table have an id in common. */
export function overlap(a: Pick<IdRange, 'firstId' | 'lastId'>, b: Pick<IdRange, 'firstId' | 'lastId'>): boolean {
  return a.firstId <= b.lastId && b.firstId <= a.lastId
}

/** A run's ranges without the ids of other runs' committed rows: one with transactions may have been quicker. */
function without(ranges: readonly KeyRange[], others: readonly IdRange[]): KeyRange[] {
  return ranges.flatMap((range) => {
    const taken = others
      .filter((other) => other.table === range.shape.table)
      .filter((other) => overlap(other, { firstId: range.first, lastId: range.last }))
      .sort((a, b) => a.firstId - b.firstId)
    const left: KeyRange[] = []
    let first = range.first
    for (const { firstId, lastId } of taken) {
      if (first < firstId) left.push({ ...range, first, last: firstId - 1 })
      first = Math.max(first, lastId + 1)
    }
    if (first <= range.last) left.push({ ...range, first })
    return left
  })
}

/** Where the rows lie that a run has written, as its ledger tells. */
async function writtenRanges(backend: Backend, run: LedgerRun, rows: readonly LedgerDay[]): Promise<KeyRange[]> {
  const others: IdRange[] = []
  for (const other of await backend.ledger.runs()) {
    if (other.id === run.id) continue
    for (const row of await backend.ledger.days(other.id)) {
      if (row.firstId <= row.lastId && isCommitted(row, other)) others.push(row)
    }
  }
  const own = ownTablesOf(run.segments[0]!.inputs)
  return without(
    rangesOf(
      rows.filter(({ chunk }) => chunk >= 0),
      own,
    ),
    others,
  )
}

/** Removes what a cut-off writer announced: its rows, then the announcement, unless whoever repeats the step needs it. Inside a transaction. */
export async function removeAnnounced(backend: Backend, { run, announced }: RunState): Promise<void> {
  const ranges = await writtenRanges(backend, run, announced)
  let kept = false
  if (backend.deleteAnnounced) kept = await backend.deleteAnnounced(ranges)
  else for (const range of ranges) await backend.deleteRange(range)
  for (const row of announced.filter(({ table, chunk }) => table === 'users' && chunk >= 0)) {
    await backend.deleteLedger(run.id, { part: 'people', first: row.firstId, last: row.lastId })
  }
  for (const { day, chunk } of announced) {
    if (!kept || chunk < 0) await backend.deleteLedger(run.id, { part: 'days', day, chunk })
  }
}

/**
 * `RunStore.reset`. Where there are no transactions the cursor goes back first: whoever is cut off after that leaves rows
 * beyond it, which the next to open the run removes.
 */
export async function resetRun(
  backend: Backend,
  run: LedgerRun,
  what: 'all' | 'activity',
): Promise<Record<string, number>> {
  await backend.claim?.(run.id)
  const days = await backend.ledger.days(run.id)
  const firstChunks = what === 'all' ? 0 : chunksOfFirstSegment(run, days)
  const gone = days.filter((row) => row.chunk === 0 || row.chunk > firstChunks)
  const rows = what === 'all' ? days : gone
  let lookups: Record<string, number> = {}
  const to = what === 'all' ? begun(run) : withPeople(run, firstChunks)
  const back = async () => {
    // Another process that moved the cursor meanwhile has written rows that `days` does not name.
    if (!(await backend.moveCursor(run.id, run, to))) throw moved(run)
  }
  if (!backend.transactional) await back()
  await backend.deleteRanges(await writtenRanges(backend, run, rows), async () => {
    if (backend.transactional) await back()
    if (what === 'all') {
      lookups = await releaseLookups(backend, run.id)
      await markComputed(backend, (run.startDay + run.lastDay + 1) * DAY_MS)
      return backend.deleteLedger(run.id, { part: 'run' })
    }
    await backend.deleteLedger(run.id, { part: 'later', after: to.profilesThrough })
    for (const { day, chunk } of gone) await backend.deleteLedger(run.id, { part: 'days', day, chunk })
    await backend.deleteLedger(run.id, { part: 'segments' })
  })
  return lookups
}

/** `RunStore.removal`. */
export async function removalOf(backend: Backend, run: LedgerRun, what: 'all' | 'activity'): Promise<Removal> {
  const entered = (row: LedgerDay) => (what === 'all' ? isThere(row, run, backend) : isCommitted(row, run))
  const days = (await backend.ledger.days(run.id)).filter(entered)
  const firstChunks = what === 'all' ? 0 : chunksOfFirstSegment(run, days)
  const gone = what === 'all' ? days : days.filter((row) => row.chunk === 0 || row.chunk > firstChunks)
  const rows =
    what === 'all' && backend.rowsOf ? await backend.rowsOf(run) : sumRows(gone, ownTablesOf(run.segments[0]!.inputs))
  const written = Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0))
  const place = sqlPlaceOf(backend)
  const hanging = place && (await hangingOn(place, await writtenRanges(backend, run, gone), gone))
  const files = what === 'all' ? byTable((await backend.unlistedFiles?.(run.id)) ?? []) : {}
  return {
    rows: written,
    ...(Object.keys(files).length > 0 && { files }),
    derived: hanging?.derived ?? {},
    dependents: hanging?.dependents ?? {},
  }
}

/** How many files each table has. @param paths in a folder of files, one subfolder a table */
function byTable(paths: readonly string[]): Record<string, number> {
  const files: Record<string, number> = {}
  for (const path of paths) {
    const [table] = path.split('/') as [string]
    files[table] = (files[table] ?? 0) + 1
  }
  return files
}

/** The cursor of a run of which nothing is written. */
function begun(run: LedgerRun): Cursor {
  const { firstPerson, fromDay } = run.segments[0]!
  const nothing = { profilesThrough: firstPerson - 1, chunks: 0, lastDay: fromDay - 1, people: 0 }
  return { status: 'profiles', ...nothing, digest: null, metrics: null }
}

/** The cursor of a run that holds its first people (as many as there are) and no day. */
function withPeople(run: LedgerRun, chunks: number): Cursor {
  const { firstPerson, people, fromDay } = run.segments[0]!
  const done = run.segments.length > 1 || run.status !== 'profiles'
  return {
    status: done ? 'activity' : 'profiles',
    profilesThrough: done ? firstPerson + people - 1 : run.profilesThrough,
    chunks,
    lastDay: fromDay - 1,
    people: done ? people : run.people,
    digest: null,
    metrics: null,
  }
}

/** Chunks that wrote the people of the first segment: as many as it takes for them. */
function chunksOfFirstSegment(run: LedgerRun, days: readonly { table: string; chunk: number; rows: number }[]): number {
  const chunks = days.filter(({ table, chunk }) => table === 'users' && chunk > 0).sort((a, b) => a.chunk - b.chunk)
  let left = run.segments[0]!.people
  let last = 0
  for (const { chunk, rows } of chunks) {
    if (left <= 0) break
    left -= rows
    last = chunk
  }
  return last
}

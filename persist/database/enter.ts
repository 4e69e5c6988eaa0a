import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { type Cursor, LAYOUT, type LedgerDay, type LedgerRun } from '../ledger/records.ts'
import { daysBatch } from '../ledger/tables.ts'
import type { EnteredDay, EnteredPeople, EnteredRun } from '../planned/entered-run.ts'
import type { TaskSetup } from '../planned/task-setup.ts'
import { DAY_TABLES, type DayTable, marketRanges, sumCounts } from '../rows/placement.ts'
import { PROFILE_TABLES } from '../rows/profiles.ts'
import { LOOKUPS, TABLES, type TableName } from '../rows/tables.ts'
import { accountOfNone, ledgerDay, withFactDigests } from './announcement.ts'
import type { Backend } from './backend.ts'
import type { Transactions } from './transactions.ts'

/** Rows of the ledger at once. */
const AT_ONCE = 20_000

/** Enters a run whose rows were written elsewhere into the ledger, inside a transaction. */
export async function enterRun(
  backend: Backend,
  transactions: Transactions,
  run: LedgerRun,
  entered: EnteredRun,
): Promise<void> {
  await transactions.move(run, run)
  if (entered.files.length > 0) await refuseOthers(backend, transactions, run, entered)
  // What tasks announced of their rows gives way to what one machine would have recorded.
  const announced = new Set((await backend.ledger.days(run.id)).map(({ day, chunk }) => `${day} ${chunk}`))
  for (const [day, chunk] of [...announced].map((each) => each.split(' ').map(Number))) {
    await backend.deleteLedger(run.id, { part: 'days', day: day!, chunk: chunk! })
  }
  const { fromDay } = run.segments[0]!
  const ledger = new LedgerRows(backend, run.id)
  const marks = new Map<number, number>()
  let [people, lastDay] = [0, run.lastDay]
  for (const [i, chunk] of entered.chunks.entries()) {
    await ledger.add(peopleRows(chunk, fromDay, i + 1))
    addMarks(marks, chunk)
    people += chunk.people
  }
  const profilesThrough = run.profilesThrough + people
  for (const day of entered.days()) {
    await ledger.add(dayRows(day))
    if (day.newcomers) addMarks(marks, day.newcomers)
    people += day.newcomers?.people ?? 0
    lastDay = day.day
  }
  await ledger.end()
  await backend.advanceSequences(ledger.lastIds)
  if (entered.files.length > 0) await backend.enterFiles!(entered.files)
  await backend.insertMissing({
    shape: LOOKUPS.interest_dirty,
    rows: marks.size,
    columns: { interest_id: Float64Array.from(marks.keys()), marked_at: Float64Array.from(marks.values()) },
  })
  const { digest, metrics, chunks } = entered
  const to: Cursor = { status: 'finished', profilesThrough, chunks: chunks.length, lastDay, people, digest, metrics }
  await transactions.move(run, to)
}

/** Rows of the ledger on their way, some thousands at once. */
class LedgerRows {
  readonly lastIds: Record<string, number> = {}
  readonly #backend: Backend
  readonly #runId: number
  #rows: LedgerDay[] = []

  constructor(backend: Backend, runId: number) {
    this.#backend = backend
    this.#runId = runId
  }

  async add(rows: readonly LedgerDay[]): Promise<void> {
    for (const row of rows) {
      const { table, firstId, lastId } = row
      this.#rows.push(row)
      if (firstId > lastId || TABLES[table as TableName].key !== 'id') continue
      this.lastIds[table] = Math.max(this.lastIds[table] ?? 0, lastId)
    }
    if (this.#rows.length >= AT_ONCE) await this.end()
  }

  async end(): Promise<void> {
    if (this.#rows.length > 0) await this.#backend.insert(daysBatch(this.#runId, this.#rows))
    this.#rows = []
  }
}

/** @throws MingleError IDS_TAKEN when the files' ids are those of other rows by now */
async function refuseOthers(
  backend: Backend,
  transactions: Transactions,
  run: LedgerRun,
  { chunks, first }: EnteredRun,
): Promise<void> {
  const { users, profile_media } = chunks[0] ?? first
  if (await isFree(transactions, run.id, { ...first, users, profile_media })) return
  throw new MingleError('IDS_TAKEN', takenWords(backend.url, run))
}

/**
 * Looks whether tasks can still write what was planned, before any of them has.
 * @throws MingleError BAD_INPUT when others have written into the place since
 */
export async function checkTaskIds(backend: Backend, transactions: Transactions, setup: TaskSetup): Promise<void> {
  const run = await transactions.run(setup.runId)
  const { users, profile_media } = setup.people
  if (await isFree(transactions, run.id, { ...setup.blocks.ids.next, users, profile_media })) return
  // What tasks wrote into a database stands there already, and each of them sees whether its own ids are free.
  if (await backend.ledger.hasDays(run.id)) return
  // It may have been finished between these looks.
  const { status } = await transactions.run(run.id)
  if (status === 'profiles') throw badInput(takenWords(backend.url, run))
}

/** Whether ids still stand where they stood when a run was planned. @param planned first ids by table */
async function isFree(
  transactions: Transactions,
  runId: number,
  planned: Readonly<Record<string, number>>,
): Promise<boolean> {
  const next = await transactions.nextIds(new Map(), runId)
  return Object.entries(planned).every(([table, id]) => next[table] === id)
}

function takenWords(url: string, { seed }: Pick<LedgerRun, 'seed'>): string {
  return `${url} has taken in other rows since the plan of run '${seed}' was made, so its ids are taken; reset the run and make its plan again`
}

function peopleRows({ people, users, profile_media, media, accounts }: EnteredPeople, day: number, chunk: number) {
  return PROFILE_TABLES.map((table): LedgerDay => {
    const [first, count] = table === 'profile_media' ? [profile_media, media] : [users, people]
    return ledgerDay(
      day,
      chunk,
      table,
      first,
      first + count - 1,
      accounts[table] ?? accountOfNone(TABLES[table], LAYOUT),
    )
  })
}

function dayRows({ day, first, markets, newcomers, accounts, factDigests }: EnteredDay): LedgerDay[] {
  const counts = sumCounts(markets)
  const rows = DAY_TABLES.map((table: DayTable): LedgerDay => {
    const account = accounts[table] ?? accountOfNone(TABLES[table], LAYOUT)
    const ranges = table === 'posts' || table === 'matches' ? marketRanges(markets, table) : null
    return { ...ledgerDay(day, 0, table, first[table], first[table] + counts[table] - 1, account), markets: ranges }
  })
  const profiles = newcomers ? peopleRows(newcomers, day, 0) : []
  return withFactDigests(day, [...profiles, ...rows], factDigests, LAYOUT)
}

/** Interests by the first to touch each, in the order in which one machine writes them. */
function addMarks(marks: Map<number, number>, { marks: own }: EnteredPeople): void {
  for (let at = 0; at < own.length; at += 2) if (!marks.has(own[at]!)) marks.set(own[at]!, own[at + 1]!)
}

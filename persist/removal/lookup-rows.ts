import type { Backend } from '../database/backend.ts'
import { liesIn } from '../database/foreign.ts'
import { quoted } from '../identifiers.ts'
import { DERIVED_TABLES } from '../rows/derived.ts'
import { LOOKUPS } from '../rows/tables.ts'
import { type Reference, referencesOf, type SqlPlace, sqlPlaceOf } from './sql-place.ts'

/** Ids of lookup rows that a run added, by table: [first, last]. */
export type MadeRows = Readonly<Record<string, readonly (readonly [number, number])[]>>

/** What a run's first segment keeps beside the next free ids. */
interface Bases {
  readonly made?: MadeRows
}

/**
 * What a run's first segment has; undefined where there is none. A server keeps it from others until the transaction ends: of two
 * resets at once one waits, and sees what the other left to it, or that it is gone.
 */
async function basesOf(place: SqlPlace, runId: number): Promise<string | undefined> {
  const select = `SELECT bases FROM seed_run_segments WHERE run_id = ${runId} AND position = 0`
  const [[text] = []] = await place.query(place.dialect === 'sqlite' ? select : `${select} FOR UPDATE`)
  return text === undefined ? undefined : String(text)
}

/**
 * Before a run's ledger goes: what it added to the lookup tables becomes another run's to remove, or goes with it when
 * there is none, save what rows of others use.
 *
 * @returns the removed rows by table
 */
export async function releaseLookups(backend: Backend, runId: number): Promise<Record<string, number>> {
  const place = sqlPlaceOf(backend)
  const bases = place && (await basesOf(place, runId))
  const { made = {} } = JSON.parse(bases ?? '{}') as Bases
  if (!place || Object.keys(made).length === 0) return {}
  for (const { id } of await backend.ledger.runs()) {
    if (id !== runId && (await bequeath(place, id, made))) return {}
  }
  const removed: Record<string, number> = {}
  for (const { table, where, along } of await unused(place, made)) {
    const [[count] = []] = await place.query(`SELECT count(*) FROM ${quoted(table, place.dialect)} t WHERE ${where}`)
    removed[table] = Number(count)
    if (removed[table] === 0) continue
    // MySQL reads no table that it deletes from, but for a derived one.
    const ids = `SELECT id FROM (SELECT t.id FROM ${quoted(table, place.dialect)} t WHERE ${where}) gone`
    for (const { child, columns } of along) {
      await place.execute(`DELETE FROM ${child} WHERE ${quoted(columns[0]!, place.dialect)} IN (${ids})`)
    }
    await place.execute(`DELETE FROM ${quoted(table, place.dialect)} WHERE id IN (${ids})`)
  }
  return removed
}

/**
 * Of lookup rows that a process added before another created the run: they are that run's to remove.
 * @param made as noted; rows that are not there were kept from being added
 */
export async function leaveLookups(backend: Backend, runId: number, made: MadeRows): Promise<void> {
  const place = sqlPlaceOf(backend) ?? backend.statements
  const there: Record<string, (readonly [number, number])[]> = {}
  for (const table of place ? ORDER.filter((name) => made[name]?.length) : []) {
    const ranges = made[table]!.map(([first, last]) => ({ shape: LOOKUPS[table], first, last }))
    const rows = await place!.query(`SELECT id FROM ${quoted(table, place!.dialect)} WHERE ${liesIn('id', ranges)}`)
    there[table] = rows.map(([id]) => [Number(id), Number(id)] as const)
  }
  if (place && Object.keys(there).length > 0) await bequeath(place, runId, there)
}

/** Adds to what a run made; others may do so at the same time. @returns whether there is such a run */
async function bequeath(place: SqlPlace, runId: number, made: MadeRows): Promise<boolean> {
  const [to, from] = place.dialect === 'postgresql' ? ['$1', '$2'] : ['?', '?']
  const change = `UPDATE seed_run_segments SET bases = ${to} WHERE run_id = ${runId} AND position = 0 AND bases = ${from}`
  for (;;) {
    const text = await basesOf(place, runId)
    if (text === undefined) return false
    const bases = JSON.parse(text) as Bases
    const merged = JSON.stringify({ ...bases, made: joined(bases.made ?? {}, made) })
    if (merged === text) return true
    await place.execute(change, [merged, text])
  }
}

/** Both, in the order in which tables are filled, their ranges without gaps between them. */
function joined(one: MadeRows, other: MadeRows): MadeRows {
  const tables = ORDER.toReversed().filter((table) => one[table]?.length || other[table]?.length)
  return Object.fromEntries(
    tables.map((table) => {
      const ranges: (readonly [number, number])[] = []
      for (const [first, last] of [...(one[table] ?? []), ...(other[table] ?? [])].sort((a, b) => a[0] - b[0])) {
        const end = ranges.at(-1)
        if (end && first <= end[1] + 1) ranges[ranges.length - 1] = [end[0], Math.max(end[1], last)]
        else ranges.push([first, last])
      }
      return [table, ranges]
    }),
  )
}

interface Unused {
  readonly table: string
  readonly where: string
  /** By what rows that go with these refer to them. */
  readonly along: readonly Reference[]
}

/** Children before parents, so that what was used by rows that go no longer is. */
const ORDER = ['quiz_options', 'quiz_questions', 'quizzes', 'interests', 'interest_subjects'] as const

async function unused(place: SqlPlace, made: MadeRows): Promise<Unused[]> {
  const references = await referencesOf(place)
  return ORDER.filter((table) => made[table]?.length).map((table) => {
    const ranges = made[table]!.map(([first, last]) => ({ shape: LOOKUPS[table], first, last }))
    const conditions = [liesIn('t.id', ranges)]
    for (const reference of references) {
      if (reference.parentName === table && !goesAlong(reference)) conditions.push(isUnused(place, reference, 't'))
    }
    // A quiz that somebody took keeps its questions and options.
    if (table === 'quiz_questions') conditions.push(`NOT EXISTS (${TAKEN} AND a.quiz_id = t.quiz_id)`)
    if (table === 'quiz_options') {
      conditions.push(
        `NOT EXISTS (${TAKEN} AND a.quiz_id = (SELECT q.quiz_id FROM quiz_questions q WHERE q.id = t.question_id))`,
      )
    }
    const along = references.filter((each) => each.parentName === table && goesAlong(each))
    return { table, where: conditions.join(' AND '), along }
  })
}

const TAKEN = 'SELECT 1 FROM quiz_answers a WHERE 1 = 1'

/** Rows of jobs, and the queue that they consume, go with what they are about. */
function goesAlong({ childName }: Reference): boolean {
  return childName === 'interest_dirty' || (DERIVED_TABLES as readonly string[]).includes(childName)
}

function isUnused(place: SqlPlace, { child, columns, parentColumns }: Reference, alias: string): string {
  const same = columns.map(
    (column, i) => `c.${quoted(column, place.dialect)} = ${alias}.${quoted(parentColumns[i]!, place.dialect)}`,
  )
  return `NOT EXISTS (SELECT 1 FROM ${child} c WHERE ${same.join(' AND ')})`
}

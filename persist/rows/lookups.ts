import { QUIZZES, type Quiz, type Taxonomy, taxonomyOf } from '../../sim/content/index.ts'
import type { TableBatch } from '../batch.ts'
import { LOOKUPS } from './tables.ts'

/** The quizzes that a run brought along, kept with its first segment; Mingle's where it brought none. */
export function quizzesIn(inputs: string): readonly Quiz[] {
  return ownLookups(inputs).quizzes ?? QUIZZES
}

/** What lookup rows a run brought along, kept with its first segment. */
export interface OwnLookups {
  readonly quizzes?: readonly Quiz[]
  readonly taxonomy?: Taxonomy
}

export function ownLookups(inputs: string): OwnLookups {
  const { quizzes, taxonomy } = JSON.parse(inputs) as OwnLookups
  return { ...(quizzes && { quizzes }), ...(taxonomy && { taxonomy }) }
}

/** Row ids of the lookup rows, by the ids that the simulation uses (positions in the content's lists). */
export interface LookupIds {
  readonly interests: readonly number[]
  readonly quizzes: readonly number[]
  /** By quiz, then by question. */
  readonly questions: readonly (readonly number[])[]
  /** Ids of the rows that were added just now, by table: [first, last]. */
  readonly made: Readonly<Record<string, readonly (readonly [number, number])[]>>
}

/** What finding and adding lookup rows takes of a database, inside a transaction. */
export interface LookupTables {
  /** All rows of a lookup table: its id by the text of its natural key. */
  naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>>
  greatestId(table: string): Promise<number>
  insert(batch: TableBatch): Promise<void>
}

/** The value that a stored answer holds for option `index` of a question: a, b, c, … */
export function optionValue(index: number): string {
  return String.fromCharCode(97 + index)
}

interface Row {
  readonly key: string
  readonly values: readonly (string | number)[]
}

/**
 * Makes sure that subjects, interests and quizzes are there, and returns their ids. Rows that the site has already,
 * by their natural keys, are used as they are.
 * @param own the run's own quizzes and interests
 * @param made what an earlier attempt added before it was cut off, where no transaction took that back; it is added to
 */
export async function ensureLookups(
  tables: LookupTables,
  { quizzes: own = QUIZZES, taxonomy }: OwnLookups = {},
  made: MadeLookups = {},
): Promise<LookupIds> {
  const named = taxonomyOf(taxonomy)
  const subjects = await ensure(
    made,
    tables,
    'interest_subjects',
    ['name'],
    named.subjects.map((name) => ({ key: name, values: [name] })),
  )
  const interestIds = await ensure(
    made,
    tables,
    'interests',
    ['name'],
    named.interests.map(({ name, subject }) => ({ key: name, values: [subjects[subject]!, name] })),
  )
  const interests: number[] = []
  named.interests.forEach(({ kind }, i) => {
    interests[kind] = interestIds[i]!
  })
  const quizzes = await ensure(
    made,
    tables,
    'quizzes',
    ['slug'],
    own.map(({ slug, title }) => ({ key: slug, values: [slug, title] })),
  )
  const flat = own.flatMap((quiz, q) => quiz.questions.map((question, i) => ({ quiz: quizzes[q]!, question, i })))
  const questionIds = await ensure(
    made,
    tables,
    'quiz_questions',
    ['quiz_id', 'position'],
    flat.map(({ quiz, question, i }) => ({ key: `${quiz}|${i}`, values: [quiz, i, question.prompt] })),
  )
  await ensure(
    made,
    tables,
    'quiz_options',
    ['question_id', 'position'],
    flat.flatMap(({ question }, at) =>
      question.options.map((label, i) => ({
        key: `${questionIds[at]}|${i}`,
        values: [questionIds[at]!, i, optionValue(i), label],
      })),
    ),
  )
  let next = 0
  const questions = own.map((quiz) => quiz.questions.map(() => questionIds[next++]!))
  return { interests, quizzes, questions, made }
}

/** Ids of rows that were added, by table: [first, last]. */
export type MadeLookups = Record<string, (readonly [number, number])[]>

/** Adds the rows that are missing; returns the ids of all, in their order. `values` are the columns after `id`. */
async function ensure(
  made: MadeLookups,
  tables: LookupTables,
  name: Exclude<keyof typeof LOOKUPS, 'interest_dirty'>,
  natural: readonly string[],
  rows: readonly Row[],
): Promise<number[]> {
  const ids = await tables.naturalKeys(name, natural)
  // Of what was noted, another process may have kept some from being added.
  if (made[name]) made[name] = within(made[name], new Set(rows.map(({ key }) => ids.get(key))))
  const missing = rows.filter((row) => !ids.has(row.key))
  let next = missing.length > 0 ? (await tables.greatestId(name)) + 1 : 0
  const added = missing.map((row) => {
    ids.set(row.key, next)
    return [next++, ...row.values]
  })
  if (added.length > 0) {
    const shape = LOOKUPS[name]
    const columns = Object.entries(shape.columns).map(([column, kind], i) => {
      const values = added.map((row) => row[i]!)
      return [column, kind === 'text' ? (values as string[]) : Float64Array.from(values as number[])]
    })
    // Noted first: part of them may be there when the connection breaks.
    made[name] = withRange(made[name] ?? [], added[0]![0] as number, next - 1)
    await tables.insert({ shape, rows: added.length, columns: Object.fromEntries(columns) })
  }
  return rows.map((row) => ids.get(row.key)!)
}

/** What of some ranges is among ids. */
function within(ranges: MadeLookups[string], ids: ReadonlySet<number | undefined>): MadeLookups[string] {
  let found: MadeLookups[string] = []
  for (const [first, last] of ranges) {
    for (let id = first; id <= last; id++) if (ids.has(id)) found = withRange(found, id, id)
  }
  return found
}

/** Ranges with one more, which begins where the last one was cut off, or above it. */
function withRange(ranges: MadeLookups[string], first: number, last: number): MadeLookups[string] {
  const end = ranges.at(-1)
  return end && first <= end[1] + 1 ? [...ranges.slice(0, -1), [end[0], last]] : [...ranges, [first, last]]
}

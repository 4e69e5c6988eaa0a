import { exampleRow } from '../plan/example.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { Staging } from '../read/invert/index.ts'
import { quoted } from '../sql/sql.ts'
import type { SiteNumbers } from './site-numbers.ts'

/** What a row that a function makes of one answer says of it, by the names that `picks` has; `quiz_id` and `quiz` are the fact's. */
const QUESTION = ['question_id', 'prompt', 'position'] as const
const OPTION = ['option_id', 'value', 'label', 'option_position'] as const
const QUIZ = ['quiz_id', 'quiz'] as const
type Said = (typeof QUESTION | typeof OPTION | typeof QUIZ)[number]

/** A mapping that spreads a quiz's answers over rows: whose they are, and by what each row names question and option. */
export interface SpreadAnswers {
  readonly target: PlannedTarget
  readonly person: PlannedColumn
  readonly said: ReadonlyMap<Said, PlannedColumn>
}

const PICKS = [1, 2, 3].map((i) => ({
  question_id: 9100 + i,
  position: 40 + i,
  prompt: `Prompt ${i}?`,
  option_id: 9200 + i,
  option_position: 60 + i,
  value: 'xyz'[i - 1]!,
  label: `Label ${i}`,
}))

/** Null where no function does that, or where its rows do not say enough. Functions are tried on a made-up row. */
export function spreadAnswers(plan: Plan): SpreadAnswers | null {
  for (const target of plan.targets) {
    const { make, most = 1, returns = [] } = target.target
    const { selector, all } = target
    if (target.source !== 'quiz_answer' || !make || most === 1 || selector?.space !== 'user') continue
    const row = { ...exampleRow(plan, target.facts.columns, 0), picks: PICKS }
    const made = tried(make as (row: never) => unknown, row)
    if (made?.length !== PICKS.length) continue
    const said = new Map<Said, PlannedColumn>()
    for (const name of returns) {
      const column = all.find(({ field }) => field.name === name)
      const is = (word: Said) =>
        made.every((values, i) => String(values[name]) === String({ ...row, ...PICKS[i]! }[word as never]))
      const word = [...QUESTION, ...OPTION, ...QUIZ].find(is)
      if (column && word && !said.has(word)) said.set(word, column)
    }
    const quiz = QUIZ.some((word) => said.has(word))
    const question = said.has('question_id') || said.has('prompt') || (quiz && said.has('position'))
    if (question && OPTION.some((word) => said.has(word))) return { target, person: selector.column, said }
  }
  return null
}

/**
 * Gathers staged rows into the answers of the reference schema: option's value by the question's number. What names no question or
 * option is left out, and so is what may mean several: two quizzes may ask in the same words. Of several rows of a person about
 * one question the last counts.
 * @param table where the target's rows are staged, in the order of their key
 */
export function gatherAnswers(
  staging: Staging,
  { target, person, said }: SpreadAnswers,
  plan: Plan,
  numbers: SiteNumbers,
  table: string,
): void {
  const stored = ({ field }: PlannedColumn) => `s.${quoted(field.column)}`
  const { rule } = target.selector!
  const user = numbers.number(rule, 'user', person.kind, stored(person))
  const own = (space: 'question' | 'option' | 'quiz', column: PlannedColumn) => {
    const model = plan.lookups.get(space)?.model
    const key = model?.fields.find(({ name }) => name === model.primaryKey[0])
    // A function may have made a text of a number.
    const value =
      key?.type === 'String' || key?.type === 'Bytes' ? stored(column) : `CAST(${stored(column)} AS INTEGER)`
    return model ? numbers.number({ kind: 'table', space }, space, column.kind, value) : value
  }
  const same = (of: 'q' | 'o', name: string, column: PlannedColumn) => `${of}.${name} = ${stored(column)}`
  const conditions: Readonly<Record<Said, (column: PlannedColumn) => string>> = {
    question_id: (column) => `q.id = ${own('question', column)}`,
    prompt: (column) => same('q', 'prompt', column),
    position: (column) => same('q', 'position', column),
    quiz_id: (column) => `q.quiz_id = ${own('quiz', column)}`,
    quiz: (column) => `q.quiz_id = (SELECT z.id FROM quizzes z WHERE z.slug = ${stored(column)})`,
    option_id: (column) => `o.id = ${own('option', column)}`,
    value: (column) => same('o', 'value', column),
    label: (column) => same('o', 'label', column),
    option_position: (column) => same('o', 'position', column),
  }
  const of = (words: readonly Said[]) =>
    words.flatMap((word) => (said.has(word) ? [conditions[word](said.get(word)!)] : [])).join(' AND ')
  staging.db.exec(
    `INSERT INTO quiz_answers (user_id, quiz_id, answers, score_vec, created_at)
     SELECT person, quiz, json_group_object(question, value), '[]', '' FROM (
       SELECT person, quiz, question, value, max(row) FROM (
         SELECT s._rowid_ AS row, ${user} AS person, q.quiz_id AS quiz, CAST(q.id AS TEXT) AS question, o.value AS value,
           count(*) AS meanings FROM ${table} s
         JOIN quiz_questions q ON ${of([...QUESTION, ...QUIZ])}
         JOIN quiz_options o ON o.question_id = q.id AND ${of(OPTION)}
         GROUP BY s._rowid_)
       WHERE person IS NOT NULL AND meanings = 1 GROUP BY person, quiz, question)
     GROUP BY person, quiz`,
  )
}

function tried(make: (row: never) => unknown, row: object): Record<string, unknown>[] | null {
  try {
    const made = make(row as never)
    return Array.isArray(made) ? (made as Record<string, unknown>[]) : null
  } catch {
    return null
  }
}

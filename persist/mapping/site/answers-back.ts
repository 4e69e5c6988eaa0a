import type { AnswerForm } from '../config/config.ts'
import type { Staging } from '../read/invert/index.ts'
import type { Key } from '../rows/values.ts'

const ROWS = 5000

/** What answers call a question, and how its options are called. */
interface Asked {
  readonly number: number
  readonly values: ReadonlyMap<string, string>
}

/**
 * Spells the staged answers as the reference schema does: the option's value by the question's number. What names no question
 * or option is left out.
 * @param keyOf the site's key of a question or an option
 */
export function spellAnswers(
  staging: Staging,
  form: AnswerForm,
  keyOf: (space: 'question' | 'option', number: number) => Key | null,
): void {
  const quizzes = questionsBy(staging, form, keyOf)
  const read = staging.db
    .prepare('SELECT rowid, quiz_id, answers FROM quiz_answers WHERE rowid > ? ORDER BY rowid LIMIT ?')
    .raw()
  const write = staging.db.prepare('UPDATE quiz_answers SET answers = ? WHERE rowid = ?')
  for (let after = 0; ; ) {
    const rows = read.all(after, ROWS) as unknown as [rowid: number, quiz: number, answers: string][]
    staging.db.exec('BEGIN')
    for (const [rowid, quiz, answers] of rows) write.run([spelled(answers, quizzes.get(quiz)), rowid])
    staging.db.exec('COMMIT')
    if (rows.length < ROWS) return
    after = rows.at(-1)![0]
  }
}

function spelled(answers: string, questions: ReadonlyMap<string, Asked> | undefined): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(answers)
  } catch {
    return '{}'
  }
  if (typeof parsed !== 'object' || parsed === null || !questions) return '{}'
  const entries = Object.entries(parsed).flatMap(([name, chosen]): [string, string][] => {
    const question = questions.get(name)
    const value = question?.values.get(String(chosen))
    return question && value !== undefined ? [[String(question.number), value]] : []
  })
  return JSON.stringify(Object.fromEntries(entries))
}

/** Questions by what the site's answers call them, by the number of their quiz. */
function questionsBy(
  staging: Staging,
  form: AnswerForm,
  keyOf: (space: 'question' | 'option', number: number) => Key | null,
): Map<number, Map<string, Asked>> {
  const quizzes = new Map<number, Map<string, Asked>>()
  const questions = staging.db
    .prepare('SELECT id, quiz_id, position, prompt FROM quiz_questions ORDER BY id')
    .raw()
    .all() as unknown as [number, number, number, string][]
  const options = staging.db.prepare('SELECT id, position, value, label FROM quiz_options WHERE question_id = ?').raw()
  for (const [id, quiz, position, prompt] of questions) {
    const given = options.all(id) as unknown as [number, number, string, string][]
    const values = given.map(([option, place, value, label]): [string, string] => {
      const names = { id: keyOf('option', option) ?? option, value, position: place, text: label }
      return [String(names[form.option]), value]
    })
    const names = { id: keyOf('question', id) ?? id, position, text: prompt }
    const its = quizzes.get(quiz) ?? new Map<string, Asked>()
    its.set(String(names[form.question]), { number: id, values: new Map(values) })
    quizzes.set(quiz, its)
  }
  return quizzes
}

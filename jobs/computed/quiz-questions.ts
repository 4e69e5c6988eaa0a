import type { JobDatabase } from '../database/database.ts'

/** A question with the places that its options have on its scale. */
export interface Question {
  readonly id: number
  readonly quizId: number
  /** Quiz and position, such as `core.3`. */
  readonly trait: string
  /** Option → 0 (the first) to 1 (the last); 0 where it is the only one. */
  readonly scale: ReadonlyMap<string, number>
}

/** Every question of the database, by its id as the keys of stored answers have it. */
export async function readQuestions(database: JobDatabase): Promise<ReadonlyMap<string, Question>> {
  const questions = await database.select(
    { id: 'id', quiz: 'id', slug: 'text', position: 'int' },
    `SELECT q.id, q.quiz_id, z.slug, q.position FROM quiz_questions q JOIN quizzes z ON z.id = q.quiz_id ORDER BY q.id`,
  )
  const options = await database.select(
    { question: 'id', value: 'text' },
    'SELECT question_id, value FROM quiz_options ORDER BY question_id, position',
  )
  const valuesOf = new Map<number, string[]>()
  for (let i = 0; i < options.size; i++) {
    const values = valuesOf.get(options.question[i]!)
    if (values) values.push(options.value[i]!)
    else valuesOf.set(options.question[i]!, [options.value[i]!])
  }
  return new Map(
    Array.from(questions.id, (id, i): [string, Question] => {
      const values = valuesOf.get(id) ?? []
      const scale = new Map(values.map((value, at) => [value, at / Math.max(1, values.length - 1)]))
      return [
        String(id),
        { id, quizId: questions.quiz[i]!, trait: `${questions.slug[i]}.${questions.position[i]}`, scale },
      ]
    }),
  )
}

/** The quiz's questions that a stored answer has, with the options chosen. What is no object of answers has none. */
export function* chosenOptions(
  answers: string | null,
  quizId: number,
  questions: ReadonlyMap<string, Question>,
): Iterable<readonly [Question, string]> {
  let parsed: unknown
  try {
    parsed = JSON.parse(answers ?? 'null')
  } catch {
    return
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return
  for (const [id, value] of Object.entries(parsed)) {
    const question = questions.get(id)
    if (question?.quizId === quizId && (typeof value === 'string' || typeof value === 'number'))
      yield [question, String(value)]
  }
}

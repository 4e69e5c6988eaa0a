import { between } from '../database/database.ts'
import { rounded } from '../database/rounded.ts'
import type { Job } from '../job.ts'
import { chosenOptions, type Question, readQuestions } from './quiz-questions.ts'

const PEOPLE_AT_ONCE = 2000

/** How often each option was chosen; options that nobody chose are there with 0. */
export const quizStats: Job = {
  name: 'quiz-stats',
  summary: 'How often each option of each question was chosen, and its share',
  inputs: ['quiz_answers', 'quizzes', 'quiz_questions', 'quiz_options'],
  outputs: ['quiz_answer_stats'],
  after: [],
  async run(work) {
    const { database } = work
    const questions = await readQuestions(database)
    const counts = new Map([...questions.values()].map((question) => [question, zeros(question)]))
    const total = await database.number('SELECT count(*) FROM users')
    let done = 0
    for await (const range of database.ranges('users', 'id', PEOPLE_AT_ONCE)) {
      const answers = await database.select(
        { quiz: 'id', answers: 'text' },
        `SELECT quiz_id, ${database.text('answers')} FROM quiz_answers WHERE ${between('user_id', range)}`,
      )
      for (let i = 0; i < answers.size; i++) {
        for (const [question, option] of chosenOptions(answers.answers[i]!, answers.quiz[i]!, questions)) {
          const its = counts.get(question)!
          if (its.has(option)) its.set(option, its.get(option)! + 1)
        }
      }
      work.progress(Math.min(total, (done += PEOPLE_AT_ONCE)), total)
    }
    const rows = [...counts].flatMap(([question, its]) => {
      const all = [...its.values()].reduce((sum, count) => sum + count, 0)
      return [...its].map(([value, count]) => ({ question, value, count, share: all === 0 ? 0 : count / all }))
    })
    await work.batch(() =>
      work.replace('quiz_answer_stats', '1 = 1', rows.length, {
        quiz_id: Float64Array.from(rows, ({ question }) => question.quizId),
        question_id: Float64Array.from(rows, ({ question }) => question.id),
        value: rows.map(({ value }) => value),
        answers: Float64Array.from(rows, ({ count }) => count),
        share: Float64Array.from(rows, ({ share }) => rounded(share)),
      }),
    )
  },
}

function zeros({ scale }: Question): Map<string, number> {
  return new Map([...scale.keys()].map((option) => [option, 0]))
}

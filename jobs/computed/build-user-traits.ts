import { between } from '../database/database.ts'
import { rounded } from '../database/rounded.ts'
import type { Job } from '../job.ts'
import { chosenOptions, readQuestions } from './quiz-questions.ts'

const PEOPLE_AT_ONCE = 1000

/** One number a question: where the chosen option stands between the first and the last, which are its poles. */
export const buildUserTraits: Job = {
  name: 'build-user-traits',
  summary: 'One number a person and question, 0–1: where the answer stands between the two poles',
  inputs: ['quiz_answers', 'quizzes', 'quiz_questions', 'quiz_options'],
  outputs: ['user_traits'],
  after: [],
  async run(work) {
    const { database } = work
    const questions = await readQuestions(database)
    const total = await database.number('SELECT count(*) FROM users')
    let done = 0
    for await (const range of database.ranges('users', 'id', PEOPLE_AT_ONCE)) {
      const answers = await database.select(
        { user: 'id', quiz: 'id', answers: 'text' },
        `SELECT user_id, quiz_id, ${database.text('answers')} FROM quiz_answers
         WHERE ${between('user_id', range)} ORDER BY user_id, quiz_id`,
      )
      const user: number[] = []
      const trait: string[] = []
      const value: number[] = []
      for (let i = 0; i < answers.size; i++) {
        for (const [question, option] of chosenOptions(answers.answers[i]!, answers.quiz[i]!, questions)) {
          const place = question.scale.get(option)
          if (place === undefined) continue
          user.push(answers.user[i]!)
          trait.push(question.trait)
          value.push(rounded(place))
        }
      }
      await work.batch(() =>
        work.replace('user_traits', between('user_id', range), user.length, {
          user_id: Float64Array.from(user),
          trait,
          value: Float64Array.from(value),
        }),
      )
      work.progress(Math.min(total, (done += PEOPLE_AT_ONCE)), total)
    }
  },
}

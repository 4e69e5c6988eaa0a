import { MingleError, type Stream } from '../kernel/index.ts'
import type { Quiz } from './quizzes.ts'
import { ARCHETYPES, type Archetype } from './vocabulary.ts'

/**
 * Answers a quiz as someone of an archetype (code) does: at each question the archetype's preferred option with chance
 * `fidelity`, else any option, all equally likely.
 * @returns the chosen option (0-based) of each question
 */
export function answerQuiz(stream: Stream, quiz: Quiz, archetype: number, fidelity = 0.9): Uint8Array {
  const { questions } = quiz
  const options = new Uint8Array(questions.length)
  for (let i = 0; i < questions.length; i++) {
    const question = questions[i]!
    options[i] = stream.chance(fidelity) ? question.preferred[archetype]! : stream.nextInt(question.options.length)
  }
  return options
}

/** Each answer's place between its question's first option (0) and last (1). */
export function scoreVector(quiz: Quiz, options: ArrayLike<number>): number[] {
  if (options.length !== quiz.questions.length) {
    const wanted = quiz.questions.length
    throw new MingleError(
      'BAD_INPUT',
      `${options.length} answers to quiz "${quiz.slug}"; give one to each of ${wanted}.`,
    )
  }
  return quiz.questions.map((question, i) => options[i]! / Math.max(1, question.options.length - 1))
}

/** The answers as a site stores them: option label by question key. */
export function answerLabels(quiz: Quiz, options: ArrayLike<number>): Record<string, string> {
  return Object.fromEntries(quiz.questions.map(({ key, options: labels }, i) => [key, labels[options[i]!]!]))
}

export interface QuizResult {
  /** Option label by question key. */
  readonly answers: Record<string, string>
  /** See `scoreVector`. */
  readonly scoreVec: number[]
}

/** The plan's form of `answerQuiz`. */
export function generateQuizAnswers(stream: Stream, personality: { archetype: Archetype }, quiz: Quiz): QuizResult {
  const options = answerQuiz(stream, quiz, ARCHETYPES.indexOf(personality.archetype))
  return { answers: answerLabels(quiz, options), scoreVec: scoreVector(quiz, options) }
}

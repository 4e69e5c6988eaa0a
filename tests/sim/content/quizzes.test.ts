import { describe, expect, test } from 'vitest'
import {
  ARCHETYPES,
  answerLabels,
  answerQuiz,
  generateQuizAnswers,
  QUIZZES,
  scoreVector,
} from '../../../sim/content/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'

test('three quizzes; the first has ten questions', () => {
  expect(QUIZZES.map(({ id }) => id)).toEqual([0, 1, 2])
  expect(QUIZZES[0]!.questions.length).toBe(10)
})

describe.each(QUIZZES)('$slug', (quiz) => {
  test('4–5 distinct options a question, distinct keys, a preferred option for every archetype', () => {
    expect(new Set(quiz.questions.map(({ key }) => key)).size).toBe(quiz.questions.length)
    for (const { options, preferred } of quiz.questions) {
      expect([4, 5]).toContain(options.length)
      expect(new Set(options).size).toBe(options.length)
      expect(preferred.length).toBe(ARCHETYPES.length)
      expect(preferred.every((option) => options[option] !== undefined)).toBe(true)
    }
  })

  test('archetypes differ from each other, and each question tells some of them apart', () => {
    const patterns = ARCHETYPES.map((_, code) => quiz.questions.map(({ preferred }) => preferred[code]).join())
    expect(new Set(patterns).size).toBe(ARCHETYPES.length)
    for (const { preferred } of quiz.questions) expect(new Set(preferred).size).toBeGreaterThanOrEqual(3)
  })

  test('answers: the preferred option nine times in ten, otherwise any, the preferred one included', () => {
    const people = 4000
    const stream = makeRng(`answers ${quiz.slug}`)
    for (let code = 0; code < ARCHETYPES.length; code++) {
      const agreed = new Float64Array(quiz.questions.length)
      for (let i = 0; i < people; i++) {
        const options = answerQuiz(stream, quiz, code)
        for (let q = 0; q < options.length; q++) if (options[q] === quiz.questions[q]!.preferred[code]) agreed[q]!++
      }
      for (const [q, { options }] of quiz.questions.entries()) {
        const expected = 0.9 + 0.1 / options.length
        expect(Math.abs(agreed[q]! / people - expected)).toBeLessThan(
          5 * Math.sqrt((expected * (1 - expected)) / people),
        )
      }
    }
  })

  test('full fidelity gives the pattern itself, none gives every option alike', () => {
    const stream = makeRng('fidelity')
    expect([...answerQuiz(stream, quiz, 1, 1)]).toEqual(quiz.questions.map(({ preferred }) => preferred[1]))
    const counts = new Float64Array(quiz.questions[0]!.options.length)
    for (let i = 0; i < 10_000; i++) counts[answerQuiz(stream, quiz, 1, 0)[0]!]!++
    for (const count of counts) expect(Math.abs(count / 10_000 - 1 / counts.length)).toBeLessThan(0.025)
  })

  test('scores run from 0, the first option, to 1, the last', () => {
    expect(
      scoreVector(
        quiz,
        quiz.questions.map(() => 0),
      ),
    ).toEqual(quiz.questions.map(() => 0))
    expect(
      scoreVector(
        quiz,
        quiz.questions.map(({ options }) => options.length - 1),
      ),
    ).toEqual(quiz.questions.map(() => 1))
    expect(() => scoreVector(quiz, [0])).toThrow(/answers to quiz/)
  })

  test('generateQuizAnswers draws the same as answerQuiz', () => {
    const options = answerQuiz(makeRng('plan'), quiz, 3)
    const result = generateQuizAnswers(makeRng('plan'), { archetype: 'creative' }, quiz)
    expect(result).toEqual({ answers: answerLabels(quiz, options), scoreVec: scoreVector(quiz, options) })
    expect(Object.keys(result.answers)).toEqual(quiz.questions.map(({ key }) => key))
  })
})

import { expect, it } from 'vitest'
import { createSimulation, type Quiz, type RunInput } from '../../../../sim/index.ts'
import { openRun } from '../../../../studio/page/model/opened.ts'
import { inputOf } from '../../../../studio/page/model/scenario.ts'
import { scenario } from '../../../../studio/page/model/store.ts'

const QUIZ: Quiz = {
  id: 0,
  slug: 'own',
  title: 'Own',
  questions: [{ key: 'tea', prompt: 'Tea?', options: ['Yes', 'No'], preferred: [0, 0, 0, 1, 1, 1] }],
}
const INPUT: RunInput = {
  seed: 'opened',
  count: 30,
  startDate: '2024-01-01',
  cohorts: [{ day: 1, count: 2 }],
  people: [{ k: 31, day: 1, traits: { sociability: 2 } }],
  quizzes: [QUIZ],
}

it('lives a run of a database again with all that only the database has', () => {
  const digest = (input: RunInput) => {
    const run = createSimulation(input)
    run.passDays(2)
    return run.digest
  }
  const told = { seed: 'opened', input: INPUT, toldDays: 2 } as unknown as Parameters<typeof openRun>[0]
  openRun(told)
  expect(digest(inputOf(scenario.value))).toBe(digest(INPUT))
  // Each of them counts.
  expect(digest({ ...INPUT, people: [] })).not.toBe(digest(INPUT))
  const { quizzes: _, ...without } = INPUT
  expect(digest(without)).not.toBe(digest(INPUT))
})

it('hands on whatever of it an address has no room for', () => {
  const given = { arms: [], minorities: [], people: [], words: {}, quizzes: [QUIZ], taxonomy: [] }
  const told = { seed: 'opened', input: { seed: 'opened', count: 30, ...given }, toldDays: 2 }
  openRun(told as unknown as Parameters<typeof openRun>[0])
  expect(scenario.value.source?.given).toEqual(given)
  expect(inputOf(scenario.value)).toMatchObject(given)
})

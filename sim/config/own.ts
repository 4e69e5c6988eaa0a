import { type GivenPerson, QUIZ_QUESTIONS } from '../agents/index.ts'
import { INTERESTS, LEAST_INTERESTS, type OwnTaxonomy, type Quiz } from '../content/index.ts'
import { badInput } from '../kernel/index.ts'
import type { Parameters } from '../parameters/index.ts'
import type { RunInput } from './input.ts'

export function ownTaxonomy(taxonomy?: OwnTaxonomy): { readonly taxonomy?: OwnTaxonomy } {
  if (taxonomy === undefined) return {}
  const kinds = new Set(taxonomy.interests.map(({ kind }) => kind))
  const known = [...kinds].every((kind) => INTERESTS[kind] !== undefined)
  if (known && kinds.size === taxonomy.interests.length && kinds.size >= LEAST_INTERESTS) return { taxonomy }
  throw badInput(
    `The taxonomy of a run has at least ${LEAST_INTERESTS} interests, each of another kind, from 0 to ${INTERESTS.length - 1}.`,
  )
}

export function ownQuizzes(quizzes?: readonly Quiz[]): { readonly quizzes?: readonly Quiz[] } {
  if (quizzes === undefined) return {}
  const [first] = Array.isArray(quizzes) ? quizzes : []
  const questions = first?.questions?.length ?? 0
  if (questions >= 1 && questions <= QUIZ_QUESTIONS) return { quizzes }
  throw badInput(
    `The quizzes of a run are a list whose first has 1 to ${QUIZ_QUESTIONS} questions; it has ${questions}: people are compared by them.`,
  )
}

export function givenPeople(
  { people = [], cohorts = [], policies = [] }: RunInput,
  count: number,
  { policy }: Parameters,
): { readonly people?: readonly GivenPerson[] } {
  if (!Array.isArray(people)) {
    throw badInput(
      `The people of a run are a list of persons, not ${String(people)}; how many there are is its "count".`,
    )
  }
  // Whom a cohort brings may be given too, such as the site's own who were adopted; arrivals move their numbers on.
  const arrive = policy.arrivals.perDay > 0 || policies.some((change) => (change.policy.arrivals?.perDay ?? 0) > 0)
  const joining = cohorts.reduce((sum, cohort) => sum + cohort.count, 0)
  const last = joining > 0 && arrive ? Number.MAX_SAFE_INTEGER : count + joining
  const numbers = new Set(people.map(({ k }) => k))
  const wrong = people.find(({ k }) => !Number.isSafeInteger(k) || k < 1 || k > last)
  if (wrong) throw badInput(`There is a person ${wrong.k} given, but the run has people 1 to ${count + joining}.`)
  if (numbers.size < people.length) throw badInput('Two people are given under one number; each has its own.')
  return people.length > 0 ? { people } : {}
}

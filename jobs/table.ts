import { badInput } from '../sim/kernel/index.ts'
import { buildUserTraits } from './computed/build-user-traits.ts'
import { interestRelationships } from './computed/interest-relationships.ts'
import { matchScores } from './computed/match-scores.ts'
import { quizStats } from './computed/quiz-stats.ts'
import { searchableUser } from './computed/searchable-user.ts'
import { trending } from './computed/trending.ts'
import type { Job } from './job.ts'

/** Every job, in the order in which they run: none before one whose outputs it reads. */
export const JOBS: readonly Job[] = [
  interestRelationships,
  searchableUser,
  buildUserTraits,
  matchScores,
  quizStats,
  trending,
]

/**
 * Some jobs, in their order.
 * @param names those wanted, in any order; all when undefined
 * @throws MingleError BAD_INPUT for a name that none has
 */
export function jobsNamed(names: readonly string[] | undefined): readonly Job[] {
  if (names === undefined) return JOBS
  const known = JOBS.map(({ name }) => name)
  for (const name of names) {
    if (!known.includes(name as Job['name'])) {
      throw badInput(
        `there is no job '${name}': expected ${known.join(', ')}; 'mingle jobs --list' says what each does`,
      )
    }
  }
  return JOBS.filter(({ name }) => names.includes(name))
}

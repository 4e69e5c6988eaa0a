import { badInput } from '../sim/kernel/index.ts'
import { buildUserTraits } from './build-user-traits.ts'
import { interestRelationships } from './interest-relationships.ts'
import type { Job } from './job.ts'
import { matchScores } from './match-scores.ts'
import { quizStats } from './quiz-stats.ts'
import { searchableUser } from './searchable-user.ts'
import { trending } from './trending.ts'

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

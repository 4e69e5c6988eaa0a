export const JOB_NAMES = [
  'interest-relationships',
  'searchable-user',
  'build-user-traits',
  'match-scores',
  'quiz-stats',
  'trending',
] as const
export type JobName = (typeof JOB_NAMES)[number]

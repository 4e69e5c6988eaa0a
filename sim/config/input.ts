import type { GivenPerson, Minorities } from '../agents/index.ts'
import type { OwnTaxonomy, OwnWords, Quiz } from '../content/index.ts'
import type { Parameters, PolicyParameters } from '../parameters/index.ts'
import type { Cohort, Pause } from './config.ts'
import type { PartialTree } from './tree.ts'

/** An arm as it is given: what its policy does not say is as everybody's. */
export interface ArmInput {
  readonly name: string
  readonly share: number
  readonly policy?: PartialTree<PolicyParameters>
}

/** What `resolveConfig` takes: only the seed is needed. `startDate` is a date like 2024-01-01. */
export interface RunInput {
  readonly seed: string
  readonly startDate?: string
  readonly count?: number
  readonly cohorts?: readonly Cohort[]
  readonly pauses?: readonly Pause[]
  readonly places?: string
  readonly market?: string
  readonly poolSize?: number
  readonly queue?: string
  /** Any part of the parameter tree; what is absent has its default. */
  readonly parameters?: PartialTree<Parameters>
  readonly arms?: readonly ArmInput[]
  /** Shares of bots and spammers, and of a spammer's posts that are marked ones (default: half). */
  readonly minorities?: Partial<Minorities>
  /** Ascending by day: what of the policy changes then. */
  readonly policies?: readonly { readonly day: number; readonly policy: PartialTree<PolicyParameters> }[]
  /** Hand-written people, in place of those of their numbers. */
  readonly people?: readonly GivenPerson[]
  readonly words?: OwnWords
  readonly quizzes?: readonly Quiz[]
  readonly taxonomy?: OwnTaxonomy
}

export const DEFAULTS = { count: 100, days: 30, startDate: '2024-01-01', places: 'us', poolSize: 2000 } as const

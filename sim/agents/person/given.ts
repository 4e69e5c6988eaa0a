import type { Lifecycle } from '../../content/index.ts'
import type { PersonTraits } from './traits.ts'

/** Traits as plain data. */
export type GivenTraits = Partial<Omit<PersonTraits, 'k' | 'quiz'>> & { readonly quiz?: readonly number[] | null }

/**
 * A person of whom some things are given and not drawn: hand-written, or one of the site's own. Plain data, kept with the
 * run. Whatever is absent is drawn as for everybody else, from the streams of person k.
 */
export interface GivenPerson {
  readonly k: number
  /** Run day on which the person joins; absent for those who are there at the start. */
  readonly day?: number
  /** In the codes of `PersonTraits`. */
  readonly traits: GivenTraits
  readonly displayName?: string
  readonly bio?: string
  /** Number of pictures. */
  readonly photos?: number
  readonly lifecycle?: Lifecycle
}

/** Lays what is given over what was drawn so far. */
export function layOver(given: GivenPerson, out: PersonTraits): void {
  const { quiz, ...traits } = given.traits
  Object.assign(out, traits)
  if (quiz !== undefined) out.quiz = quiz === null ? null : Uint8Array.from(quiz)
}

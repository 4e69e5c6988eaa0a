import { INTERESTS, type Interest, SUBJECTS } from './interests.ts'

/**
 * A taxonomy of a user's own. Each of its interests stands for one of ours, a kind: what people say of the kind, they say
 * of the interest, in its own words. Facts hold kinds. Plain data.
 */
export interface OwnTaxonomy {
  readonly subjects: readonly string[]
  readonly interests: readonly OwnInterest[]
}

/** No two stand for the same kind. */
export interface OwnInterest extends Pick<Interest, 'name' | 'noun' | 'plural' | 'doing' | 'do' | 'popularity'> {
  /** The id that it has in `INTERESTS`. */
  readonly kind: number
  /** Position in `subjects`. */
  readonly subject: number
}

/** Interests of a person, at most; a taxonomy has more to choose from. */
export const LEAST_INTERESTS = 12

/** `INTERESTS` in the words of a taxonomy. Kinds that it does not have are nobody's: their popularity is 0. */
export function interestsOf(own?: OwnTaxonomy): readonly Interest[] {
  if (!own) return INTERESTS
  const byKind = new Map(own.interests.map((interest) => [interest.kind, interest]))
  return INTERESTS.map((row): Interest => {
    const { kind: _, ...words } = byKind.get(row.id) ?? { kind: 0, popularity: 0 }
    return { ...row, ...words, ...('name' in words && { inText: words.noun }) }
  })
}

/** What a taxonomy's interests are called, and under which subject. */
export interface Taxonomy {
  readonly subjects: readonly string[]
  readonly interests: readonly Pick<OwnInterest, 'kind' | 'name' | 'subject'>[]
}

/** Subjects, and the interests that people may have, in the order of the taxonomy. */
export function taxonomyOf(own?: Taxonomy): Taxonomy {
  if (own) return own
  return { subjects: SUBJECTS, interests: INTERESTS.map(({ id, name, subject }) => ({ kind: id, name, subject })) }
}

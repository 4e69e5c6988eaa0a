/**
 * What is counted of a run, or of a part of it: named vectors of whole numbers. Two tallies of the same days merge by
 * adding vector to vector, so the order of merging can't matter and markets may be counted anywhere. Everything the
 * scorecard prints is derived from a tally alone. Plain data: it can be posted between threads.
 */
export interface Tally {
  /** Whole days observed. */
  readonly days: number
  /** First day of the run in civil days since 1970-01-01. */
  readonly startDay: number
  readonly vectors: Readonly<Record<string, Float64Array>>
}

/** Names of the gender codes, in their order. */
export const GENDERS = ['woman', 'man', 'nonbinary'] as const

/** Vectors with one entry a day. Those of conversations, matches and posts are filed under the day they began. */
export const DAY_VECTORS = [
  'day.like.woman',
  'day.like.man',
  'day.like.nonbinary',
  'day.dislike.woman',
  'day.dislike.man',
  'day.dislike.nonbinary',
  'day.seen',
  'day.engaged',
  'day.session',
  'day.message',
  'day.match',
  'day.match.silent',
  'day.conversation',
  'day.conversation.answered',
  'day.conversation.onesided',
  'day.post',
  'day.post.unliked',
  'day.account',
  'day.account.inactive',
] as const

/** A trait and what it should drive; `sign` is the sign the correlation must have. */
export const TRAIT_EFFECTS = [
  { id: 'sociability.posts', trait: 'sociability', effect: 'posts per exposed week', sign: 1 },
  { id: 'sociability.replies', trait: 'sociability', effect: 'share of first messages answered', sign: 1 },
  { id: 'sociability.messages', trait: 'sociability', effect: 'messages sent per match', sign: 1 },
  { id: 'sociability.opens', trait: 'sociability', effect: 'share of conversations opened', sign: 1 },
  { id: 'selectivity.likes', trait: 'selectivity', effect: 'LIKE share of decisions', sign: -1 },
  { id: 'engagement.sessions', trait: 'engagement', effect: 'sessions per day', sign: 1 },
  { id: 'engagement.views', trait: 'engagement', effect: 'feed items seen per day', sign: 1 },
  { id: 'engagement.posts', trait: 'engagement', effect: 'posts per exposed week', sign: 1 },
  { id: 'engagement.quiz', trait: 'engagement', effect: 'quiz completed', sign: 1 },
] as const
export type TraitEffect = (typeof TRAIT_EFFECTS)[number]['id']

/** Entries of a `trait.*` vector, per gender (three blocks): traits and effects are in whole thousandths. */
export const TRAIT_SUMS = 6

/** Adds tallies of the same days. Throws when there are none or their days differ. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const first = tallies[0]
  if (!first) throw new RangeError('mergeTallies: nothing to merge; give at least one tally')
  const vectors: Record<string, Float64Array> = {}
  for (const tally of tallies) {
    if (tally.days !== first.days || tally.startDay !== first.startDay)
      throw new RangeError(
        `mergeTallies: a tally of ${tally.days} days from day ${tally.startDay} can't join one of ${first.days} days from ` +
          `day ${first.startDay}; merge tallies of the same run and day`,
      )
    for (const name of Object.keys(tally.vectors)) {
      const part = tally.vectors[name]!
      const known = vectors[name]
      if (!known || known.length < part.length) {
        const longer = new Float64Array(part.length)
        if (known) longer.set(known)
        vectors[name] = longer
      }
      const sum = vectors[name]!
      for (let i = 0; i < part.length; i++) sum[i]! += part[i]!
    }
  }
  const sorted: Record<string, Float64Array> = {}
  for (const name of Object.keys(vectors).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) sorted[name] = vectors[name]!
  return { days: first.days, startDay: first.startDay, vectors: sorted }
}

/** A vector of a tally; empty when nothing was counted under that name. */
export function vector(tally: Tally, name: string): Float64Array {
  return tally.vectors[name] ?? EMPTY
}

const EMPTY = new Float64Array(0)

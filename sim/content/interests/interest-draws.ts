import { AliasTable, MingleError, type Stream } from '../../kernel/index.ts'
import { ARCHETYPES, type Archetype, TOPICS, type Topic } from '../vocabulary.ts'
import { INTERESTS, type Interest } from './interests.ts'

/** How much each archetype cares for each topic: relative weights in the order of `TOPICS` (chosen). */
// biome-ignore format: a table; columns follow TOPICS
const TOPIC_WEIGHTS: Record<Archetype, readonly number[]> = {
  //            trav outd fitn food musi book film  art tech scie pets nigh home ever
  adventurer:   [10,  10,   4,   4,   3,   1,   1,   2,   1,   2,   3,   2,   1,   3],
  intellectual: [ 3,   2,   1,   3,   3,  10,   4,   4,   5,  10,   2,   1,   2,   3],
  social:       [ 4,   2,   3,   7,   6,   1,   4,   1,   1,   1,   4,  10,   1,   5],
  creative:     [ 3,   2,   1,   3,   7,   5,   6,  12,   1,   1,   3,   3,   4,   3],
  athletic:     [ 3,   7,  12,   4,   3,   1,   2,   1,   2,   1,   3,   3,   1,   3],
  casual:       [ 2,   2,   2,   6,   4,   2,   8,   1,   7,   1,   5,   2,   6,   7],
}

/** Relative weight of every topic for an archetype code, in the order of `TOPICS`. */
export function archetypeTopics(archetype: number): readonly number[] {
  return TOPIC_WEIGHTS[ARCHETYPES[archetype]!]
}

/** The topics an archetype prefers: those with at least half of its greatest weight, heaviest first. */
export function preferredTopics(archetype: Archetype): Topic[] {
  const weights = TOPIC_WEIGHTS[archetype]
  const half = weights.reduce((a, b) => Math.max(a, b)) / 2
  return TOPICS.map((topic, code) => ({ topic, code, weight: weights[code]! }))
    .filter(({ weight }) => weight >= half)
    .sort((a, b) => b.weight - a.weight || a.code - b.code)
    .map(({ topic }) => topic)
}

/** One table an archetype: popularity of the interest × the archetype's weight of its topic. */
export function interestTables(interests: readonly Interest[]): readonly AliasTable[] {
  return ARCHETYPES.map(
    (_, archetype) => new AliasTable(interests.map((i) => i.popularity * archetypeTopics(archetype)[i.topic]!)),
  )
}

const TABLES = interestTables(INTERESTS)

/**
 * Draws `count` distinct interests for an archetype code, one after another without replacement.
 * @param tables of a taxonomy; it has more than `count`
 * @returns ids of `INTERESTS`, ascending
 */
export function drawInterests(
  stream: Stream,
  archetype: number,
  count: number,
  tables: readonly AliasTable[] = TABLES,
): number[] {
  if (!(count >= 0 && count <= INTERESTS.length / 2)) {
    throw new MingleError('BAD_INPUT', `${count} interests wanted; draw between 0 and ${INTERESTS.length / 2}.`)
  }
  const table = tables[archetype]!
  const drawn: number[] = []
  while (drawn.length < count) {
    const id = table.draw(stream)
    if (!drawn.includes(id)) drawn.push(id)
  }
  return drawn.sort((a, b) => a - b)
}

/** Names of 3–8 interests (or `count`) for an archetype, in the order of the taxonomy. */
export function generateInterests(stream: Stream, archetype: Archetype, count = 3 + stream.nextInt(6)): string[] {
  return drawInterests(stream, ARCHETYPES.indexOf(archetype), count).map((id) => INTERESTS[id]!.name)
}

/** The set of ids as 4 words of 32 bits: bit `id & 31` of word `id >> 5`. */
export function interestBits(ids: readonly number[]): Int32Array {
  const words = new Int32Array(4)
  for (const id of ids) words[id >> 5]! |= 1 << (id & 31)
  return words
}

/**
 * What an interest lends itself to. `body` … `quiet` say what it is like; `thing` is something one has rather than does;
 * `taste` something one follows; `daily` … `seasonal` how often people get to it; `warm` and `cold` what weather it asks
 * for. `does`, `mass` and `single` are derived.
 */
export const AFFORDANCES = [
  'body',
  'outdoors',
  'place',
  'media',
  'food',
  'craft',
  'skill',
  'social',
  'quiet',
  'thing',
  'taste',
  'daily',
  'weekly',
  'monthly',
  'rare',
  'seasonal',
  'warmth',
  'frost',
  'does',
  'mass',
] as const
export type Affordance = (typeof AFFORDANCES)[number]

/** Bit of each affordance. */
export const Affords = Object.fromEntries(AFFORDANCES.map((name, i) => [name, 1 << i])) as Readonly<
  Record<Affordance, number>
>

const SPELLING: Readonly<Record<string, Affordance>> = { warm: 'warmth', cold: 'frost' }

/** Bits of a list of words. */
export function readAffordances(words: string, name: string): number {
  let bits = 0
  for (const word of words.split(' ')) {
    const bit = Affords[SPELLING[word] ?? (word as Affordance)]
    if (bit === undefined) throw new Error(`"${word}" is no affordance, of ${name}`)
    bits |= bit
  }
  if (bits & (Affords.body | Affords.craft | Affords.skill)) bits |= Affords.does
  return bits
}

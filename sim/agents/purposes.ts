/**
 * The purposes of the keyed streams. A purpose has a name of its own, so that what happens in one never shifts the
 * draws of another. The code is the position in this list; the name alone enters the key, so the order is free.
 */
export const PURPOSES = [
  'profile',
  'personality',
  'name',
  'location',
  'bio',
  'media',
  'interests',
  'quiz',
  'habits',
  'tenure',
  'joining',
  'arrivals',
  'pool',
  'lifecycle',
  'session',
  'step',
  'react',
  'open-profile',
  'decide',
  'posts',
  'post-media',
  'match',
  'opening',
  'reply',
  'message',
  'couple',
  'flash',
  'persona',
  'arm',
  'minority',
  'marked',
] as const

type Name = (typeof PURPOSES)[number]

/** Code of each purpose for `StreamKeys`. */
export const Purpose = Object.fromEntries(PURPOSES.map((name, code) => [name, code])) as Readonly<Record<Name, number>>

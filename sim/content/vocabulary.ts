/**
 * The closed word lists that the whole engine shares. A code is the position in its list; codes enter facts and
 * digests, so a list may grow at its end and is never reordered without raising the engine version.
 */

export const GENDERS = ['woman', 'man', 'nonbinary'] as const
export type Gender = (typeof GENDERS)[number]

export const INTENTS = ['relationship', 'dating', 'casual', 'friends'] as const
export type Intent = (typeof INTENTS)[number]

export const ARCHETYPES = ['adventurer', 'intellectual', 'social', 'creative', 'athletic', 'casual'] as const
export type Archetype = (typeof ARCHETYPES)[number]

/** What a post is about; every interest belongs to one topic. */
export const TOPICS = [
  'travel',
  'outdoors',
  'fitness',
  'food',
  'music',
  'books',
  'film',
  'art',
  'tech',
  'science',
  'pets',
  'nightlife',
  'home',
  'everyday',
] as const
export type Topic = (typeof TOPICS)[number]

export const LIFECYCLES = ['new', 'active', 'dormant', 'churned'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

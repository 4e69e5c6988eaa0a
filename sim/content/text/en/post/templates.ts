import type { Topic } from '../../../vocabulary.ts'
import { CULTURE_POSTS } from './posts-culture.ts'
import { HOME_POSTS } from './posts-home.ts'
import { MIND_POSTS } from './posts-mind.ts'
import { OUTSIDE_POSTS } from './posts-outside.ts'

/**
 * Post templates by topic. A template's id is its place in its list: lists are append-only. One that begins with letters
 * and `> ` belongs to those archetypes: a adventurer, i intellectual, s social, c creative, t athletic, k casual. One
 * with a slot `noun`, `doing`, `do`, `name` or `tag` speaks of an interest of the writer's.
 */
export const POST_TEMPLATES: Readonly<Record<Topic, readonly string[]>> = {
  ...OUTSIDE_POSTS,
  ...CULTURE_POSTS,
  ...MIND_POSTS,
  ...HOME_POSTS,
}

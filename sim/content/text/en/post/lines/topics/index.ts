import type { Topic } from '../../../../../vocabulary.ts'
import { CULTURE_POSTS } from './culture.ts'
import { HOME_POSTS } from './home.ts'
import { OUTSIDE_POSTS } from './outside.ts'

/** Posts on a topic that speak of no interest. */
export const TOPIC_POSTS: Readonly<Record<Topic, readonly string[]>> = {
  ...OUTSIDE_POSTS,
  ...CULTURE_POSTS,
  ...HOME_POSTS,
}

import { type OwnWords, postTopic, renderMessage, renderPost, TOPICS } from '../sim/content/index.ts'
import type { Texts } from './rows/day.ts'

/** The words of the content folder. */
export const CONTENT_TEXTS: Texts = { post: renderPost, message: renderMessage }

/** The posts that a run brought along, kept with its first segment. */
export function postsOf(inputs: string): OwnWords['posts'] {
  return (JSON.parse(inputs) as { readonly words?: OwnWords }).words?.posts
}

/** The words of a run; those of `texts` where it brought no posts. */
export function textsOf(texts: Texts, posts: OwnWords['posts']): Texts {
  if (posts === undefined) return texts
  return {
    post: (template, variant, operand) => {
      const own = posts[TOPICS[postTopic(template, operand)]!]
      return own?.length
        ? // Unsigned: a writer's word may be negative, and so may the sum.
          own[((((template * 31 + variant) | 0) + (operand >>> 21)) >>> 0) % own.length]!
        : texts.post(template, variant, operand)
    },
    message: texts.message,
  }
}

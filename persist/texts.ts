import { type OwnWords, postTopic, renderMessage, renderPost, TOPICS } from '../sim/content/index.ts'
import type { Texts } from './rows/day.ts'

/** The words of the content folder. */
export const CONTENT_TEXTS: Texts = { post: renderPost, message: renderMessage }

/** The words that a run brought along, kept with its first segment; those of `texts` where it brought none. */
export function textsOf(texts: Texts, inputs: string): Texts {
  const { posts } = (JSON.parse(inputs) as { readonly words?: OwnWords }).words ?? {}
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

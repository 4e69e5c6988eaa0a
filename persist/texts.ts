import { type OwnWords, type PlacePackName, TOPICS, textPack } from '../sim/content/index.ts'
import type { Texts } from './rows/day.ts'

/** Stands for the words of the content folder: which language they are in goes by the places of the run. */
export const CONTENT_TEXTS: Texts = packTexts('us')

function packTexts(places: PlacePackName): Texts {
  const { renderPost, renderMessage } = textPack(places)
  return { post: renderPost, message: renderMessage }
}

/** The posts that a run brought along, kept with its first segment. */
export function postsOf(inputs: string): OwnWords['posts'] {
  return (JSON.parse(inputs) as { readonly words?: OwnWords }).words?.posts
}

/** The words of a run at some places; its own posts stand in for those of their topics. */
export function textsOf(given: Texts, posts: OwnWords['posts'], places: PlacePackName): Texts {
  const texts = given === CONTENT_TEXTS ? packTexts(places) : given
  if (posts === undefined) return texts
  const { postTopic } = textPack(places)
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

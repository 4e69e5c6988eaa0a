import { type OwnTaxonomy, type OwnWords, type PlacePackName, TOPICS, textPack } from '../sim/content/index.ts'
import type { Texts } from './rows/day.ts'

/** Stands for the words of the content folder: which language they are in goes by the places of the run. */
export const CONTENT_TEXTS: Texts = packTexts('us')

/** The words that a run brought along, kept with its first segment: names, posts, and what interests are called. */
export interface RunWords {
  readonly words?: Pick<OwnWords, 'names' | 'posts'>
  readonly taxonomy?: OwnTaxonomy
}

function packTexts(places: PlacePackName, own: RunWords = {}): Texts {
  const { renderPost, renderMessage } = textPack(places, own)
  return { post: renderPost, message: renderMessage }
}

export function wordsIn(inputs: string): RunWords {
  const { words, taxonomy } = JSON.parse(inputs) as { readonly words?: OwnWords; readonly taxonomy?: OwnTaxonomy }
  const { names, posts } = words ?? {}
  const spoken = { ...(names && { names }), ...(posts && { posts }) }
  return { ...(words && { words: spoken }), ...(taxonomy && { taxonomy }) }
}

/** The words of a run at some places; its own posts stand in for those of their topics. */
export function textsOf(given: Texts, own: RunWords, places: PlacePackName): Texts {
  const texts = given === CONTENT_TEXTS ? packTexts(places, own) : given
  const { posts } = own.words ?? {}
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
